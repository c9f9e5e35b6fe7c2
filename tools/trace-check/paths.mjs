// Values and the paths into them: arrays of keys, where a list's keys are its indices, as numbers or as text.

export const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path; `undefined` where there is none. */
export function at(values, path) {
  let value = values;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A path as one text, by which it is known. */
export const name = (path) => JSON.stringify(path.map(String));

/** A path as people write it. */
export const shown = (path) => (path.length === 0 ? '.Values' : path.map((key, index) => (/^\d+$/.test(key) && index > 0 ? `[${key}]` : `${index > 0 ? '.' : ''}${/^[\w/-]+$/.test(key) ? key : JSON.stringify(key)}`)).join(''));

export const isPrefix = (path, of) => path.length <= of.length && path.every((key, index) => String(key) === String(of[index]));

/** Values with others laid over them: maps are merged, all else replaces; null too, which hides what lies below it. */
export function over(values, others) {
  const merged = { ...values };
  for (const [key, value] of Object.entries(others)) {
    merged[key] = isMap(value) ? over(isMap(merged[key]) ? merged[key] : {}, value) : value;
  }
  return merged;
}

/** Without the keys that are null: to Helm, they are not there. Lists stay as they are. */
export const withoutNulls = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null).map(([key, value]) => [key, isMap(value) ? withoutNulls(value) : value]));

export function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

/** The override that sets `value` at `path` of `values`: maps down to the first list, which is written whole. */
export function overrideOf(values, path, value) {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  if (Array.isArray(values)) return values.map((item, index) => (String(index) === String(key) ? overrideWhole(item, rest, value) : item));
  return { [key]: Array.isArray(values?.[key]) || rest.length === 0 ? overrideWhole(values?.[key], rest, value) : overrideOf(values?.[key], rest, value) };
}

/** A copy of `whole` with `value` at `path`; inside a list there is nothing to be merged with, so null stands as it is. */
function overrideWhole(whole, path, value) {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  if (Array.isArray(whole)) return whole.map((item, index) => (String(index) === String(key) ? overrideWhole(item, rest, value) : item));
  return { ...(isMap(whole) ? whole : {}), [key]: overrideWhole(whole?.[key], rest, value) };
}
