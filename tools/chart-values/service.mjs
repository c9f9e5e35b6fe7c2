// The values of long-running services.
import { choice, cures, group, onlyIf, rare, section, seconds, text, toggle, whole } from './kinds.mjs';
import { releasePolicy } from './admission.mjs';
import { autoscaling } from './autoscaling.mjs';
import { configuration } from './configuration.mjs';
import { identity } from './identity.mjs';
import { image } from './image.mjs';
import { lifecycle, rollout } from './lifecycle.mjs';
import { network } from './network.mjs';
import { observability } from './observability.mjs';
import { resources } from './resources.mjs';
import { scheduling } from './scheduling.mjs';
import { telemetry } from './telemetry.mjs';
import { traffic } from './traffic.mjs';
import { naming, persistence, security } from './workload.mjs';

const whileProtected = (schema) => onlyIf('podDisruptionBudget.enabled', true, 'Used only while there is a disruption budget.', schema);

const probe = (name, key, purpose, path, values, cured) => {
  const when = (schema) => onlyIf(`${key}.enabled`, true, `Used only while the ${name} probe is on.`, schema);
  return group(`${name[0].toUpperCase()}${name.slice(1)} probe`, purpose, {
    enabled: toggle('On', 'Whether the kubelet asks.', true, cures(...cured)),
    path: when(text('Path', 'What is asked for over HTTP. Any status from 200 to 399 is a yes.', path, { pattern: '^/' })),
    port: when({ title: 'Port', description: 'Number or name of the port that is asked: `http` is the container\'s own.', type: ['string', 'integer'], minimum: 1, maximum: 65535, minLength: 1, maxLength: 15, default: 'http', 'x-format': 'port', ...cures('probe-port') }),
    initialDelaySeconds: when(rare(seconds('First after', 'How long to wait after the container\'s start.', values.initialDelaySeconds, 0, 3600))),
    periodSeconds: when(seconds('Every', 'How often it is asked.', values.periodSeconds, 1, 3600)),
    timeoutSeconds: when(seconds('Time-out', 'How long an answer may take.', values.timeoutSeconds, 1, 300)),
    successThreshold: when(rare(whole('Successes', 'How many answers in a row make it good again.', 1, 1, name === 'readiness' ? 100 : 1))),
    failureThreshold: when(whole('Failures', 'How many failures in a row make it bad.', values.failureThreshold, 1, 1000)),
  });
};

const portions = (title, description, value, more) => ({
  title, description, type: ['integer', 'string', 'null'], minimum: 0, maximum: 1000, pattern: '^(100|[0-9]{1,2})%$', default: value, ...more,
});

export const service = {
  ...image,
  ...section('Resources', {
    replicaCount: onlyIf('autoscaling.enabled', false, 'Unused while the autoscaler is on.',
      whole('Replicas', 'How many pods run.', 1, 0, 1000, cures('minimum-replicas', 'hpa-replicas-conflict'))),
  }),
  ...resources,
  ...autoscaling,
  ...section('Disruption', {
    podDisruptionBudget: group('Disruption budget', 'How many pods stay while nodes are drained. One of the two bounds, never both.', {
      enabled: toggle('Disruption budget', 'Whether there is a PodDisruptionBudget.', false, cures('missing-pdb')),
      minAvailable: whileProtected(portions('Keep available', 'How many pods stay, as a number or in per cent. `null` if the other bound is set.', 1, cures('pdb-blocks-eviction', 'pdb-policy', 'hpa-equals-pdb'))),
      maxUnavailable: whileProtected(portions('Take away at most', 'How many pods may be missing, as a number or in per cent. `null` if the other bound is set.', null, cures('pdb-blocks-eviction', 'pdb-policy'))),
      unhealthyPodEvictionPolicy: whileProtected(rare(choice('Unhealthy pods', 'Whether pods that are not ready may always be evicted, or only while the budget allows it.', ['AlwaysAllow', 'IfHealthyBudget'], 'AlwaysAllow', cures('pdb-unhealthy-pod-eviction-policy')))),
    }, {
      if: { required: ['minAvailable'], properties: { minAvailable: { type: ['integer', 'string'] } } },
      then: { properties: { maxUnavailable: { type: 'null' } } },
    }),
    updateStrategy: rare(group('Update strategy', 'How pods are replaced by newer ones.', {
      type: choice('Strategy', 'Bit by bit, or all at once with a gap.', ['RollingUpdate', 'Recreate'], 'RollingUpdate', cures('rolling-update-strategy')),
      maxSurge: onlyIf('updateStrategy.type', 'RollingUpdate', 'Used only for rolling updates.', portions('More at most', 'How many pods more than wanted there may be meanwhile.', '25%', cures('rollout-strategy'))),
      maxUnavailable: onlyIf('updateStrategy.type', 'RollingUpdate', 'Used only for rolling updates.', portions('Fewer at most', 'How many pods fewer than wanted there may be meanwhile.', 0, cures('rollout-strategy'))),
    })),
    revisionHistoryLimit: rare(whole('Revisions', 'How many old ReplicaSets are kept to roll back to.', 3, 0, 100)),
  }),
  ...rollout,
  ...traffic,
  ...network({ ports: [{ port: 'http', protocol: 'TCP' }], sameNamespace: true }),
  ...section('Probes', {
    livenessProbe: probe('liveness', 'livenessProbe', 'Is it alive? After too many failures the container is restarted.', '/health/live', { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 }, ['no-liveness-probe']),
    readinessProbe: probe('readiness', 'readinessProbe', 'Can it serve? Until it can, no traffic is sent to it.', '/health/ready', { initialDelaySeconds: 0, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 }, ['no-readiness-probe']),
    startupProbe: probe('startup', 'startupProbe', 'Has it started? Until then the other probes wait.', '/health/live', { initialDelaySeconds: 0, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 30 }, ['no-startup-probe']),
  }),
  ...security,
  ...releasePolicy,
  ...persistence,
  ...scheduling({ revision: ['pod-template-hash'] }),
  ...configuration,
  ...identity,
  ...observability,
  ...telemetry,
  ...naming,
  ...lifecycle,
};
