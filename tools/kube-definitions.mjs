#!/usr/bin/env node
// Writes crates/kube/data/definitions.txt: the schemas of common operators' kinds, from the modules that publish them (needs Go).
//   node tools/kube-definitions.mjs
// First a line for each part that stands in several places, then one for each kind: apiVersions with commas between them, the kind, where it is
// from and in which version, and the CustomResourceDefinition as JSON, without what no check reads. `§12;` stands for the twelfth part, from 0.

import { writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { published } from './accept/definitions.mjs';
import { ROWS } from './kube-definitions/rows.mjs';

const output = new URL('../crates/kube/data/definitions.txt', import.meta.url);

/** What modules are called whose paths do not end with their name. */
const NAMES = { 'istio.io/api': 'istio', 'github.com/kubernetes-csi/external-snapshotter/client/v8': 'external-snapshotter' };

/** What is said for people and for code generators. */
const LEFT_OUT = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-map-type']);

/** Rules that an object is held to when it is created: not those that compare it with an earlier one. */
function rules(list) {
  const asked = list.filter(({ rule, optionalOldSelf }) => optionalOldSelf || !/\boldSelf\b/.test(rule));
  return asked.length ? asked.map(({ rule, ...others }) => ({ rule: rule.trim(), ...others })) : undefined;
}

/** A schema without what no check reads. */
function bare(schema) {
  const kept = {};
  for (const [key, value] of Object.entries(schema)) {
    if (LEFT_OUT.has(key) || (key === 'x-kubernetes-list-type' && value === 'atomic')) continue;
    if (key === 'properties') kept[key] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bare(inner)]));
    else if (['items', 'not', 'additionalProperties'].includes(key) && typeof value === 'object') kept[key] = bare(value);
    else if (['allOf', 'anyOf', 'oneOf'].includes(key)) kept[key] = value.map(bare);
    else if (key === 'x-kubernetes-validations') kept[key] = rules(value);
    else kept[key] = value;
  }
  return kept;
}

/** Shorter parts are written wherever they stand. */
const LEAST = 30;

/** JSON of values, in which objects that stand in several places are written once. */
function share(values) {
  const names = new Map();
  const seen = new Map();
  const text = (value) => {
    if (!names.has(value)) names.set(value, JSON.stringify(value));
    return names.get(value);
  };
  const inner = (value) => Object.values(value).filter((part) => part !== null && typeof part === 'object');
  const open = [...values];
  while (open.length) {
    const value = open.pop();
    const known = seen.get(text(value)) ?? { value, count: 0 };
    seen.set(text(value), { value, count: known.count + 1 });
    if (known.count === 0) open.push(...inner(value));
  }
  const parts = [];
  const numbers = new Map();
  const write = (value) => {
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const whole = text(value);
    if (numbers.has(whole)) return `§${numbers.get(whole)};`;
    const entries = Array.isArray(value) ? value.map(write) : Object.entries(value).filter(([, part]) => part !== undefined).map(([key, part]) => `${JSON.stringify(key)}:${write(part)}`);
    const written = Array.isArray(value) ? `[${entries.join()}]` : `{${entries.join()}}`;
    if (seen.get(whole).count < 2 || written.length < LEAST) return written;
    numbers.set(whole, parts.length);
    parts.push(written);
    return `§${parts.length - 1};`;
  };
  const all = values.map(write);
  return { parts, whole: all };
}

/** What a line begins with, and what it tells. */
function head({ module, version, object: { apiVersion, kind, spec } }) {
  const { group, scope, names, versions } = spec;
  const kept = versions.map(({ name, served, deprecated, deprecationWarning, subresources, schema }) => ({
    name,
    served,
    deprecated,
    deprecationWarning,
    subresources: subresources?.status && { status: {} },
    schema: schema?.openAPIV3Schema && { openAPIV3Schema: bare(schema.openAPIV3Schema) },
  }));
  const definition = { apiVersion, kind, spec: { group, names: { kind: names.kind, plural: names.plural }, scope, versions: kept } };
  const from = NAMES[module] ?? module.replace(/\/v\d+$/, '').split('/').at(-1);
  return [`${versions.map(({ name }) => `${group}/${name}`).join()} ${names.kind} ${from} ${version}`, definition];
}

const definitions = published(ROWS);
const lines = definitions.map(head).sort(([one], [other]) => (one < other ? -1 : 1));
const { parts, whole } = share(lines.map(([, definition]) => definition));
const text = [...parts, ...lines.map(([name], at) => `${name} ${whole[at]}`)].map((row) => `${row}\n`).join('');
if (JSON.stringify(lines).includes('§')) throw new Error('kube-definitions: § stands for parts and must not stand in definitions');
writeFileSync(output, text);
console.log(`${definitions.length} definitions, ${text.length} bytes, ${brotliCompressSync(text).length} with Brotli`);
