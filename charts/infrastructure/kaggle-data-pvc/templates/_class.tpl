{{/*
What is known of the claim's storage class, as YAML: a row of storage-classes.yaml. Nothing of a class that is not in it.
*/}}
{{- define "kaggle-data-pvc.class" -}}
{{- range .Files.Get "storage-classes.yaml" | fromYamlArray -}}
{{- if eq .name ($.Values.storageClassName | default "") -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Fails if the class is a known one that cannot serve the access mode.
*/}}
{{- define "kaggle-data-pvc.checkClass" -}}
{{- with include "kaggle-data-pvc.class" . | fromYaml -}}
{{- if not (has $.Values.accessMode .accessModes) -}}
{{- fail (printf "storageClassName %q cannot serve accessMode %s: it serves %s" .name $.Values.accessMode (join ", " .accessModes)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
How Velero backs the volume up: "snapshot", "files" or "annotated". By itself it snapshots what the class's driver can, and takes files of everything else.
*/}}
{{- define "kaggle-data-pvc.veleroVolumes" -}}
{{- $volumes := ((.Values.backup).velero).volumes | default "auto" -}}
{{- if ne $volumes "auto" -}}
{{- $volumes -}}
{{- else -}}
{{- dig "snapshots" false (include "kaggle-data-pvc.class" . | fromYaml) | ternary "snapshot" "files" -}}
{{- end -}}
{{- end -}}

{{/*
The VolumeSnapshotClass: the one made here, the one named, or none, which is the driver's default.
*/}}
{{- define "kaggle-data-pvc.snapshotClass" -}}
{{- $class := (.Values.backup).snapshotClass | default dict -}}
{{- if $class.create -}}
{{- $class.name | default (printf "%s-%s" .Release.Namespace (include "kaggle-data-pvc.fullname" .) | trunc 63 | trimAll "-.") -}}
{{- else -}}
{{- $class.name -}}
{{- end -}}
{{- end -}}

{{/*
The driver that takes snapshots: the one named, or the one of the class.
*/}}
{{- define "kaggle-data-pvc.driver" -}}
{{- ((.Values.backup).snapshotClass).driver | default (include "kaggle-data-pvc.class" . | fromYaml).provisioner -}}
{{- end -}}

{{/*
Fails if the claim is to be backed up in a way that its class does not have.
*/}}
{{- define "kaggle-data-pvc.checkBackup" -}}
{{- $class := include "kaggle-data-pvc.class" . | fromYaml -}}
{{- $backup := .Values.backup | default dict -}}
{{- $velero := eq $backup.method "velero" -}}
{{- $volumes := include "kaggle-data-pvc.veleroVolumes" . -}}
{{- if and $class (not $class.snapshots) -}}
{{- if eq $backup.method "snapshots" -}}
{{- fail (printf "backup.method snapshots: the driver %s of storageClassName %s takes none; use backup.method velero" $class.provisioner $class.name) -}}
{{- end -}}
{{- if $backup.beforeUpgrade -}}
{{- fail (printf "backup.beforeUpgrade takes a snapshot, and the driver %s of storageClassName %s takes none" $class.provisioner $class.name) -}}
{{- end -}}
{{- if ($backup.snapshotClass).create -}}
{{- fail (printf "backup.snapshotClass.create: the driver %s of storageClassName %s takes no snapshots" $class.provisioner $class.name) -}}
{{- end -}}
{{- if and $velero (eq $volumes "snapshot") -}}
{{- fail (printf "backup.velero.volumes snapshot: the driver %s of storageClassName %s takes none; use files" $class.provisioner $class.name) -}}
{{- end -}}
{{- if (.Values.restoreDrill).snapshot -}}
{{- fail (printf "restoreDrill.snapshot: the driver %s of storageClassName %s has no snapshots; the README says how to restore from Velero" $class.provisioner $class.name) -}}
{{- end -}}
{{- end -}}
{{- if and $velero (ne $volumes "snapshot") -}}
{{- if and $class (not $class.files) -}}
{{- fail (printf "backup.velero.volumes %s: storageClassName %s gives folders of the node, which Velero does not read" $volumes $class.name) -}}
{{- end -}}
{{- if eq .Values.volumeMode "Block" -}}
{{- fail (printf "backup.velero.volumes %s reads files, and volumeMode is Block: use snapshot" $volumes) -}}
{{- end -}}
{{- end -}}
{{- if and ($backup.snapshotClass).create (not (include "kaggle-data-pvc.driver" .)) -}}
{{- fail "backup.snapshotClass.create needs backup.snapshotClass.driver, since storage-classes.yaml does not know storageClassName" -}}
{{- end -}}
{{- if and (.Values.restoreDrill).snapshot (eq .Values.volumeMode "Block") -}}
{{- fail "restoreDrill.snapshot reads files, and volumeMode is Block" -}}
{{- end -}}
{{- end -}}
