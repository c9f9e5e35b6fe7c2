// The values of jobs and cron jobs.
import { releasePolicy } from './admission.mjs';
import { configuration } from './configuration.mjs';
import { identity } from './identity.mjs';
import { image } from './image.mjs';
import { events, outcomes } from './jobs.mjs';
import { choice, cures, onlyIf, rare, section, seconds, text, toggle, whole } from './kinds.mjs';
import { lifecycle } from './lifecycle.mjs';
import { network } from './network.mjs';
import { jobObservability } from './observability.mjs';
import { resources } from './resources.mjs';
import { scheduling } from './scheduling.mjs';
import { telemetry } from './telemetry.mjs';
import { naming, persistence, security } from './workload.mjs';

const whileKept = (schema) => onlyIf('type', ['cronjob', 'scaledjob'], 'Used only by cron jobs and scaled jobs.', schema);
const whileCron = (schema) => onlyIf('type', 'cronjob', 'Used only by cron jobs.', schema);
// A field of cron: *, a number or name, a range, each with a step, in lists. Or one of the words that begin with @.
const cronField = '[A-Za-z0-9*?/,L#-]+';

export const job = {
  ...section('Jobs', {
    type: choice('Kind', 'Runs once at each install and upgrade (`job`), by a schedule (`cronjob`), or by events that KEDA sees (`scaledjob`).', ['job', 'cronjob', 'scaledjob'], 'cronjob'),
    schedule: whileCron(text('Schedule', 'When it runs: minute, hour, day of the month, month, day of the week.', '0 2 * * *', {
      pattern: `^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|${cronField}( +${cronField}){4})$`, 'x-format': 'cron', ...cures('cron-schedule'),
    })),
    timeZone: whileCron({ ...text('Time zone', 'Whose clock the schedule follows, such as `Europe/Zurich`. `null`: that of the cluster\'s controller.', 'Etc/UTC', { pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$', 'x-format': 'timezone', ...cures('cron-schedule') }), type: ['string', 'null'] }),
    suspend: toggle('Suspended', 'Whether no new runs start.', false),
    concurrencyPolicy: whileCron(choice('Overlap', 'What happens if the last run has not ended: skip, run both, or replace it.', ['Forbid', 'Allow', 'Replace'], 'Forbid', cures('cronjob-concurrency'))),
    startingDeadlineSeconds: whileCron({ ...seconds('Late by at most', 'A run that could not start in this time is skipped.', 300, 10, 604800, cures('cronjob-deadline')), type: ['integer', 'null'] }),
    successfulJobsHistoryLimit: whileKept(whole('Successes kept', 'How many successful runs are kept to look at.', 3, 0, 100)),
    failedJobsHistoryLimit: whileKept(whole('Failures kept', 'How many failed runs are kept to look at.', 1, 0, 100)),
    backoffLimit: whole('Retries', 'How often a failed pod is tried again. Where `backoffLimitPerIndex` counts for each index, this does not.', 3, 0, 100),
    activeDeadlineSeconds: { ...seconds('Time limit', 'A run that takes longer is ended. `null`: no limit.', 3600, 1, 2592000), type: ['integer', 'null'] },
    ttlSecondsAfterFinished: { ...seconds('Kept for', 'How long a finished run is kept. `null`: until something removes it.', 86400, 0, 31536000), type: ['integer', 'null'] },
    completions: whole('Completions', 'How many pods must succeed.', 1, 1, 10000),
    parallelism: whole('Parallelism', 'How many pods run at once.', 1, 0, 1000),
    ...outcomes,
    restartPolicy: choice('On failure', '`Never` starts a new pod and keeps the failed one\'s log, `OnFailure` restarts the container in its pod.', ['Never', 'OnFailure'], 'Never', cures('workload-restart-policy')),
    ...events,
  }),
  ...image,
  ...resources,
  ...network({ ports: [], sameNamespace: false }),
  ...security,
  ...releasePolicy,
  ...persistence,
  ...scheduling({ revision: [] }),
  ...configuration,
  ...identity,
  ...jobObservability,
  ...telemetry,
  ...naming,
  ...lifecycle,
};
