// Has a real kube-apiserver judge what a stack is exported as, by the definitions that Argo CD and Flux publish (needs Go).
//   node tools/accept-stack.mjs
// The files are those that crates/configure/tests/stack.rs holds the export to. Of an ApplicationSet, the Applications are judged that its controller would make of it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { define, definitions } from './accept/definitions.mjs';
import { kindOf, nameOf, paths, put } from './accept/objects.mjs';
import { oracles, startServer } from './accept/server.mjs';

const PUBLISHED = [
  ['github.com/argoproj/argo-cd/v3', 'v3.2.0', 'manifests/crds'],
  ['github.com/fluxcd/helm-controller', 'v1.4.0', 'config/crd/bases'],
  ['github.com/fluxcd/source-controller', 'v1.7.0', 'config/crd/bases'],
];
const exported = join(import.meta.dirname, '../crates/configure/tests/stack');

/** A text of the template with an element's values in it: the few forms that the export uses. */
const filled = (text, element) => text.replace(/\{\{ (toJson )?\.(\w+)( \| replace "\/" "-")? \}\}/g, (whole, json, key, dashes) => {
  if (!(key in element)) throw new Error(`${whole} is not set`);
  if (json) return JSON.stringify(element[key]);
  return dashes ? element[key].replaceAll('/', '-') : element[key];
});

const merged = (base, patch) => {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const kept = base !== null && typeof base === 'object' && !Array.isArray(base) ? base : {};
  return { ...kept, ...Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, merged(kept[key], value)])) };
};

/** A tree with each text in it changed. */
const inAll = (tree, change) => {
  if (typeof tree === 'string') return change(tree);
  if (Array.isArray(tree)) return tree.map((one) => inAll(one, change));
  return tree !== null && typeof tree === 'object' ? Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, inAll(value, change)])) : tree;
};

/** The Applications that Argo CD makes of a set (`applicationset/utils/template_functions.go`, `applicationset/controllers/template/patch.go`). */
function applications({ metadata, spec }) {
  return spec.generators.flatMap(({ list }) => list.elements).map((element) => {
    const made = merged(inAll(spec.template, (text) => filled(text, element)), parse(filled(spec.templatePatch, element)));
    const text = JSON.stringify(made);
    if (text.includes('{{')) throw new Error(`a part of the template was not filled in: ${text}`);
    return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', ...made, metadata: { ...made.metadata, namespace: metadata.namespace } };
  });
}

const files = readdirSync(exported, { recursive: true }).filter((name) => name.endsWith('.yaml') && !name.startsWith('helmfile')).sort();
const objects = files.flatMap((name) => parseAllDocuments(readFileSync(join(exported, name), 'utf8')).map((document) => ({ name, object: document.toJS() })))
  .flatMap((one) => [one, ...(one.object.kind === 'ApplicationSet' ? applications(one.object).map((object) => ({ name: one.name, object })) : [])]);
const server = await startServer(oracles('api-server'));
try {
  await define(server, definitions(new Set(objects.map(({ object }) => kindOf(object))), PUBLISHED));
  const pathOf = paths(server);
  const faults = [];
  for (const namespace of new Set(objects.map(({ object }) => object.metadata.namespace))) {
    await server.ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }
  for (const { name, object } of objects) {
    const place = await pathOf(object);
    const said = place === undefined ? [`the server knows no ${kindOf(object)}`] : await put(server, place.path, object, { dryRun: 'All' });
    faults.push(...said.map((words) => `${name}: ${nameOf(object)}: ${words}`));
  }
  // The server judges at all.
  const [{ object }] = objects;
  const wrong = await put(server, (await pathOf(object)).path, { ...object, spec: { ...object.spec, unknown: true } }, { dryRun: 'All' });
  if (!wrong.some((words) => /unknown field/.test(words))) throw new Error(`the server should have refused an unknown field, and said: ${wrong.join('; ') || 'nothing'}`);
  faults.forEach((fault) => console.error(fault));
  console.log(`${objects.length} objects of ${files.length} exported files: ${faults.length === 0 ? 'accepted' : `${faults.length} faults`}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await server.stop();
}
