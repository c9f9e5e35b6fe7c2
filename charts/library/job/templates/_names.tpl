{{/*
The chart's name, or nameOverride: at most 63 characters, as the values of labels allow.
*/}}
{{- define "job.name" -}}
{{- .Values.nameOverride | default .Chart.Name | replace "." "-" | trunc 63 | trimAll "-" -}}
{{- end -}}

{{/*
The name of the release's objects: at most 63 characters, as the names of Services and the values of labels allow.
*/}}
{{- define "job.fullname" -}}
{{- $name := include "job.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | replace "." "-" | trunc 63 | trimAll "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | replace "." "-" | trunc 63 | trimAll "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 63 | trimAll "-" -}}
{{- end -}}
{{- end -}}

{{/*
The full name with a suffix, cut so that the suffix stays whole within 63 characters.
Takes a dict of "context" (the root) and "suffix".
*/}}
{{- define "job.suffixed" -}}
{{- $room := sub 62 (len .suffix) | int -}}
{{- printf "%s-%s" (include "job.fullname" .context | trunc $room | trimAll "-") .suffix -}}
{{- end -}}

{{/*
Name of the chart and its version, as the label helm.sh/chart holds it.
*/}}
{{- define "job.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimAll "-._" -}}
{{- end -}}

{{/*
The service account that pods use: the one made here, the one named, or the namespace's default.
*/}}
{{- define "job.serviceAccountName" -}}
{{- $account := .Values.serviceAccount | default dict -}}
{{- if dig "create" true $account -}}
{{- $account.name | default (include "job.fullname" .) -}}
{{- else -}}
{{- $account.name | default "default" -}}
{{- end -}}
{{- end -}}
