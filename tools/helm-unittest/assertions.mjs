// helm-unittest's assertions: each takes documents and says what is wrong with them. Their meaning is that of its DOCUMENT.md, and where that is silent
// of its validators; an assertion that is not in the table is an error.
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { find, goRegex } from './jsonpath.mjs';

const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const shown = (value) => (value === undefined ? '(nothing)' : stringify(value, { lineWidth: 0 }).trimEnd());

/** Text without the blanks that helm-unittest passes over: before line ends, and lines at the start. */
const uniform = (value) => (typeof value === 'string' ? value.replace(/ +\r?\n/g, '\n').replace(/^\n+/, '')
  : Array.isArray(value) ? value.map(uniform)
    : isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, uniform(inner)])) : value);

const fault = (what, { expected, actual, at } = {}) => ({ what, expected, actual, at });
const required = (parameters, ...names) => {
  const missing = names.find((name) => !(name in parameters));
  if (missing !== undefined) throw new Error(`the parameter ${missing} is missing`);
};

/**
 * An assertion on each document. `judge(document, parameters, negative)` gives faults. Without any document only a negative assertion holds.
 */
const eachDocument = (judge) => ({ documents, parameters, negative }) => {
  if (documents.length === 0) return negative ? [] : [fault('there is no document')];
  return documents.flatMap((document, at) => judge(document, parameters, negative).map((one) => ({ ...one, at })));
};

/** An assertion on each value that `path` leads to: a path that leads nowhere satisfies only a negative one. */
const eachValue = (judge) => eachDocument((document, parameters, negative) => {
  required(parameters, 'path');
  const values = find(document, parameters.path);
  if (values.length === 0) return negative ? [] : [fault(`${parameters.path} leads nowhere`)];
  return values.flatMap((value) => judge(value, parameters, negative));
});

/** Of a test that is true or false, and its words. */
const holds = (test, words) => (value, parameters, negative) => (test(value, parameters) === negative
  ? [fault(`${parameters.path} is ${negative ? 'but must not be' : 'not'} ${words}`, { expected: parameters.value, actual: value })] : []);

const decoded = (value, { decodeBase64 }) => (decodeBase64 && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value);

const isEmpty = (value) => value === null || value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0);

/** Go's name of a value's type. */
function typeOf(value) {
  if (value === null) return '';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return { string: 'string', boolean: 'bool', object: 'map[string]interface {}' }[typeof value];
}

/** Whether a map has all that `content` has: each key with an equal value. */
const hasAll = (value, content) => Object.keys(content).every((key) => isDeepStrictEqual(value[key], content[key]));

const exists = eachDocument((document, parameters, negative) => {
  required(parameters, 'path');
  const found = find(document, parameters.path);
  return (found.length > 0) === negative ? [fault(`${parameters.path} ${negative ? 'is there' : 'leads nowhere'}`, { actual: found[0] })] : [];
});

const contains = eachValue((list, parameters, negative) => {
  required(parameters, 'content');
  const { path, content, count, any } = parameters;
  if (!Array.isArray(list)) return [fault(`${path} is no list`, { actual: list })];
  const matches = list.filter((element) => (any && isMap(element) && isMap(content) ? hasAll(element, content) : isDeepStrictEqual(element, content))).length;
  const good = matches > 0 && (count === undefined || matches === count);
  if (good !== negative) return [];
  return [fault(`${path} ${negative ? 'has' : count === undefined ? 'has not' : `has ${matches} times, not ${count} times,`} this element`, { expected: content, actual: list })];
});

const isSubset = eachValue((value, parameters, negative) => {
  required(parameters, 'content');
  if (!isMap(value) || !isMap(parameters.content)) return [fault(`${parameters.path} is no map`, { actual: value })];
  return hasAll(value, parameters.content) === negative ? [fault(`${parameters.path} has ${negative ? '' : 'not '}all of this`, { expected: parameters.content, actual: value })] : [];
});

const matchRegex = eachValue((value, parameters, negative) => {
  required(parameters, 'pattern');
  const text = decoded(value, parameters);
  if (typeof text !== 'string') return [fault(`${parameters.path} is no text`, { actual: value })];
  return goRegex(parameters.pattern).test(text) === negative ? [fault(`${parameters.path} ${negative ? 'matches' : 'does not match'} ${parameters.pattern}`, { actual: text })] : [];
});

const lengthEqual = eachDocument((document, parameters, negative) => {
  const { path, paths, count } = parameters;
  if ((path === undefined) === (paths === undefined)) throw new Error('give either path or paths');
  if (path !== undefined) required(parameters, 'count');
  const lengths = (paths ?? [path]).map((one) => find(document, one).map((value) => (Array.isArray(value) ? value.length : count === undefined ? undefined : 0)));
  const nowhere = (paths ?? [path]).filter((_, at) => lengths[at].length === 0);
  if (nowhere.length > 0) return negative ? [] : [fault(`${nowhere.join(', ')} leads nowhere`)];
  const all = lengths.flat();
  if (all.includes(undefined)) return [fault(`${(paths ?? [path]).join(', ')}: not lists`)];
  const equal = all.every((length) => length === (count ?? all[0]));
  return equal === negative ? [fault(`${(paths ?? [path]).join(', ')}: ${all.join(', ')} elements`, { expected: count, actual: all.length === 1 ? all[0] : all })] : [];
});

const compared = (test) => eachValue((value, parameters, negative) => {
  required(parameters, 'value');
  if (typeOf(value) !== typeOf(parameters.value)) return [fault(`${parameters.path} is of type ${typeOf(value)}, not ${typeOf(parameters.value)}`, { actual: value })];
  return test(value, parameters.value) === negative ? [fault(`${parameters.path} does not compare so`, { expected: parameters.value, actual: value })] : [];
});

const field = (name) => eachDocument((document, parameters, negative) => {
  required(parameters, 'of');
  return (document[name] === parameters.of) === negative ? [fault(`${name} is ${document[name]}`, { expected: negative ? undefined : parameters.of })] : [];
});

const raw = (test, words) => eachDocument((document, parameters, negative) => (test(uniform(document.raw ?? ''), parameters) === negative
  ? [fault(`the text is ${negative ? '' : 'not '}${words}`, { expected: parameters.value ?? parameters.pattern, actual: document.raw })] : []));

/** Counts all documents of the template; with `filterAware` those that index and selector leave. */
function hasDocuments({ documents, rendered, parameters, negative }) {
  required(parameters, 'count');
  const count = (parameters.filterAware ? documents : rendered).length;
  return (count === parameters.count) === negative ? [fault(`there are ${count} documents`, { expected: negative ? undefined : parameters.count })] : [];
}

/** Every document, or with `any` one of them, is this; negated: not every one, or with `any` none. */
function containsDocument({ documents, parameters, negative }) {
  required(parameters, 'kind', 'apiVersion');
  const { kind, apiVersion, name, namespace, any } = parameters;
  if (documents.length === 0) return negative ? [] : [fault('there is no document')];
  const matches = documents.filter((one) => one.kind === kind && one.apiVersion === apiVersion
    && (name === undefined || one.metadata?.name === name) && (namespace === undefined || one.metadata?.namespace === namespace)).length;
  const good = any ? matches > 0 : matches === documents.length;
  return good === negative ? [fault(`${matches} of ${documents.length} documents are this`, { expected: parameters })] : [];
}

/** `failure` is what made the render fail: of a template its message, otherwise the whole text. */
function failedTemplate({ failure, parameters, negative }) {
  const { errorMessage, errorPattern } = parameters;
  if (errorMessage !== undefined && errorPattern !== undefined) throw new Error('give either errorMessage or errorPattern');
  if (negative) return failure === undefined ? [] : [fault('the render failed', { actual: failure })];
  if (failure === undefined) return [fault('nothing failed')];
  const good = errorMessage !== undefined ? failure === errorMessage : errorPattern === undefined || goRegex(errorPattern).test(failure) || failure.includes(errorPattern);
  return good ? [] : [fault('it failed with another message', { expected: errorMessage ?? errorPattern, actual: failure })];
}

const equal = { parameters: ['path', 'value', 'decodeBase64'], check: eachValue((value, parameters, negative) => {
  required(parameters, 'value');
  return holds((one) => isDeepStrictEqual(uniform(decoded(one, parameters)), parameters.value), 'equal')(value, parameters, negative);
}) };
const existing = { parameters: ['path'], check: exists };
const empty = { parameters: ['path'], check: eachValue(holds(isEmpty, 'empty')) };
const containing = { parameters: ['path', 'content', 'count', 'any'], check: contains };
const subset = { parameters: ['path', 'content'], check: isSubset };
const type = { parameters: ['path', 'type'], check: eachValue((value, parameters, negative) => {
  required(parameters, 'type');
  return holds((one) => typeOf(one) === parameters.type, `of type ${parameters.type}, but ${typeOf(value) || 'null'}`)(value, parameters, negative);
}) };
const matching = { parameters: ['path', 'pattern', 'decodeBase64'], check: matchRegex };
const length = { parameters: ['path', 'paths', 'count'], check: lengthEqual };
const greater = { parameters: ['path', 'value'], check: compared((a, b) => a >= b) };
const less = { parameters: ['path', 'value'], check: compared((a, b) => a <= b) };
const rawEqual = { parameters: ['value'], check: raw((text, { value }) => text === value, 'equal') };
const rawMatching = { parameters: ['pattern'], check: raw((text, { pattern }) => goRegex(pattern).test(text), 'matching') };
const failing = { parameters: ['errorMessage', 'errorPattern'], check: failedTemplate };
const antonym = (definition) => ({ ...definition, antonym: true });

export const ASSERTIONS = {
  equal, notEqual: antonym(equal),
  exists: existing, notExists: antonym(existing), isNotNull: existing, isNull: antonym(existing),
  isNullOrEmpty: empty, isNotNullOrEmpty: antonym(empty), isEmpty: empty, isNotEmpty: antonym(empty),
  contains: containing, notContains: antonym(containing),
  isSubset: subset, isNotSubset: antonym(subset),
  isType: type, isNotType: antonym(type),
  matchRegex: matching, notMatchRegex: antonym(matching),
  lengthEqual: length, notLengthEqual: antonym(length),
  greaterOrEqual: greater, notGreaterOrEqual: antonym(greater), lessOrEqual: less, notLessOrEqual: antonym(less),
  isKind: { parameters: ['of'], check: field('kind') },
  isAPIVersion: { parameters: ['of'], check: field('apiVersion') },
  hasDocuments: { parameters: ['count', 'filterAware'], check: hasDocuments },
  containsDocument: { parameters: ['kind', 'apiVersion', 'name', 'namespace', 'any'], check: containsDocument },
  equalRaw: rawEqual, notEqualRaw: antonym(rawEqual), matchRegexRaw: rawMatching, notMatchRegexRaw: antonym(rawMatching),
  failedTemplate: { ...failing, failure: true }, notFailedTemplate: antonym(failing),
};

/** A fault in lines. */
export function told({ what, expected, actual, at }) {
  const part = (name, value) => (value === undefined ? [] : [`${name}:`, ...shown(value).split('\n').map((line) => `  ${line}`)]);
  return [at === undefined || at === 0 ? what : `document ${at}: ${what}`, ...part('expected', expected), ...part('actual', actual)];
}
