{{/*
The service account, unless serviceAccount.create is off.
*/}}
{{- define "job.serviceaccount" -}}
{{- $account := .Values.serviceAccount | default dict }}
{{- if dig "create" true $account }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "job.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
  {{- with $account.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: {{ include "job.automount" . }}
{{- end }}
{{- end -}}
