// One fault at a time: what an object may have wrong, as JSON texts, since a key that stands there twice is no value.

import { semantics } from './semantics.mjs';

const UNKNOWN = 'notAField';

/** What is put in the place of a value, by its type. */
const OTHERS = {
  string: [7, { a: 'b' }, true],
  number: ['x', 1.5, [1], 99999999999],
  boolean: ['yes', 0],
  object: ['text', [1], 3],
  array: ['text', { a: 'b' }, 3],
};

const typeOf = (value) => (Array.isArray(value) ? 'array' : typeof value);

/** What is left as it is: without it the object would be another one, or go elsewhere. */
const KEPT = new Set(['/apiVersion', '/kind', '/metadata/namespace', '/metadata/name', '/metadata']);

/** Every mutant of an object: { fault, pointer, text }. */
export function* mutants(object) {
  const json = (edit) => JSON.stringify(edit);
  for (const { pointer, parent, key, value } of places(object)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      value[UNKNOWN] = 'x';
      yield { fault: 'unknown', pointer: `${pointer}/${UNKNOWN}`, text: json(object) };
      delete value[UNKNOWN];
    }
    if (parent === undefined || KEPT.has(pointer)) continue;
    const put = (other) => {
      parent[key] = other;
      const text = json(object);
      parent[key] = value;
      return text;
    };
    yield { fault: 'null', pointer, text: put(null) };
    for (const other of OTHERS[typeOf(value)] ?? []) yield { fault: 'type', pointer, text: put(other) };
    if (typeof value === 'string') for (const other of ['', '%?']) yield { fault: 'text', pointer, text: put(other) };
    for (const mutant of semantics({ key, value }, put)) yield { pointer, ...mutant };
    if (Array.isArray(parent)) continue;
    yield { fault: 'missing', pointer, text: put(undefined) };
    // Written under a name of its own, which then becomes the key.
    const twin = `\u0000${key}`;
    parent[twin] = value;
    yield { fault: 'duplicate', pointer, text: json(object).replace(JSON.stringify(twin), JSON.stringify(key)) };
    delete parent[twin];
  }
}

/** All values of an object, each before its parts. */
function* places(object) {
  const open = [{ pointer: '', value: object }];
  while (open.length) {
    const place = open.pop();
    yield place;
    const { pointer, value } = place;
    if (value === null || typeof value !== 'object') continue;
    const inner = Object.entries(value).map(([key, part]) => ({ pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, parent: value, key, value: part }));
    open.push(...inner.reverse());
  }
}
