// The values of a team's namespace.
import { namespacePolicy } from './admission.mjs';
import { bytes, choice, cpu, cures, dnsLabel, group, labelValue, list, objectName, onlyIf, optional, rare, section, texts, text, toggle, whole } from './kinds.mjs';

const standard = (title, description) => choice(title, description, ['privileged', 'baseline', 'restricted'], 'restricted');
const whileQuota = (schema) => onlyIf('quota.enabled', true, 'Used only while there is a quota.', schema);
const whileLimits = (schema) => onlyIf('limits.enabled', true, 'Used only while there are limits.', schema);
const whilePolicy = (schema) => onlyIf('networkPolicy.enabled', true, 'Used only while there is a network policy.', schema);
const quantity = { type: ['string', 'integer'], pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$', minimum: 0 };
const container = (what, values) => ({
  cpu: whileLimits(cpu('CPU', `CPU ${what}.`, values[0])),
  memory: whileLimits(bytes('Memory', `Memory ${what}.`, values[1])),
  'ephemeral-storage': whileLimits(rare(bytes('Ephemeral storage', `Disk on the node ${what}.`, values[2], 'storage'))),
});

export const tenant = {
  ...section('Environment', {
    namespace: group('Namespace', 'The namespace itself.', {
      name: text('Name', 'Name of the namespace. Empty: the name of the release. The release lies in another one.', '', { ...dnsLabel, 'x-immutable': 'Another name is another namespace: what is in this one does not move.' }),
      retain: toggle('Keep it', 'Whether it stays, with all that is in it, when the release is uninstalled.', true),
      annotations: rare(texts('Annotations', 'Annotations of the namespace, such as a node selector or an owner.')),
    }),
    costLabels: group('Cost labels', 'By what costs are told apart: labels of the namespace and of the objects here.', Object.fromEntries([['costCenter', 'Cost centre', 'Who pays.'], ['environment', 'Environment', 'What for.'], ['team', 'Team', 'Who answers for it.']]
      .map(([key, title, description]) => [key, text(title, description, '', labelValue)]))),
    partOf: rare(text('Part of', 'The larger system that this belongs to: the label `app.kubernetes.io/part-of`.', 'tenancy', objectName)),
    commonLabels: rare(texts('Common labels', 'More labels. The recommended `app.kubernetes.io` labels cannot be replaced.')),
    nameOverride: rare(text('Name override', 'Used in place of the chart\'s name in labels.', '', objectName)),
  }),
  ...section('Security', {
    podSecurity: group('Pod Security Standard', 'What pods of the namespace may do: `privileged` is everything, `baseline` no known way out of a container, `restricted` what hardened pods need.', {
      enforce: standard('Refused', 'Pods that violate this are refused.'),
      audit: rare(standard('Recorded', 'Pods that violate this are recorded in the audit log.')),
      warn: rare(standard('Warned of', 'Who makes a pod that violates this is warned.')),
      version: rare(text('Version', 'Which release\'s standard it is: `latest`, or one such as `v1.37`.', 'latest', { pattern: '^(latest|v1\\.[0-9]{1,3})$' })),
    }),
    roleBindings: list('Role bindings', 'Who may do what in the namespace.', { type: 'object', additionalProperties: false, required: ['name', 'role'], properties: {
      name: { title: 'Name', description: 'Name of the binding.', type: 'string', minLength: 1, ...objectName },
      role: { title: 'Role', description: 'Which role: `view`, `edit`, `admin`, or one of your own.', type: 'string', minLength: 1 },
      kind: { title: 'Kind', description: 'A role of the cluster, or of the namespace.', type: 'string', enum: ['ClusterRole', 'Role'], default: 'ClusterRole' },
      groups: { title: 'Groups', description: 'Groups as the cluster\'s identity provider names them.', type: 'array', uniqueItems: true, items: { type: 'string', minLength: 1 } },
      users: { title: 'Users', description: 'Single users.', type: 'array', uniqueItems: true, items: { type: 'string', minLength: 1 } },
      serviceAccounts: { title: 'Service accounts', description: 'Service accounts, such as a deployer\'s.', type: 'array', items: { type: 'object', additionalProperties: false, required: ['name'], properties: {
        name: { title: 'Name', description: 'Its name.', type: 'string', minLength: 1, ...objectName },
        namespace: { title: 'Namespace', description: 'Its namespace. Without one: this one.', type: 'string', ...dnsLabel },
      } } },
    } }),
  }),
  ...namespacePolicy,
  ...section('Resources', {
    quota: group('Quota', 'What all pods and claims of the namespace may have together, as a ResourceQuota.', {
      enabled: toggle('Quota', 'Whether there is one. Pods must then say what they ask for; `limits` says it for those that do not.', true),
      requestsCpu: whileQuota(cpu('CPU asked for', 'In cores.', '4')),
      requestsMemory: whileQuota(bytes('Memory asked for', 'With a unit.', '8Gi')),
      limitsCpu: whileQuota(cpu('CPU at most', 'In cores.', '16')),
      limitsMemory: whileQuota(bytes('Memory at most', 'With a unit.', '16Gi')),
      requestsEphemeralStorage: whileQuota(rare(bytes('Ephemeral storage asked for', 'Disk on nodes.', '20Gi', 'storage'))),
      limitsEphemeralStorage: whileQuota(rare(bytes('Ephemeral storage at most', 'Disk on nodes.', '100Gi', 'storage'))),
      storage: whileQuota(bytes('Storage', 'What all claims ask for.', '100Gi', 'storage')),
      claims: whileQuota(rare(whole('Claims', 'How many claims.', 10, 0, 10000))),
      pods: whileQuota(whole('Pods', 'How many pods.', 50, 0, 100000)),
      loadBalancers: whileQuota(rare(whole('Load balancers', 'How many Services of the type LoadBalancer, which cost money each.', 0, 0, 1000))),
      nodePorts: whileQuota(rare(whole('Node ports', 'How many node ports.', 0, 0, 1000))),
      storageClasses: whileQuota(rare({ title: 'Storage by class', description: 'What claims of a class ask for, by the class\'s name.', type: 'object', additionalProperties: quantity, default: {} })),
      more: whileQuota(rare({ title: 'More', description: 'More of what Kubernetes counts, such as `count/jobs.batch`.', type: 'object', additionalProperties: quantity, default: {} })),
    }),
    limits: group('Limits', 'What a container gets that does not say what it asks for, and the most it may have, as a LimitRange.', {
      enabled: toggle('Limits', 'Whether there are any.', true),
      defaultRequest: group('Request by default', 'Of a container that names none.', container('that it asks for', ['100m', '128Mi', '64Mi'])),
      default: group('Limit by default', 'Of a container that names none.', container('that it may use', ['500m', '256Mi', '256Mi'])),
      max: group('At most', 'What a container may name.', container('at most', ['4', '8Gi', '20Gi'])),
      claims: group('Claims', 'How small and how large a claim may be.', {
        min: whileLimits(rare(optional({ ...bytes('At least', '`null`: no bound.', null, 'storage'), type: 'string' }))),
        max: whileLimits(rare(optional({ ...bytes('At most', '`null`: no bound.', null, 'storage'), type: 'string' }))),
      }),
    }),
  }),
  ...section('Networking', {
    networkPolicy: group('Network policy', 'Closes every pod of the namespace off; the policies of applications open what they need.', {
      enabled: toggle('Default deny', 'Whether nothing comes in and nothing goes out but what is named here and in other policies.', true, cures('missing-network-policy')),
      dns: whilePolicy(toggle('To DNS', 'Whether pods may ask the cluster\'s DNS.', true)),
      sameNamespace: whilePolicy(toggle('Among themselves', 'Whether pods of the namespace may reach each other.', false)),
      fromNamespaces: whilePolicy(list('From namespaces', 'Names of namespaces whose pods may reach every pod here, such as the ingress controller\'s.', { type: 'string', minLength: 1, ...dnsLabel }, [], { uniqueItems: true })),
    }),
  }),
};
