{{/*
How many characters of a name remain for a CronJob, and for a ScaledJob: Kubernetes appends 11 to name each run's Job, and an index to name the pods
of an indexed one, whose host names have 63 characters at most.
*/}}
{{- define "job.nameRoom" -}}
{{- sub 52 (include "job.indexLength" .) -}}
{{- end -}}

{{/*
How many characters an index takes behind a Job's name.
*/}}
{{- define "job.indexLength" -}}
{{- if eq .Values.completionMode "Indexed" -}}
{{- sub (.Values.completions | default 1 | int) 1 | toString | len | add 1 -}}
{{- else -}}
0
{{- end -}}
{{- end -}}

{{/*
The name of the CronJob or ScaledJob, and of its series.
*/}}
{{- define "job.cronjobName" -}}
{{- include "job.fullname" . | trunc (include "job.nameRoom" . | int) | trimAll "-" -}}
{{- end -}}

{{/*
The name of the Job: with the release's revision, and with room for an index.
*/}}
{{- define "job.jobName" -}}
{{- $revision := toString .Release.Revision -}}
{{- $room := sub 62 (add (len $revision) (include "job.indexLength" .)) | int -}}
{{- printf "%s-%s" (include "job.fullname" . | trunc $room | trimAll "-") $revision -}}
{{- end -}}
