// The values of metrics: who scrapes them, which alerts and dashboards are made of them.
import { group, onlyIf, optional, rare, rawList, section, seconds, text, texts, toggle, whole } from './kinds.mjs';

const metricName = { pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$' };
const labelName = { pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$' };
const whileRules = (schema) => onlyIf('prometheusRule.enabled', true, 'Used only while there are rules.', schema);

const scraping = (port) => ({
  enabled: toggle('Metrics', 'Whether annotations have Prometheus scrape the pods, where its configuration follows them.', false),
  path: text('Path', 'Where the metrics are.', '/metrics', { pattern: '^/' }),
  port,
});

const monitor = (key, kind) => {
  const when = (schema) => onlyIf(`${key}.enabled`, true, `Used only while there is a ${kind}.`, schema);
  return group(kind, `Has the Prometheus Operator scrape the pods, as a ${kind}.`, {
    enabled: toggle(kind, 'Whether there is one.', false),
    intervalSeconds: when(seconds('Every', 'How often the metrics are fetched.', 30, 1, 3600)),
    timeoutSeconds: when(seconds('Time-out', 'How long an answer may take, at most as long as the interval.', 10, 1, 3600)),
    labels: when(texts('Labels', 'Labels by which your Prometheus finds it, such as `release: kube-prometheus-stack`.')),
    metricRelabelings: when(rare(rawList('Relabelling', 'What is changed or dropped of the metrics before they are stored, as the operator writes it.'))),
  });
};

const rules = (more) => group('Alerts', 'Recording rules and alerts as a PrometheusRule. Each alert has a `runbook_url`.', {
  enabled: toggle('Alerts', 'Whether there are any.', false),
  labels: whileRules(texts('Labels', 'Labels by which your Prometheus finds them, such as `release: kube-prometheus-stack`.')),
  runbookBaseUrl: whileRules(text('Runbooks', 'Where the runbooks are: `incident.md`, `scaling.md` and others below it.', 'https://github.com/chartwright/chartwright/blob/main/docs/runbooks', { pattern: '^https?://[^\\s]*[^/\\s]$' })),
  ...more,
  additionalRules: whileRules(rare(rawList('More rules', 'More alerts and recording rules, as Prometheus writes them.'))),
});

const dashboards = (what) => group('Dashboards', `Grafana dashboards as ConfigMaps, for the sidecar that Grafana's chart brings: ${what}.`, {
  enabled: toggle('Dashboards', 'Whether there are any.', false),
  labels: onlyIf('dashboards.enabled', true, 'Used only while there are dashboards.', texts('Labels', 'Labels by which the sidecar finds them. Empty: `grafana_dashboard: "1"`.')),
  annotations: onlyIf('dashboards.enabled', true, 'Used only while there are dashboards.', rare(texts('Annotations', 'Annotations of the ConfigMaps, such as `grafana_folder`.'))),
});

/** The metrics of services. */
export const observability = section('Observability', {
  metrics: group('Metrics', 'What the application tells of its requests, and where.', {
    ...scraping(optional(whole('Port', 'The port of the metrics. `null`: the container port.', null, 1, 65535, { 'x-format': 'port' }))),
    requests: rare(text('Counter of requests', 'Name of the counter of HTTP requests. Alerts, dashboards and the adapter\'s rules read it.', 'http_requests_total', { minLength: 1, ...metricName })),
    duration: rare(text('Histogram of durations', 'Name of the histogram of their durations in seconds, without `_bucket`.', 'http_request_duration_seconds', { minLength: 1, ...metricName })),
    statusLabel: rare(text('Label of the status', 'Which label of both has the HTTP status.', 'status', { minLength: 1, ...labelName })),
    errors: rare(text('Failed requests', 'Regular expression for the statuses that count as failures of the service.', '5..', { minLength: 1, pattern: '^[^"\\\\]*$' })),
    selector: rare(text('Selector', 'Label matchers of the application\'s own series. Empty: namespace and job, as the monitors of this chart set them.', '', { pattern: '^[^{}]*$' })),
  }),
  serviceMonitor: monitor('serviceMonitor', 'ServiceMonitor'),
  podMonitor: monitor('podMonitor', 'PodMonitor'),
  slo: group('Service level', 'What the service promises over 30 days. Alerts say how fast the error budget burns, over several windows at once.', {
    target: whileRules({ title: 'Requests answered', description: 'How many of 100 requests do not fail.', type: 'number', minimum: 95, maximum: 99.999, default: 99.9 }),
    latencySeconds: whileRules(optional({ title: 'Answer within', description: 'Within how many seconds a request is answered: a bound of the histogram\'s buckets. `null`: nothing is promised.', type: 'number', minimum: 0.001, maximum: 600 })),
    latencyTarget: whileRules({ title: 'Requests in time', description: 'How many of 100 requests are answered within that time.', type: 'number', minimum: 95, maximum: 99.999, default: 99 }),
  }),
  prometheusRule: rules({}),
  dashboards: dashboards('requests, errors and durations'),
});

/** The metrics of jobs. */
export const jobObservability = section('Observability', {
  metrics: group('Metrics', 'What the job tells of itself while it runs, and where.', scraping(whole('Port', 'The port of the metrics.', 8080, 1, 65535, { 'x-format': 'port' }))),
  podMonitor: monitor('podMonitor', 'PodMonitor'),
  prometheusRule: rules({
    maxSuccessAgeHours: whileRules(whole('Success at least every', 'After how many hours without a successful run an alert is raised, for cron jobs.', 26, 1, 8784)),
  }),
  dashboards: dashboards('runs, their outcomes and how long they take'),
});
