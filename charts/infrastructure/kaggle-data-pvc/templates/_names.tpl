{{/*
Name of the claim: charts that mount it refer to it by this name.
*/}}
{{- define "kaggle-data-pvc.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- .Values.fullnameOverride | default (contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name)) | trunc 63 | trimAll "-." -}}
{{- end -}}

{{/*
The labels that Kubernetes recommends, then the chart's own, which cannot replace them.
*/}}
{{- define "kaggle-data-pvc.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimAll "-._" }}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | trunc 63 | trimAll "-." | toYaml }}
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: storage
{{- with .Values.partOf }}
app.kubernetes.io/part-of: {{ toYaml . }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- range $key, $value := omit (.Values.commonLabels | default dict) "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by" }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/*
The name with a suffix, cut so that the suffix stays whole. Takes a dict of "context" (the root), "suffix", and the longest "length".
*/}}
{{- define "kaggle-data-pvc.suffixed" -}}
{{- $room := sub (.length | default 63) (len .suffix | add 1) | int -}}
{{- printf "%s-%s" (include "kaggle-data-pvc.fullname" .context | trunc $room | trimAll "-.") .suffix -}}
{{- end -}}

{{/*
The labels of an object, then more of its own, which cannot replace them. Takes a dict of "context" (the root) and "labels".
*/}}
{{- define "kaggle-data-pvc.objectLabels" -}}
{{- include "kaggle-data-pvc.labels" .context }}
{{- $taken := include "kaggle-data-pvc.labels" .context | fromYaml }}
{{- range $key, $value := .labels }}
{{- if not (hasKey $taken $key) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}
