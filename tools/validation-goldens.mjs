#!/usr/bin/env node
// Has a real kube-apiserver answer what crates/kube/tests/validation/*.yaml hold, and writes its errors beside them: a block for each document, in its order.
//   node tools/validation-goldens.mjs [NAME…]   NAME is a file without .yaml; all of them by default

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { paths } from './admission-check/paths.mjs';
import { oracles, startServer } from './accept/server.mjs';

const folder = join(import.meta.dirname, '../crates/kube/tests/validation');
const given = process.argv.slice(2);
const names = given.length ? given : readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
const known = paths();

/** The errors of an object, a line each, sorted and each once: the order of the server's checks is no promise. */
async function errors(server, object) {
  const path = known.get(`${object.apiVersion} ${object.kind}`);
  const { status, body } = await server.ask('POST', `${path}?dryRun=All&fieldValidation=Strict`, object);
  if (status < 400) return [];
  const causes = body.details?.causes ?? [];
  if (causes.length === 0) throw new Error(`${object.kind} ${object.metadata?.name}: ${body.message}`);
  return [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))].sort();
}

const server = await startServer(oracles('api-server'));
try {
  for (const name of names.sort()) {
    const blocks = [];
    for (const document of parseAllDocuments(readFileSync(join(folder, `${name}.yaml`), 'utf8'))) {
      const object = document.toJS();
      const lines = await errors(server, object);
      blocks.push([`${object.kind} ${object.metadata?.name ?? ''}`.trim(), ...lines.map((line) => `  ${line}`)].join('\n'));
    }
    writeFileSync(join(folder, `${name}.txt`), `${blocks.join('\n')}\n`);
  }
} finally {
  await server.stop();
}
