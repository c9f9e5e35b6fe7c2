// Which keys of a values example a chart's schema does not know. A schema that takes any further keys (`additionalProperties`) ends the question there.
import { parseDocument } from 'yaml';

/** The schema of a property, or undefined if the schema knows no such key; {} if it takes any. */
function below(schema, key) {
  const parts = [schema, ...['allOf', 'anyOf', 'oneOf'].flatMap((word) => schema[word] ?? [])];
  for (const part of parts) if (part.properties && Object.hasOwn(part.properties, key)) return part.properties[key];
  if (schema.additionalProperties && typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  const open = schema.additionalProperties === true || (schema.additionalProperties === undefined && !parts.some((part) => part.properties));
  return open ? {} : undefined;
}

/** Whether a dotted key, such as `networkPolicy.enabled`, is one of the schema. */
export function knows(schema, dotted) {
  let at = schema;
  for (const key of dotted.split('.')) {
    at = below(at, key);
    if (at === undefined) return false;
  }
  return true;
}

const types = { string: (v) => typeof v === 'string', boolean: (v) => typeof v === 'boolean', number: (v) => typeof v === 'number', integer: Number.isInteger,
  array: Array.isArray, null: (v) => v === null, object: (v) => v !== null && typeof v === 'object' && !Array.isArray(v) };

/** What is wrong with an example of values: keys that the schema does not know, values of another type, or outside an enum. */
export function faultsOfValues(schema, text) {
  const document = parseDocument(text);
  if (document.errors.length) return [`the YAML cannot be read: ${document.errors[0].message.split('\n')[0]}`];
  const faults = [];
  const pending = [[document.toJS() ?? {}, schema, '']];
  while (pending.length) {
    const [value, at, path] = pending.pop();
    const allowed = [at.type ?? []].flat();
    if (allowed.length && !allowed.some((type) => types[type](value))) {
      faults.push(`${path || 'the values'} is not of type ${allowed.join(' or ')}`);
    } else if (at.enum && !at.enum.includes(value)) {
      faults.push(`${path} is none of ${at.enum.join(', ')}`);
    } else if (Array.isArray(value)) {
      if (at.items) value.forEach((item, index) => pending.push([item, at.items, `${path}[${index}]`]));
    } else if (types.object(value)) {
      for (const [key, child] of Object.entries(value)) {
        const next = path ? `${path}.${key}` : key;
        const found = below(at, key);
        if (found) pending.push([child, found, next]);
        else faults.push(`no values key ${next}`);
      }
    }
  }
  return faults.sort();
}
