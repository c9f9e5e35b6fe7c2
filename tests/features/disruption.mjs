// What stays while nodes are drained.
export default {
  topic: 'Disruption',
  features: [
    { name: 'PodDisruptionBudget', charts: ['service'], template: '_pdb.tpl', values: ['podDisruptionBudget.enabled', 'podDisruptionBudget.minAvailable', 'podDisruptionBudget.unhealthyPodEvictionPolicy'], golden: 'kaggle-data-api/production', anchor: 'autoscaling-and-disruption' },
    { name: 'PodDisruptionBudget by how many pods may be away', charts: ['service'], template: '_pdb.tpl', values: ['podDisruptionBudget.maxUnavailable'], golden: 'kaggle-data-api/budget-max-unavailable', anchor: 'autoscaling-and-disruption' },
  ],
  parameters: [
    { name: 'budget', charts: ['service'], levels: {
      off: { podDisruptionBudget: { enabled: false } },
      min: { podDisruptionBudget: { enabled: true, minAvailable: '50%' } },
      max: { podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: 1, unhealthyPodEvictionPolicy: 'IfHealthyBudget' } },
      both: { podDisruptionBudget: { enabled: true, minAvailable: 1, maxUnavailable: 1 } },
    } },
  ],
  refused: [
    { charts: ['service'], when: { budget: ['both'] }, names: ['podDisruptionBudget'] },
  ],
};
