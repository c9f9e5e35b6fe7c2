{{/*
The labels that selectors use. They never change during the life of a release. toYaml quotes what YAML would read as a number.
*/}}
{{- define "service.selectorLabels" -}}
app.kubernetes.io/name: {{ include "service.name" . | toYaml }}
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
{{- end -}}

{{/*
The labels of every object: those that Kubernetes recommends, then the application's own, which cannot replace them.
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
{{- range $key, $value := omit (.Values.commonLabels | default dict) "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by" }}
{{ $key }}: {{ $value | quote }}
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
