// What may run: which image, from where, signed by whom.
const both = ['service', 'job'];
const key = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElU4PWFWfdmNacfFCR9fL3MNaettJ\nYg19JdYq1a4XGtTS+S3155g2yJ4stB6ikPvELzYGR0m8G9aVzOFVMoEgRg==\n-----END PUBLIC KEY-----\n';
const actions = { issuer: 'https://token.actions.githubusercontent.com' };
const signed = (values) => ({ imageVerification: { enabled: true, ...values } });

export default {
  topic: 'Supply chain',
  features: [
    { name: 'Digest pinning', charts: both, template: '_image.tpl', values: ['image.digest'], golden: 'kaggle-data-api/digest', anchor: 'supply-chain' },
    { name: 'Pull policy and pull secrets', charts: both, template: '_pod.tpl', values: ['image.pullPolicy', 'imagePullSecrets'], golden: 'kaggle-data-api/pull', anchor: 'supply-chain' },
    { name: 'Signatures: ClusterImagePolicy of Sigstore\'s policy-controller', charts: both, template: '_verification.tpl', values: ['imageVerification.enabled', 'imageVerification.engine', 'imageVerification.action', 'imageVerification.keyless.issuer', 'imageVerification.keyless.subjectRegExp'], golden: 'kaggle-data-api/signed-sigstore', anchor: 'supply-chain' },
    { name: 'Signatures: NamespacedImageValidatingPolicy of Kyverno', charts: both, template: '_verification.tpl', values: ['imageVerification.engine', 'imageVerification.action', 'imageVerification.rekor'], golden: 'kaggle-data-api/signed-kyverno', anchor: 'supply-chain' },
  ],
  parameters: [
    { name: 'image', charts: both, levels: {
      tag: { image: { tag: '' } },
      digest: { image: { digest: `sha256:${'0123456789abcdef'.repeat(4)}` } },
      pull: { image: { pullPolicy: 'Always' }, imagePullSecrets: [{ name: 'registry' }] },
    } },
    { name: 'signatures', charts: both, levels: {
      off: { imageVerification: { enabled: false } },
      sigstore: signed({ engine: 'sigstore', keyless: { ...actions, subjectRegExp: '^https://github.com/example/.+' } }),
      sigstoreKey: signed({ engine: 'sigstore', action: 'warn', publicKey: key }),
      kyverno: signed({ engine: 'kyverno', keyless: { ...actions, subject: 'https://github.com/example/api/.github/workflows/release.yml@refs/heads/main' } }),
      kyvernoKey: signed({ engine: 'kyverno', action: 'warn', publicKey: key }),
      nobody: signed({}),
      two: signed({ publicKey: key, keyless: actions }),
    } },
  ],
  refused: [
    { charts: both, when: { signatures: ['nobody'] }, names: ['imageVerification.publicKey', 'imageVerification.keyless.issuer', 'imageVerification.keyless.subject'] },
    { charts: both, when: { signatures: ['two'] }, names: ['imageVerification.publicKey', 'imageVerification.keyless'] },
  ],
};
