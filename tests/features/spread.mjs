// Where pods run.
export default {
  topic: 'Spread',
  features: [
    { name: 'Anti-affinity presets', charts: ['service'], template: '_pod.tpl', values: ['affinity.preset'], golden: 'kaggle-data-api/production', anchor: 'named-templates' },
    { name: 'Topology spread constraints', charts: ['service'], template: '_pod.tpl', values: ['topologySpreadConstraints'], golden: 'kaggle-data-api/production', anchor: 'named-templates' },
  ],
  parameters: [
    { name: 'affinity', charts: ['service', 'job'], levels: { none: { affinity: { preset: 'none' } }, soft: { affinity: { preset: 'soft' } }, hard: { affinity: { preset: 'hard' } } } },
  ],
};
