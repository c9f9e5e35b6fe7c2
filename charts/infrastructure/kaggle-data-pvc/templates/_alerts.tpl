{{/*
One alert. Takes a dict of "context" (the root), "alert", "expr", "for", "severity", "runbook", "summary" and "description".
*/}}
{{- define "kaggle-data-pvc.alert" -}}
- alert: {{ .alert }}
  expr: |-
    {{ .expr }}
  for: {{ .for }}
  labels:
    severity: {{ .severity }}
    namespace: {{ .context.Release.Namespace | quote }}
    persistentvolumeclaim: {{ include "kaggle-data-pvc.fullname" .context | quote }}
  annotations:
    summary: {{ .summary | quote }}
    description: {{ .description | quote }}
    runbook_url: {{ printf "%s/%s.md" .context.Values.prometheusRule.runbookBaseUrl .runbook | quote }}
{{- end -}}

{{/*
How full the claim is, from 0 to 1: by its volume's size, or, where that is not the claim's, by what the claim asks for.
*/}}
{{- define "kaggle-data-pvc.filled" -}}
{{- $claim := printf "namespace=%q, persistentvolumeclaim=%q" .Release.Namespace (include "kaggle-data-pvc.fullname" .) -}}
{{- $used := printf "max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{%s})" $claim -}}
{{- if dig "limit" true (include "kaggle-data-pvc.class" . | fromYaml) -}}
{{- printf "%s / max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{%s})" $used $claim -}}
{{- else -}}
{{- printf "%s / max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_resource_requests_storage_bytes{%s})" $used $claim -}}
{{- end -}}
{{- end -}}

{{/*
When the last backup succeeded, as a series, or nothing while nobody makes any.
*/}}
{{- define "kaggle-data-pvc.lastBackup" -}}
{{- if eq (.Values.backup).method "snapshots" -}}
{{- printf "kube_cronjob_status_last_successful_time{namespace=%q, cronjob=%q}" .Release.Namespace (include "kaggle-data-pvc.suffixed" (dict "context" . "suffix" "snapshots" "length" 52)) -}}
{{- else if eq (.Values.backup).method "velero" -}}
{{- printf "velero_backup_last_successful_timestamp{schedule=%q}" (printf "%s-%s" .Release.Namespace (include "kaggle-data-pvc.fullname" .) | trunc 48 | trimAll "-.") -}}
{{- end -}}
{{- end -}}
