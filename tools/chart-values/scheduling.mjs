// The values of where pods land.
import { choice, cures, group, list, objectName, onlyIf, rare, raw, rawList, section, text, texts, whole } from './kinds.mjs';

const whileSpot = (schema) => onlyIf('spot.use', ['allow', 'prefer', 'require', 'avoid'], 'Used only while spot nodes make a difference.', schema);
const strength = ['none', 'soft', 'hard'];

/** `revision` are the labels, beside the release's own, by which pods of one revision know each other. */
export const scheduling = ({ revision }) => section('Scheduling', {
  affinity: group('Affinity', 'Which nodes pods prefer, and whether they keep away from each other.', {
    preset: choice('Spread over nodes', 'Whether pods of the release keep away from each other\'s nodes: not at all, if possible, or always.', strength, 'none', cures('no-anti-affinity')),
    nodeAffinity: rare(raw('Node affinity', 'As Kubernetes writes it.')),
    podAffinity: rare(raw('Pod affinity', 'As Kubernetes writes it.')),
    podAntiAffinity: rare(raw('Pod anti-affinity', 'As Kubernetes writes it. It replaces the preset.')),
  }),
  topologySpread: group('Even spread', 'Whether as many pods run in one place as in another: `soft` prefers it, `hard` has pods wait until it holds.', {
    zones: choice('Over zones', 'Over the zones of the cluster.', strength, 'none', cures('topology-spread')),
    hosts: choice('Over nodes', 'Over the nodes.', strength, 'none', cures('topology-spread')),
    maxSkew: rare(whole('Largest skew', 'By how many pods two places may differ.', 1, 1, 100)),
    matchLabelKeys: rare(list('Within', 'Pods are counted among those that have the same values of these labels.', { type: 'string', minLength: 1 }, revision, { uniqueItems: true })),
  }),
  topologySpreadConstraints: list('Topology spread', 'Spreads pods evenly over zones or nodes. The pods\' own labels are selected where no selector is given. It replaces the preset for its key.', { type: 'object', required: ['topologyKey'], properties: {
    topologyKey: { title: 'Topology key', description: 'Label of the nodes to spread over.', type: 'string', minLength: 1 },
    maxSkew: { title: 'Largest skew', description: 'By how many pods two places may differ.', type: 'integer', minimum: 1 },
    whenUnsatisfiable: { title: 'If impossible', description: 'Whether a pod then waits or is placed all the same.', type: 'string', enum: ['DoNotSchedule', 'ScheduleAnyway'] },
  } }, [], cures('topology-spread')),
  spot: group('Spot nodes', 'Cheaper nodes that the cloud may take back at short notice.', {
    use: choice('Use', '`none`: nothing is said of them. `allow`: pods put up with their taint. `prefer` and `require`: pods also go there if possible, or only there. `avoid`: pods never go there.', ['none', 'allow', 'prefer', 'require', 'avoid'], 'none'),
    nodes: whileSpot(choice('Known by', 'Whose label and taint tell them: Karpenter\'s, Amazon EKS\'s, Google GKE\'s or Azure AKS\'s.', ['karpenter', 'eks', 'gke', 'aks'], 'karpenter')),
  }),
  architectures: list('Architectures', 'Processor architectures that the image is built for. Empty: any.', { type: 'string', enum: ['amd64', 'arm64', 'arm', 'ppc64le', 'riscv64', 's390x'] }, [], { uniqueItems: true }),
  nodeSelector: texts('Node selector', 'Labels that a node must have.'),
  tolerations: rare(rawList('Tolerations', 'Taints that pods put up with, as Kubernetes writes them.')),
  priorityClassName: rare(text('Priority class', 'Name of an existing PriorityClass. Empty: the cluster\'s default.', '', { ...objectName, ...cures('priority-class') })),
});
