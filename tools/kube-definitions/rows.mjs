// Which operators' definitions Chartwright knows: module, version, and the file or folder that holds them.

import { PUBLISHED } from '../accept/definitions.mjs';

/** Beside those that the charts' own renders are held to, or newer. */
const OTHERS = [
  ['github.com/prometheus-operator/prometheus-operator', 'v0.93.1', 'example/prometheus-operator-crd'],
  ['github.com/cert-manager/cert-manager', 'v1.21.2', 'deploy/crds'],
  ['github.com/argoproj/argo-cd/v3', 'v3.2.1', 'manifests/crds'],
  ['github.com/argoproj/argo-rollouts', 'v1.8.3', 'manifests/crds'],
  ['github.com/argoproj/argo-workflows/v3', 'v3.6.5', 'manifests/base/crds/full'],
];

const MODULES = [
  'github.com/external-secrets/external-secrets',
  'github.com/kedacore/keda/v2',
  'github.com/kubernetes-csi/external-snapshotter/client/v8',
  'github.com/vmware-tanzu/velero',
  'istio.io/api',
  'sigs.k8s.io/gateway-api',
  'sigs.k8s.io/secrets-store-csi-driver',
];

// Of the Gateway API the larger channel: who has the smaller one is not told so by a schema.
export const ROWS = [...OTHERS, ...PUBLISHED.filter(([module]) => MODULES.includes(module))].map(([module, version, place]) => [module, version, place.replace('crd/standard', 'crd/experimental')]);
