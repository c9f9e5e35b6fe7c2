{{/*
The port of the metrics: a number.
*/}}
{{- define "service.metricsPortNumber" -}}
{{- (.Values.metrics).port | default .Values.containerPort | default 8080 -}}
{{- end -}}

{{/*
Its name: that of the container port, unless the metrics have a port of their own.
*/}}
{{- define "service.metricsPortName" -}}
{{- if and .Values.containerPort (eq (include "service.metricsPortNumber" .) (toString .Values.containerPort)) -}}
http
{{- else -}}
metrics
{{- end -}}
{{- end -}}

{{/*
"true" while a monitor needs a port of its own for the metrics.
*/}}
{{- define "service.ownMetricsPort" -}}
{{- if and (or (.Values.serviceMonitor).enabled (.Values.podMonitor).enabled) (eq (include "service.metricsPortName" .) "metrics") }}true{{ end }}
{{- end -}}

{{/*
That port, as an element of the container's ports.
*/}}
{{- define "service.metricsPort" -}}
{{- if include "service.ownMetricsPort" . }}
- name: metrics
  containerPort: {{ include "service.metricsPortNumber" . }}
  protocol: TCP
{{- end }}
{{- end -}}

{{/*
What is scraped and how often: the endpoint of a monitor. Takes a dict of "context" (the root) and "key" (serviceMonitor or podMonitor).
*/}}
{{- define "service.metricsEndpoint" -}}
{{- $monitor := get .context.Values .key }}
{{- $interval := $monitor.intervalSeconds | default 30 | int }}
{{- $timeout := $monitor.timeoutSeconds | default 10 | int }}
{{- if gt $timeout $interval }}
{{- fail (printf "%s.timeoutSeconds (%d) is longer than %s.intervalSeconds (%d)" .key $timeout .key $interval) }}
{{- end -}}
port: {{ include "service.metricsPortName" .context }}
path: {{ (.context.Values.metrics).path | default "/metrics" }}
interval: {{ $interval }}s
scrapeTimeout: {{ $timeout }}s
{{- with $monitor.metricRelabelings }}
metricRelabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
The PodMonitor, while podMonitor.enabled. Its series carry the full name as their job, as those of a ServiceMonitor do.
*/}}
{{- define "service.podmonitor" -}}
{{- $monitor := .Values.podMonitor | default dict }}
{{- if $monitor.enabled }}
{{- if (.Values.serviceMonitor).enabled }}
{{- fail "podMonitor.enabled and serviceMonitor.enabled would scrape the same pods twice: switch one of them off" }}
{{- end }}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
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
  podMetricsEndpoints:
    - {{ include "service.metricsEndpoint" (dict "context" . "key" "podMonitor") | nindent 6 | trim }}
      relabelings:
        - action: replace
          targetLabel: job
          replacement: {{ include "service.fullname" . }}
{{- end }}
{{- end -}}

{{/*
The labels of every object and more of them, which cannot replace those. Takes a dict of "context" (the root) and "labels".
*/}}
{{- define "service.objectLabels" -}}
{{- $own := include "service.labels" .context }}
{{- $own }}
{{- $taken := fromYaml $own }}
{{- range $key, $value := .labels }}
{{- if not (hasKey $taken $key) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}
