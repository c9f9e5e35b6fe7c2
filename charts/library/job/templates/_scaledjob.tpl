{{/*
KEDA's ScaledJob, while type is "scaledjob": in place of Job and CronJob, it starts Jobs by events. Its Jobs are named after it like a CronJob's.
*/}}
{{- define "job.scaledjob" -}}
{{- if eq .Values.type "scaledjob" }}
{{- $keda := .Values.keda | default dict }}
{{- if not $keda.triggers }}
{{- fail "type scaledjob needs keda.triggers: which events start a Job" }}
{{- end }}
{{- $minimum := $keda.minReplicas | default 0 | int }}
{{- $maximum := $keda.maxReplicas | default 10 | int }}
{{- if gt $minimum $maximum }}
{{- fail (printf "keda.minReplicas (%d) is more than keda.maxReplicas (%d)" $minimum $maximum) }}
{{- end }}
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata:
  name: {{ include "job.cronjobName" . }}
  namespace: {{ .Release.Namespace }}
  {{- if .Values.suspend }}
  annotations:
    autoscaling.keda.sh/paused: "true"
  {{- end }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  pollingInterval: {{ $keda.pollingIntervalSeconds | default 30 | int64 }}
  minReplicaCount: {{ $minimum }}
  maxReplicaCount: {{ $maximum }}
  {{- range $key := list "successfulJobsHistoryLimit" "failedJobsHistoryLimit" }}
  {{- if hasKey $.Values $key }}
  {{ $key }}: {{ get $.Values $key | int64 }}
  {{- end }}
  {{- end }}
  rollout:
    strategy: {{ $keda.rollout | default "gradual" }}
  scalingStrategy:
    strategy: {{ $keda.scalingStrategy | default "default" }}
  triggers:
    {{- toYaml $keda.triggers | nindent 4 }}
  jobTargetRef:
    {{- include "job.spec" . | trim | nindent 4 }}
{{- end }}
{{- end -}}
