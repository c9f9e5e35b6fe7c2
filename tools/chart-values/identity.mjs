// The values of who the pods are towards the cluster, and what they may do there.
import { cures, group, list, objectName, onlyIf, rare, section, text, texts, toggle } from './kinds.mjs';

const words = (title, description, more = {}) => ({ title, description, type: 'array', items: { type: 'string' }, ...more });
const rule = (more = {}) => ({ type: 'object', required: ['verbs'], additionalProperties: false, properties: {
  apiGroups: words('API groups', 'Groups of the resources. An empty text is the core group.'),
  resources: words('Resources', 'Such as `pods`, or `pods/log` for a part of them.'),
  resourceNames: words('Names', 'Names of the objects. Without any: every object.'),
  ...more,
  verbs: words('Verbs', 'Such as `get`, `list` and `watch`.', { minItems: 1 }),
} });

export const identity = section('Service account', {
  serviceAccount: group('Service account', 'The identity of the pods towards the cluster and, by its annotations, towards the cloud.', {
    create: toggle('Create', 'Whether the chart makes one. Otherwise an existing one is used.', true, cures('default-service-account', 'non-existent-service-account')),
    name: text('Name', 'Its name. Empty: the full name if it is made here, otherwise `default`.', '', { ...objectName, ...cures('non-existent-service-account') }),
    automount: toggle('Mount its token', 'Whether pods get a token for the Kubernetes API. With rules below they get one in any case.', false, cures('automount-token')),
    annotations: onlyIf('serviceAccount.create', true, 'Used only for a service account that is made here.',
      texts('Annotations', 'Workload identity: `eks.amazonaws.com/role-arn`, `iam.gke.io/gcp-service-account`, `azure.workload.identity/client-id`.')),
  }),
  rbac: group('Rights', 'What the pods may do in the Kubernetes API. Without rules: nothing, and they get no token.', {
    rules: list('In the namespace', 'Rules of a Role, which is bound to the service account.', {
      ...rule(), required: ['apiGroups', 'resources', 'verbs'],
    }),
    clusterRules: rare(list('In the whole cluster', 'Rules of a ClusterRole, which is bound to the service account in every namespace.', {
      ...rule({ nonResourceURLs: words('Paths', 'Paths of the API that are no resources, such as `/metrics`.') }),
      anyOf: [{ required: ['apiGroups', 'resources'] }, { required: ['nonResourceURLs'] }],
    })),
  }),
});
