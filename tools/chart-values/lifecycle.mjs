// The values of how pods start and end, and of what runs beside them and before them.
import { cures, group, list, onlyIf, rare, raw, rawList, section, seconds, toggle, whole } from './kinds.mjs';

const whileMigrating = (schema) => onlyIf('migration.enabled', true, 'Used only while there is a migration.', schema);

export const lifecycle = section('Lifecycle', {
  terminationGracePeriodSeconds: rare(whole('Grace period', 'How long a pod may take to end before it is killed.', 30, 0, 3600, { 'x-format': 'duration-seconds' })),
  lifecycle: rare(group('Lifecycle hooks', 'What runs after the start and before the end of the main container.', {
    preStopSleepSeconds: seconds('Pause before the end', 'How long the container waits before it is told to end, so that load balancers learn of it. It is part of the grace period. 0: not at all.', 0, 0, 3600, cures('pre-stop')),
    preStop: raw('Before the end', 'As Kubernetes writes it: `exec`, `httpGet` or `sleep`. It takes the place of the pause.', cures('pre-stop')),
    postStart: raw('After the start', 'As Kubernetes writes it: `exec`, `httpGet` or `sleep`.'),
  })),
  initContainers: rare(rawList('Init containers', 'Containers that run to their end before the main one starts, as Kubernetes writes them. Without a security context of their own they get the main one\'s.')),
  sidecars: rare(rawList('Sidecars', 'Containers that start before the main one and end after it, as Kubernetes writes them: native sidecars, which let a job end. Without a security context of their own they get the main one\'s.')),
  migration: group('Migration', 'A Job that Helm runs before an install or upgrade, and whose failure stops it. Its pod is that of the application, with another command.', {
    enabled: toggle('Migration', 'Whether there is one.', false),
    command: whileMigrating(list('Command', 'Replaces the image\'s entry point.', { type: 'string' })),
    args: whileMigrating(list('Arguments', 'Replaces the image\'s arguments.', { type: 'string' })),
    hooks: whileMigrating(rare(list('When', 'Helm\'s hooks that it runs at.', { type: 'string', enum: ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback'] }, ['pre-install', 'pre-upgrade'], { minItems: 1, uniqueItems: true }))),
    weight: whileMigrating(rare(whole('Weight', 'Its place among hooks of the same time, the lightest first. What it needs comes one before it.', 0, -1000, 1000))),
    deletePolicy: whileMigrating(rare(list('Kept until', 'When Helm deletes its objects: before the next run, after success, after failure.', { type: 'string', enum: ['before-hook-creation', 'hook-succeeded', 'hook-failed'] }, ['before-hook-creation', 'hook-succeeded'], { minItems: 1, uniqueItems: true }))),
    backoffLimit: whileMigrating(rare(whole('Retries', 'How often a failed pod is tried again.', 0, 0, 100))),
    activeDeadlineSeconds: whileMigrating(seconds('Time limit', 'A migration that takes longer has failed. Helm\'s own `--timeout` has to be longer.', 600, 1, 86400)),
  }),
});

/** What only services have. */
export const rollout = section('Disruption', {
  minReadySeconds: rare(seconds('Ready for', 'How long a new pod has to be ready before it counts as available.', 0, 0, 3600)),
  progressDeadlineSeconds: rare(seconds('Progress within', 'After how long without progress a rollout has failed. It has to be longer than `minReadySeconds`.', 600, 1, 86400)),
});
