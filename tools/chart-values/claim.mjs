// The values of the claim. Which class serves which access modes comes from the chart's own table, storage-classes.yaml.
import { backups } from './backups.mjs';
import { bytes, choice, cures, objectName, optional, rare, raw, section, text, texts, toggle } from './kinds.mjs';

const accessModes = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'];
const immutable = 'An existing claim keeps its class: Kubernetes refuses a change. Make a new claim and copy the data.';

export const claim = {
  ...section('Storage class', {
    storageClassName: optional(text('Storage class', 'Which class serves the claim. `null` or left out: the cluster\'s default class. Empty (`""`): none, so that only a volume that exists already can be bound.', null, {
      ...objectName, 'x-format': 'storage-class', 'x-immutable': immutable, ...cures('pvc-storage-class'),
    })),
    accessMode: choice('Access mode', 'Who can mount it: one node, one pod, many nodes for reading, or many nodes for reading and writing. The class must be able to serve it.', accessModes, 'ReadWriteOnce', {
      'x-immutable': 'An existing claim keeps its access mode: Kubernetes refuses a change.', ...cures('rwo-multi-replica'),
    }),
    size: { ...bytes('Size', 'How much is claimed. It can grow later where the class allows it, never shrink.', '5Gi', 'storage'), type: 'string' },
    retain: toggle('Keep the data', 'Whether the claim stays when the release is uninstalled.', true),
    volumeMode: rare(choice('Volume mode', 'A file system, or a raw block device.', ['Filesystem', 'Block'], 'Filesystem', { 'x-immutable': 'An existing claim keeps its volume mode: Kubernetes refuses a change.' })),
    volumeName: rare(text('Volume', 'Name of an existing PersistentVolume to bind. Empty: any that fits, or a new one.', '', { ...objectName, 'x-immutable': 'A bound claim keeps its volume.' })),
    selectorLabels: rare(texts('Volume labels', 'Labels that an existing PersistentVolume must have to be bound.')),
    dataSource: rare(raw('Data source', 'A VolumeSnapshot or claim to start from, as Kubernetes writes it.')),
  }),
  ...backups,
  ...section('Environment', {
    fullnameOverride: text('Name', 'Name of the claim, by which the charts that mount it refer to it. Empty: release name and chart name.', 'kaggle-data-pvc', { ...objectName, ...cures('name-too-long', 'missing-pvc-ref') }),
    partOf: text('Part of', 'The larger system that this belongs to: the label `app.kubernetes.io/part-of`.', 'kaggle-data', objectName),
    annotations: rare(texts('Annotations', 'Annotations of the claim, such as those of a backup tool.')),
    commonLabels: rare(texts('Common labels', 'More labels. The recommended `app.kubernetes.io` labels cannot be replaced.')),
    nameOverride: rare(text('Name override', 'Used in place of the chart\'s name.', '', objectName)),
  }),
};

/** Ties access modes and backups to the classes of the table. */
export const classRules = (classes) => [...modeRules(classes), ...backupRules(classes)];

const whenClass = (classes) => ({ required: ['storageClassName'], properties: { storageClassName: { enum: classes.map((c) => c.name) } } });

/** What cannot be done without snapshots is refused where the driver takes none. */
function backupRules(classes) {
  return [{
    if: whenClass(classes.filter((c) => c.snapshots === 'false')),
    then: { properties: { backup: { properties: { method: { enum: ['none', 'velero'] }, beforeUpgrade: { const: false } } } } },
  }];
}

/** One rule for each set of modes. */
function modeRules(classes) {
  const bySet = groupBy(classes, (c) => c.accessModes.join());
  return [...bySet.values()]
    .filter(([first]) => first.accessModes.length < accessModes.length)
    .map((group) => ({
      if: whenClass(group),
      then: { properties: { accessMode: { enum: group[0].accessModes } } },
    }));
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
