#!/usr/bin/env node
// Holds the Pod Security Standards of crates/kube to Kubernetes' own module, k8s.io/pod-security-admission, for every version of 1.25 to 1.37.
//   node tools/pss-check.mjs [--pods N] [--seed N] COMMAND
// COMMAND is the example `pss` of crates/kube. First the module's own fixtures are judged, each within every kind of workload; then N pods by chance
// (tools/pss-check/pods.mjs) are put to both, and the levels that admit them and the checks that they fail have to be the same.
import { parseArgs } from 'node:util';
import { fixtures, testdata } from './pss-check/fixtures.mjs';
import { ask, startOracle } from './pss-check/oracle.mjs';
import { pod } from './pss-check/pods.mjs';
import { WORKLOADS } from './pss-check/workloads.mjs';

const { values: options, positionals: [command] } = parseArgs({ allowPositionals: true, options: { pods: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } } });
const [FIRST, LAST] = [25, 37];
const MINORS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
const LEVELS = ['baseline', 'restricted'];
const EXAMPLES = 20;
const oracle = startOracle(FIRST, LAST);
const ours = (objects) => ask(command, FIRST, LAST, objects);

let differences = 0;
/** By version and level: how many verdicts were compared, and how many agree. */
const counts = new Map();
function count(minor, level, agrees, tell) {
  const key = `1.${minor} ${level}`;
  const row = counts.get(key) ?? counts.set(key, { all: 0, alike: 0 }).get(key);
  row.all += 1;
  if (agrees) row.alike += 1;
  else if (++differences <= EXAMPLES) console.log(tell());
}

function table(title) {
  console.log(`\n${title}\nversion   ${LEVELS.map((level) => level.padEnd(24)).join('')}`);
  for (const minor of MINORS) {
    const cells = LEVELS.map((level) => {
      const { all, alike } = counts.get(`1.${minor} ${level}`) ?? { all: 0, alike: 0 };
      return `${alike} of ${all} alike`.padEnd(24);
    });
    console.log(`1.${minor}      ${cells.join('').trimEnd()}`);
  }
  counts.clear();
}

const cases = [...fixtures(testdata(), MINORS)].flatMap((fixture) => [...WORKLOADS].map(([kind, wrap]) => ({ ...fixture, kind, object: wrap(fixture.pod) })));
ours(cases.map(({ object }) => object)).forEach((verdict, index) => {
  const { name, minor, level, passes, check, kind } = cases[index];
  const row = verdict?.[minor];
  const agrees = row?.[level] === passes && (passes || row.failed.some((id) => id.toLowerCase() === check));
  count(minor, level, agrees, () => `${name} as ${kind}: ${row ? `admitted: ${row[level]}, fails: ${row.failed}` : 'no pod found'}`);
});
table(`The module's fixtures, within every kind of workload (${cases.length} objects)`);

const kinds = [...WORKLOADS.values()];
const seeds = Array.from({ length: Number(options.pods) }, (_, i) => Number(options.seed) + i);
const objects = seeds.map((seed) => kinds[seed % kinds.length](pod(seed)));
const [found, wanted] = [ours(objects), oracle(objects)];
const failures = new Map();
objects.forEach((object, index) => {
  for (const minor of MINORS) {
    const [our, their] = [found, wanted].map((verdicts) => verdicts[index]?.[minor]);
    for (const id of their.failed) failures.set(id, (failures.get(id) ?? 0) + 1);
    const checks = JSON.stringify(our?.failed) === JSON.stringify(their.failed);
    for (const level of LEVELS) {
      count(minor, level, checks && our[level] === their[level], () => `seed ${seeds[index]}, 1.${minor} ${level}: ${JSON.stringify(our)}, the module: ${JSON.stringify(their)}\n  ${JSON.stringify(object)}`);
    }
  }
});
table(`Pods by chance, levels and failed checks (${objects.length} objects)`);
const admitted = LEVELS.map((level) => `${level} ${wanted.filter((verdict) => verdict[LAST][level]).length}`).join(', ');
console.log(`\nadmitted in 1.${LAST}: ${admitted}\nfailures by check: ${[...failures].sort().map(([id, times]) => `${id} ${times}`).join(', ')}`);
console.log(differences ? `\n${differences} differences` : '\nno difference');
process.exitCode = differences ? 1 : 0;
