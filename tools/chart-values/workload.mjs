// The values that services and jobs share: naming, security, storage.
import { bytes, choice, cures, dnsLabel, group, labelValue, list, objectName, onlyIf, optional, rare, rawList, section, text, texts, toggle, whole } from './kinds.mjs';

/** What the object is called. */
export const naming = section('Environment', {
  partOf: text('Part of', 'The larger system that this belongs to: the label `app.kubernetes.io/part-of`.', '', dnsLabel),
  component: text('Component', 'Its role in that system, such as `api` or `fetch`: the label `app.kubernetes.io/component`.', '', dnsLabel),
  costLabels: group('Cost labels', 'Labels of every object and every pod, by which costs are told apart.', {
    costCenter: text('Cost centre', 'Who pays: the label `cost-center`.', '', labelValue),
    team: text('Team', 'Who looks after it: the label `team`.', '', labelValue),
    environment: text('Environment', 'Such as `production`: the label `environment`.', '', labelValue),
  }),
  commonLabels: texts('Common labels', 'Labels for every object. The recommended `app.kubernetes.io` labels cannot be replaced.'),
  nameOverride: rare(text('Name override', 'Used in place of the chart\'s name.', '', { ...objectName, ...cures('name-too-long') })),
  fullnameOverride: rare(text('Full name override', 'Used in place of release name and chart name together. Cut to what Kubernetes allows.', '', { pattern: '^([a-z]([-a-z0-9.]*[a-z0-9])?)?$', maxLength: 253, ...cures('name-too-long') })),
  podLabels: rare(texts('Pod labels', 'More labels for pods. The labels that selectors use cannot be replaced.')),
  podAnnotations: rare(texts('Pod annotations', 'More annotations for pods. The checksums cannot be replaced.')),
});

const userId = (title, description) => ({ ...whole(title, description, 1000, 1, 2147483647), type: ['integer', 'null'] });

/** Who the processes are and what they may do: the restricted Pod Security Standard in full. */
export const security = section('Security', {
  podSecurityContext: group('Pod security', 'Applies to every container of the pod.', {
    runAsNonRoot: toggle('Run as non-root', 'Refuses to start a process as root.', true, cures('runAsNonRoot')),
    runAsUser: { ...userId('User', 'Numeric user of the processes. `null` where the platform assigns one, as OpenShift does.'), ...cures('low-user-group-id', 'runAsUser') },
    runAsGroup: { ...userId('Group', 'Numeric group of the processes.'), ...cures('low-user-group-id') },
    fsGroup: userId('Volume group', 'Group that volumes belong to, so that the processes can write to them.'),
    fsGroupChangePolicy: rare(choice('Change of volume group', 'Whether a volume\'s files change group at each start, or only if its root has another one.', ['OnRootMismatch', 'Always'], 'OnRootMismatch')),
    seccompProfile: group('Seccomp profile', 'Which system calls are allowed.', {
      type: choice('Seccomp', 'The container runtime\'s own profile allows what nearly every program needs.', ['RuntimeDefault', 'Localhost', 'Unconfined'], 'RuntimeDefault', cures('seccompProfile_restricted', 'seccompProfile_baseline')),
      localhostProfile: rare(optional(text('Profile file', 'Path of the profile on the node, for `Localhost`.', null))),
    }, cures('seccompProfile_restricted')),
  }),
  securityContext: group('Container security', 'Applies to the main container.', {
    allowPrivilegeEscalation: toggle('Allow privilege escalation', 'Whether a process may gain more rights than its parent, as by a setuid program.', false, cures('allowPrivilegeEscalation')),
    readOnlyRootFilesystem: toggle('Read-only root filesystem', 'Nothing can be written but on volumes; `/tmp` is one.', true, cures('no-read-only-root-fs')),
    privileged: rare(toggle('Privileged', 'All rights on the node. Hardly ever right.', false, cures('privileged'))),
    capabilities: group('Capabilities', 'Parts of root\'s rights.', {
      drop: list('Drop', 'Capabilities that are taken away. `ALL` is what the restricted standard asks for.', { type: 'string' }, ['ALL'], { uniqueItems: true, ...cures('capabilities_restricted', 'drop-net-raw-capability') }),
      add: rare(list('Add', 'Capabilities that are given back. The restricted standard allows `NET_BIND_SERVICE` only.', { type: 'string' }, [], { uniqueItems: true, ...cures('capabilities_restricted', 'capabilities_baseline') })),
    }, cures('capabilities_restricted')),
  }),
  tmp: group('Writable /tmp', 'A scratch volume at `/tmp`, since the root filesystem is read-only.', {
    enabled: toggle('Writable /tmp', 'Whether there is one.', true),
    sizeLimit: onlyIf('tmp.enabled', true, 'Used only while there is a writable /tmp.', bytes('Size of /tmp', 'A pod that writes more is evicted.', '64Mi', 'storage', cures('emptydir-size'))),
    medium: onlyIf('tmp.enabled', true, 'Used only while there is a writable /tmp.', rare(choice('Medium of /tmp', '`Memory` is faster, and counts as the pod\'s memory. Empty: the node\'s disk.', ['', 'Memory'], ''))),
  }),
});

/** Which claim is mounted, and how. */
export const persistence = section('Storage class', {
  persistence: group('Data volume', 'The claim with the data sets. It comes from another chart, `kaggle-data-pvc`.', {
    enabled: toggle('Mount the data', 'Whether the claim is mounted.', false),
    existingClaim: onlyIf('persistence.enabled', true, 'Used only while the data is mounted.',
      text('Claim', 'Name of the PersistentVolumeClaim.', '', { ...objectName, ...cures('missing-pvc-ref') })),
    mountPath: onlyIf('persistence.enabled', true, 'Used only while the data is mounted.',
      text('Mount path', 'Where it is mounted.', '/data', { pattern: '^/[^:]*$' })),
    readOnly: onlyIf('persistence.enabled', true, 'Used only while the data is mounted.',
      toggle('Read-only', 'Whether the pods may only read it.', true)),
    subPath: onlyIf('persistence.enabled', true, 'Used only while the data is mounted.',
      rare(text('Sub-path', 'A folder of the volume that is mounted in place of its root.', '', { pattern: '^([^/].*)?$' }))),
  }, { if: { properties: { enabled: { const: true } }, required: ['enabled'] }, then: { properties: { existingClaim: { minLength: 1 } } } }),
  extraVolumes: rare(rawList('More volumes', 'Volumes of the pod beside data and `/tmp`, as Kubernetes writes them.')),
  extraVolumeMounts: rare(rawList('More mounts', 'Where those volumes are mounted in the main container.')),
});

/** Keys that Helm itself puts there. */
export const fromHelm = {
  global: { title: 'Global values', description: 'Shared with sub-charts by Helm. The templates read none.', type: 'object', 'x-hidden': true },
};
export const libraryKey = (name) => ({
  library: { title: `Defaults of the ${name} library`, description: `Helm puts the defaults of the library chart \`${name}\` here. The templates read the application's values only.`, type: 'object', 'x-hidden': true },
});
