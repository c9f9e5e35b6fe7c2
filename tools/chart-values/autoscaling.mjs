// The values of what sets the number of pods, and of what would suit each of them.
import { bytes, choice, cpu, cures, group, list, onlyIf, optional, rare, rawList, seconds, section, text, texts, toggle, whole } from './kinds.mjs';

const whileScaling = (schema) => onlyIf('autoscaling.enabled', true, 'Used only while the autoscaler is on.', schema);
const whileKeda = (schema) => onlyIf('keda.enabled', true, 'Used only while KEDA scales.', schema);
const whileAdvised = (schema) => onlyIf('vpa.enabled', true, 'Used only while recommendations are made.', schema);
const whileAdapted = (schema) => onlyIf('prometheusAdapter.enabled', true, 'Used only while there are rules for the adapter.', schema);

const amount = { type: ['string', 'integer'], minimum: 1, pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$' };
const selector = { title: 'Selector', description: 'Labels that the metric\'s series must have.', type: 'object', additionalProperties: { type: 'string' } };
const named = { title: 'Metric', description: 'Name of the metric.', type: 'string', minLength: 1 };
const whole1 = { title: 'Value', description: 'What it should be in all.', ...amount };
const each = { title: 'Value of each pod', description: 'What it should be for each pod on average.', ...amount };
const oneOf = { oneOf: [{ required: ['value'] }, { required: ['averageValue'] }] };
const metric = (required, properties, more = {}) => ({ type: 'object', additionalProperties: false, required: ['name', ...required], properties: { name: named, selector, ...properties }, ...more });

const pace = (what) => group(`Scaling ${what}`, `How fast pods are ${what === 'up' ? 'added' : 'taken away'}. Without a word, Kubernetes decides.`, {
  stabilizationWindowSeconds: optional(seconds('Look back', 'For how long the most careful recommendation of the past counts. `null`: Kubernetes decides.', null, 0, 3600)),
  selectPolicy: optional(choice('Policy', 'Which of the policies counts, or that pods are never scaled this way. `null`: the one that changes most.', ['Max', 'Min', 'Disabled'], null)),
  policies: list('Policies', 'How many pods, or how many per cent of them, may change within a time.', { type: 'object', additionalProperties: false, required: ['type', 'value', 'periodSeconds'], properties: {
    type: { title: 'Unit', description: 'Pods, or per cent of them.', type: 'string', enum: ['Pods', 'Percent'] },
    value: { title: 'At most', description: 'How many.', type: 'integer', minimum: 1 },
    periodSeconds: { title: 'Within', description: 'In how many seconds.', type: 'integer', minimum: 1, maximum: 1800 },
  } }),
});

const bounds = (what, cpuValue, memoryValue) => group(what === 'least' ? 'At least' : 'At most', `The ${what} that is recommended.`, {
  cpu: whileAdvised({ ...cpu('CPU', 'In cores or thousandths of a core (`500m`). `null`: no bound.', cpuValue), type: ['string', 'number', 'null'] }),
  memory: whileAdvised({ ...bytes('Memory', 'With a unit (`256Mi`). `null`: no bound.', memoryValue), type: ['string', 'integer', 'null'] }),
});

export const autoscaling = section('Autoscaling', {
  autoscaling: group('Autoscaling', 'Adds and removes pods by their load.', {
    enabled: toggle('Autoscaler', 'Whether a HorizontalPodAutoscaler sets the number of pods.', false, cures('hpa-replicas-conflict', 'minimum-replicas')),
    minReplicas: whileScaling(whole('At least', 'The fewest pods.', 2, 1, 1000, cures('hpa-min-max', 'hpa-minimum', 'hpa-equals-pdb'))),
    maxReplicas: whileScaling(whole('At most', 'The most pods.', 10, 1, 1000, cures('hpa-min-max'))),
    targetCPUUtilizationPercentage: whileScaling({ ...whole('Target CPU', 'CPU in per cent of the request that the pods should use on average. `null`: CPU does not count.', 70, 1, 1000), type: ['integer', 'null'], ...cures('hpa-missing-requests') }),
    targetMemoryUtilizationPercentage: whileScaling({ ...whole('Target memory', 'Memory in per cent of the request that the pods should use on average. `null`: memory does not count.', 80, 1, 1000), type: ['integer', 'null'], ...cures('hpa-missing-requests') }),
    podsMetrics: whileScaling(list('Metrics of pods', 'Metrics that each pod has, from `custom.metrics.k8s.io`, such as `http_requests_per_second`.', metric(['averageValue'], { averageValue: each }))),
    objectMetrics: whileScaling(rare(list('Metrics of objects', 'Metrics of another object of the namespace, from `custom.metrics.k8s.io`, such as the requests of an Ingress.', metric(['kind', 'object'], {
      apiVersion: { title: 'API version', description: 'Of the object. Empty: `v1`.', type: 'string' },
      kind: { title: 'Kind', description: 'Of the object.', type: 'string', minLength: 1 },
      object: { title: 'Object', description: 'Its name.', type: 'string', minLength: 1 },
      value: whole1, averageValue: each,
    }, oneOf)))),
    externalMetrics: whileScaling(rare(list('Metrics from outside', 'Metrics of no object of the cluster, from `external.metrics.k8s.io`, such as the length of a queue.', metric([], { value: whole1, averageValue: each }, oneOf)))),
    behavior: rare(group('Behaviour', 'How fast it scales. KEDA\'s autoscaler heeds it too.', { scaleUp: pace('up'), scaleDown: pace('down') })),
  }),
  keda: group('KEDA', 'Scales by events, down to no pod at all, in place of the autoscaler above. Needs KEDA in the cluster.', {
    enabled: toggle('KEDA', 'Whether a ScaledObject sets the number of pods. Never together with `autoscaling.enabled`.', false, cures('hpa-replicas-conflict')),
    minReplicas: whileKeda(whole('At least', 'The fewest pods.', 2, 0, 1000)),
    maxReplicas: whileKeda(whole('At most', 'The most pods.', 10, 1, 1000)),
    scaleToZero: whileKeda(toggle('None while idle', 'Whether no pod runs while no trigger is active. Then the first request waits for a pod.', false)),
    pollingIntervalSeconds: whileKeda(rare(seconds('Ask every', 'How often the triggers are asked.', 30, 1, 3600))),
    cooldownPeriodSeconds: whileKeda(rare(seconds('Wait before none', 'How long after the last event the last pod goes.', 300, 0, 86400))),
    fallback: group('Fallback', 'What happens if the triggers cannot be asked.', {
      failureThreshold: whileKeda(rare(optional(whole('After failures', 'After how many failures in a row. `null`: never.', null, 1, 1000)))),
      replicas: whileKeda(rare(whole('Pods', 'How many pods run then.', 2, 0, 1000))),
    }),
    triggers: whileKeda(list('Triggers', 'What is scaled by, as KEDA writes it, such as `prometheus`, `cron`, `cpu`, `aws-sqs-queue`.', { type: 'object', additionalProperties: false, required: ['type', 'metadata'], properties: {
      type: { title: 'Scaler', description: 'Which of KEDA\'s scalers.', type: 'string', minLength: 1 },
      name: { title: 'Name', description: 'Name of the trigger.', type: 'string' },
      metadata: { title: 'Settings', description: 'The scaler\'s settings.', type: 'object', additionalProperties: { type: 'string' } },
      metricType: { title: 'Metric type', description: 'How the value is meant.', type: 'string', enum: ['AverageValue', 'Value', 'Utilization'] },
      useCachedMetrics: { title: 'Cache', description: 'Whether the value is kept between two polls.', type: 'boolean' },
      authenticationRef: { title: 'Authentication', description: 'A TriggerAuthentication made elsewhere.', type: 'object' },
    } })),
    authentication: rare(group('Authentication', 'How the triggers identify themselves, as a TriggerAuthentication. CPU, memory and cron need none.', {
      podIdentity: whileKeda(choice('Identity', 'The workload identity of KEDA\'s operator that is used.', ['none', 'aws', 'azure-workload', 'gcp'], 'none')),
      secrets: whileKeda(list('Secrets', 'Keys of existing Secrets and the parameters that they are for.', { type: 'object', additionalProperties: false, required: ['parameter', 'name', 'key'], properties: {
        parameter: { title: 'Parameter', description: 'The scaler\'s parameter.', type: 'string', minLength: 1 },
        name: { title: 'Secret', description: 'Name of the Secret.', type: 'string', minLength: 1 },
        key: { title: 'Key', description: 'Key of the Secret.', type: 'string', minLength: 1 },
      } })),
    })),
  }),
  vpa: rare(group('Recommendations', 'What a VerticalPodAutoscaler would give each pod. It changes nothing (`updateMode: "Off"`): read it with `kubectl describe vpa`. Needs the VPA in the cluster.', {
    enabled: toggle('Recommendations', 'Whether they are made.', false),
    controlledResources: whileAdvised(list('Resources', 'What is recommended.', { type: 'string', enum: ['cpu', 'memory'] }, ['cpu', 'memory'], { minItems: 1, uniqueItems: true })),
    minAllowed: bounds('least', '25m', '32Mi'),
    maxAllowed: bounds('most', null, null),
  })),
  prometheusAdapter: rare(group('Prometheus Adapter', 'Rules by which the Prometheus Adapter serves the application\'s metrics to the autoscaler, as a ConfigMap for the adapter\'s configuration.', {
    enabled: toggle('Adapter rules', 'Whether there are any: by itself, the rate of `metrics.requests` of each pod.', false),
    window: whileAdapted(text('Window', 'Over which time the rate is taken.', '2m', { pattern: '^[0-9]+[smh]$' })),
    labels: whileAdapted(texts('Labels', 'Labels of the ConfigMap, by which what merges the configuration finds it.')),
    rules: whileAdapted(rawList('More rules', 'More rules for `custom.metrics.k8s.io`, as the adapter writes them.')),
    externalRules: whileAdapted(rawList('External rules', 'Rules for `external.metrics.k8s.io`, as the adapter writes them.')),
  })),
});
