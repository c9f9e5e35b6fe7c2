// Holds helm-oracle to what the real commands answered: every run of crates/cli/tests/cases/*.json, in one process each of Helm 4 and Helm 3.
// Where Helm says one of several things by chance (it walks through maps), it is asked until it says what is recorded.
//   node tools/helm-oracle/check.mjs
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { start } from './client.mjs';

const folder = join(import.meta.dirname, '../../crates/cli/tests/cases');
const oracles = { 4: start(4), 3: start(3) };
const TRIES = 60;
let [same, different] = [0, 0];

function lay({ name, files = {}, inputs = {}, binary = {}, links = {} }) {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'cases-')));
  const at = (path) => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    return join(place, path);
  };
  Object.entries(files).forEach(([path, text]) => writeFileSync(at(join(name, path)), text));
  Object.entries(inputs).forEach(([path, text]) => writeFileSync(at(path), text));
  Object.entries(binary).forEach(([path, text]) => writeFileSync(at(path), Buffer.from(text, 'base64')));
  Object.entries(links).forEach(([path, target]) => symlinkSync(target, at(path)));
  return place;
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  for (const one of JSON.parse(readFileSync(join(folder, file), 'utf8'))) {
    for (const run of one.runs) {
      const args = run.command ?? ['template', 'rel', one.name, ...run.args];
      // Notes are cut out of what `helm install` prints, and the oracle's commands read no input.
      if (args[0] === 'notes' || run.stdin !== undefined) continue;
      for (const major of [4, 3]) {
        const expected = { ...run, ...(major === 3 ? run.helm3 : {}) };
        let made;
        const agrees = async () => {
          const place = lay(one);
          made = await oracles[major].ask({ dir: place, args });
          rmSync(place, { recursive: true });
          const clean = (text) => text.replaceAll(place, '{here}').replaceAll(encodeURIComponent(place), '{here}');
          return clean(made.stdout) === expected.stdout && clean(made.stderr) === expected.stderr && made.exit === expected.exit;
        };
        let tries = 1;
        while (!(await agrees()) && tries < TRIES) tries++;
        if (tries < TRIES) same++;
        else {
          different++;
          console.log(`${file} ${one.name} ${args.join(' ')}, Helm ${major}\n  expected: ${JSON.stringify([expected.stdout, expected.stderr, expected.exit])}\n  answered: ${JSON.stringify(made)}`);
        }
      }
    }
  }
}
Object.values(oracles).forEach((oracle) => oracle.end());
console.log(`${same} runs answered as the real commands answer them, ${different} otherwise`);
process.exitCode = different === 0 ? 0 : 1;
