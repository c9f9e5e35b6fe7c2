// The Go types behind the OpenAPI definitions: how a field's type is spelled, what is embedded, and the values of enums.
// Reads what gofmt writes; it is no Go parser.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NO_TYPES = /^(zz_generated|generated\.pb|types_swagger_doc)|_test\.go$|\.pb\.go$/;

/** The short name of a package: what tells it from the others. */
export function short(path) {
  const parts = path.split('/');
  return /^v\d/.test(parts.at(-1)) ? parts.slice(-2).join('/') : parts.at(-1);
}

/** All packages below a module's folder: short name → { path, structs, named }. */
export function packages(folder, module, paths) {
  const found = new Map();
  for (const path of paths ?? below(folder)) {
    const directory = join(folder, path);
    if (!existsSync(directory)) continue;
    const files = readdirSync(directory).filter((name) => name.endsWith('.go') && !NO_TYPES.test(name));
    if (files.length) found.set(short(`${module}/${path}`), read(directory, files, `${module}/${path}`));
  }
  return found;
}

function below(folder) {
  const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups.flatMap((group) =>
    readdirSync(join(folder, group.name)).filter((name) => /^v\d/.test(name)).map((name) => `${group.name}/${name}`));
}

function read(directory, files, path) {
  const types = { path, group: '', structs: new Map(), named: new Map(), values: new Map() };
  const own = short(path);
  for (const file of files) {
    const text = readFileSync(join(directory, file), 'utf8');
    types.group = /const GroupName = "([^"]*)"/.exec(text)?.[1] ?? types.group;
    const imports = new Map();
    for (const [, alias, from] of text.matchAll(/^\s+(?:import )?(\w+ )?"(k8s\.io\/[^"]+)"/gm)) {
      imports.set(alias?.trim() || from.split('/').at(-1), short(from));
    }
    const qualify = (type) => spell(type, own, imports);
    for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) types.structs.set(name, fields(body, qualify));
    for (const [, name] of text.matchAll(/^type (\w+) struct \{\s*\}/gm)) types.structs.set(name, { own: new Map(), embedded: [] });
    for (const [, comment, name, type] of text.matchAll(/((?:^\/\/.*\n)*)^type (\w+) (?!struct|interface|func)=?\s*([\w.[\]*]+)\s*$/gm)) {
      types.named.set(name, { type: qualify(type), isEnum: /^\/\/ ?\+enum/m.test(comment) });
    }
    for (const [, type, value] of text.matchAll(/^\s*(?:const )?\w+\s+(\w+)\s+= "([^"]*)"/gm)) {
      types.values.set(type, [...(types.values.get(type) ?? []), value]);
    }
  }
  return types;
}

function fields(body, qualify) {
  const own = new Map();
  const embedded = [];
  for (const line of body.split('\n')) {
    const field = /^\s+(?:(\w+)\s+)?([\w.[\]*]+(?:\{\})?)\s+`.*?json:"([^",]*)((?:,\w+)*)"/.exec(line);
    if (!field) continue;
    const [, name, type, json, options] = field;
    if (json === '-') continue;
    if (options.includes('inline') || (!name && !json)) embedded.push(qualify(type));
    else own.set(json || name, qualify(type));
  }
  return { own, embedded };
}

const BUILT_IN = new Set(['string', 'bool', 'int', 'int32', 'int64', 'uint32', 'uint64', 'float64', 'byte', 'interface{}', 'any']);

/** A type with the short names of its packages, pointers left out. */
function spell(type, own, imports) {
  return type.replaceAll('*', '').replace(/(?<![\w.])((\w+)\.)?(\w+(?:\{\})?)/g, (_, dotted, alias, name) => {
    if (dotted) return `${imports.get(alias) ?? alias}.${name}`;
    return BUILT_IN.has(name) || name === 'map' ? name : `${own}.${name}`;
  });
}

/** A struct's fields with those of what it embeds: name → { type, through: the embedded structs on the way }. */
export function flatten(all, packageName, name) {
  const struct = all.get(packageName)?.structs.get(name);
  const flat = new Map();
  if (!struct) return flat;
  for (const type of struct.embedded) {
    const [, from, embedded] = /^(.*)\.(\w+)$/.exec(type) ?? [];
    for (const [field, { type, through }] of flatten(all, from, embedded)) flat.set(field, { type, through: [embedded, ...through] });
  }
  for (const [field, type] of struct.own) flat.set(field, { type, through: [] });
  return flat;
}
