// The definitions of the kinds that operators bring, from the modules that publish them. They are fetched when they are needed; none is part of this repository.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Module, version, and the file or folder that holds the definitions. */
export const PUBLISHED = [
  ['github.com/prometheus-operator/prometheus-operator', 'v0.85.0', 'example/prometheus-operator-crd'],
  ['github.com/kedacore/keda/v2', 'v2.21.0', 'config/crd/bases'],
  ['sigs.k8s.io/gateway-api', 'v1.5.0', 'config/crd/standard'],
  ['istio.io/api', 'v1.32.0', 'kubernetes/customresourcedefinitions.gen.yaml'],
  ['github.com/external-secrets/external-secrets', 'v1.3.2', 'config/crds/bases'],
  ['sigs.k8s.io/secrets-store-csi-driver', 'v1.4.8', 'config/crd/bases'],
  ['github.com/vmware-tanzu/velero', 'v1.18.3', 'config/crd/v1/bases'],
  ['github.com/kubernetes-csi/external-snapshotter/client/v8', 'v8.7.0', 'config/crd'],
  ['k8s.io/autoscaler/vertical-pod-autoscaler', 'v1.8.1', 'deploy/vpa-v1-crd-gen.yaml'],
  ['github.com/kyverno/kyverno', 'v1.19.1', 'config/crds/kyverno'],
  ['github.com/kyverno/kyverno', 'v1.19.1', 'config/crds/policies.kyverno.io'],
  ['github.com/sigstore/policy-controller', 'v0.13.1', 'config/300-clusterimagepolicy.yaml'],
  ['github.com/open-telemetry/opentelemetry-operator', 'v0.140.0', 'config/crd/bases'],
];

function folderOf(module, version) {
  // Outside of any module, so that go.mod of nobody is changed.
  const answer = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
  return answer.Dir;
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml').sort().map((name) => join(path, name));
}

/** The published definitions of some kinds (`group/Kind`), without the webhooks that convert between versions: no operator runs here. */
export function definitions(kinds, rows = PUBLISHED) {
  const found = published(rows).filter(({ object: { spec } }) => kinds.has(`${spec.group}/${spec.names.kind}`));
  return found.map(({ object: { status: _status, ...object } }) => ({ ...object, spec: { ...object.spec, conversion: undefined } }));
}

/** All that is published, with the module and its version; `rows` as above. */
export function published(rows = PUBLISHED) {
  return rows.flatMap(([module, version, place]) => {
    const found = files(join(folderOf(module, version), place)).flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()))
      .filter((object) => object?.kind === 'CustomResourceDefinition');
    if (found.length === 0) throw new Error(`${module}@${version}: no definitions in ${place}`);
    return found.map((object) => ({ module, version, object }));
  });
}

/** Has a server know all of them. */
export async function define({ ask, pause }, objects) {
  await Promise.all(objects.map(async (object) => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const made = await ask('POST', path, object);
    if (made.status !== 201) throw new Error(`${object.metadata.name}: ${made.body?.message ?? made.text}`);
    const isServed = async () => (await ask('GET', `${path}/${object.metadata.name}`)).body.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
    for (let tries = 0; tries < 240 && !(await isServed()); tries++) await pause(250);
  }));
}
