// What is measured of the running pods, and who is told.
const anchor = 'metrics-alerts-dashboards';

export default {
  topic: 'Observability',
  features: [
    { name: 'Prometheus annotations', charts: ['service', 'job'], template: '_pod.tpl', values: ['metrics.enabled', 'metrics.port', 'metrics.path'], golden: 'fetch-kaggle-job/observed-once', anchor },
    { name: 'ServiceMonitor', charts: ['service'], template: '_servicemonitor.tpl', values: ['serviceMonitor.enabled', 'serviceMonitor.intervalSeconds', 'serviceMonitor.labels', 'metrics.path'], golden: 'kaggle-data-api/monitor-port', anchor },
    { name: 'PodMonitor', charts: ['service', 'job'], template: '_monitors.tpl', values: ['podMonitor.enabled', 'podMonitor.intervalSeconds', 'podMonitor.metricRelabelings', 'metrics.port'], golden: 'kaggle-data-api/pod-monitor', anchor },
    { name: 'Burn-rate alerts over several windows', charts: ['service'], template: '_slo.tpl', values: ['prometheusRule.enabled', 'slo.target', 'slo.latencySeconds', 'slo.latencyTarget'], golden: 'kaggle-data-api/observed', anchor },
    { name: 'Metrics by their own names', charts: ['service'], template: '_slo.tpl', values: ['metrics.requests', 'metrics.duration', 'metrics.statusLabel', 'metrics.errors', 'metrics.selector'], golden: 'kaggle-data-api/own-metric-names', anchor },
    { name: 'Alerts with runbooks, and more rules', charts: ['service', 'job'], template: '_rules.tpl', values: ['prometheusRule.runbookBaseUrl', 'prometheusRule.additionalRules'], golden: 'kaggle-data-api/own-metric-names', anchor },
    { name: 'Alerts on what became of runs', charts: ['job'], template: '_outcomes.tpl', values: ['prometheusRule.enabled', 'prometheusRule.maxSuccessAgeHours'], golden: 'fetch-kaggle-job/observed', anchor },
    { name: 'Grafana dashboard: rate, errors, durations', charts: ['service'], template: '_red.tpl', values: ['dashboards.enabled', 'dashboards.labels', 'dashboards.annotations'], golden: 'kaggle-data-api/observed', anchor },
    { name: 'Grafana dashboard: outcomes of runs', charts: ['job'], template: '_outcomes.tpl', values: ['dashboards.enabled'], golden: 'fetch-kaggle-job/observed', anchor },
  ],
  parameters: [
    { name: 'metrics', charts: ['service', 'job'], levels: { off: { metrics: { enabled: false, port: 8080 } }, own: { metrics: { enabled: true, port: 9100 } } } },
    { name: 'serviceMonitor', charts: ['service'], levels: { off: { serviceMonitor: { enabled: false } }, on: { serviceMonitor: { enabled: true, labels: { release: 'prometheus' } } } } },
    { name: 'podMonitor', charts: ['service', 'job'], levels: { off: { podMonitor: { enabled: false } }, on: { podMonitor: { enabled: true, labels: { release: 'prometheus' } } } } },
    { name: 'slo', charts: ['service'], levels: {
      off: { prometheusRule: { enabled: false } },
      errors: { prometheusRule: { enabled: true }, slo: { target: 99.5 } },
      latency: { prometheusRule: { enabled: true }, slo: { latencySeconds: 0.5, latencyTarget: 95 } },
    } },
    { name: 'alerts', charts: ['job'], levels: { off: { prometheusRule: { enabled: false } }, on: { prometheusRule: { enabled: true } } } },
    { name: 'dashboards', charts: ['service', 'job'], levels: { off: { dashboards: { enabled: false } }, on: { dashboards: { enabled: true } } } },
  ],
  refused: [
    { charts: ['service'], when: { serviceMonitor: ['on'], podMonitor: ['on'] }, names: ['podMonitor.enabled', 'serviceMonitor.enabled'] },
  ],
};
