// The charts as a Helm repository of static files: real Helm adds it, finds every chart in it, and renders from it what it renders from the tree.
// HELM names the command; without it the one of tools/oracles.sh is taken. Where there is neither, the tests say so and are left out.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { serve } from '../../tools/serve.mjs';

const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'chart-repository-'));
const helm = process.env.HELM ?? join(process.env.CHARTWRIGHT_ORACLES ?? join(homedir(), '.cache/chartwright-oracles'), 'helm4');
const skip = !process.env.HELM && !existsSync(helm) && 'no real Helm here: tools/oracles.sh installs it (needs Go)';
if (skip) console.error(`chart-repository: skipped: ${skip}`);
const env = { ...process.env, HELM_CACHE_HOME: join(work, 'cache'), HELM_CONFIG_HOME: join(work, 'config'), HELM_DATA_HOME: join(work, 'data'), KUBECONFIG: join(work, 'none') };
// Not the synchronous one: the server answers in this process.
const run = async (...args) => (await promisify(execFile)(helm, args, { env, maxBuffer: 1 << 26 })).stdout;

// As a site has it: below a path of its own, beside the page.
const publish = (...url) => execFileSync(join(root, 'tools/chart-repository.sh'), [join(work, 'site/charts'), ...url], { env: { ...process.env, HELM: helm }, stdio: 'pipe' });
const server = await serve(join(work, 'site'), 0, '/chartwright/');
const url = `http://127.0.0.1:${server.address().port}/chartwright/charts`;
before(() => skip || publish());
after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(work, { recursive: true, force: true });
});

const shipped = ['library', 'infrastructure', 'applications'].flatMap((layer) => readdirSync(join(root, 'charts', layer)).map((name) => {
  const chart = parse(readFileSync(join(root, 'charts', layer, name, 'Chart.yaml'), 'utf8'));
  return { layer, name, version: chart.version, type: chart.type };
}));

test('helm repo add takes it, and helm search finds every chart in its version', { skip }, async () => {
  await run('repo', 'add', 'chartwright', url);
  const found = JSON.parse(await run('search', 'repo', 'chartwright/', '--output', 'json')).map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(found.sort(), shipped.map(({ name, version }) => `chartwright/${name} ${version}`).sort());
});

test('helm renders from it what it renders from the tree, the library packed in', { skip }, async () => {
  for (const { name } of shipped.filter(({ type }) => type !== 'library')) {
    const pulled = await run('template', 'rel', `chartwright/${name}`, '--namespace', 'data', '--kube-version', 'v1.37.0');
    assert.equal(pulled, readFileSync(join(root, 'tests/goldens', name, 'default/stdout'), 'utf8'), name);
  }
});

test('an archive holds the environments, and nothing that is only for tests', { skip }, async () => {
  await run('pull', 'chartwright/kaggle-data-api', '--untar', '--untardir', join(work, 'pulled'));
  const files = readdirSync(join(work, 'pulled/kaggle-data-api'));
  for (const file of ['values-local.yaml', 'values-production.yaml', 'values.schema.json', 'README.md', 'charts']) assert.ok(files.includes(file), file);
  assert.ok(!files.includes('tests'));
});

test('what was published stays as it was, and the index names it still', { skip }, async () => {
  const archives = readdirSync(join(work, 'site/charts')).filter((file) => file.endsWith('.tgz')).sort();
  const digests = () => archives.map((file) => createHash('sha256').update(readFileSync(join(work, 'site/charts', file))).digest('hex'));
  const published = digests();
  publish('https://charts.example/');
  assert.deepEqual(digests(), published);
  const index = parse(readFileSync(join(work, 'site/charts/index.yaml'), 'utf8'));
  for (const { name, version } of shipped) {
    const [entry] = index.entries[name];
    assert.deepEqual(entry.urls, [`https://charts.example/${name}-${version}.tgz`]);
    assert.equal(entry.digest, published[archives.indexOf(`${name}-${version}.tgz`)], `${name}: the digest is the archive's`);
  }
});
