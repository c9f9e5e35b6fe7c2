// What is told of the running pods.
export default {
  topic: 'Observability',
  features: [
    { name: 'Prometheus annotations', charts: ['service'], template: '_pod.tpl', values: ['metrics.enabled'], golden: 'kaggle-data-api/production', anchor: 'named-templates' },
  ],
  parameters: [
    { name: 'metrics', charts: ['service'], levels: { off: { metrics: { enabled: false } }, own: { metrics: { enabled: true, port: 9100 } } } },
  ],
};
