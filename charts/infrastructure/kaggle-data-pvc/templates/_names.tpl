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
Fails if the class is a known one that cannot serve the access mode. What the known classes can do is in storage-classes.yaml.
*/}}
{{- define "kaggle-data-pvc.checkClass" -}}
{{- range .Files.Get "storage-classes.yaml" | fromYamlArray -}}
{{- if and (eq .name ($.Values.storageClassName | default "")) (not (has $.Values.accessMode .accessModes)) -}}
{{- fail (printf "storageClassName %q cannot serve accessMode %s: it serves %s" .name $.Values.accessMode (join ", " .accessModes)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
