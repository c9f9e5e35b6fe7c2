// Where pods run.
const both = ['service', 'job'];

export default {
  topic: 'Spread',
  features: [
    { name: 'Anti-affinity presets', charts: both, template: '_scheduling.tpl', values: ['affinity.preset'], golden: 'kaggle-data-api/production', anchor: 'scheduling' },
    { name: 'Spread over zones and hosts', charts: both, template: '_scheduling.tpl', values: ['topologySpread.zones', 'topologySpread.hosts', 'topologySpread.matchLabelKeys'], golden: 'kaggle-data-api/spread-presets', anchor: 'scheduling' },
    { name: 'Topology spread constraints', charts: both, template: '_scheduling.tpl', values: ['topologySpreadConstraints'], golden: 'kaggle-data-api/production', anchor: 'scheduling' },
    { name: 'Spot nodes', charts: both, template: '_scheduling.tpl', values: ['spot.use', 'spot.nodes'], golden: 'fetch-kaggle-job/spot', anchor: 'scheduling' },
    { name: 'Node affinity', charts: both, template: '_scheduling.tpl', values: ['affinity.nodeAffinity'], golden: 'kaggle-data-api/architectures', anchor: 'scheduling' },
    { name: 'Architectures', charts: both, template: '_scheduling.tpl', values: ['architectures'], golden: 'kaggle-data-api/architectures', anchor: 'scheduling' },
    { name: 'Priority class', charts: both, template: '_pod.tpl', values: ['priorityClassName'], golden: 'fetch-kaggle-job/production', anchor: 'scheduling' },
  ],
  parameters: [
    { name: 'affinity', charts: both, levels: { none: { affinity: { preset: 'none' } }, soft: { affinity: { preset: 'soft' } }, hard: { affinity: { preset: 'hard' } } } },
    { name: 'spread', charts: both, levels: {
      none: { topologySpreadConstraints: [] },
      soft: { topologySpreadConstraints: [], topologySpread: { zones: 'soft', hosts: 'soft' } },
      hard: { topologySpreadConstraints: [{ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 2 }], topologySpread: { zones: 'hard', hosts: 'hard', maxSkew: 3 } },
    } },
    { name: 'nodes', charts: both, levels: {
      any: { spot: { use: 'none' } },
      arm: { architectures: ['arm64'] },
      spot: { spot: { use: 'prefer', nodes: 'gke' }, architectures: ['amd64', 'arm64'] },
      never: { spot: { use: 'avoid', nodes: 'eks' } },
      only: { spot: { use: 'require', nodes: 'aks' } },
    } },
  ],
};
