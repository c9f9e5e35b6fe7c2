#!/usr/bin/env node
// Has a real API server judge objects by the rules in CEL of their definitions, and writes down what it says: crates/kube/tests/cel/*.json.
//   node tools/cel-answers.mjs [rules|operators…]
// `rules` are definitions of our own (tools/cel-answers/rules.yaml, definitions.yaml), `operators` the objects of tools/cel-answers/operators.yaml, each
// whole and with each of its changes, by the definitions that Chartwright knows.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { define, definitions as publishedFor } from './accept/definitions.mjs';
import { oracles, startServer } from './accept/server.mjs';
import { changed } from './cel-answers/changes.mjs';
import { definitionOf, objectsOf } from './cel-answers/rows.mjs';
import { ROWS } from './kube-definitions/rows.mjs';

const here = import.meta.dirname;
const output = join(here, '../crates/kube/tests/cel');
const read = (name) => readFileSync(join(here, 'cel-answers', name), 'utf8');
const documents = (name) => parseAllDocuments(read(name)).map((document) => document.toJS());
const isDefinition = ({ kind }) => kind === 'CustomResourceDefinition';

/** What is judged: definitions to be written down too, published ones, and objects. */
const SETS = {
  rules() {
    const rows = parse(read('rules.yaml'));
    const others = documents('definitions.yaml');
    return { definitions: [definitionOf(rows), ...others.filter(isDefinition)], published: [], objects: [...objectsOf(rows), ...others.filter((object) => !isDefinition(object))] };
  },
  operators() {
    const objects = documents('operators.yaml').flatMap(({ object, changes }) => [object, ...changes.map((change) => changed(object, change))]);
    const kinds = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]}/${kind}`));
    return { definitions: [], published: publishedFor(kinds, ROWS), objects };
  },
};

/** The path that objects are created at. */
function pathOf({ apiVersion, kind }, definitions) {
  const [group, version] = apiVersion.split('/');
  const { spec } = definitions.find(({ spec: { group: own, names } }) => own === group && names.kind === kind);
  return `/apis/${group}/${version}${spec.scope === 'Namespaced' ? '/namespaces/default' : ''}/${spec.names.plural}?dryRun=All&fieldValidation=Strict`;
}

/** What the server says of an object: an error each, without the one that only says that rules were not asked. */
function errors({ status, body, text }) {
  if (status < 400) return [];
  const causes = body?.details?.causes;
  if (!causes) throw new Error(`cel-answers: ${body?.message ?? text}`);
  return causes.map(({ field, message }) => `${field}: ${message}`).filter((error) => !error.includes('some validation rules were not checked')).sort();
}

const chosen = process.argv.slice(2);
const sets = (chosen.length ? chosen : Object.keys(SETS)).map((name) => ({ name, ...SETS[name]() }));
const server = await startServer(oracles('api-server'));
const lines = (list) => list.map((item) => `\n${JSON.stringify(item)}`).join();
try {
  for (const { name, definitions, published, objects } of sets) {
    const all = [...definitions, ...published];
    await define(server, all);
    const cases = [];
    for (const object of objects) cases.push({ object, says: errors(await server.ask('POST', pathOf(object, all), object)) });
    mkdirSync(output, { recursive: true });
    writeFileSync(join(output, `${name}.json`), `{"definitions":[${lines(definitions)}],"cases":[${lines(cases)}]}\n`);
    console.log(`${name}: ${cases.length} objects, ${cases.filter(({ says }) => says.length).length} refused with ${cases.flatMap(({ says }) => says).length} errors`);
  }
} finally {
  await server.stop();
}
