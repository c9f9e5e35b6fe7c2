// How pods start and end, and what runs beside them and before them.
const both = ['service', 'job'];
const sidecar = { name: 'proxy', image: 'registry.example/proxy:1.2.0', resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } } };
const init = { ...sidecar, name: 'wait', image: 'registry.example/wait:1.0.0', args: ['--for=proxy'] };
const migration = (values) => ({ migration: { enabled: true, command: ['/bin/migrate'], ...values } });

export default {
  topic: 'Lifecycle',
  features: [
    { name: 'preStop and postStart', charts: both, template: '_lifecycle.tpl', values: ['lifecycle.preStop', 'lifecycle.postStart'], golden: 'kaggle-data-api/lifecycle-hooks', anchor: 'lifecycle' },
    { name: 'Pause before the end', charts: both, template: '_lifecycle.tpl', values: ['lifecycle.preStopSleepSeconds', 'terminationGracePeriodSeconds'], golden: 'kaggle-data-api/lifecycle-pause', anchor: 'lifecycle' },
    { name: 'Update strategy', charts: ['service'], template: '_deployment.tpl', values: ['updateStrategy.type', 'updateStrategy.maxSurge', 'updateStrategy.maxUnavailable', 'minReadySeconds', 'progressDeadlineSeconds'], golden: 'kaggle-data-api/rollout', anchor: 'lifecycle' },
    { name: 'Init containers and native sidecars', charts: both, template: '_lifecycle.tpl', values: ['initContainers', 'sidecars'], golden: 'fetch-kaggle-job/sidecar', anchor: 'lifecycle' },
    { name: 'Migrations by Helm\'s hooks', charts: both, template: '_migration.tpl', values: ['migration.enabled', 'migration.command', 'migration.hooks', 'migration.weight', 'migration.deletePolicy', 'migration.activeDeadlineSeconds'], golden: 'kaggle-data-api/migration', anchor: 'migrations' },
  ],
  parameters: [
    { name: 'end', charts: both, levels: {
      plain: { terminationGracePeriodSeconds: 45 },
      pause: { terminationGracePeriodSeconds: 45, lifecycle: { preStopSleepSeconds: 10 } },
      hooks: { terminationGracePeriodSeconds: 0, lifecycle: { preStop: { exec: { command: ['/bin/drain'] } }, postStart: { exec: { command: ['/bin/warm'] } } } },
      late: { terminationGracePeriodSeconds: 10, lifecycle: { preStopSleepSeconds: 10 } },
      twice: { terminationGracePeriodSeconds: 45, lifecycle: { preStopSleepSeconds: 10, preStop: { sleep: { seconds: 5 } } } },
    } },
    { name: 'beside', charts: both, levels: {
      alone: { sidecars: [] },
      sidecar: { sidecars: [sidecar] },
      both: { sidecars: [sidecar], initContainers: [init] },
    } },
    { name: 'rollout', charts: ['service'], levels: {
      rolling: { updateStrategy: { type: 'RollingUpdate' } },
      slow: { updateStrategy: { type: 'RollingUpdate', maxSurge: 0, maxUnavailable: '25%' }, minReadySeconds: 20, progressDeadlineSeconds: 900 },
      recreate: { updateStrategy: { type: 'Recreate' } },
      never: { minReadySeconds: 600 },
    } },
    { name: 'migration', charts: both, levels: {
      none: { migration: { enabled: false } },
      first: migration({}),
      last: migration({ hooks: ['post-install', 'post-upgrade'], weight: -3, deletePolicy: ['before-hook-creation'], backoffLimit: 2 }),
      idle: { migration: { enabled: true } },
    } },
  ],
  refused: [
    { charts: both, when: { end: ['late'] }, names: ['lifecycle.preStopSleepSeconds', 'terminationGracePeriodSeconds'] },
    { charts: both, when: { end: ['twice'] }, names: ['lifecycle.preStop', 'lifecycle.preStopSleepSeconds'] },
    { charts: ['service'], when: { rollout: ['never'] }, names: ['minReadySeconds', 'progressDeadlineSeconds'] },
    { charts: both, when: { migration: ['idle'] }, names: ['migration.command', 'migration.args'] },
  ],
};
