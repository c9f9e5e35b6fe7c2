{{/*
Rules for the Prometheus Adapter as a ConfigMap, while prometheusAdapter.enabled: the rate of requests of each pod, and the rules that are given.
https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md
*/}}
{{- define "service.prometheusadapter" -}}
{{- $adapter := .Values.prometheusAdapter | default dict }}
{{- if $adapter.enabled }}
{{- $requests := (.Values.metrics).requests | default "http_requests_total" }}
{{- $rate := dict
  "seriesQuery" (printf "%s{%s, pod!=\"\"}" $requests (include "service.series" .))
  "resources" (dict "overrides" (dict "namespace" (dict "resource" "namespace") "pod" (dict "resource" "pod")))
  "name" (dict "matches" (printf "^%s$" $requests) "as" (printf "%s_per_second" ($requests | trimSuffix "_total")))
  "metricsQuery" (printf "sum(rate(<<.Series>>{<<.LabelMatchers>>}[%s])) by (<<.GroupBy>>)" ($adapter.window | default "2m")) }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "service.suffixed" (dict "context" . "suffix" "adapter") }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.objectLabels" (dict "context" . "labels" $adapter.labels) | nindent 4 }}
data:
  config.yaml: |
    rules:
      {{- prepend ($adapter.rules | default list) $rate | toYaml | nindent 6 }}
    {{- with $adapter.externalRules }}
    externalRules:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- end -}}
