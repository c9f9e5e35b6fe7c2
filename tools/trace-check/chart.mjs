// What a chart's files say of its values, without rendering it: the values that its templates see, its schemas, and what its templates mention.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { at, isMap, over, withoutNulls } from './paths.mjs';

const YAML = { version: '1.1', merge: true, uniqueKeys: false, strict: false, logLevel: 'silent', customTags: (tags) => tags.filter((tag) => tag.tag !== 'tag:yaml.org,2002:timestamp') };

/** A YAML text's value; a map where it is nothing or cannot be read. */
export function read(text) {
  try {
    const value = parse(text, { ...YAML, maxAliasCount: -1 });
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

const textOf = (...path) => (existsSync(join(...path)) ? readFileSync(join(...path), 'utf8') : '');
const list = (path) => (existsSync(path) && statSync(path).isDirectory() ? readdirSync(path).sort() : []);

function* templates(folder) {
  for (const entry of list(folder)) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) yield* templates(path);
    else if (/\.(ya?ml|tpl|txt)$/.test(entry)) yield readFileSync(path, 'utf8');
  }
}

/** A chart and its subcharts: `{ key, values, schema, templates, conditions, charts }`. `scratch` is where archives are unpacked. */
export function load(place, scratch, key = undefined, conditions = []) {
  const folder = statSync(place).isDirectory() ? place : unpacked(place, scratch);
  const meta = { ...read(textOf(folder, 'requirements.yaml')), ...read(textOf(folder, 'Chart.yaml')) };
  const inside = list(join(folder, 'charts')).filter((name) => !/^[_.]/.test(name)).map((name) => join(folder, 'charts', name));
  const wanted = Array.isArray(meta.dependencies) ? meta.dependencies : [];
  const charts = inside
    .filter((path) => path.endsWith('.tgz') || existsSync(join(path, 'Chart.yaml')))
    .flatMap((path) => {
      const one = load(path, scratch);
      const uses = wanted.filter((dependency) => dependency.name === one.key);
      const known = uses.length > 0 ? uses : [{}];
      return known.map((use) => ({ ...one, key: use.alias ?? one.key, conditions: String(use.condition ?? '').split(',').map((path) => path.trim()).filter(Boolean) }));
    });
  let schema;
  try {
    schema = JSON.parse(textOf(folder, 'values.schema.json'));
  } catch {
    schema = undefined;
  }
  return { key: key ?? meta.name, library: meta.type === 'library', values: read(textOf(folder, 'values.yaml')), schema, templates: [...templates(join(folder, 'templates'))], conditions, charts };
}

/** Where the chart is with the dependencies in place that its files name by folder, as `helm dependency build` leaves them: a copy if any was missing. */
export function complete(place, scratch) {
  if (!statSync(place).isDirectory()) return place;
  const wanted = read(textOf(place, 'Chart.yaml')).dependencies ?? [];
  const near = wanted.filter(({ name, repository }) => String(repository).startsWith('file://') && !existsSync(join(place, 'charts', name)));
  if (near.length === 0) return place;
  const copy = join(mkdtempSync(join(scratch, 'complete-')), basename(place));
  cpSync(place, copy, { recursive: true });
  for (const { name, repository } of near) {
    const from = complete(join(place, repository.slice('file://'.length)), scratch);
    cpSync(from, join(copy, 'charts', name), { recursive: true });
  }
  return copy;
}

function unpacked(archive, scratch) {
  const place = mkdtempSync(join(scratch, 'chart-'));
  execFileSync('tar', ['xzf', archive, '-C', place, '--strip-components', '1'], { stdio: 'ignore' });
  return place;
}

/** The values that the chart's templates see, from the root chart's point of view: those of its subcharts below their names, globals handed down. */
export const effective = (chart, given = {}) => withoutNulls(coalesced(chart, given));

function coalesced(chart, given) {
  const own = over(chart.values, given);
  for (const sub of chart.charts) {
    const below = isMap(own[sub.key]) ? own[sub.key] : {};
    const globals = over(isMap(below.global) ? below.global : {}, isMap(own.global) ? own.global : {});
    own[sub.key] = coalesced(sub, Object.keys(globals).length > 0 ? { ...below, global: globals } : below);
  }
  return own;
}

/** Whether the values turn this subchart off. */
const isOff = (sub, values) => {
  const said = sub.conditions.map((path) => at(values, path.split('.'))).find((value) => typeof value === 'boolean');
  return said === false;
};

/** The paths of the subcharts that the values turn off. */
export function switchedOff(chart, values, path = []) {
  return chart.charts.flatMap((sub) => {
    const here = [...path, sub.key];
    return isOff(sub, at(values, path) ?? {}) ? [here] : switchedOff(sub, values, here);
  });
}

const MENTION = /\.Values((?:\.[A-Za-z_]\w*)+)/g;
const INDEX = /index\s+\$?(?:\.\w+)*\.Values((?:\s+"[^"]+")+)/g;

/** The paths that templates mention, each once. Those of a library chart are its parent's. */
export function mentioned(chart, path = []) {
  const found = new Map();
  const add = (keys) => {
    const global = keys[0] === 'global' ? keys : [...path, ...keys];
    found.set(global.join('\0'), global);
  };
  for (const text of chart.templates) {
    for (const [, keys] of text.matchAll(MENTION)) add(keys.slice(1).split('.'));
    for (const [, keys] of text.matchAll(INDEX)) add([...keys.matchAll(/"([^"]+)"/g)].map(([, key]) => key));
  }
  for (const sub of chart.charts) mentioned(sub, sub.library ? path : [...path, sub.key]).forEach((one) => found.set(one.join('\0'), one));
  return [...found.values()];
}

const ACTION = /\{\{.*?\}\}/gs;
const LITERAL = /"([^"\\]{1,40})"/g;

/** The texts that templates hold against a key of this name: `eq .Values.service.type "NodePort"` has `NodePort` for `type`. */
export function literals(chart) {
  const found = new Map();
  const visit = (one) => {
    for (const text of one.templates) {
      for (const [action] of text.matchAll(ACTION)) {
        if (!/\b(eq|ne|has|hasPrefix|hasSuffix|contains|regexMatch)\b/.test(action)) continue;
        const texts = [...action.matchAll(LITERAL)].map(([, literal]) => literal);
        for (const [, keys] of action.matchAll(/\.((?:\w+\.)*\w+)/g)) {
          const key = keys.split('.').at(-1);
          found.set(key, new Set([...(found.get(key) ?? []), ...texts]));
        }
      }
    }
    one.charts.forEach(visit);
  };
  visit(chart);
  return found;
}

/** What the schemas say of a path: every schema that applies there, references within a file followed. */
export function schemasAt(chart, path) {
  const found = chart.schema === undefined ? [] : descend([[chart.schema, chart.schema]], path);
  const sub = chart.charts.find((one) => one.key === path[0]);
  return sub ? [...found, ...schemasAt(sub, path.slice(1))] : found;
}

function descend(pairs, path) {
  let here = pairs.flatMap(([schema, root]) => opened(schema, root));
  for (const key of path) {
    here = here.flatMap(([schema, root]) => {
      const next = schema.properties?.[key] ?? (/^\d+$/.test(key) ? schema.items : undefined) ?? schema.additionalProperties;
      return isMap(next) ? opened(next, root) : [];
    });
  }
  return here.map(([schema]) => schema);
}

/** A schema with what it refers to and what it is made of. */
function opened(schema, root, seen = new Set()) {
  if (!isMap(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const target = typeof schema.$ref === 'string' && schema.$ref.startsWith('#/') ? at(root, schema.$ref.slice(2).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) : undefined;
  const parts = [target, ...['allOf', 'anyOf', 'oneOf'].flatMap((word) => (Array.isArray(schema[word]) ? schema[word] : []))];
  return [[schema, root], ...parts.flatMap((part) => opened(part, root, seen))];
}

/** The properties that schemas know and the values do not have. */
export function unset(chart, values) {
  const found = [];
  const visit = (schemas, path, depth) => {
    for (const [schema, root] of schemas) {
      for (const [key, next] of Object.entries(isMap(schema.properties) ? schema.properties : {})) {
        const here = [...path, key];
        if (at(values, here) === undefined) found.push(here);
        if (depth > 0 && isMap(next)) visit(opened(next, root), here, depth - 1);
      }
    }
  };
  const each = (one, path) => {
    if (isMap(one.schema)) visit(opened(one.schema, one.schema), path, 4);
    one.charts.forEach((sub) => each(sub, [...path, sub.key]));
  };
  each(chart, []);
  return found;
}
