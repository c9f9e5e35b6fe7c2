// How a job runs, once or by a schedule.
export default {
  topic: 'Jobs',
  features: [
    { name: 'Time zone of the schedule', charts: ['job'], template: '_job.tpl', values: ['schedule', 'timeZone'], golden: 'fetch-kaggle-job/schedule', anchor: 'once-or-by-a-schedule' },
    { name: 'Limits of a run', charts: ['job'], template: '_job.tpl', values: ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'], golden: 'fetch-kaggle-job/production', anchor: 'once-or-by-a-schedule' },
  ],
  parameters: [
    { name: 'type', charts: ['job'], levels: { cronjob: { type: 'cronjob' }, job: { type: 'job' } } },
    { name: 'parallel', charts: ['job'], levels: { one: { completions: 1, parallelism: 1 }, many: { completions: 4, parallelism: 2 } } },
    { name: 'restart', charts: ['job'], levels: { Never: { restartPolicy: 'Never' }, OnFailure: { restartPolicy: 'OnFailure' } } },
    { name: 'suspend', charts: ['job'], levels: { no: { suspend: false }, yes: { suspend: true } } },
  ],
};
