// The values of what is told of the running pods.
import { group, onlyIf, optional, section, text, toggle, whole } from './kinds.mjs';

const whileMetrics = (schema) => onlyIf('metrics.enabled', true, 'Used only while metrics are scraped.', schema);

export const observability = section('Observability', {
  metrics: group('Metrics', 'Annotations that have Prometheus scrape the pods.', {
    enabled: toggle('Metrics', 'Whether the pods are scraped.', false),
    path: whileMetrics(text('Path', 'Where the metrics are.', '/metrics', { pattern: '^/' })),
    port: whileMetrics(optional(whole('Port', 'The port of the metrics. `null`: the container port.', null, 1, 65535, { 'x-format': 'port' }))),
  }),
});
