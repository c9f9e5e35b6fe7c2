// Lets real Helm write the expected outputs into crates/cli/tests/cases/*.json. A case is a chart, the files beside it (`inputs`), and
// runs of `helm template rel NAME ARGS…` in the folder that holds them.
//   node tools/case-goldens.mjs [TOPIC…]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'crates/cli/tests/cases');
const helm = join(execFileSync(join(root, 'tools/oracles.sh'), ['helm4'], { encoding: 'utf8' }).trim(), 'helm4');
const topics = process.argv.slice(2);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  if (topics.length > 0 && !topics.includes(file.replace('.json', ''))) continue;
  const cases = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  for (const { name, files, inputs = {}, runs } of cases) {
    const place = mkdtempSync(join(tmpdir(), 'cases-'));
    const write = (path, text) => {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), text);
    };
    Object.entries(files).forEach(([path, text]) => write(join(name, path), text));
    Object.entries(inputs).forEach(([path, text]) => write(path, text));
    const home = { HELM_CACHE_HOME: join(place, '.c'), HELM_CONFIG_HOME: join(place, '.f'), HELM_DATA_HOME: join(place, '.d'), KUBECONFIG: join(place, '.k') };
    for (const run of runs) {
      const made = spawnSync(helm, ['template', 'rel', name, ...run.args], { cwd: place, encoding: 'utf8', env: { ...process.env, ...home } });
      Object.assign(run, { stdout: made.stdout, stderr: made.stderr, exit: made.status });
    }
    rmSync(place, { recursive: true });
  }
  writeFileSync(join(folder, file), `${JSON.stringify(cases, null, 1)}\n`);
}
