// The values of how the claim is backed up, restored for trial, and watched.
import { choice, dnsLabel, group, list, objectName, onlyIf, rare, seconds, section, text, texts, toggle, whole } from './kinds.mjs';

const whileBackups = (schema) => onlyIf('backup.method', ['snapshots', 'velero'], 'Used only while there are backups.', schema);
const whileSnapshots = (schema) => onlyIf('backup.method', 'snapshots', 'Used only by the method `snapshots`.', schema);
const whileVelero = (schema) => onlyIf('backup.method', 'velero', 'Used only by the method `velero`.', schema);
const whileClass = (schema) => onlyIf('backup.snapshotClass.create', true, 'Used only while the class is made here.', schema);
const whileRules = (schema) => onlyIf('prometheusRule.enabled', true, 'Used only while there are alerts.', schema);
const whileDashboards = (schema) => onlyIf('dashboards.enabled', true, 'Used only while there is a dashboard.', schema);
const cronField = '[A-Za-z0-9*?/,L#-]+';

export const backups = {
  ...section('Storage class', {
    backup: group('Backup', 'How the data is backed up.', {
      method: choice('Method', '`snapshots`: a CronJob takes VolumeSnapshots, where the class\'s driver can. `velero`: a Schedule of Velero, by snapshots or file by file. `none`: not at all.', ['none', 'snapshots', 'velero'], 'none'),
      schedule: whileBackups(text('Schedule', 'When: minute, hour, day of the month, month, day of the week.', '30 3 * * *', { pattern: `^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|${cronField}( +${cronField}){4})$`, 'x-format': 'cron' })),
      timeZone: whileBackups(text('Time zone', 'Whose clock the schedule follows.', 'Etc/UTC', { pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$', 'x-format': 'timezone' })),
      keep: whileBackups(whole('Keep', 'How many snapshots are kept, or for how many days Velero keeps a backup.', 7, 1, 3650)),
      paused: whileBackups(rare(toggle('Paused', 'Whether no backups are made for now.', false))),
      beforeUpgrade: toggle('Before an upgrade', 'Whether a VolumeSnapshot is taken before each upgrade of the release, as a hook. It stays until somebody removes it.', false),
      waitSeconds: whileSnapshots(rare(seconds('Wait', 'How long a snapshot may take until it is ready.', 1800, 60, 86400))),
      snapshotClass: group('Snapshot class', 'The VolumeSnapshotClass of the snapshots.', {
        name: text('Snapshot class', 'Its name. Empty: the driver\'s default class, or for one that is made here a name of namespace and claim.', '', objectName),
        create: toggle('Make it', 'Whether it is made here. It belongs to the whole cluster.', false),
        driver: whileClass(rare(text('Driver', 'The driver that takes the snapshots. Empty: that of the storage class, if storage-classes.yaml knows it.', '', objectName))),
        deletionPolicy: whileClass(choice('Deletion', 'Whether the data of a snapshot outlives its VolumeSnapshot.', ['Retain', 'Delete'], 'Retain')),
        parameters: whileClass(rare(texts('Parameters', 'Parameters of the driver.'))),
      }),
      velero: group('Velero', 'How Velero backs it up.', {
        namespace: whileVelero(text('Namespace', 'Where Velero runs.', 'velero', { ...dnsLabel, minLength: 1 })),
        volumes: whileVelero(choice('Volumes', '`auto`: snapshots where storage-classes.yaml knows that the driver takes them, else file by file. `annotated`: the volumes that pods name in the annotation `backup.velero.io/backup-volumes`.', ['auto', 'snapshot', 'files', 'annotated'], 'auto')),
        storageLocation: whileVelero(text('Storage location', 'Velero\'s BackupStorageLocation: in which bucket the backups lie.', 'default', { ...objectName, minLength: 1 })),
        moveData: whileVelero(rare(toggle('Move data', 'Whether the data of snapshots is copied to the bucket, from where another region can restore it.', false))),
      }),
      image: rare(group('Image', 'What takes snapshots and verifies restores: an image with kubectl and a POSIX shell.', {
        repository: text('Repository', 'Where the image is.', 'docker.io/alpine/kubectl', { minLength: 1 }),
        tag: text('Tag', 'Its version: at most one away from the cluster\'s.', '1.36.0', { pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$' }),
        digest: text('Digest', 'Its digest, in place of the tag.', '', { pattern: '^(sha256:[0-9a-f]{64})?$' }),
        pullPolicy: choice('Pull', 'When the image is pulled.', ['IfNotPresent', 'Always', 'Never'], 'IfNotPresent'),
      })),
    }),
    restoreDrill: rare(group('Restore drill', 'Restores a snapshot into a scratch claim, verifies it, and removes it.', {
      snapshot: text('Snapshot', 'Name of the VolumeSnapshot that is restored. Empty: there is no drill.', '', objectName),
      paths: list('Paths', 'Folders that must hold something.', { type: 'string', pattern: '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$' }, ['processed'], { uniqueItems: true }),
      minFiles: whole('Files', 'How many files there must be at least.', 1, 0, 1000000000),
      checksums: text('Checksums', 'A file of SHA-256 sums that must hold, such as `processed/SHA256SUMS`. Empty: none.', '', { pattern: '^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?$' }),
      timeoutSeconds: seconds('Time limit', 'How long it may take.', 3600, 60, 604800),
      keepSeconds: seconds('Kept for', 'How long Job and scratch claim stay to be looked at.', 3600, 0, 604800),
    })),
  }),
  ...section('Observability', {
    prometheusRule: group('Alerts', 'Alerts on how full the claim is and how old its backup, as a PrometheusRule. Each has a `runbook_url`.', {
      enabled: toggle('Alerts', 'Whether there are any.', false),
      labels: whileRules(texts('Labels', 'Labels by which your Prometheus finds them, such as `release: kube-prometheus-stack`.')),
      warningPercent: whileRules(whole('Warning', 'How full the claim is, in per cent, when a warning is raised.', 80, 1, 99)),
      criticalPercent: whileRules(whole('Critical', 'How full it is, in per cent, when it is critical.', 90, 2, 100)),
      fullWithinHours: whileRules(whole('Full within', 'A warning is raised if it will be full within so many hours.', 96, 1, 8760)),
      maxBackupAgeHours: whileRules(whole('Oldest backup', 'After how many hours without a backup an alert is raised, while there are backups.', 26, 1, 8784)),
      runbookBaseUrl: whileRules(text('Runbooks', 'Where the runbooks are: `claim-full.md` and `restore.md` below it.', 'https://github.com/chartwright/chartwright/blob/main/docs/runbooks', { pattern: '^https?://[^\\s]*[^/\\s]$' })),
    }),
    dashboards: group('Dashboards', 'A Grafana dashboard of how full claims are, as a ConfigMap.', {
      enabled: toggle('Dashboard', 'Whether there is one.', false),
      labels: whileDashboards(texts('Labels', 'Labels by which Grafana\'s sidecar finds it. Without any: `grafana_dashboard: "1"`.')),
      annotations: whileDashboards(rare(texts('Annotations', 'Annotations, such as the folder in Grafana.'))),
    }),
  }),
};
