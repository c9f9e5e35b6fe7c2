// Holds `chartwright template` to real Helm on every chart below a folder: each with its defaults, each file of its `ci/` and each
// `values-….yaml` beside it; or `chartwright lint --helm` to `helm lint`. Prints a line for each case and a summary; its exit code is 1
// where anything differs.
//   node tools/conformance.mjs FOLDER [--lint] [--helm 3|4] [--only REGEX] [--differences] [--json FILE] [-- FLAG…]
// FLAGs are further flags of the command, given to both.
// Helm's answers are kept below target/conformance by the charts' content. CHARTWRIGHT names the command to hold to Helm.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { caseName, charts, contentOf, valuesFiles } from './conformance/cases.mjs';
import { firstDifference, relation } from './conformance/compare.mjs';
import { start } from './helm-oracle/client.mjs';

const root = join(import.meta.dirname, '..');
const { values: flags, positionals: [place, ...further] } = parseArgs({
  allowPositionals: true,
  options: { lint: { type: 'boolean' }, helm: { type: 'string', default: '4' }, only: { type: 'string' }, differences: { type: 'boolean' }, json: { type: 'string' } },
});
if (place === undefined || !['3', '4'].includes(flags.helm)) {
  console.error('usage: node tools/conformance.mjs FOLDER [--lint] [--helm 3|4] [--only REGEX] [--differences] [--json FILE] [-- FLAG…]');
  process.exit(2);
}
const folder = resolve(place);
const name = `helm${flags.helm}`;
const helm = join(execFileSync(join(root, 'tools/oracles.sh'), [name], { encoding: 'utf8' }).trim(), name);
const ours = process.env.CHARTWRIGHT ?? join(root, 'target/quick/chartwright');
const cache = join(root, 'target/conformance');
const home = mkdtempSync(join(tmpdir(), 'conformance-'));
const environment = { ...process.env, HELM_CACHE_HOME: join(home, 'cache'), HELM_CONFIG_HOME: join(home, 'config'), HELM_DATA_HOME: join(home, 'data'), KUBECONFIG: join(home, 'kube') };
/** How often Helm is asked: again only where ours is not what it said, which may be one of several answers. */
const RUNS = [1, 2, 6];
const TIMEOUT = 120_000;

mkdirSync(join(cache, name), { recursive: true });

/** Runs a command: what it printed, its exit code, how long it took in milliseconds. */
function run(command, args) {
  return new Promise((done) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT });
    const printed = { stdout: [], stderr: [] };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => printed[stream].push(chunk));
    const text = (stream) => Buffer.concat(printed[stream]).toString('latin1');
    child.on('error', (error) => done({ stdout: '', stderr: String(error), exit: -1, ms: 0 }));
    child.on('close', (code, signal) => done({ stdout: text('stdout'), stderr: text('stderr'), exit: code ?? signal, ms: Number((process.hrtime.bigint() - start) / 10_000n) / 100 }));
  });
}

/** Thousands of charts are asked of one process of Helm's that goes on; how long `template` takes is measured by one of its own. */
const oracle = flags.lint ? start(Number(flags.helm), ['-workers', String(availableParallelism())]) : undefined;

async function ask(args) {
  if (oracle === undefined) return run(helm, args);
  const answer = await oracle.ask({ dir: folder, args });
  const text = (stream) => (answer[`${stream}Base64`] === undefined ? Buffer.from(answer[stream]) : Buffer.from(answer[`${stream}Base64`], 'base64')).toString('latin1');
  return { stdout: text('stdout'), stderr: text('stderr'), exit: answer.crashed ?? answer.exit, ms: answer.ms };
}

/** Helm's runs of a case, at least `count`, from the cache where it has them. */
async function helmRuns(key, args, count) {
  const file = join(cache, name, `${key}.json`);
  const runs = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  if (runs.length >= count) return runs;
  while (runs.length < count) runs.push(await ask(args));
  writeFileSync(file, JSON.stringify(runs));
  return runs;
}

function judge(own, runs) {
  const exits = new Set(runs.map((one) => one.exit));
  return {
    stdout: relation(own.stdout, runs.map((one) => one.stdout)),
    stderr: relation(own.stderr, runs.map((one) => one.stderr)),
    exit: exits.has(own.exit) ? 'same' : 'different',
  };
}

const agrees = (verdict) => Object.values(verdict).every((one) => one !== 'different');

async function examine({ chart, values, content }) {
  const asked = flags.lint ? ['lint', chart] : ['template', 'rel', chart];
  const args = [...asked, '--namespace', 'ns', ...(values === undefined ? [] : ['--values', values]), ...further];
  const key = createHash('sha256').update([...(flags.lint ? ['lint'] : []), content, chart, values ?? '', values === undefined ? '' : readFileSync(values), ...further].join('\0')).digest('hex').slice(0, 32);
  const own = await run(ours, [...args, ...(flags.helm === '3' || flags.lint ? ['--helm', flags.helm] : [])]);
  let [runs, verdict] = [[], undefined];
  for (const count of RUNS) {
    runs = await helmRuns(key, args, count);
    verdict = judge(own, runs);
    if (agrees(verdict)) break;
  }
  const of = (stream) => (verdict[stream] === 'different' ? firstDifference(own[stream], runs.map((one) => one[stream])) : undefined);
  const fastest = Math.min(...runs.map((one) => one.ms));
  return { chart: relative(folder, chart) || chart, values: caseName(values), ...verdict, at: { stdout: of('stdout'), stderr: of('stderr') }, exits: [runs[0].exit, own.exit], ms: own.ms, helmMs: fastest };
}

const shortened = (line) => (line === undefined ? '(ends)' : line.length > 160 ? `${line.slice(0, 160)}…` : line);
const difference = (stream, { line, helm: theirs, ours: mine }) => `    ${stream} line ${line}\n      Helm: ${shortened(theirs)}\n      ours: ${shortened(mine)}\n`;

function told(result) {
  const verdict = ['stdout', 'stderr', 'exit'].filter((what) => result[what] === 'different');
  const state = verdict.length === 0 ? 'identical' : `${verdict.join(', ')} differs`;
  const chance = verdict.length === 0 && [result.stdout, result.stderr].some((one) => one !== 'same') ? ' (but for chance)' : '';
  const pace = result.ms > result.helmMs ? ' SLOWER than Helm' : '';
  const head = `${result.chart}  ${result.values}  ${state}${chance}  ${result.ms} ms, Helm ${result.helmMs} ms${pace}\n`;
  const exits = result.exit === 'different' ? `    exit code: Helm ${result.exits[0]}, ours ${result.exits[1]}\n` : '';
  return head + exits + ['stdout', 'stderr'].map((stream) => (result.at[stream] ? difference(stream, result.at[stream]) : '')).join('');
}

const wanted = new RegExp(flags.only ?? '');
const cases = [];
for (const chart of charts(folder)) {
  if (!wanted.test(relative(folder, chart))) continue;
  const content = contentOf(chart);
  for (const values of valuesFiles(chart, cache)) cases.push({ chart, values, content });
}

const results = new Array(cases.length);
let [next, shown] = [0, 0];
const worker = async () => {
  while (next < cases.length) {
    const index = next++;
    results[index] = await examine(cases[index]);
    for (; results[shown] !== undefined; shown++) {
      if (!flags.differences || !agrees({ stdout: results[shown].stdout, stderr: results[shown].stderr, exit: results[shown].exit })) process.stdout.write(told(results[shown]));
    }
  }
};
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 8) }, worker));
oracle?.end();
rmSync(home, { recursive: true, force: true });

const groups = new Map([['', []]]);
for (const result of results) {
  const group = result.chart.includes('/') ? result.chart.split('/')[0] : '.';
  groups.set(group, [...(groups.get(group) ?? []), result]);
  groups.get('').push(result);
}
const share = (count, all) => `${count} (${all === 0 ? 100 : Math.floor((10_000 * count) / all) / 100} %)`;
console.log('\nfolder\tcases\tidentical\tstdout\tstderr\texit code\tslower than Helm');
for (const [group, of] of [...groups].slice(1).concat([['all', groups.get('')]])) {
  const same = (what) => share(of.filter((one) => one[what] !== 'different').length, of.length);
  const all = share(of.filter((one) => agrees({ a: one.stdout, b: one.stderr, c: one.exit })).length, of.length);
  console.log([group, of.length, all, same('stdout'), same('stderr'), same('exit'), of.filter((one) => one.ms > one.helmMs).length].join('\t'));
}
if (flags.json) writeFileSync(flags.json, JSON.stringify(results, null, 1));
process.exitCode = results.every((one) => agrees({ a: one.stdout, b: one.stderr, c: one.exit })) ? 0 : 1;
