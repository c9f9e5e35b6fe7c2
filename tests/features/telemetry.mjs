// Traces and logs of the running pods.
const anchor = 'traces-and-logs';
const charts = ['service', 'job'];

export default {
  topic: 'Traces and logs',
  features: [
    { name: 'OpenTelemetry: environment and trace context', charts, template: '_otel.tpl', values: ['opentelemetry.enabled', 'opentelemetry.endpoint', 'opentelemetry.protocol', 'opentelemetry.propagators', 'opentelemetry.sampler'], golden: 'kaggle-data-api/opentelemetry-direct', anchor },
    { name: 'OpenTelemetry: collector in the pod', charts, template: '_otel.tpl', values: ['opentelemetry.sidecar', 'opentelemetry.collector.image.tag', 'opentelemetry.samplerRatio'], golden: 'kaggle-data-api/opentelemetry', anchor },
    { name: 'OpenTelemetry: agent and collector by the operator', charts, template: '_otel.tpl', values: ['opentelemetry.instrumentation', 'opentelemetry.instrumentationResource', 'opentelemetry.sidecarResource'], golden: 'fetch-kaggle-job/opentelemetry', anchor },
    { name: 'Log annotations for EFK', charts, template: '_logging.tpl', values: ['logging.enabled', 'logging.parser', 'logging.collect'], golden: 'kaggle-data-api/logs-efk', anchor },
    { name: 'Log annotations for Loki', charts, template: '_logging.tpl', values: ['logging.stack', 'logging.job'], golden: 'fetch-kaggle-job/logs-loki', anchor },
  ],
  parameters: [
    { name: 'traces', charts, levels: {
      off: { opentelemetry: { enabled: false } },
      direct: { opentelemetry: { enabled: true, protocol: 'grpc', endpoint: 'http://otel-collector.monitoring:4317', instrumentation: 'python' } },
      container: { opentelemetry: { enabled: true, sidecar: 'container' } },
      operator: { opentelemetry: { enabled: true, sidecar: 'operator' } },
    } },
    { name: 'logs', charts, levels: {
      off: { logging: { enabled: false } },
      efk: { logging: { enabled: true, stack: 'efk' } },
      loki: { logging: { enabled: true, stack: 'loki', collect: false } },
    } },
  ],
};
