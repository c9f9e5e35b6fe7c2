// How a job runs: once, by a schedule or by events, in parts, and what its failures mean.
const trigger = [{ type: 'aws-sqs-queue', metadata: { queueURL: 'https://sqs.eu-central-1.amazonaws.com/111122223333/fetch', queueLength: '1', awsRegion: 'eu-central-1' }, authenticationRef: { name: 'fetch-queue' } }];
const indexed = { completionMode: 'Indexed', completions: 4, parallelism: 2 };

export default {
  topic: 'Jobs',
  features: [
    { name: 'Time zone of the schedule', charts: ['job'], template: '_job.tpl', values: ['schedule', 'timeZone'], golden: 'fetch-kaggle-job/schedule', anchor: 'once-or-by-a-schedule' },
    { name: 'Limits of a run', charts: ['job'], template: '_job.tpl', values: ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'], golden: 'fetch-kaggle-job/production', anchor: 'once-or-by-a-schedule' },
    { name: 'Suspended', charts: ['job'], template: '_job.tpl', values: ['suspend'], golden: 'fetch-kaggle-job/once-suspended', anchor: 'once-or-by-a-schedule' },
    { name: 'KEDA ScaledJob in place of Job and CronJob', charts: ['job'], template: '_scaledjob.tpl', values: ['type', 'keda.maxReplicas', 'keda.scalingStrategy'], golden: 'fetch-kaggle-job/scaled', anchor: 'by-events' },
    { name: 'Indexed completion', charts: ['job'], template: '_jobpolicies.tpl', values: ['completionMode', 'completions', 'parallelism'], golden: 'fetch-kaggle-job/indexed', anchor: 'indexed-jobs' },
    { name: 'Retries of each index', charts: ['job'], template: '_jobpolicies.tpl', values: ['backoffLimitPerIndex', 'maxFailedIndexes'], golden: 'fetch-kaggle-job/production-partitioned', anchor: 'indexed-jobs' },
    { name: 'Success policy', charts: ['job'], template: '_jobpolicies.tpl', values: ['successPolicy.rules'], golden: 'fetch-kaggle-job/success-policy', anchor: 'indexed-jobs' },
    { name: 'Pod failure policy', charts: ['job'], template: '_jobpolicies.tpl', values: ['podFailurePolicy.ignoreDisruptions', 'podFailurePolicy.failJobExitCodes', 'podFailurePolicy.failIndexExitCodes'], golden: 'fetch-kaggle-job/production-partitioned', anchor: 'what-counts-as-a-failure' },
    { name: 'Pod failure rules', charts: ['job'], template: '_jobpolicies.tpl', values: ['podFailurePolicy.rules'], golden: 'fetch-kaggle-job/failure-rules', anchor: 'what-counts-as-a-failure' },
    { name: 'Pod replacement policy', charts: ['job'], template: '_jobpolicies.tpl', values: ['podReplacementPolicy'], golden: 'fetch-kaggle-job/production-partitioned', anchor: 'what-counts-as-a-failure' },
  ],
  parameters: [
    { name: 'type', charts: ['job'], levels: { cronjob: { type: 'cronjob' }, job: { type: 'job' }, scaled: { type: 'scaledjob', keda: { triggers: trigger } }, idle: { type: 'scaledjob', keda: { triggers: [] } } } },
    { name: 'parallel', charts: ['job'], levels: {
      one: { completions: 1, parallelism: 1 },
      many: { completions: 4, parallelism: 2 },
      indexed: indexed,
      retried: { ...indexed, backoffLimitPerIndex: 1, maxFailedIndexes: 2, podFailurePolicy: { failIndexExitCodes: [66] } },
      enough: { ...indexed, successPolicy: { rules: [{ succeededIndexes: '0,2-3', succeededCount: 2 }, { succeededCount: 3 }] } },
      notIndexed: { completions: 4, backoffLimitPerIndex: 1 },
      notIndexedEnough: { completions: 4, successPolicy: { rules: [{ succeededCount: 1 }] } },
      unbounded: { ...indexed, maxFailedIndexes: 2 },
      neverFailing: { ...indexed, podFailurePolicy: { failIndexExitCodes: [66] } },
      beyond: { ...indexed, successPolicy: { rules: [{ succeededIndexes: '0-4' }] } },
    } },
    { name: 'restart', charts: ['job'], levels: { Never: { restartPolicy: 'Never' }, OnFailure: { restartPolicy: 'OnFailure' } } },
    { name: 'suspend', charts: ['job'], levels: { no: { suspend: false }, yes: { suspend: true } } },
    { name: 'failures', charts: ['job'], levels: {
      count: { podFailurePolicy: { ignoreDisruptions: false } },
      known: { podFailurePolicy: { ignoreDisruptions: true, failJobExitCodes: [77, 2], rules: [{ action: 'Count', onExitCodes: { operator: 'NotIn', values: [0, 2, 77] } }] } },
    } },
    { name: 'replacement', charts: ['job'], levels: { default: { podReplacementPolicy: null }, ended: { podReplacementPolicy: 'Failed' }, soon: { podReplacementPolicy: 'TerminatingOrFailed' } } },
  ],
  refused: [
    { charts: ['job'], when: { type: ['idle'] }, names: ['type', 'keda.triggers'] },
    { charts: ['job'], when: { parallel: ['notIndexed'] }, names: ['backoffLimitPerIndex', 'completionMode'] },
    { charts: ['job'], when: { parallel: ['notIndexedEnough'] }, names: ['successPolicy', 'completionMode'] },
    { charts: ['job'], when: { parallel: ['unbounded'] }, names: ['maxFailedIndexes', 'backoffLimitPerIndex'] },
    { charts: ['job'], when: { parallel: ['beyond'] }, names: ['successPolicy', 'completions'] },
    { charts: ['job'], when: { parallel: ['retried'], restart: ['OnFailure'] }, names: ['podFailurePolicy', 'restartPolicy'] },
    { charts: ['job'], when: { failures: ['known'], restart: ['OnFailure'] }, names: ['podFailurePolicy', 'restartPolicy'] },
    { charts: ['job'], when: { failures: ['known'], replacement: ['soon'] }, names: ['podFailurePolicy', 'podReplacementPolicy'] },
    { charts: ['job'], when: { parallel: ['retried'], replacement: ['soon'] }, names: ['podFailurePolicy', 'podReplacementPolicy'] },
    { charts: ['job'], when: { parallel: ['neverFailing'] }, names: ['podFailurePolicy.failIndexExitCodes', 'backoffLimitPerIndex'] },
  ],
};
