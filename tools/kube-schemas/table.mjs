// All releases in one table: what is the same in neighbouring releases is written once, with the releases that it holds for.

/** `first-last`, with nothing where it would repeat what encloses it. */
function range([first, last], [from, to]) {
  if (first === from && last === to) return '';
  return ` ${first === from ? '' : first}-${last === to ? '' : last}`;
}

/** The runs of releases in which an entry is the same: [{ value, span }]. `values` is by release; the newest wording is kept. */
function runs(values, same) {
  const found = [];
  for (const minor of [...values.keys()].sort((a, b) => b - a)) {
    const value = values.get(minor);
    const last = found.at(-1);
    if (last && last.span[0] === minor + 1 && same(last.value, value)) last.span[0] = minor;
    else found.push({ value, span: [minor, minor] });
  }
  return found;
}

function put(map, name, minor, value) {
  if (!map.has(name)) map.set(name, new Map());
  map.get(name).set(minor, value);
}

const span = (minors) => [Math.min(...minors), Math.max(...minors)];
const byName = ([one], [other]) => (one < other ? -1 : 1);

/**
 * The text of the table.
 * `releases` is by minor version: { types: id → fields, kinds, on, named }; `lifecycles` is of all releases together.
 */
export function table(releases, lifecycles) {
  const all = span([...releases.keys()]);
  const types = new Map();
  const kinds = new Map();
  const named = new Map();
  for (const [minor, release] of releases) {
    for (const [id, fields] of release.types) put(types, id, minor, fields);
    for (const [gvk, kind] of release.kinds) put(kinds, gvk, minor, kind);
    for (const [id, type] of release.named) put(named, id, minor, type);
  }
  const lines = [`kubernetes 1.${all[0]}-1.${all[1]}`];

  for (const [gvk, life] of lifecycles) if (!kinds.has(gvk) && life.removed <= all[0]) kinds.set(gvk, new Map());
  let groupVersion;
  for (const [gvk, values] of [...kinds].sort(byName)) {
    const [group, version, kind] = gvk.split('/');
    if (groupVersion !== (groupVersion = `${group && `${group}/`}${version}`)) lines.push(`G ${groupVersion}`);
    lines.push(kindLine(kind, values, all, lifecycles.get(gvk) ?? {}));
  }

  let packageName;
  const inPackage = (id) => {
    const [name, own] = split(id);
    if (packageName !== (packageName = name)) lines.push(`P ${name}`);
    return own;
  };
  const local = (type) => type.replaceAll(`${packageName}.`, '');
  const rows = [...[...types].map(([id, values]) => [id, values, true]), ...[...named].map(([id, values]) => [id, values, false])];
  for (const [id, values, isStruct] of rows.sort(([one], [other]) => byName([split(one).join(' ')], [split(other).join(' ')]))) {
    const own = inPackage(id);
    const within = span([...values.keys()]);
    if (!isStruct) {
      lines.push(...namedLines(own, values, all, local));
      continue;
    }
    lines.push(`T ${own}${range(within, all)}`);
    const fields = new Map();
    for (const [minor, release] of values) for (const [name, field] of release) put(fields, name, minor, field);
    for (const [name, versions] of [...fields].sort(byName)) {
      const same = (newer, older) => newer.shape === older.shape && newer.required === older.required && newer.list === older.list;
      for (const { value, span } of runs(versions, same)) lines.push(fieldLine(name, value, range(span, within), local));
    }
  }
  return `${lines.join('\n')}\n`;
}

function kindLine(kind, values, all, life) {
  const notes = [];
  const on = [...values].filter(([, value]) => value.on).map(([minor]) => minor);
  if (on.length < values.size && on.length) notes.push(`on=${span(on).join('-')}`);
  else if (!on.length && values.size) notes.push('off');
  if (life.deprecated) notes.push(`deprecated=${life.deprecated}`);
  if (life.removed) notes.push(`removed=${life.removed}`);
  if (life.replacement) notes.push(`instead=${life.replacement.replace(' ', ',')}`);
  const [last] = [...values].sort(([one], [other]) => other - one);
  if (!last) return ['K', kind, '-', '-', '-', ...notes].join(' ');
  const { id, plural, namespaced } = last[1];
  const [from, to] = span([...values.keys()]);
  return ['K', kind, id, plural, namespaced ? 'N' : 'C', ...notes].join(' ') + range([from, to], all);
}

function namedLines(own, values, all, local) {
  const newest = values.get(Math.max(...values.keys()));
  const words = new Map();
  for (const [minor, type] of values) for (const word of type.values) put(words, word, minor, true);
  const within = span([...values.keys()]);
  const members = [...words].sort(byName).map(([word, minors]) => JSON.stringify(word) + range(span([...minors.keys()]), within).replace(' ', ':'));
  return [['N', own, local(newest.type), ...members].join(' ') + range(within, all)];
}

function fieldLine(name, { type, required, list, through }, holds, local) {
  const notes = [list && ` ${list}`, ...through.map((embedded) => ` @${embedded}`)].filter(Boolean).join('');
  return ` ${name}${required ? '!' : ''} ${local(type)}${notes}${holds}`;
}

function split(id) {
  const at = id.lastIndexOf('.');
  return [id.slice(0, at), id.slice(at + 1)];
}
