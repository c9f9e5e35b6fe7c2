{{/*
The labels that selectors use. They never change during the life of a release. toYaml quotes what YAML would read as a number.
*/}}
{{- define "service.selectorLabels" -}}
app.kubernetes.io/name: {{ include "service.name" . | toYaml }}
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
{{- end -}}

{{/*
Labels by which costs are told apart.
*/}}
{{- define "service.costLabels" -}}
{{- range $key, $label := dict "costCenter" "cost-center" "environment" "environment" "team" "team" }}
{{- with get ($.Values.costLabels | default dict) $key }}
{{ $label }}: {{ quote . }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The labels of every object: those that Kubernetes recommends, those of costs, then the application's own, which cannot replace them.
*/}}
{{- define "service.labels" -}}
helm.sh/chart: {{ include "service.chart" . }}
{{ include "service.selectorLabels" . }}
app.kubernetes.io/version: {{ (.Values.image).tag | default .Chart.AppVersion | toString | replace "+" "_" | trunc 63 | trimAll "-._" | quote }}
{{- with .Values.component }}
app.kubernetes.io/component: {{ toYaml . }}
{{- end }}
{{- with .Values.partOf }}
app.kubernetes.io/part-of: {{ toYaml . }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- $costs := include "service.costLabels" . }}
{{- $costs }}
{{- $taken := $costs | fromYaml | keys | concat (list "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by") }}
{{- range $key, $value := .Values.commonLabels }}
{{- if not (has $key $taken) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The labels of pods: those of every object, then podLabels, which cannot replace them.
*/}}
{{- define "service.podLabels" -}}
{{ include "service.labels" . }}
{{- $taken := include "service.labels" . | fromYaml }}
{{- range $key, $value := .Values.podLabels }}
{{- if not (hasKey $taken $key) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}
