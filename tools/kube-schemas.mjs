#!/usr/bin/env node
// Writes crates/kube/data/kubernetes.txt: the API of Kubernetes 1.25 to 1.37 as one table, from the published OpenAPI definitions
// and the Go types behind them (needs Go; about 400 MB are downloaded the first time, and one release at a time unpacked).
//   node tools/kube-schemas.mjs [--check]
// The table's format is described in crates/kube/src/schema/parse.rs.

import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { flatten, packages } from './kube-schemas/go-types.mjs';
import { isOn, legacyBetas, lifecycles } from './kube-schemas/lifecycle.mjs';
import { definitions, key, kinds } from './kube-schemas/openapi.mjs';
import { LIBRARIES, RELEASES, module, release } from './kube-schemas/releases.mjs';
import { table } from './kube-schemas/table.mjs';

const output = new URL('../crates/kube/data/kubernetes.txt', import.meta.url);

const libraries = new Map();
for (const [name, version] of LIBRARIES) {
  const paths = {
    'k8s.io/apimachinery': ['pkg/apis/meta/v1', 'pkg/api/resource', 'pkg/util/intstr', 'pkg/runtime', 'pkg/types', 'pkg/version'],
    'k8s.io/apiextensions-apiserver': ['pkg/apis/apiextensions/v1'],
    'k8s.io/kube-aggregator': ['pkg/apis/apiregistration/v1', 'pkg/apis/apiregistration/v1beta1'],
  }[name];
  for (const [id, types] of packages(module(name, version).Dir, name, paths)) libraries.set(id, types);
}

const lives = new Map();
const releases = new Map();
for (const [minor, [, api]] of RELEASES) {
  const folder = module('k8s.io/api', api).Dir;
  for (const [gvk, life] of lifecycles(folder)) lives.set(gvk, life);
  const files = release(minor);
  releases.set(minor, read(JSON.parse(readFileSync(files.swagger, 'utf8')), readFileSync(files.instance, 'utf8'), folder));
}

function read(swagger, instance, folder) {
  const go = new Map([...libraries, ...packages(folder, 'k8s.io/api')]);
  const betas = legacyBetas(instance);
  const served = new Map([...kinds(swagger)].map(([gvk, kind]) => [gvk, { ...kind, on: isOn(betas, gvk, kind.plural) }]));
  const all = definitions(swagger);
  const types = new Map();
  const named = new Map();
  const open = [...served.values()].map(({ id }) => id);
  while (open.length) {
    const id = open.pop();
    if (types.has(id) || named.has(id)) continue;
    const at = id.lastIndexOf('.');
    const [packageName, name] = [id.slice(0, at), id.slice(at + 1)];
    const alias = go.get(packageName)?.named.get(name);
    if (!all.has(id) && alias) {
      named.set(id, { type: alias.type, values: alias.isEnum ? (go.get(packageName).values.get(name) ?? []) : [] });
      open.push(...mentioned(alias.type));
      continue;
    }
    if (!all.has(id)) console.warn(`kube-schemas: nothing is known of ${id}`);
    const spelled = flatten(go, packageName, name);
    const fields = new Map();
    for (const [field, property] of all.get(id) ?? []) {
      const { type, through } = spelled.get(field) ?? { type: property.shape, through: [] };
      fields.set(field, { ...property, type, through });
      open.push(...mentioned(type));
    }
    types.set(id, fields);
  }
  return { types, named, kinds: served };
}

function mentioned(type) {
  return type.match(/[\w/]+\.\w+/g) ?? [];
}

const text = table(releases, lives);
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) throw new Error('kube-schemas: crates/kube/data/kubernetes.txt is not what the releases say');
} else {
  writeFileSync(output, text);
}
console.log(`${text.length} bytes, ${brotliCompressSync(text).length} with Brotli`);
