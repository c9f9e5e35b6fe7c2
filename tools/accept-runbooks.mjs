// Runs the commands of kubectl and Helm of docs/runbooks against a real kube-apiserver in which the shipped charts are installed under the names that the runbooks use
// (needs Go, kubectl and openssl). What asks for pods or nodes that run is left out, and counted.
//   node tools/accept-runbooks.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { define, definitions, PUBLISHED } from './accept/definitions.mjs';
import { restricted } from './accept/objects.mjs';
import { oracles, startServer } from './accept/server.mjs';
import { blocksOf } from './handbook/blocks.mjs';
import { layCharts } from './renders/place.mjs';

const runbooks = join(import.meta.dirname, '../docs/runbooks');
const KINDS = ['snapshot.storage.k8s.io/VolumeSnapshot', 'external-secrets.io/ExternalSecret', 'autoscaling.k8s.io/VerticalPodAutoscaler', 'cert-manager.io/Certificate', 'cert-manager.io/CertificateRequest'];
const RELEASES = [
  ['data', 'infrastructure/kaggle-data-pvc', 'values-production-gp3.yaml'],
  ['data-api', 'applications/kaggle-data-api', 'values-production.yaml'],
  ['data-fetch', 'applications/fetch-kaggle-job', 'values-production.yaml'],
];
/** What only a node or a pod can answer, what is another region's, and what a reader has to fill in. */
const NEEDS_MORE = /\bkubectl (exec|logs|top|drain|cordon|uncordon|wait|rollout status)\b|--wait\b|--watch\b|second-region|\b(NODE|POD|SNAPSHOT|BACKUP)\b/;

const commands = readdirSync(runbooks).filter((name) => name.endsWith('.md')).sort().flatMap((page) =>
  blocksOf(readFileSync(join(runbooks, page), 'utf8'), 'sh').flatMap(({ text }) => text.replace(/\\\n\s*/g, ' ').split('\n'))
    .filter((line) => /^(kubectl|helm) /.test(line)).map((line) => ({ page, line })));
const asked = commands.filter(({ line }) => !NEEDS_MORE.test(line));

const server = await startServer(oracles('api-server'));
const place = layCharts();
try {
  const helm = join(oracles('helm4'), 'helm4');
  const env = { ...process.env, KUBECONFIG: server.kubeconfig, HELM: helm };
  const run = (program, ...args) => execFileSync(program, args, { cwd: place.path, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await define(server, definitions(new Set(KINDS), [...PUBLISHED, ['github.com/cert-manager/cert-manager', 'v1.21.2', 'deploy/crds']]));
  await server.ask('POST', '/api/v1/namespaces', restricted('data'));
  await server.ask('POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' } });
  for (const [name, chart, values] of RELEASES) run(helm, '--kube-context', 'local', 'install', name, `charts/${chart}`, '--namespace', 'data', '--values', `charts/${chart}/${values}`);
  // What the commands find beside the releases.
  run('kubectl', '--context', 'local', 'apply', '--filename', place.write('class.yaml', 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: gp3 }\nprovisioner: ebs.csi.aws.com\nallowVolumeExpansion: true\n'));
  run('kubectl', '--context', 'local', 'patch', 'persistentvolumeclaim', 'kaggle-data-pvc', '--namespace', 'data', '--subresource', 'status', '--type', 'merge', '--patch', '{"status":{"phase":"Bound"}}');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=example', '-days', '1', '-keyout', 'tls.key', '-out', 'tls.crt'], { cwd: place.path, stdio: 'ignore' });
  run('kubectl', '--context', 'local', 'create', 'secret', 'tls', 'kaggle-data-api-tls', '--namespace', 'data', '--cert', 'tls.crt', '--key', 'tls.key');
  writeFileSync(join(place.path, 'kaggle.env'), 'KAGGLE_KEY=example\n');

  const faults = asked.flatMap(({ page, line }) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', `kubectl() { command kubectl --context local "$@"; }\nhelm() { command "$HELM" --kube-context local "$@"; }\n${line}`], { cwd: place.path, env, encoding: 'utf8' });
    return status === 0 ? [] : [`${page}: ${line}\n  ${(stderr || stdout).trim().split('\n').slice(0, 2).join('\n  ')}`];
  });
  faults.forEach((fault) => console.error(fault));
  console.log(`${asked.length} of ${commands.length} commands of the runbooks: ${faults.length === 0 ? 'accepted' : `${faults.length} faults`}`);
  process.exitCode = faults.length === 0 && asked.length > 0 ? 0 : 1;
} finally {
  place.remove();
  await server.stop();
}
