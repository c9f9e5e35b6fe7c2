// The values of a policy that holds pods to a Pod Security Standard where the cluster does not.
import { choice, group, list, onlyIf, rare, section, text, toggle } from './kinds.mjs';

const whilePolicy = (schema) => onlyIf('admissionPolicy.enabled', true, 'Used only while there is an admission policy.', schema);
const ACTIONS = ['Deny', 'Warn', 'Audit'];
const actions = (title, description, value, more) => whilePolicy(list(title, `${description} \`Deny\` or \`Warn\`, not both, and \`Audit\`.`, { type: 'string', enum: ACTIONS }, value, {
  uniqueItems: true, ...more,
}));

/** What both a release's policy and a namespace's have: whose pods they are is said by `whose`. */
const policy = (description, standard, whose) => section('Security', {
  admissionPolicy: group('Admission policy', description, {
    enabled: toggle('Admission policy', 'Whether there is one. Who installs it needs the right to make such objects of the cluster.', false),
    ...standard,
    enforcement: actions('What comes of it', `What comes of ${whose} that violate it.`, ['Deny'], { minItems: 1 }),
    workloads: actions('For workloads', 'What comes of Deployments, Jobs and their like whose pods would violate it. Empty: they are not looked at.', ['Warn']),
    exemptUsers: whilePolicy(rare(list('Exempt users', 'Who is not held to it: full names, such as `system:serviceaccount:velero:velero`. Pods of a workload are made by its controller, not by who made the workload.', { type: 'string', minLength: 1 }, [], { uniqueItems: true }))),
  }),
});

/** Of a release: its own pods. */
export const releasePolicy = policy('A ValidatingAdmissionPolicy that holds the release\'s own pods to a Pod Security Standard, for clusters that do not enforce one by labels of the namespace.', {
  level: whilePolicy(choice('Standard', 'Which one: `baseline` has no known way out of a container, `restricted` is what hardened pods need.', ['baseline', 'restricted'], 'restricted')),
  version: whilePolicy(rare(text('Version', 'Which release\'s standard it is: `latest` is that of the cluster at the time of rendering, or one such as `v1.34`.', 'latest', { pattern: '^(latest|v1\\.(2[5-9]|[3-9][0-9]))$' }))),
}, 'its pods');

/** Of a namespace: every pod there. Level and version are those of its labels. */
export const namespacePolicy = policy('A ValidatingAdmissionPolicy that holds every pod of the namespace to `podSecurity.enforce` of `podSecurity.version`, for clusters whose API server does not look at the labels.', {}, 'pods');
