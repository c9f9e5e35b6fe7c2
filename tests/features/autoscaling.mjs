// Who sets the number of pods.
export default {
  topic: 'Autoscaling',
  features: [
    { name: 'HorizontalPodAutoscaler by CPU and memory', charts: ['service'], template: '_hpa.tpl', values: ['autoscaling.enabled', 'autoscaling.maxReplicas', 'autoscaling.targetCPUUtilizationPercentage'], golden: 'kaggle-data-api/production', anchor: 'autoscaling-and-disruption' },
  ],
  parameters: [
    { name: 'autoscaling', charts: ['service'], levels: {
      off: { autoscaling: { enabled: false } },
      both: { autoscaling: { enabled: true } },
      cpu: { autoscaling: { enabled: true, targetMemoryUtilizationPercentage: null, behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } } },
      none: { autoscaling: { enabled: true, targetCPUUtilizationPercentage: null, targetMemoryUtilizationPercentage: null } },
    } },
  ],
  refused: [
    { charts: ['service'], when: { autoscaling: ['none'] }, names: ['autoscaling.enabled', 'targetCPUUtilizationPercentage', 'targetMemoryUtilizationPercentage'] },
  ],
};
