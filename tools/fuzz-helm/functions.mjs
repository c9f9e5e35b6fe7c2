// The functions that templates can call, with their Go signatures: read from the engine's own tables, so that none is forgotten.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const crates = join(import.meta.dirname, '../../crates');
const read = (path) => readFileSync(join(crates, path), 'utf8');

const TYPES = {
  TEXT: 'text', String: 'text', Int: 'int', Int64: 'int', Uint32: 'int', Float64: 'float', Bool: 'bool', Any: 'any', REFLECT: 'any', Reflect: 'any', List: 'list',
  StringList: 'list', Map: 'map', StringMap: 'map', TIME: 'time', VERSION: 'version', INT_LIST: 'list', LIST_LIST: 'list',
};
const type = (word) => TYPES[word.replace(/^Param::/, '').trim()] ?? 'any';
const params = (words) => words.split(',').filter((word) => word.trim()).map(type);

// What Helm answers otherwise each time, or takes long over, or asks of the world.
const LEFT_OUT = /^(rand|uuidv4|shuffle|now|ago|gen|bcrypt|htpasswd|derivePassword|buildCustomCert|encryptAES|env|expandenv|getHostByName|values)/;

/** `{ name, params, variadic, result }` of each. */
export const FUNCTIONS = [];
const add = (name, words, variadic, result) => {
  if (!LEFT_OUT.test(name)) FUNCTIONS.push({ name, params: params(words), variadic, result: type(result) });
};
for (const [, kind, name, words, result] of read('sprig/src/table.rs').matchAll(/\b(row|many)\("(\w+)", &\[([^\]]*)\], ([\w:]+),/g)) add(name, words, kind === 'many', result);
for (const [, name, kind, words, result] of read('template/src/builtins.rs').matchAll(/row\("(\w+)", Signature::(new|variadic)\(&\[([^\]]*)\], ([\w:]+)\)/g)) add(name, words, kind === 'variadic', result);
for (const name of ['and', 'or']) add(name, 'Any', true, 'Any');
for (const name of ['toYaml', 'toYamlPretty', 'toJson', 'mustToJson', 'mustToYaml']) add(name, 'Any', false, 'TEXT');
// Of Helm's own structs TOML is a known difference.
for (const name of ['toToml', 'mustToToml']) FUNCTIONS.push({ name, params: ['plain'], variadic: false, result: 'text' });
for (const name of ['fromYaml', 'fromJson', 'fromToml']) add(name, 'TEXT', false, 'Map');
for (const name of ['fromYamlArray', 'fromJsonArray']) add(name, 'TEXT', false, 'List');
add('required', 'TEXT, Any', false, 'Any');
add('lookup', 'TEXT, TEXT, TEXT, TEXT', false, 'Map');
for (const [, name] of read('helm/src/engine/durations.rs').matchAll(/name: "(\w+)"/g)) add(name, 'Any', false, 'Any');

/** The functions by what they give. */
export const BY_RESULT = {};
for (const one of FUNCTIONS) (BY_RESULT[one.result] ??= []).push(one);

/** Functions whose integer decides how much they make. */
export const MAKES_MUCH = new Set(['until', 'untilStep', 'repeat', 'indent', 'nindent', 'seq', 'wrap', 'wrapWith']);
