{{/*
The ConfigMap with the keys of config, if there are any.
*/}}
{{- define "service.configmap" -}}
{{- with .Values.config }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "service.suffixed" (dict "context" $ "suffix" "config") }}
  namespace: {{ $.Release.Namespace }}
  labels:
    {{- include "service.labels" $ | nindent 4 }}
data:
  {{- range $key, $value := . }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
The Secret with the keys of secret, if there are any. They are handed over at deploy time, never written to a file.
*/}}
{{- define "service.secret" -}}
{{- with .Values.secret }}
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "service.suffixed" (dict "context" $ "suffix" "secret") }}
  namespace: {{ $.Release.Namespace }}
  labels:
    {{- include "service.labels" $ | nindent 4 }}
type: Opaque
stringData:
  {{- range $key, $value := . }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end -}}
