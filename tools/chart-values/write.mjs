// Writes a schema's defaults as values.yaml with a comment on every key, and as the table of a README.

/** values.yaml: every value with its default, its description above it. */
export function valuesYaml(comment, schema) {
  const lines = comment.split('\n').map((line) => `# ${line}`);
  let section;
  for (const [key, property] of visible(schema.properties)) {
    lines.push('');
    if (property['x-section'] !== section) {
      section = property['x-section'];
      lines.push(`# ---- ${section} ${'-'.repeat(Math.max(4, 90 - section.length))}`, '');
    }
    writeKey(lines, '', key, property);
  }
  return `${lines.join('\n')}\n`;
}

const visible = (properties) => Object.entries(properties).filter(([, property]) => !property['x-hidden']);

function writeKey(lines, indent, key, schema) {
  lines.push(...comment(indent, schema.description));
  if (schema.properties) {
    lines.push(`${indent}${key}:`);
    for (const [inner, property] of visible(schema.properties)) writeKey(lines, `${indent}  `, inner, property);
  } else {
    writeValue(lines, `${indent}${key}:`, indent, schema.default, schema);
  }
}

function writeValue(lines, head, indent, value, schema) {
  if (Array.isArray(value) && value.length) {
    lines.push(head);
    for (const element of value) writeElement(lines, indent, element, schema.items ?? {});
  } else if (value && typeof value === 'object' && Object.keys(value).length) {
    lines.push(head);
    for (const [key, inner] of Object.entries(value)) writeValue(lines, `${indent}  ${key}:`, `${indent}  `, inner, {});
  } else {
    lines.push(`${head} ${scalar(value)}`);
  }
}

function writeElement(lines, indent, element, items) {
  if (typeof element !== 'object' || element === null) return lines.push(`${indent}  - ${scalar(element)}`);
  const inner = [];
  for (const [key, value] of Object.entries(element)) {
    const property = items.properties?.[key] ?? {};
    inner.push(...comment('', property.description ?? key));
    writeValue(inner, `${key}:`, '', value, property);
  }
  inner.forEach((line, at) => lines.push(`${indent}  ${at ? ' ' : '-'} ${line}`));
}

/** A scalar as YAML 1.1 and 1.2 read alike. */
export function scalar(value) {
  if (typeof value !== 'string') return JSON.stringify(value);
  const word = /^[A-Za-z/][A-Za-z0-9_./:@-]*$/.test(value) && !value.endsWith(':') && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
  const quantity = /^[0-9]+(m|[KMGT]i|%)$/.test(value);
  return word || quantity ? value : JSON.stringify(value);
}

function comment(indent, text) {
  const lines = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (indent.length + line.length + 1 + word.length > 110) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((l) => indent + l);
}

const begin = '<!-- values: begin -->';
const end = '<!-- values: end -->';

/** The README with its table of values made anew. */
export function readmeWith(text, schema) {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error('the README has no place for the table of values');
  const rows = ['| Key | Default | What it does |', '| --- | --- | --- |', ...table('', schema.properties)];
  return `${text.slice(0, from + begin.length)}\n${rows.join('\n')}\n${text.slice(to)}`;
}

function table(prefix, properties) {
  return visible(properties).flatMap(([key, schema]) => schema.properties
    ? table(`${prefix}${key}.`, schema.properties)
    : [`| \`${prefix}${key}\` | \`${JSON.stringify(schema.default).replaceAll('|', '\\|')}\` | ${schema.description.replaceAll('|', '\\|')} |`]);
}
