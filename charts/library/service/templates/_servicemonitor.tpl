{{/*
The ServiceMonitor, while serviceMonitor.enabled. The headless Service stands before the same pods, and is left out.
*/}}
{{- define "service.servicemonitor" -}}
{{- $monitor := .Values.serviceMonitor | default dict }}
{{- if $monitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.objectLabels" (dict "context" . "labels" $monitor.labels) | nindent 4 }}
spec:
  namespaceSelector:
    matchNames:
      - {{ .Release.Namespace }}
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
    {{- if (.Values.service).headless }}
    matchExpressions:
      - key: service.kubernetes.io/headless
        operator: DoesNotExist
    {{- end }}
  endpoints:
    - {{ include "service.metricsEndpoint" (dict "context" . "key" "serviceMonitor") | nindent 6 | trim }}
{{- end }}
{{- end -}}
