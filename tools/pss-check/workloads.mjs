// A pod as each kind of workload has it.

const template = ({ metadata, spec }) => ({ metadata, spec });
const within = (apiVersion, kind, wrap) => [kind, (pod) => ({ apiVersion, kind, metadata: {}, ...wrap(template(pod)) })];

/** By kind: what makes an object of it around a pod. All kinds that Pod Security admission looks into (`DefaultPodSpecExtractor`). */
export const WORKLOADS = new Map([
  ['Pod', (pod) => pod],
  within('v1', 'PodTemplate', (template) => ({ template })),
  within('v1', 'ReplicationController', (template) => ({ spec: { template } })),
  within('apps/v1', 'ReplicaSet', (template) => ({ spec: { template } })),
  within('apps/v1', 'Deployment', (template) => ({ spec: { template } })),
  within('apps/v1', 'DaemonSet', (template) => ({ spec: { template } })),
  within('apps/v1', 'StatefulSet', (template) => ({ spec: { template } })),
  within('batch/v1', 'Job', (template) => ({ spec: { template } })),
  within('batch/v1', 'CronJob', (template) => ({ spec: { jobTemplate: { spec: { template } } } })),
]);

const SELECTED = { subject: 'yes' };

/** The same object with what an API server asks of it besides. */
export function valid(object) {
  const copy = structuredClone(object);
  const { kind, spec } = copy;
  const template = kind === 'CronJob' ? spec.jobTemplate.spec.template : kind === 'PodTemplate' ? copy.template : spec.template;
  if (template) template.metadata = { ...template.metadata, labels: SELECTED };
  if (['ReplicaSet', 'Deployment', 'DaemonSet', 'StatefulSet'].includes(kind)) spec.selector = { matchLabels: SELECTED };
  if (kind === 'ReplicationController') spec.selector = SELECTED;
  if (kind === 'StatefulSet') spec.serviceName = 'subject';
  if (kind === 'CronJob') spec.schedule = '0 2 * * *';
  if (['Job', 'CronJob'].includes(kind)) template.spec.restartPolicy = 'Never';
  return copy;
}
