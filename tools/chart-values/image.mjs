// The values of what runs, and how it is known to be what it says.
import { choice, cures, group, list, objectName, onlyIf, rare, section, text, toggle } from './kinds.mjs';

const whileVerified = (schema) => onlyIf('imageVerification.enabled', true, 'Used only while signatures are asked for.', schema);
const url = { pattern: '^https://[^\\s]+$' };

export const image = section('Image', {
  image: group('Image', 'The container image.', {
    repository: text('Repository', 'Registry and name of the image, without tag.', 'registry.example/service', { minLength: 1, pattern: '^[a-z0-9][a-z0-9._:/-]*$', 'x-format': 'image' }),
    tag: text('Tag', 'Tag of the image. Empty: the chart\'s appVersion.', '', { pattern: '^([A-Za-z0-9_][A-Za-z0-9_.-]*)?$', maxLength: 128, ...cures('latest-tag') }),
    digest: text('Digest', 'Digest of the image, `sha256:` and 64 hexadecimal digits. It wins over the tag.', '', { pattern: '^(sha256:[a-f0-9]{64})?$', ...cures('latest-tag', 'image-digest') }),
    pullPolicy: choice('Pull policy', 'When nodes fetch the image.', ['Always', 'IfNotPresent', 'Never'], 'IfNotPresent', cures('image-pull-policy')),
  }),
  imagePullSecrets: rare(list('Pull secrets', 'Names of existing Secrets with the registry\'s credentials.', { type: 'object', required: ['name'], additionalProperties: false,
    properties: { name: { title: 'Name', description: 'Name of the Secret.', type: 'string', minLength: 1, ...objectName } } })),
  command: rare(list('Command', 'Replaces the image\'s entry point.', { type: 'string' })),
  args: rare(list('Arguments', 'Replaces the image\'s arguments.', { type: 'string' })),
  imageVerification: group('Signatures', 'A policy that lets pods start only from images of this repository that are signed.', {
    enabled: toggle('Signatures', 'Whether there is such a policy. The cluster has to run its engine.', false),
    engine: whileVerified(choice('Engine', '`sigstore`: a ClusterImagePolicy for Sigstore\'s policy-controller. `kyverno`: a NamespacedImageValidatingPolicy for Kyverno.', ['sigstore', 'kyverno'], 'sigstore')),
    action: whileVerified(choice('Action', 'Whether other images are refused, or only reported.', ['enforce', 'warn'], 'enforce')),
    keyless: group('Keyless', 'Signatures by a certificate that a log-in stands behind, such as that of a CI workflow.', {
      issuer: whileVerified(text('Issuer', 'Who vouches for the signer, such as `https://token.actions.githubusercontent.com`.', '', { pattern: '^(https://[^\\s]+)?$' })),
      subject: whileVerified(text('Subject', 'Who signs: the workflow\'s URL or an e-mail address.', '')),
      subjectRegExp: whileVerified(rare(text('Subject by pattern', 'The same as a regular expression, for workflows of many tags.', ''))),
      fulcio: whileVerified(rare(text('Certificate authority', 'URL of Fulcio, which signs such certificates. For the engine `sigstore`.', 'https://fulcio.sigstore.dev', url))),
    }),
    publicKey: whileVerified(text('Public key', 'Signatures by a key: its public half as PEM. It takes the place of keyless.', '', { pattern: '^(-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\\s]+-----END PUBLIC KEY-----\\s*)?$' })),
    rekor: whileVerified(rare(text('Log', 'URL of Rekor, the public log of signatures.', 'https://rekor.sigstore.dev', url))),
  }),
});
