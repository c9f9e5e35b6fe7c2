{{/*
The service account, unless serviceAccount.create is off.
*/}}
{{- define "service.serviceaccount" -}}
{{- $account := .Values.serviceAccount | default dict }}
{{- if dig "create" true $account }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "service.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
  {{- with $account.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: {{ include "service.automount" . }}
{{- end }}
{{- end -}}
