// Who sets the number of pods.
const charts = ['service'];
const anchor = 'autoscaling-and-disruption';
const prometheus = { type: 'prometheus', metadata: { serverAddress: 'https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-reads', awsRegion: 'eu-central-1', query: 'sum(rate(http_requests_total[2m]))', threshold: '100' } };
const cpu = { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } };

export default {
  topic: 'Autoscaling',
  features: [
    { name: 'HorizontalPodAutoscaler by CPU and memory', charts, template: '_hpa.tpl', values: ['autoscaling.enabled', 'autoscaling.maxReplicas', 'autoscaling.targetCPUUtilizationPercentage'], golden: 'kaggle-data-api/production', anchor },
    { name: 'Metrics of pods, of objects, and from outside', charts, template: '_hpa.tpl', values: ['autoscaling.podsMetrics', 'autoscaling.objectMetrics', 'autoscaling.externalMetrics'], golden: 'kaggle-data-api/autoscaler-metrics', anchor },
    { name: 'Behaviour policies', charts, template: '_hpa.tpl', values: ['autoscaling.behavior.scaleUp.policies', 'autoscaling.behavior.scaleDown.stabilizationWindowSeconds', 'autoscaling.behavior.scaleDown.selectPolicy'], golden: 'kaggle-data-api/autoscaler-metrics', anchor },
    { name: 'KEDA ScaledObject', charts, template: '_keda.tpl', values: ['keda.minReplicas', 'keda.maxReplicas', 'keda.scaleToZero', 'keda.fallback.failureThreshold'], golden: 'kaggle-data-api/keda', anchor },
    { name: 'KEDA TriggerAuthentication', charts, template: '_keda.tpl', values: ['keda.authentication.podIdentity', 'keda.authentication.secrets'], golden: 'kaggle-data-api/keda', anchor },
    { name: 'Rules for the Prometheus Adapter', charts, template: '_adapter.tpl', values: ['prometheusAdapter.enabled', 'prometheusAdapter.rules', 'prometheusAdapter.externalRules', 'prometheusAdapter.labels'], golden: 'kaggle-data-api/autoscaler-metrics', anchor },
    { name: 'VerticalPodAutoscaler in recommendation mode', charts, template: '_vpa.tpl', values: ['vpa.enabled', 'vpa.controlledResources', 'vpa.minAllowed.cpu', 'vpa.maxAllowed.memory'], golden: 'kaggle-data-api/recommendations', anchor },
  ],
  parameters: [
    { name: 'autoscaling', charts, levels: {
      off: { autoscaling: { enabled: false } },
      both: { autoscaling: { enabled: true } },
      custom: { autoscaling: {
        enabled: true, targetMemoryUtilizationPercentage: null,
        podsMetrics: [{ name: 'http_requests_per_second', averageValue: '100' }],
        objectMetrics: [{ name: 'requests', apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', object: 'main', value: '2k' }],
        externalMetrics: [{ name: 'queue_messages_ready', averageValue: 30, selector: { queue: 'reads' } }],
        behavior: { scaleUp: { policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }] }, scaleDown: { stabilizationWindowSeconds: 600 } },
      } },
      none: { autoscaling: { enabled: true, targetCPUUtilizationPercentage: null, targetMemoryUtilizationPercentage: null } },
      inverted: { autoscaling: { enabled: true, minReplicas: 20 } },
    } },
    { name: 'keda', charts, levels: {
      off: { keda: { enabled: false } },
      idle: { keda: { enabled: true, minReplicas: 1, scaleToZero: true, triggers: [prometheus, cpu], fallback: { failureThreshold: 3 }, authentication: { podIdentity: 'aws' } } },
      cpu: { keda: { enabled: true, triggers: [cpu] } },
      asleep: { keda: { enabled: true, minReplicas: 0, triggers: [cpu] } },
    } },
    { name: 'vpa', charts, levels: { off: { vpa: { enabled: false } }, on: { vpa: { enabled: true, maxAllowed: { memory: '2Gi' } } } } },
    { name: 'adapter', charts, levels: { off: { prometheusAdapter: { enabled: false } }, on: { prometheusAdapter: { enabled: true } } } },
  ],
  refused: [
    { charts, when: { autoscaling: ['none'] }, names: ['autoscaling.targetCPUUtilizationPercentage', 'autoscaling.targetMemoryUtilizationPercentage'] },
    { charts, when: { autoscaling: ['inverted'] }, names: ['autoscaling.minReplicas', 'autoscaling.maxReplicas'] },
    { charts, when: { autoscaling: ['both', 'custom'], keda: ['idle', 'cpu'] }, names: ['autoscaling.enabled', 'keda.enabled'] },
    { charts, when: { keda: ['asleep'] }, names: ['keda.triggers'] },
  ],
};
