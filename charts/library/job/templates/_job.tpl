{{/*
The Job, while type is "job". Its pods cannot change once it exists, so that its name carries the release's revision: each upgrade runs it anew.
*/}}
{{- define "job.job" -}}
{{- if eq (.Values.type | default "job") "job" }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "job.jobName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  {{- if .Values.suspend }}
  suspend: true
  {{- end }}
  {{- include "job.spec" . | trim | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
The CronJob, while type is "cronjob".
*/}}
{{- define "job.cronjob" -}}
{{- if eq .Values.type "cronjob" }}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ include "job.cronjobName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  schedule: {{ .Values.schedule | default "0 2 * * *" | quote }}
  {{- with .Values.timeZone }}
  timeZone: {{ . }}
  {{- end }}
  suspend: {{ .Values.suspend | default false }}
  concurrencyPolicy: {{ .Values.concurrencyPolicy | default "Forbid" }}
  {{- range $key := list "startingDeadlineSeconds" "successfulJobsHistoryLimit" "failedJobsHistoryLimit" }}
  {{- if hasKey $.Values $key }}
  {{ $key }}: {{ get $.Values $key | int64 }}
  {{- end }}
  {{- end }}
  jobTemplate:
    metadata:
      labels:
        {{- include "job.labels" . | nindent 8 }}
    spec:
      {{- include "job.spec" . | trim | nindent 6 }}
{{- end }}
{{- end -}}

{{/*
What Job, CronJob and ScaledJob have in common: the spec of the Job.
*/}}
{{- define "job.spec" -}}
{{- include "job.check" . -}}
{{- /* Retries of all indexes together would end the Job before those of one do. */}}
{{- $ofIndexes := not (kindIs "invalid" .Values.backoffLimitPerIndex) }}
{{- range $key := list "backoffLimit" "activeDeadlineSeconds" "ttlSecondsAfterFinished" "completions" "parallelism" -}}
{{- if and (hasKey $.Values $key) (not (and $ofIndexes (eq $key "backoffLimit"))) }}
{{ $key }}: {{ get $.Values $key | int64 }}
{{- end }}
{{- end }}
{{- include "job.policies" . }}
template:
  metadata:
    annotations:
      {{- include "job.podAnnotations" . | nindent 6 }}
    labels:
      {{- include "job.podLabels" . | nindent 6 }}
  spec:
    restartPolicy: {{ .Values.restartPolicy | default "Never" }}
    {{- include "job.podSpec" . | nindent 4 }}
    containers:
      - {{ include "job.container" . | nindent 8 | trim }}
        {{- with include "job.metricsPort" . | trim }}
        ports:
          {{- . | nindent 10 }}
        {{- end }}
        {{- with include "job.lifecycle" . }}
        lifecycle:
          {{- . | nindent 10 }}
        {{- end }}
    {{- with include "job.volumes" . | trim }}
    volumes:
      {{- . | nindent 6 }}
    {{- end }}
{{- end -}}
