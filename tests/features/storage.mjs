// Where the data lies, how it is backed up, and who watches it.
const chart = ['kaggle-data-pvc'];

export default {
  topic: 'Storage',
  features: [
    { name: 'Claim from a snapshot', charts: chart, template: 'claim.yaml', values: ['dataSource'], golden: 'kaggle-data-pvc/from-snapshot', anchor: 'access-modes' },
    { name: 'VolumeSnapshots by a CronJob, old ones pruned', charts: chart, template: 'snapshots.yaml', values: ['backup.method', 'backup.schedule', 'backup.timeZone', 'backup.keep'], golden: 'kaggle-data-pvc/production-gp3', anchor: 'backup' },
    { name: 'VolumeSnapshot before an upgrade', charts: chart, template: 'snapshot.yaml', values: ['backup.beforeUpgrade', 'backup.snapshotClass.name'], golden: 'kaggle-data-pvc/snapshot-class', anchor: 'backup' },
    { name: 'VolumeSnapshotClass', charts: chart, template: 'snapshotclass.yaml', values: ['backup.snapshotClass.create', 'backup.snapshotClass.deletionPolicy'], golden: 'kaggle-data-pvc/snapshot-class', anchor: 'backup' },
    { name: 'Velero, snapshots or files', charts: chart, template: 'velero.yaml', values: ['backup.velero.volumes', 'backup.keep'], golden: 'kaggle-data-pvc/production', anchor: 'backup' },
    { name: 'Velero, data moved to a bucket', charts: chart, template: 'velero.yaml', values: ['backup.velero.moveData', 'backup.paused'], golden: 'kaggle-data-pvc/velero-moves', anchor: 'backup' },
    { name: 'Restore drill', charts: chart, template: 'restore-drill.yaml', values: ['restoreDrill.paths', 'restoreDrill.minFiles', 'restoreDrill.timeoutSeconds'], golden: 'kaggle-data-pvc/restore-drill', anchor: 'restore-drill' },
    { name: 'Alerts on the fill level and on old backups', charts: chart, template: 'prometheusrule.yaml', values: ['prometheusRule.enabled', 'prometheusRule.warningPercent', 'prometheusRule.criticalPercent', 'prometheusRule.maxBackupAgeHours'], golden: 'kaggle-data-pvc/observed', anchor: 'alerts-and-dashboard' },
    { name: 'Grafana dashboard of the fill level', charts: chart, template: 'dashboard.yaml', values: ['dashboards.enabled'], golden: 'kaggle-data-pvc/observed', anchor: 'alerts-and-dashboard' },
  ],
  parameters: [
    { name: 'class', charts: chart, levels: { shared: { storageClassName: 'efs-sc' }, disk: { storageClassName: 'gp3' }, none: { storageClassName: '' }, folder: { storageClassName: 'local-path' } } },
    { name: 'mode', charts: chart, levels: { many: { accessMode: 'ReadWriteMany' }, once: { accessMode: 'ReadWriteOnce' } } },
    { name: 'volume', charts: chart, levels: { files: { volumeMode: 'Filesystem' }, block: { volumeMode: 'Block' } } },
    { name: 'retain', charts: chart, levels: { yes: { retain: true }, no: { retain: false } } },
    { name: 'backup', charts: chart, levels: {
      none: { backup: { method: 'none' } },
      snapshots: { backup: { method: 'snapshots', keep: 3 } },
      auto: { backup: { method: 'velero' } },
      annotated: { backup: { method: 'velero', velero: { volumes: 'annotated', namespace: 'backup' } } },
      moved: { backup: { method: 'velero', velero: { volumes: 'snapshot', moveData: true } } },
    } },
    { name: 'upgrade', charts: chart, levels: { plain: { backup: { beforeUpgrade: false } }, snapshot: { backup: { beforeUpgrade: true } } } },
    { name: 'snapshotClass', charts: chart, levels: { default: { backup: { snapshotClass: { create: false, driver: 'csi.example' } } }, own: { backup: { snapshotClass: { create: true, driver: 'csi.example', parameters: { tagSpecification_1: 'a=b' } } } } } },
    { name: 'drill', charts: chart, levels: { none: { restoreDrill: { snapshot: '' } }, of: { restoreDrill: { snapshot: 'kaggle-data-pvc-20261128-053000', paths: ['raw', 'processed'], checksums: 'processed/SHA256SUMS' } } } },
    { name: 'alerts', charts: chart, levels: { off: { prometheusRule: { enabled: false } }, on: { prometheusRule: { enabled: true } }, upsideDown: { prometheusRule: { enabled: true, warningPercent: 95, criticalPercent: 90 } } } },
    { name: 'dashboards', charts: chart, levels: { off: { dashboards: { enabled: false } }, on: { dashboards: { enabled: true } } } },
  ],
  refused: [
    { charts: chart, when: { class: ['disk', 'folder'], mode: ['many'] }, names: ['accessMode'] },
    { charts: chart, when: { class: ['shared', 'folder'], backup: ['snapshots'] }, names: ['backup.method'] },
    { charts: chart, when: { class: ['shared', 'folder'], backup: ['moved'] }, names: ['backup.velero.volumes', 'storageClassName'] },
    { charts: chart, when: { class: ['shared', 'folder'], upgrade: ['snapshot'] }, names: ['backup.beforeUpgrade'] },
    { charts: chart, when: { class: ['shared', 'folder'], snapshotClass: ['own'] }, names: ['backup.snapshotClass.create', 'storageClassName'] },
    { charts: chart, when: { class: ['shared', 'folder'], drill: ['of'] }, names: ['restoreDrill.snapshot', 'storageClassName'] },
    { charts: chart, when: { class: ['folder'], backup: ['auto', 'annotated'] }, names: ['backup.velero.volumes', 'storageClassName'] },
    { charts: chart, when: { volume: ['block'], class: ['shared', 'none'], backup: ['auto'] }, names: ['backup.velero.volumes', 'volumeMode'] },
    { charts: chart, when: { volume: ['block'], backup: ['annotated'] }, names: ['backup.velero.volumes', 'volumeMode'] },
    { charts: chart, when: { volume: ['block'], drill: ['of'] }, names: ['restoreDrill.snapshot', 'volumeMode'] },
    { charts: chart, when: { alerts: ['upsideDown'] }, names: ['prometheusRule.warningPercent', 'prometheusRule.criticalPercent'] },
  ],
};
