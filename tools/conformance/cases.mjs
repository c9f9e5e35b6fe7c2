// What there is to compare in a folder: charts (folders or archives) and the values files that each brings.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const isValues = (name) => /^values-.*\.ya?ml$/.test(name);
const isYaml = (name) => /\.ya?ml$/.test(name);

/** Every chart below `folder`, not those inside of another chart, in order. */
export function* charts(folder) {
  if (existsSync(join(folder, 'Chart.yaml'))) {
    yield folder;
    return;
  }
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* charts(path);
    else if (entry.name.endsWith('.tgz')) yield path;
  }
}

/** The values files to render a chart with: none, then each of `ci/` and each `values-….yaml`. Those of an archive are unpacked into `cache`. */
export function valuesFiles(chart, cache) {
  const folder = statSync(chart).isDirectory() ? chart : unpacked(chart, cache);
  const list = (path) => (existsSync(path) && statSync(path).isDirectory() ? readdirSync(path).sort() : []);
  const ci = list(join(folder, 'ci')).filter(isYaml).map((name) => join(folder, 'ci', name));
  const beside = list(folder).filter(isValues).map((name) => join(folder, name));
  return [undefined, ...ci, ...beside].filter((path) => path === undefined || existsSync(path));
}

function unpacked(archive, cache) {
  const place = join(cache, 'archives', createHash('sha256').update(readFileSync(archive)).digest('hex').slice(0, 24));
  if (!existsSync(place)) {
    mkdirSync(place, { recursive: true });
    try {
      execFileSync('tar', ['xzf', archive, '-C', place, '--strip-components', '1'], { stdio: 'ignore' });
    } catch {
      // An archive that tar does not read is still a case: what Helm says of it.
    }
  }
  return place;
}

/** What a chart's files come to: the same content in the same places gives the same text. */
export function contentOf(chart) {
  const hash = createHash('sha256');
  const pending = [chart];
  while (pending.length > 0) {
    const path = pending.pop();
    const kind = lstatSync(path);
    hash.update(`\0${relative(chart, path)}\0`);
    if (kind.isSymbolicLink()) hash.update(`link ${readlinkSync(path)}`);
    else if (kind.isDirectory()) pending.push(...readdirSync(path).sort().map((name) => join(path, name)));
    else hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** A values file's name in the table. */
export const caseName = (file) => (file === undefined ? '(defaults)' : basename(file));
