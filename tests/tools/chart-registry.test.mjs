// The charts as OCI artefacts: real Helm pushes them, each is handed to the signer by its digest, and real Helm renders from them what it renders from the tree.
// HELM names the command; without it the one of tools/oracles.sh is taken. Where there is neither, the tests say so and are left out.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { registry } from './oci-registry.mjs';

const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'chart-registry-'));
const helm = process.env.HELM ?? join(process.env.CHARTWRIGHT_ORACLES ?? join(homedir(), '.cache/chartwright-oracles'), 'helm4');
const skip = !process.env.HELM && !existsSync(helm) && 'no real Helm here: tools/oracles.sh installs it (needs Go)';
if (skip) console.error(`chart-registry: skipped: ${skip}`);
const env = { ...process.env, HELM: helm, HELM_FLAGS: '--plain-http', HELM_CACHE_HOME: join(work, 'cache'), HELM_CONFIG_HOME: join(work, 'config'), HELM_DATA_HOME: join(work, 'data'), KUBECONFIG: join(work, 'none') };
const run = promisify(execFile);

const { server, manifests } = await registry();
const address = `127.0.0.1:${server.address().port}/chartwright/charts`;
after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(work, { recursive: true, force: true });
});

// A signer that writes down what it is given.
const signer = join(work, 'sign');
writeFileSync(signer, `#!/bin/sh\necho "$@" >>"${work}/signed"\n`);
chmodSync(signer, 0o755);
const push = (...sign) => run(join(root, 'tools/chart-registry.sh'), [address, ...sign], { env });
const signed = () => (existsSync(join(work, 'signed')) ? readFileSync(join(work, 'signed'), 'utf8').trim().split('\n') : []);

test('every chart is pushed, and signed by the digest that the registry has it under', { skip }, async () => {
  await push(signer, 'sign', '--yes');
  const pushed = [...manifests.keys()].filter((key) => key.includes('@')).map((key) => `127.0.0.1:${server.address().port}/${key}`);
  assert.ok(pushed.length >= 6, pushed.join('\n'));
  assert.deepEqual(signed().sort(), pushed.map((one) => `sign --yes ${one}`).sort());
});

test('helm renders from the registry what it renders from the tree', { skip }, async () => {
  const { stdout } = await run(helm, ['template', 'rel', `oci://${address}/kaggle-data-api`, '--version', '0.1.0', '--plain-http', '--namespace', 'data', '--kube-version', 'v1.37.0'], { env });
  assert.equal(stdout, readFileSync(join(root, 'tests/goldens/kaggle-data-api/default/stdout'), 'utf8'));
});

test('a version that is there is not pushed again, but signed: the last run may have ended in between', { skip }, async () => {
  const before = new Map(manifests);
  const once = signed();
  await push(signer, 'sign', '--yes');
  assert.deepEqual(manifests, before);
  assert.deepEqual(signed().slice(once.length).sort(), once.sort());
});

test('a signer that fails fails the release', { skip }, async () => {
  for (const key of [...manifests.keys()].filter((one) => one.includes('/service'))) manifests.delete(key);
  await assert.rejects(push('false'));
});
