// Lets real Helm write the expected outputs into crates/cli/tests/cases/*.json, each run by Helm 4 and by Helm 3.
//   node tools/case-goldens.mjs [TOPIC…]
//
// A case is a chart (`files`), the files beside it (`inputs`; `binary` in base64; `links` to what they lead to), and runs of
// `helm template rel NAME ARGS…` in the folder that holds them, or of `helm COMMAND…` where a run has a `command`. What Helm 3 answered
// stands in `helm3` where it is another; `notes` is what `helm install --dry-run=client` prints after `NOTES:`; files that a run wrote below `out/` in `written`, archives by
// their files' names and contents. The folder itself reads `{here}`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'crates/cli/tests/cases');
const oracles = execFileSync(join(root, 'tools/oracles.sh'), ['helm4', 'helm3'], { encoding: 'utf8' }).trim();
const topics = process.argv.slice(2);

const lay = ({ name, files = {}, inputs = {}, binary = {}, links = {} }) => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'cases-')));
  const write = (path, bytes) => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), bytes);
  };
  Object.entries(files).forEach(([path, text]) => write(join(name, path), text));
  Object.entries(inputs).forEach(([path, text]) => write(path, text));
  Object.entries(binary).forEach(([path, text]) => write(path, Buffer.from(text, 'base64')));
  Object.entries(links).forEach(([path, target]) => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    symlinkSync(target, join(place, path));
  });
  return place;
};

const read = (place, path = 'out') => {
  if (!existsSync(join(place, path))) return {};
  const tar = (flags) => execFileSync('tar', [flags, join(place, path)], { encoding: 'utf8' });
  if (path.endsWith('.tgz')) return { [path]: tar('-tzf') + tar('-xzOf') };
  if (!statSync(join(place, path)).isDirectory()) return { [path]: readFileSync(join(place, path), 'utf8') };
  return Object.assign({}, ...readdirSync(join(place, path)).sort().map((name) => read(place, join(path, name))));
};

const answer = (helm, one, run) => {
  const place = lay(one);
  const home = { HELM_CACHE_HOME: join(place, '.c'), HELM_CONFIG_HOME: join(place, '.f'), HELM_DATA_HOME: join(place, '.d'), KUBECONFIG: join(place, '.k') };
  const asked = run.command ?? ['template', 'rel', one.name, ...run.args];
  const notes = asked[0] === 'notes';
  const args = notes ? ['install', '--dry-run=client', ...asked.slice(1)] : asked;
  const made = spawnSync(join(oracles, helm), args, { cwd: place, encoding: 'utf8', input: run.stdin ?? '', env: { ...process.env, ...home } });
  const clean = (text) => text.replaceAll(place, '{here}').replaceAll(encodeURIComponent(place), '{here}');
  const written = read(place);
  rmSync(place, { recursive: true });
  // What `install` prints before its notes is a matter of its own.
  const printed = notes ? (made.stdout.split('\nNOTES:\n')[1] ?? '') : made.stdout;
  const plain = { stdout: clean(printed), stderr: clean(made.stderr), exit: made.status };
  return Object.keys(written).length > 0 ? { ...plain, written } : plain;
};

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  if (topics.length > 0 && !topics.includes(file.replace('.json', ''))) continue;
  const cases = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  for (const one of cases) {
    for (const run of one.runs) {
      const four = answer('helm4', one, run);
      // Helm 3 has no notes without a cluster.
      const three = run.command?.[0] === 'notes' ? four : answer('helm3', one, run);
      delete run.helm3;
      delete run.written;
      Object.assign(run, four, JSON.stringify(three) === JSON.stringify(four) ? {} : { helm3: three });
    }
  }
  writeFileSync(join(folder, file), `${JSON.stringify(cases, null, 1)}\n`);
}
