// What every pod of the charts has, and the objects around it that no other topic has.
const security = 'secure-without-being-told';

export default {
  topic: 'Workloads',
  features: [
    { name: 'Deployment', charts: ['service'], template: '_deployment.tpl', values: ['replicaCount', 'updateStrategy.maxSurge'], golden: 'kaggle-data-api/staging', anchor: 'named-templates' },
    { name: 'Service', charts: ['service'], template: '_service.tpl', values: ['service.type', 'service.port'], golden: 'kaggle-data-api/load-balancer', anchor: 'named-templates' },
    { name: 'Probes for start, readiness and liveness', charts: ['service'], template: '_pod.tpl', values: ['startupProbe.enabled', 'readinessProbe.enabled', 'livenessProbe.enabled'], golden: 'kaggle-data-api/production', anchor: 'named-templates' },
    { name: 'ConfigMap, and new pods when it changes', charts: ['service'], template: '_config.tpl', values: ['config'], golden: 'kaggle-data-api/config-one-key', anchor: 'configuration' },
    { name: 'Restricted security contexts', charts: ['service'], template: '_pod.tpl', values: ['podSecurityContext.runAsUser', 'securityContext.readOnlyRootFilesystem'], golden: 'kaggle-data-api/production', anchor: security },
    { name: 'Scratch volume at `/tmp`', charts: ['service'], template: '_pod.tpl', values: ['tmp.enabled', 'tmp.sizeLimit'], golden: 'kaggle-data-api/production', anchor: security },
    { name: 'Job at each install, or CronJob', charts: ['job'], template: '_job.tpl', values: ['type'], golden: 'fetch-kaggle-job/production', anchor: 'once-or-by-a-schedule' },
    { name: 'Data claim', charts: ['kaggle-data-pvc'], template: 'claim.yaml', values: ['size', 'storageClassName', 'accessMode'], golden: 'kaggle-data-pvc/production', anchor: 'access-modes' },
  ],
  parameters: [
    { name: 'tmp', charts: ['service', 'job'], levels: { on: { tmp: { enabled: true } }, memory: { tmp: { enabled: true, medium: 'Memory' } }, off: { tmp: { enabled: false } } } },
    { name: 'account', charts: ['service', 'job'], levels: { own: { serviceAccount: { create: true, name: '' } }, named: { serviceAccount: { create: true, name: 'data-reader' } }, existing: { serviceAccount: { create: false, name: 'data-reader' } }, default: { serviceAccount: { create: false, name: '' } } } },
    { name: 'data', charts: ['service', 'job'], levels: { claim: { persistence: { enabled: true } }, none: { persistence: { enabled: false } } } },
    { name: 'names', charts: ['service', 'job'], levels: { short: { fullnameOverride: '' }, long: { fullnameOverride: 'an-application-with-a-name-that-is-as-long-as-any-label-may-be' } } },
  ],
};
