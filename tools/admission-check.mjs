#!/usr/bin/env node
// Breaks valid objects, one thing at a time, and compares what a real API server says to it with what Chartwright says.
//   node tools/admission-check.mjs [--max N] [--seed N] [--examples N] [--faults NAME,…] [--json FILE] [--record FILE] COMMAND [FOLDER…]
// COMMAND is the example `admission` of crates/kube. Objects are those of tools/admission-check/*.yaml and of the manifests in FOLDERs
// (YAML or JSON; by default those that k8s.io/api tests its own encoding with, in which every field is set); those that the server refuses as they are take part in what its decoder says alone. N mutants of an object are tried
// (0: all), drawn by the seed.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { define, definitions as publishedFor } from './accept/definitions.mjs';
import { oracles, startServer } from './accept/server.mjs';
import { judge, print } from './admission-check/judge.mjs';
import { mutants } from './admission-check/mutants.mjs';
import { paths } from './admission-check/paths.mjs';
import { refusals } from './admission-check/record.mjs';
import { ROWS } from './kube-definitions/rows.mjs';
import { RELEASES, module } from './kube-schemas/releases.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { max: { type: 'string', default: '0' }, seed: { type: 'string', default: '1' }, examples: { type: 'string', default: '20' }, json: { type: 'string' }, faults: { type: 'string' }, record: { type: 'string' } },
});
const [command, ...given] = positionals;
const folders = given.length ? given : [join(module('k8s.io/api', RELEASES.get(37)[1]).Dir, 'testdata/HEAD')];
const faults = options.faults?.split(',');
const here = import.meta.dirname;

const read = (file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS());

/** The definitions of the custom resources that are tried: their own, and those that operators publish. */
const custom = read(join(here, 'admission-check/custom.yaml'));
const definitions = custom.filter(({ kind }) => kind === 'CustomResourceDefinition');
definitions.push(...publishedFor(new Set(custom.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]}/${kind}`)), ROWS));

const known = paths(definitions);

function* files(folder) {
  if (!statSync(folder).isDirectory()) return yield folder;
  for (const name of readdirSync(folder).sort()) yield* files(join(folder, name));
}

function objects() {
  const sources = [...['objects', 'variants', 'custom'].map((name) => join(here, `admission-check/${name}.yaml`)), ...folders.flatMap((folder) => [...files(folder)]).filter((file) => /\.(ya?ml|json)$/.test(file))];
  const found = new Map();
  for (const source of sources) {
    for (const object of read(source)) {
      const path = known.get(`${object?.apiVersion} ${object?.kind}`);
      if (!path) continue;
      if (object.metadata?.namespace && path.includes('/namespaces/default/')) object.metadata.namespace = 'default';
      // The same object may be there as YAML and as JSON.
      found.set(JSON.stringify(object), { source, object, path });
    }
  }
  return [...found.values()];
}

/** Characters that JSON may hold as they are, and YAML may not. */
const NO_YAML = /[\u007f-\u009f\ufeff\ufffe\uffff]/g;
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Chartwright's answers, in the order of the questions. */
function ours(texts, definitions) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, ['37', definitions], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = [];
    createInterface({ input: child.stdout }).on('line', (line) => answers.push(JSON.parse(line)));
    child.on('error', reject).on('close', () => resolve(answers));
    child.stdin.end(texts.map((text) => `${text.replace(NO_YAML, escaped)}\n`).join(''));
  });
}

/** The server's answers: the code, the message, and the causes of what is invalid. */
async function theirs(cases, custom) {
  const server = await startServer(oracles('api-server'));
  const answers = new Array(cases.length);
  let next = 0;
  const ask = async () => {
    while (next < cases.length) {
      const at = next++;
      answers[at] = await create(server, cases[at]);
    }
  };
  try {
    await define(server, custom);
    await Promise.all(Array.from({ length: 8 }, ask));
  } finally {
    await server.stop();
  }
  return answers;
}

/** So often an object is sent anew when the connection breaks: an idle one was closed, or the object makes the server panic. */
const TRIES = 5;

async function create(server, { path, text }) {
  for (let left = TRIES; left > 0; left--) {
    try {
      const { status, body, text: said } = await server.ask('POST', `${path}?dryRun=All&fieldValidation=Strict`, text);
      return status < 400 ? { code: status, message: null, causes: [] } : { code: status, message: body?.message ?? said, causes: body?.details?.causes ?? [] };
    } catch (error) {
      if (error.code !== 'ECONNRESET') throw error;
    }
  }
  return { code: 500, message: 'the connection breaks', causes: [] };
}

/** A sample of a list, by a seed (mulberry32). */
function sample(list, most, seed) {
  if (most === 0 || list.length <= most) return list;
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return list.map((item) => [random(), item]).sort(([one], [other]) => one - other).slice(0, most).map(([, item]) => item);
}

const cases = objects().flatMap(({ source, object, path }) => {
  const whole = { fault: 'none', pointer: '', text: JSON.stringify(object) };
  // With `none` objects are taken as they are, such as whole charts' renders.
  const all = faults?.includes('none') ? [] : [...mutants(object)].filter(({ fault }) => !faults || faults.includes(fault));
  const broken = sample(all, Number(options.max), Number(options.seed));
  const name = `${object.apiVersion} ${object.kind}`;
  return [whole, ...broken].map((mutant) => ({ ...mutant, source, path, name }));
});
const folder = mkdtempSync(join(tmpdir(), 'admission-check-'));
const file = join(folder, 'definitions.json');
writeFileSync(file, definitions.map((definition) => JSON.stringify(definition)).join('\n---\n'));
const [server, chartwright] = await Promise.all([theirs(cases, definitions), ours(cases.map(({ text }) => text), file)]);
rmSync(folder, { recursive: true });
const rows = judge(cases, server, chartwright);
if (options.record) writeFileSync(options.record, refusals(cases, server, rows));
if (options.json) writeFileSync(options.json, JSON.stringify(rows, null, 1));
process.exitCode = print(rows, Number(options.examples)) ? 0 : 1;
