// The values of traces and logs, which services and jobs share.
import { bytes, choice, cpu, group, list, objectName, onlyIf, rare, section, text, texts, toggle } from './kinds.mjs';

const whileTraced = (schema) => onlyIf('opentelemetry.enabled', true, 'Used only while OpenTelemetry is on.', schema);
const whileBeside = (schema) => onlyIf('opentelemetry.sidecar', 'container', 'Used only while the chart\'s own collector runs beside the application.', schema);
const whileLogged = (schema) => onlyIf('logging.enabled', true, 'Used only while logs are annotated.', schema);
const whileLoki = (schema) => onlyIf('logging.stack', 'loki', 'Used only for Loki.', schema);

const port = { 'x-format': 'port' };
const collectorResources = (cpuValue, memoryValue, storageValue) => ({
  cpu: cpu('CPU', 'CPU of the collector, in cores or thousandths of a core (`500m`).', cpuValue),
  memory: bytes('Memory', 'Memory of the collector, with a unit (`256Mi`).', memoryValue),
  'ephemeral-storage': rare(bytes('Ephemeral storage', 'Disk on the node for the collector\'s logs.', storageValue, 'storage')),
});

export const telemetry = section('Observability', {
  opentelemetry: group('OpenTelemetry', 'Traces, metrics and logs by OTLP: the environment variables that every OpenTelemetry SDK reads.', {
    enabled: toggle('OpenTelemetry', 'Whether the main container gets the environment of an OpenTelemetry SDK.', false),
    endpoint: whileTraced(text('Endpoint', 'URL of the collector that takes what is sent.', 'http://otel-collector.monitoring:4318', { pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/.*)?$' })),
    protocol: whileTraced(choice('Protocol', 'How it is sent: OTLP over HTTP (port 4318 by custom) or over gRPC (4317).', ['http/protobuf', 'grpc'], 'http/protobuf')),
    sampler: whileTraced(choice('Sampler', 'Which traces are recorded. The `parentbased` ones follow the caller\'s decision, so that a trace is whole.', [
      'parentbased_traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'traceidratio', 'always_on', 'always_off'], 'parentbased_traceidratio')),
    samplerRatio: whileTraced({ title: 'Share of traces', description: 'The share of new traces that the ratio samplers record, from 0 to 1.', type: 'number', minimum: 0, maximum: 1, default: 0.1 }),
    propagators: whileTraced(list('Propagators', 'How the trace context comes in and goes on: `tracecontext` is the header `traceparent` of W3C.', {
      type: 'string', enum: ['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'xray', 'ottrace'] }, ['tracecontext', 'baggage'], { minItems: 1, uniqueItems: true })),
    resourceAttributes: whileTraced(rare(texts('Resource attributes', 'More attributes of everything that is sent, such as `deployment.environment.name`.', {}, { additionalProperties: { type: 'string', pattern: '^[^,;=\\s]*$' } }))),
    instrumentation: whileTraced(choice('Instrumentation', 'The language whose agent the OpenTelemetry Operator puts into the container. `none`: the application brings its own SDK.', [
      'none', 'sdk', 'java', 'nodejs', 'python', 'dotnet', 'go'], 'none')),
    instrumentationResource: whileTraced(rare(text('Instrumentation object', 'Name of the operator\'s Instrumentation object, or `namespace/name`. Empty: the only one of the namespace.', '', { pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?(/[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?)?$', maxLength: 317 }))),
    sidecar: whileTraced(choice('Collector beside it', '`none`: it sends straight to the endpoint. `container`: a collector of this chart runs in the pod, and sends on. `operator`: the OpenTelemetry Operator puts one there.', ['none', 'container', 'operator'], 'none')),
    sidecarResource: whileTraced(rare(text('Collector object', 'Name of the operator\'s OpenTelemetryCollector object, for `operator`. Empty: the only one of the namespace.', '', objectName))),
    collector: rare(group('Collector', 'The collector of this chart, for `container`: a native sidecar that batches what it gets and sends it to the endpoint.', {
      image: group('Image', 'The container image of the collector.', {
        repository: whileBeside(text('Repository', 'Registry and name of the image, without tag.', 'docker.io/otel/opentelemetry-collector', { minLength: 1, pattern: '^[a-z0-9][a-z0-9._:/-]*$', 'x-format': 'image' })),
        tag: whileBeside(text('Tag', 'Tag of the image.', '0.164.0', { minLength: 1, pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$', maxLength: 128 })),
        digest: whileBeside(text('Digest', 'Digest of the image, `sha256:` and 64 hexadecimal digits. It wins over the tag.', '', { pattern: '^(sha256:[a-f0-9]{64})?$' })),
      }),
      healthPort: whileBeside({ title: 'Health port', description: 'The port on which the collector says that it is alive.', type: 'integer', minimum: 1, maximum: 65535, default: 13133, ...port }),
      resources: group('Resources', 'What the collector asks for, and what it may use at most.', {
        requests: group('Requests', 'Set aside on the pod\'s node.', collectorResources('50m', '64Mi', '16Mi')),
        limits: group('Limits', 'The most it may use. It refuses data before its memory is full.', collectorResources('200m', '128Mi', '64Mi')),
      }),
    })),
  }),
  logging: group('Logs', 'Annotations that tell the cluster\'s log collector how to read the pods\' logs.', {
    enabled: toggle('Log annotations', 'Whether the pods carry them.', false),
    stack: whileLogged(choice('Stack', 'Who reads them: Fluent Bit of an EFK stack, or Grafana Alloy as its chart `k8s-monitoring` sets it up for Loki.', ['efk', 'loki'], 'efk')),
    collect: whileLogged(toggle('Collect', 'Whether the logs are collected at all.', true)),
    parser: onlyIf('logging.stack', 'efk', 'Used only for EFK.', text('Parser', 'Name of the Fluent Bit parser for a line of the log, such as `json` or `logfmt`. Empty: lines stay as they are.', 'json', { pattern: '^([A-Za-z0-9][A-Za-z0-9_-]*)?$' })),
    job: whileLoki(text('Job', 'The label `job` in Loki. Empty: namespace and full name.', '', { pattern: '^([A-Za-z0-9]([A-Za-z0-9_./-]*[A-Za-z0-9])?)?$', maxLength: 253 })),
  }),
});
