// What to change in a chart's values: each path in turn, several changes for a type, those that tell most first.
import { effective, literals, mentioned, schemasAt, switchedOff, unset } from './chart.mjs';
import { at, isMap, isPrefix, name, over, overrideOf } from './paths.mjs';

/** Every path of the values, containers too. */
export function* paths(values, path = []) {
  for (const key of Object.keys(values)) {
    const [value, here] = [values[key], [...path, Array.isArray(values) ? Number(key) : key]];
    yield here;
    if (typeof value === 'object' && value !== null) yield* paths(value, here);
  }
}

/** Another text of the same kind: the templates that take a size, a version or a template should still take it. */
function otherText(text) {
  if (/^\d+(\.\d+)?[A-Za-z%]{0,3}$/.test(text)) return text.replace(/^\d+(\.\d+)?/, '37');
  if (/^v?\d+\.\d+(\.\d+)?/.test(text)) return text.replace(/\d+\.\d+(\.\d+)?/, '9.8.7');
  return /\n$/.test(text) ? `${text.trimEnd()}x\n` : `${text}x`;
}

/** What YAML reads the same once it stands in a manifest without quotes: the number for its text, and the other way round. */
function sameWhenRead(value) {
  if (typeof value !== 'string') return [String(value)];
  if (/^(0|[1-9]\d{0,8})$/.test(value)) return [Number(value)];
  return value === 'true' || value === 'false' ? [value === 'true'] : [];
}

/** Values for a path that has none, the likeliest for its name and schema first. */
function newValues(key, types, texts) {
  const likely = [
    [/^enabled?$|^create$|^is[A-Z]|^use[A-Z]/, true],
    [/(annotations|labels|selector|resources|limits|requests|config|data|affinity|context|probe|strategy)$/i, { added: 'x' }],
    [/(tolerations|volumes|mounts|containers|env|hosts|rules|list)$/i, [{ name: 'added', value: 'x', key: 'x' }]],
    [/(args|command|secrets|s)$/i, ['added']],
    [/(port|replicas|count|limit|seconds|period|threshold)$/i, 7],
  ].filter(([pattern]) => pattern.test(key)).map(([, value]) => value);
  const typed = { boolean: true, string: 'added', integer: 7, number: 7, object: { added: 'x' }, array: ['added'] };
  return distinct([...texts, ...types.map((type) => typed[type]).filter((value) => value !== undefined), ...likely, 'added', true, { added: 'x' }, ['added'], 7]);
}

function distinct(values) {
  const seen = new Set();
  return values.filter((value) => !seen.has(JSON.stringify(value)) && seen.add(JSON.stringify(value)));
}

/** An element unlike the last one, of the same shape. */
function anotherElement(list) {
  const last = list.at(-1);
  if (!isMap(last)) return typeof last === 'number' ? last + 1 : 'added';
  const key = ['name', 'key', 'host', 'path'].find((one) => typeof last[one] === 'string') ?? Object.keys(last).find((one) => typeof last[one] === 'string');
  return key === undefined ? { ...last, name: 'added' } : { ...last, [key]: otherText(last[key]) };
}

/** What a value becomes, in turn. `schemas` are those of its path, `texts` what templates compare keys of its name to, `keys` those of the lines that name it. */
export function replacements(value, key, { schemas = [], texts = [], keys = [] } = {}) {
  const members = schemas.flatMap(({ enum: list, const: one }) => [...(Array.isArray(list) ? list : []), ...(one === undefined ? [] : [one])]).filter((one) => one !== value);
  const types = schemas.flatMap(({ type }) => (Array.isArray(type) ? type : [type])).filter((type) => typeof type === 'string');
  const others = [...members.slice(0, 3), ...texts.filter((text) => text !== value).slice(0, 3)];
  // To Helm null is as good as nothing, and no change.
  if (value === undefined || value === null) return newValues(key, types, others).filter((one) => one !== null);
  if (typeof value === 'string' && value === '') return distinct([...others, ...newValues(key, types.filter((type) => type === 'string'), []).filter((one) => typeof one === 'string'), null, true]);
  if (typeof value === 'string') return distinct([...(members.length > 0 ? [] : [otherText(value)]), ...others, '', null, ...sameWhenRead(value)]);
  if (typeof value === 'boolean') return distinct([!value, null, ...others, ...sameWhenRead(value)]);
  if (typeof value !== 'object') return distinct([Number(value) + 1, 0, null, ...others, ...(value > 0 ? [Number(value) - 1] : []), ...sameWhenRead(value)]);
  if (Array.isArray(value)) {
    if (value.length === 0) return distinct([...newValues(key, [], []).filter(Array.isArray), ['added'], [{ name: 'added', value: 'x' }], null]);
    return distinct([[], [...value, anotherElement(value)], value.slice(1), ...(value.length > 1 ? [[...value].reverse()] : []), null]);
  }
  // A map that is merged over others shows where it has their keys.
  const over = keys.length > 0 ? [Object.fromEntries(keys.map((one) => [one, 'added']))] : [];
  if (Object.keys(value).length === 0) return [{ added: 'x' }, ...over, { added: { below: 'y' } }, null];
  const empty = Object.fromEntries(Object.keys(value).map((one) => [one, null]));
  return [{ added: 'x' }, empty, ...over, null];
}

/** A generator of numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed) {
  let state = [...String(seed)].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const shuffled = (list, next) => list.map((one) => [next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);

/** How many paths in ten are drawn from each kind, while there are some: what the trace names, other values, keys that are not there. */
const TURNS = ['named', 'named', 'present', 'named', 'absent', 'present', 'named', 'present', 'named', 'absent'];
/** The most changes of one path. */
const EACH = 6;

/**
 * The changes to try, each `{ path, to, override, before, after }`: `override` is a further values file, `before` and `after` are the values that
 * templates see. `given` is what the values files before it say. `named` are the paths that the unchanged render's trace names, each with the keys
 * of the lines that name it. The same `seed` gives the same order, of which a prefix is a fair sample.
 */
export function* changes(chart, given, { named = [], seed = '' } = {}) {
  const values = effective(chart, given);
  const next = random(seed);
  const off = switchedOff(chart, values);
  const isOn = (path) => !off.some((sub) => isPrefix(sub, path)) || chart.charts.some((sub) => sub.conditions.includes(path.join('.')));
  const known = new Map();
  const queue = { named: [], present: [], absent: [] };
  const put = (kind, path) => {
    const parent = at(values, path.slice(0, -1));
    const reachable = path.length > 0 && (parent === undefined || parent === null || typeof parent === 'object') && !(Array.isArray(parent) && at(values, path) === undefined);
    if (known.has(name(path)) || !isOn(path) || !reachable) return;
    known.set(name(path), kind);
    queue[kind].push(path);
  };
  named.forEach(({ path }) => put('named', path));
  const keysOf = new Map(named.map(({ path, keys }) => [name(path), keys]));
  for (const path of paths(values)) put('present', path);
  for (const path of [...mentioned(chart), ...unset(chart, values)]) put('absent', path);
  for (const kind of Object.keys(queue)) queue[kind] = shuffled(queue[kind], next);
  const texts = literals(chart);
  for (let turn = 0; known.size > 0; turn++) {
    const kind = TURNS[turn % TURNS.length];
    const path = queue[kind].pop();
    if (path === undefined) {
      if (Object.values(queue).every((one) => one.length === 0)) return;
      continue;
    }
    const [value, key] = [at(values, path), String(path.at(-1))];
    const hints = { schemas: schemasAt(chart, path), texts: [...(texts.get(key) ?? [])], keys: [...(keysOf.get(name(path)) ?? [])] };
    for (const to of replacements(value, key, hints).slice(0, EACH)) {
      const override = overrideOf(values, path, to);
      yield { path, to, override, before: values, after: effective(chart, over(given, override)) };
    }
  }
}
