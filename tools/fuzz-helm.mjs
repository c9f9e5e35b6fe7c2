// Random charts, values and flags from a grammar: real Helm and the command are asked, each in one long-lived process, and must answer alike in stdout,
// stderr and exit code. What differs is made small and kept in a folder, in the form of crates/cli/tests/cases/*.json.
//   node tools/fuzz-helm.mjs [--n N] [--seed S] [--helm 4|3] [--out DIR] [--most FINDS] -- PROGRAM
// The case of a seed is always the same: `--seed S --n 1` repeats it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judges } from './fuzz-helm/ask.mjs';
import { generate } from './fuzz-helm/charts.mjs';
import { shrink } from './fuzz-helm/shrink.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { n: { type: 'string', default: '1000' }, seed: { type: 'string' }, helm: { type: 'string', default: '4' }, out: { type: 'string', default: join(tmpdir(), 'chartwright-fuzz-helm') }, most: { type: 'string', default: '50' } },
});
const first = Number(options.seed ?? Math.floor(Math.random() * 1e9));
const [count, most] = [Number(options.n), Number(options.most)];
console.log(`fuzz-helm: seeds ${first} to ${first + count - 1}, Helm ${options.helm}; finds go to ${options.out}`);
mkdirSync(options.out, { recursive: true });

const { compare, end } = judges(positionals[0], options.helm);
const kinds = new Map();
let finds = 0;
for (let seed = first; seed < first + count && finds < most; seed++) {
  const one = generate(seed);
  const found = await compare(one);
  if (!found) continue;
  finds++;
  const small = await shrink(one, found, compare);
  const { name, files, inputs, args } = small.one;
  writeFileSync(join(options.out, `helm${options.helm}-${seed}.json`), `${JSON.stringify({ name, files, inputs, runs: [{ args }], seed, found: small.found }, null, 1)}\n`);
  kinds.set(found.what, (kinds.get(found.what) ?? 0) + 1);
  console.log(`seed ${seed}: ${found.what}`);
}
end();
const told = [...kinds].map(([what, times]) => `${times} × ${what}`).join(', ');
console.log(finds === 0 ? `fuzz-helm: ${count} cases, all answered alike` : `fuzz-helm: ${finds} finds: ${told}`);
process.exitCode = finds === 0 ? 0 : 1;
