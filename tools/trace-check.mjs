// Holds `chartwright explain` to what values really do: for every chart below a folder, each value is changed in turn, real Helm renders again, and
// each line that came or went must be explained by the change. What counts as explained and as confirmed: tools/trace-check/judge.mjs.
//   node tools/trace-check.mjs FOLDER [--max N] [--seed TEXT] [--only REGEX] [--jobs N] [--list N] [--json FILE]
// A chart is rendered with its defaults, or with the first of the files of its `ci/` and its `values-….yaml` with which Helm renders it. At most
// `--max` changes of a chart are tried (default 400; 0: all), drawn by `--seed`. Dependencies lie in `charts/`, or are named by folder
// (`file://`). CHARTWRIGHT names the command to hold to Helm.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { charts, valuesFiles } from './conformance/cases.mjs';
import { start } from './helm-oracle/client.mjs';
import { linesOf } from './trace-check/align.mjs';
import { complete, load, read } from './trace-check/chart.mjs';
import { judgement } from './trace-check/judge.mjs';
import { changes } from './trace-check/perturb.mjs';
import { row, title, total, told } from './trace-check/report.mjs';

const root = join(import.meta.dirname, '..');
const { values: flags, positionals: [place] } = parseArgs({
  allowPositionals: true,
  options: {
    max: { type: 'string', default: '400' },
    seed: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    list: { type: 'string', default: '20' },
    json: { type: 'string' },
  },
});
if (place === undefined) {
  console.error('usage: node tools/trace-check.mjs FOLDER [--max N] [--seed TEXT] [--only REGEX] [--jobs N] [--list N] [--json FILE]');
  process.exit(2);
}
const folder = resolve(place);
const most = Number(flags.max) || Infinity;
const ours = process.env.CHARTWRIGHT ?? join(root, 'target/quick/chartwright');
const scratch = mkdtempSync(join(tmpdir(), 'trace-check-'));
const oracle = start(4, ['-workers', flags.jobs, '-timeout', '120s']);
const NAMED = ['rel', '--namespace', 'ns'];

/** What Helm prints for a chart with these values files, as lines; nothing where it refuses. */
async function helm(chart, files, override) {
  const made = await oracle.ask({ dir: folder, release: 'rel', chart, namespace: 'ns', valuesFiles: files, values: override === undefined ? [] : [JSON.stringify(override)] });
  return made.exit === 0 && made.stdoutBase64 === undefined ? made.stdout : undefined;
}

/** Our explanation of the same, an element a line; nothing where the command fails. */
function explained(chart, files, override, job) {
  const further = override === undefined ? [] : [join(scratch, `override-${job}.yaml`)];
  further.forEach((file) => writeFileSync(file, JSON.stringify(override)));
  const values = [...files, ...further].flatMap((file) => ['--values', file]);
  return new Promise((done) => {
    const child = spawn(ours, ['explain', NAMED[0], chart, ...NAMED.slice(1), ...values, '--format', 'json'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 });
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.on('error', () => done(undefined));
    child.on('close', () => {
      try {
        done(JSON.parse(Buffer.concat(printed).toString('utf8')));
      } catch {
        done(undefined);
      }
    });
  });
}

/** Lines of Helm's that differ from one run to the next; nothing where their number does. */
function chance(first, second) {
  const [a, b] = [linesOf(first), linesOf(second)];
  return a.length === b.length ? new Set(a.map((_, index) => index).filter((index) => a[index] !== b[index])) : undefined;
}

/** Whether an explanation is of the very lines that Helm printed, but for chance; lines of chance are made alike. */
function explains(lines, stdout, byChance) {
  const theirs = linesOf(stdout);
  if (lines?.length !== theirs.length) return false;
  byChance.forEach((index) => (lines[index].text = '(by chance)'));
  return theirs.every((text, index) => byChance.has(index) || text === lines[index].text);
}

async function examine(place, job) {
  const result = { chart: relative(folder, place) || basename(place) };
  const chart = complete(place, scratch);
  const skipped = (why) => ({ ...result, skipped: why });
  let [files, stdout] = [[], undefined];
  for (const file of valuesFiles(chart, scratch)) {
    files = file === undefined ? [] : [file];
    stdout = await helm(chart, files);
    if (stdout !== undefined) break;
  }
  if (stdout === undefined) return skipped('Helm refuses it');
  const byChance = chance(stdout, await helm(chart, files));
  if (byChance === undefined) return skipped('differs in length from run to run');
  const base = await explained(chart, files, undefined, job);
  if (base === undefined) return skipped('explain fails');
  if (!explains(base, stdout, byChance)) return skipped('explain prints other lines than Helm');

  const judge = judgement(base, byChance);
  const given = files.length > 0 ? read(readFileSync(files[0], 'utf8')) : {};
  let tried = 0;
  for (const change of changes(load(chart, scratch), given, { named: judge.named(), seed: `${flags.seed}${result.chart}` })) {
    if (++tried > most) break;
    const changed = await helm(chart, files, change.override);
    if (changed === undefined) judge.refused();
    else if (changed === stdout) judge.see(change, base, byChance);
    else {
      const again = byChance.size === 0 ? new Set() : chance(changed, await helm(chart, files, change.override));
      const lines = again && (await explained(chart, files, change.override, job));
      if (again && explains(lines, changed, again)) judge.see(change, lines, again);
      else judge.unlike(change);
    }
  }
  return { ...result, values: files.map((file) => basename(file)), ...judge.report(), conditionsOfLines: judge.conditionsOfLines };
}

const wanted = new RegExp(flags.only);
const queue = [...charts(folder)].filter((chart) => wanted.test(relative(folder, chart)));
const results = [];
/** Writes what is known so far, so that a long run can be looked into. */
const keep = () => flags.json && writeFileSync(flags.json, JSON.stringify({ total: total(results), charts: results.map(({ conditionsOfLines, ...one }) => one) }, null, 1));
console.log(title);
const worker = async (job) => {
  for (let chart = queue.shift(); chart !== undefined; chart = queue.shift()) {
    const result = await examine(chart, job).catch((error) => ({ chart: relative(folder, chart) || basename(chart), skipped: String(error) }));
    results.push(result);
    console.log(row(result));
    keep();
  }
};
mkdirSync(scratch, { recursive: true });
await Promise.all(Array.from({ length: Number(flags.jobs) }, (_, job) => worker(job)));
oracle.end();
rmSync(scratch, { recursive: true, force: true });

const all = total(results);
console.log(row(all));
console.log(told(results, Number(flags.list)));
process.exitCode = all.lines.missed === 0 ? 0 : 1;
