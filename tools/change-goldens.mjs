#!/usr/bin/env node
// Has a real kube-apiserver answer the changes of crates/kube/tests/changes/*.yaml, and writes its errors beside them, a block for each. Documents come in twos: an object
// as it is deployed, and as it is to be. Both are applied as Helm 4 applies them, by server-side apply under one manager: what is left out is taken away, or filled in anew.
//   node tools/change-goldens.mjs [NAME…]   NAME is a file without .yaml; all of them by default

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { paths } from './admission-check/paths.mjs';
import { oracles, startServer } from './accept/server.mjs';

const folder = join(import.meta.dirname, '../crates/kube/tests/changes');
const given = process.argv.slice(2);
const names = given.length ? given : readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
const known = paths();

const place = ({ apiVersion, kind, metadata }) => `${known.get(`${apiVersion} ${kind}`)}/${metadata.name}`;
const apply = (server, object, more = '') => server.ask('PATCH', `${place(object)}?fieldManager=helm&force=true&fieldValidation=Strict${more}`, JSON.stringify(object), 'application/apply-patch+yaml');

/** A line of an error: without the comparison below the words, and without a value in which the server wrote out what is not there. */
const line = ({ field, message }) => {
  const words = message.split('\n')[0];
  const filledIn = /"[A-Z]\w*":null/.test(words);
  return `${field}: ${filledIn ? words.replace(/^(Invalid value: )[[{].*[\]}]: /, '$1') : words}`;
};

/** Makes of an object what a cluster's controllers would: there are none here. */
async function settle(server, object) {
  const status = async (status) => server.ask('PATCH', `${place(object)}/status`, JSON.stringify({ status }), 'application/merge-patch+json');
  if (object.kind === 'PersistentVolumeClaim') {
    await server.ask('PATCH', place(object), JSON.stringify({ spec: { volumeName: 'a' } }), 'application/merge-patch+json');
    await status({ phase: 'Bound', capacity: object.spec.resources.requests });
  }
  if (object.kind === 'CustomResourceDefinition') {
    const established = async () => (await server.ask('GET', place(object))).body.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
    for (let tries = 0; tries < 50 && !await established(); tries += 1) await server.pause(100);
  }
}

/** The errors of a change, a line each, sorted and each once: the order of the server's checks is no promise. */
async function errors(server, before, after) {
  const made = await apply(server, before);
  if (made.status >= 400) throw new Error(`${before.kind} ${before.metadata.name} cannot be made: ${made.body?.message ?? made.text}`);
  await settle(server, before);
  const { status, body } = await apply(server, after, '&dryRun=All');
  await server.ask('PATCH', place(before), JSON.stringify({ metadata: { finalizers: null } }), 'application/merge-patch+json');
  await server.ask('DELETE', `${place(before)}?gracePeriodSeconds=0`);
  if (status < 400) return [];
  const causes = body.details?.causes ?? [];
  if (causes.length === 0) throw new Error(`${after.kind} ${after.metadata.name}: ${body.message}`);
  return [...new Set(causes.map(line))].sort();
}

const server = await startServer(oracles('api-server'));
try {
  for (const name of names.sort()) {
    const objects = parseAllDocuments(readFileSync(join(folder, `${name}.yaml`), 'utf8')).map((document) => document.toJS());
    const blocks = [];
    for (let at = 0; at < objects.length; at += 2) {
      const lines = await errors(server, objects[at], objects[at + 1]);
      blocks.push([`${objects[at].kind} ${objects[at].metadata.name}`, ...lines.map((text) => `  ${text}`)].join('\n'));
    }
    writeFileSync(join(folder, `${name}.txt`), `${blocks.join('\n')}\n`);
  }
} finally {
  await server.stop();
}
