// The values of what the application is told: configuration, and references to secrets.
import { choice, cures, group, list, objectName, onlyIf, rare, rawList, section, text, texts, toggle } from './kinds.mjs';

const whileExternal = (schema) => onlyIf('externalSecret.enabled', true, 'Used only while there is an external secret.', schema);
const whileStore = (schema) => onlyIf('secretsStore.enabled', true, 'Used only while the secrets store is mounted.', schema);
const variable = { type: 'string', minLength: 1, maxLength: 253, pattern: '^[-._a-zA-Z0-9]+$' };
const word = (title, description, more = {}) => ({ title, description, type: 'string', minLength: 1, ...more });

/** Configuration and references to secrets. */
export const configuration = section('Config and secrets', {
  config: texts('Configuration', 'Environment variables from a ConfigMap. A change restarts the pods.'),
  existingSecrets: list('Existing Secrets', 'Names of Secrets whose keys become environment variables. They are made outside of this chart.', { type: 'string', minLength: 1, ...objectName }, [], { uniqueItems: true }),
  env: list('Environment variables', 'More environment variables, with a value or a reference, as Kubernetes writes them.', { type: 'object', required: ['name'], properties: {
    name: { title: 'Name', description: 'Name of the variable.', type: 'string', minLength: 1 },
    value: { title: 'Value', description: 'Its value, a text.', type: 'string' },
    valueFrom: { title: 'Reference', description: 'Where its value comes from: `secretKeyRef`, `configMapKeyRef`, `fieldRef` or `resourceFieldRef`.', type: 'object' },
  } }, [], cures('env-var-secret')),
  envFrom: rare(rawList('More sources', 'More ConfigMaps and Secrets whose keys become environment variables, as Kubernetes writes them.')),
  secret: rare(texts('Secret values', 'Environment variables from a Secret that this chart makes. Hand them over at deploy time, never in a file; prefer existing Secrets.', {}, {
    additionalProperties: { type: 'string', 'x-secret': true }, 'x-secret': true,
  })),
  externalSecret: group('External secret', 'The External Secrets operator copies entries of a secret store into a Secret, whose keys become environment variables.', {
    enabled: toggle('External secret', 'Whether there is an ExternalSecret.', false),
    store: group('Store', 'The operator\'s store that the entries are in.', {
      name: whileExternal(text('Name', 'Name of the store.', '', objectName)),
      kind: whileExternal(choice('Kind', 'Whether it is the cluster\'s or the namespace\'s.', ['ClusterSecretStore', 'SecretStore'], 'ClusterSecretStore')),
    }),
    refreshInterval: whileExternal(text('Every', 'How often it is copied anew, such as `15m` or `1h`. Pods see new values at their next start.', '1h', { pattern: '^([0-9]+(s|m|h))+$' })),
    data: whileExternal(list('Keys', 'Environment variables, each with its entry in the store.', { type: 'object', required: ['key', 'entry'], additionalProperties: false, properties: {
      key: word('Variable', 'Name of the environment variable.', variable),
      entry: word('Entry', 'Name or path of the entry in the store.'),
      property: word('Property', 'The part of the entry that is meant, if it has parts.'),
      version: word('Version', 'The version of the entry. Without one: the newest.'),
    } })),
    extract: whileExternal(rare(list('Whole entries', 'Entries whose parts all become environment variables by their own names.', { type: 'string', minLength: 1 }, [], { uniqueItems: true }))),
  }),
  secretsStore: group('Secrets store', 'The Secrets Store CSI driver mounts entries of a secret store as files, which no Secret has to hold.', {
    enabled: toggle('Secrets store', 'Whether they are mounted.', false),
    existingClass: whileStore(text('Existing class', 'Name of an existing SecretProviderClass. Empty: one is made here.', '', objectName)),
    provider: whileStore(text('Provider', 'The driver\'s provider: `aws`, `azure`, `gcp`, `vault`.', '', { pattern: '^([a-z0-9][-a-z0-9]*)?$', maxLength: 63 })),
    parameters: whileStore(texts('Parameters', 'What the provider is asked for, in its own words: `objects` holds YAML for most of them.')),
    environment: whileStore(rare(list('Variables', 'Objects that also become environment variables, by a Secret that the driver makes while pods run.', { type: 'object', required: ['key', 'object'], additionalProperties: false, properties: {
      key: word('Variable', 'Name of the environment variable.', variable),
      object: word('Object', 'Name of the object, as the parameters have it.'),
    } }))),
    mountPath: whileStore(text('Mount path', 'The folder that they are mounted in.', '/mnt/secrets-store', { pattern: '^/[^:]*$' })),
  }),
});
