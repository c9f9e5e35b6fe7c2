// The values of when a job has failed, when it has succeeded, and which events start one.
import { choice, group, list, onlyIf, optional, rare, seconds, whole } from './kinds.mjs';

const whileIndexed = (schema) => onlyIf('completionMode', 'Indexed', 'Used only by indexed jobs.', schema);
const whileScaled = (schema) => onlyIf('type', 'scaledjob', 'Used only by scaled jobs.', schema);

const exitCode = { type: 'integer', minimum: 1, maximum: 255 };
const exitCodes = (title, description) => list(title, description, exitCode, [], { uniqueItems: true });

/** A rule as Kubernetes writes it: exit codes or conditions, never both. */
const failureRule = {
  type: 'object', additionalProperties: false, required: ['action'],
  oneOf: [{ required: ['onExitCodes'] }, { required: ['onPodConditions'] }],
  properties: {
    action: { title: 'Action', description: 'What a failed pod means: the job or its index has failed, the failure does not count, or it counts as always.', type: 'string', enum: ['FailJob', 'FailIndex', 'Ignore', 'Count'] },
    onExitCodes: { title: 'Exit codes', description: 'Of a container of the pod.', type: 'object', additionalProperties: false, required: ['operator', 'values'], properties: {
      containerName: { title: 'Container', description: 'Which container. Without a name: every one.', type: 'string' },
      operator: { title: 'Operator', description: 'Whether the code is one of them, or none of them.', type: 'string', enum: ['In', 'NotIn'] },
      values: { title: 'Codes', description: 'The codes, from small to large.', type: 'array', minItems: 1, maxItems: 255, uniqueItems: true, items: { type: 'integer', minimum: 0, maximum: 255 } },
    } },
    onPodConditions: { title: 'Conditions', description: 'Of the pod.', type: 'array', minItems: 1, maxItems: 20, items: { type: 'object', additionalProperties: false, required: ['type', 'status'], properties: {
      type: { title: 'Condition', description: 'Such as `DisruptionTarget`.', type: 'string', minLength: 1 },
      status: { title: 'Status', description: 'The condition\'s status.', type: 'string', enum: ['True', 'False', 'Unknown'] },
    } } },
  },
};

const successRule = {
  type: 'object', additionalProperties: false, anyOf: [{ required: ['succeededIndexes'] }, { required: ['succeededCount'] }],
  properties: {
    succeededIndexes: { title: 'Indexes', description: 'Which indexes must have succeeded, such as `0,2-4`.', type: 'string', pattern: '^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$' },
    succeededCount: { title: 'How many', description: 'How many indexes must have succeeded, of those that are named or of all.', type: 'integer', minimum: 1, maximum: 100000 },
  },
};

export const outcomes = {
  completionMode: choice('Completion', '`Indexed` numbers the pods from 0 in `JOB_COMPLETION_INDEX`, so that each takes its own part of the work; `NonIndexed` pods are alike.', ['NonIndexed', 'Indexed'], 'NonIndexed'),
  backoffLimitPerIndex: whileIndexed(optional(whole('Retries of an index', 'How often an index is tried again before it has failed, while the others go on. `null`: one failed index too many ends the job.', null, 0, 100))),
  maxFailedIndexes: whileIndexed(optional(whole('Failed indexes', 'How many indexes may fail before the job is ended. Needs `backoffLimitPerIndex`. `null`: all.', null, 0, 10000))),
  successPolicy: rare(group('Success policy', 'When an indexed job has succeeded although some indexes have not: the pods that still run are ended.', {
    rules: whileIndexed(list('Rules', 'One that is met is enough. Without one, every index must succeed.', successRule, [], { maxItems: 20 })),
  })),
  podReplacementPolicy: rare(optional(choice('Replacement', 'When a pod that is going is replaced: once it has ended (`Failed`), so that two never work on the same, or at once (`TerminatingOrFailed`). `null`: at once, with a `podFailurePolicy` once it has ended.', ['Failed', 'TerminatingOrFailed'], null))),
  podFailurePolicy: group('Pod failure policy', 'Which failures of a pod count as a retry, and which end the job at once. Needs the restart policy `Never`.', {
    ignoreDisruptions: { title: 'Disruptions do not count', description: 'Whether a pod that its node\'s drain, spot capacity\'s end or preemption took is tried again for free.', type: 'boolean', default: false },
    failJobExitCodes: exitCodes('Fatal exit codes', 'Exit codes of the main container that no retry can mend, such as a refused password: the job has failed.'),
    failIndexExitCodes: whileIndexed(exitCodes('Fatal exit codes of an index', 'The same for one index: the others go on. Needs `backoffLimitPerIndex`.')),
    rules: rare(list('Rules', 'More rules, as Kubernetes writes them. They come first, and the first that fits counts.', failureRule, [], { maxItems: 17 })),
  }),
};

export const events = {
  keda: group('KEDA', 'Which events start Jobs, and how many. Needs KEDA in the cluster.', {
    triggers: whileScaled(list('Triggers', 'What Jobs are started by, as KEDA writes it, such as `aws-sqs-queue`, `kafka`, `cron`.', { type: 'object', additionalProperties: false, required: ['type', 'metadata'], properties: {
      type: { title: 'Scaler', description: 'Which of KEDA\'s scalers.', type: 'string', minLength: 1 },
      name: { title: 'Name', description: 'Name of the trigger.', type: 'string' },
      metadata: { title: 'Settings', description: 'The scaler\'s settings.', type: 'object', additionalProperties: { type: 'string' } },
      authenticationRef: { title: 'Authentication', description: 'A TriggerAuthentication made elsewhere.', type: 'object', additionalProperties: false, required: ['name'], properties: {
        name: { title: 'Name', description: 'Its name.', type: 'string', minLength: 1 },
        kind: { title: 'Kind', description: 'Of this namespace, or of the cluster.', type: 'string', enum: ['TriggerAuthentication', 'ClusterTriggerAuthentication'] },
      } },
    } })),
    minReplicas: whileScaled(rare(whole('At least', 'How many Jobs run although nothing happens.', 0, 0, 1000))),
    maxReplicas: whileScaled(whole('At most', 'How many Jobs run at once.', 10, 1, 1000)),
    pollingIntervalSeconds: whileScaled(rare(seconds('Ask every', 'How often the triggers are asked.', 30, 1, 3600))),
    scalingStrategy: whileScaled(rare(choice('Strategy', 'How Jobs that run already count against what waits.', ['default', 'accurate', 'eager'], 'default'))),
    rollout: whileScaled(rare(choice('Upgrade', 'What an upgrade does to running Jobs: lets them end, or ends them.', ['gradual', 'immediate'], 'gradual'))),
  }),
};
