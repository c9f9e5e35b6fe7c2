// Times `chartwright lint` against kubeconform and kube-score on a folder of manifests, each as a whole process, in turn, and prints a row of Markdown for each.
//   node tools/bench-lint.mjs CHARTWRIGHT [MANIFESTS [RUNS]]     (500, 9)
// Ours stands there with three profiles: `api` judges what kubeconform does, schemas, and the API server's validation besides; `default` is what most ask for, as kube-score is; `all` has every rule.
// The manifests are objects of the charts' production renders (tests/goldens, made by real Helm), one a file, each copy with a name of its own. kubeconform reads the
// schemas of a real API server from a folder, so that no network is timed. Needs tools/oracles.sh linters api-server.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { writeSchemas } from './accept/schemas.mjs';
import { startServer } from './accept/server.mjs';

const [program, count = '500', runs = '9'] = process.argv.slice(2);
const ours = resolve(program);
const root = join(import.meta.dirname, '..');
const bin = process.env.CHARTWRIGHT_ORACLES ?? join(homedir(), '.cache/chartwright-oracles');
const work = mkdtempSync(join(tmpdir(), 'bench-lint-'));
const folder = join(work, 'manifests');
mkdirSync(folder);

const goldens = join(root, 'tests/goldens');
const renders = readdirSync(goldens).sort().map((chart) => join(goldens, chart, 'production/stdout')).filter((file) => existsSync(file));
const objects = renders.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()).filter(Boolean));
// What kubeconform has no schema of, it would leave out.
const builtin = objects.filter(({ apiVersion }) => !apiVersion.includes('.') || apiVersion.includes('.k8s.io/'));
const files = Array.from({ length: Number(count) }, (_, number) => {
  const object = structuredClone(builtin[number % builtin.length]);
  object.metadata.name = `${object.metadata.name.slice(0, 40)}-${number}`;
  const file = join(folder, `${number}.yaml`);
  writeFileSync(file, stringify(object));
  return file;
});

const server = await startServer(bin);
const schemas = await writeSchemas(server, [...new Set(builtin.map(({ apiVersion }) => apiVersion))], join(work, 'schemas')).finally(() => server.stop());

/** Each with what its output has to show: that it looked at all of them; kube-score leaves out kinds that it has no test for. */
const tools = {
  kubeconform: [join(bin, 'kubeconform'), ['-strict', '-summary', '-schema-location', schemas, folder], (said) => said.includes(`Summary: ${count} resources`) && said.includes('Skipped: 0')],
  'kube-score': [join(bin, 'kube-score'), ['score', '--output-format', 'json', ...files], (said) => JSON.parse(said).length > Number(count) / 3],
  ...Object.fromEntries(['api', 'default', 'all'].map((profile) => [
    `chartwright lint --profile ${profile}`,
    [ours, ['lint', '--profile', profile, '--fail-on', 'never', folder], (said) => said.includes(`${count} manifest files`)],
  ])),
};
const times = Object.fromEntries(Object.keys(tools).map((name) => [name, []]));
for (let run = -1; run < Number(runs); run += 1) {
  for (const [name, [command, args, looked]] of Object.entries(tools)) {
    const start = performance.now();
    const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
    const took = performance.now() - start;
    if (error || !looked(stdout)) throw new Error(`${name}: ${error ?? (stderr || stdout).slice(-500)}`);
    // The first fills the caches of the file system.
    if (run >= 0) times[name].push(took);
  }
}
rmSync(work, { recursive: true });
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const others = ['kubeconform', 'kube-score'];
console.log(`| ${count} manifests, whole process | median ms | ${others.join(' | ')} |\n| --- | ---: | ---: | ---: |`);
for (const [name, list] of Object.entries(times)) {
  const ratios = others.map((other) => (others.includes(name) ? '' : `${(median(times[other]) / median(list)).toFixed(1)} ×`));
  console.log(`| ${name} | ${median(list).toFixed(1)} | ${ratios.join(' | ')} |`);
}
