// Where secrets come from: the charts hold references to them, and no value.
const both = ['service', 'job'];
const external = (values) => ({ externalSecret: { enabled: true, store: { name: 'vault' }, ...values } });
const store = (values) => ({ secretsStore: { enabled: true, ...values } });
const parameters = { roleName: 'data', objects: '- objectName: api-token\n  secretPath: secret/data/api\n  secretKey: token\n' };

export default {
  topic: 'Secrets',
  features: [
    { name: 'Existing Secrets', charts: both, template: '_pod.tpl', values: ['existingSecrets'], golden: 'fetch-kaggle-job/secrets', anchor: 'secrets' },
    { name: 'External Secrets operator', charts: both, template: '_secrets.tpl', values: ['externalSecret.enabled', 'externalSecret.store.name', 'externalSecret.data', 'externalSecret.extract', 'externalSecret.refreshInterval'], golden: 'kaggle-data-api/external-secret', anchor: 'secrets' },
    { name: 'Secrets Store CSI driver', charts: both, template: '_secrets.tpl', values: ['secretsStore.enabled', 'secretsStore.provider', 'secretsStore.parameters', 'secretsStore.environment', 'secretsStore.mountPath'], golden: 'kaggle-data-api/secrets-store', anchor: 'secrets' },
    { name: 'SecretProviderClass that is there', charts: both, template: '_secrets.tpl', values: ['secretsStore.existingClass'], golden: 'fetch-kaggle-job/secrets-store-existing', anchor: 'secrets' },
  ],
  parameters: [
    { name: 'externalSecret', charts: both, levels: {
      off: { externalSecret: { enabled: false } },
      keys: external({ data: [{ key: 'API_TOKEN', entry: 'kv/api', property: 'token', version: '3' }] }),
      entries: external({ store: { name: 'own', kind: 'SecretStore' }, extract: ['kv/api'], refreshInterval: '15m' }),
      empty: external({ data: [], extract: [] }),
    } },
    { name: 'secretsStore', charts: both, levels: {
      off: { secretsStore: { enabled: false } },
      files: store({ provider: 'vault', parameters }),
      variables: store({ provider: 'vault', parameters, environment: [{ key: 'API_TOKEN', object: 'api-token' }], mountPath: '/secrets' }),
      existing: store({ existingClass: 'shared-secrets' }),
      untold: store({ provider: '' }),
    } },
  ],
  refused: [
    { charts: both, when: { externalSecret: ['empty'] }, names: ['externalSecret.data', 'externalSecret.extract'] },
    { charts: both, when: { secretsStore: ['untold'] }, names: ['secretsStore.provider', 'secretsStore.existingClass'] },
  ],
};
