{{/*
The service's dashboard: rate, errors and duration of its requests, what is left of the error budget, and how its pods do.
*/}}
{{- define "service.dashboard" -}}
{{- $metrics := .Values.metrics | default dict }}
{{- $requests := $metrics.requests | default "http_requests_total" }}
{{- $duration := $metrics.duration | default "http_request_duration_seconds" }}
{{- $status := $metrics.statusLabel | default "status" }}
{{- $series := include "service.series" . }}
{{- $full := include "service.fullname" . }}
{{- $deployment := printf "namespace=%q, deployment=%q" .Release.Namespace $full }}
{{- $pods := printf "namespace=%q, pod=~%q" .Release.Namespace (include "service.podPattern" .) }}
{{- $container := printf "%s, container=%q" $pods (include "service.name" .) }}
{{- $hpa := printf "namespace=%q, horizontalpodautoscaler=%q" .Release.Namespace (include "service.hpaName" .) }}
{{- $target := (.Values.slo).target | default 99.9 }}
{{- $allowed := divf (subf 100 $target) 100 }}
{{- $ratio := include "service.errorRatio" (dict "context" . "window" "$__rate_interval") }}
{{- $replicas := list
  (list (printf "kube_deployment_spec_replicas{%s}" $deployment) "wanted")
  (list (printf "kube_deployment_status_replicas_available{%s}" $deployment) "available") }}
{{- if or (.Values.autoscaling).enabled (.Values.keda).enabled }}
{{- $replicas = append $replicas (list (printf "kube_horizontalpodautoscaler_spec_max_replicas{%s}" $hpa) "at most") }}
{{- end }}
{{- $panels := list
  (include "service.panel" (dict "type" "stat" "title" "Requests" "description" "A second, over all pods." "at" (list 0 0 6 5) "unit" "reqps"
    "targets" (list (list (printf "sum(rate(%s{%s}[$__rate_interval]))" $requests $series) "requests"))))
  (include "service.panel" (dict "type" "stat" "title" "Errors" "description" (printf "The part of requests that fail. %v %% may." (mulf $allowed 100)) "at" (list 6 0 6 5) "unit" "percentunit"
    "targets" (list (list $ratio "errors")) "steps" (list (list $allowed "orange") (list (mulf $allowed 14.4) "red"))))
  (include "service.panel" (dict "type" "stat" "title" "95 % answered within" "description" "By the histogram of durations." "at" (list 12 0 6 5) "unit" "s"
    "targets" (list (list (printf "histogram_quantile(0.95, sum by (le) (rate(%s_bucket{%s}[$__rate_interval])))" $duration $series) "95 %"))))
  (include "service.panel" (dict "type" "stat" "title" "Error budget left" "description" (printf "Of the failures that %v %% allow within 30 days. Below zero, the promise is broken. It needs the recording rules of prometheusRule." $target) "at" (list 18 0 6 5) "unit" "percentunit"
    "targets" (list (list (printf "1 - service:request_errors:ratio_rate30d{namespace=%q, service=%q} / %v" .Release.Namespace $full $allowed) "left"))))
  (include "service.panel" (dict "type" "timeseries" "title" "Rate" "description" "Requests a second, by status." "at" (list 0 5 8 9) "unit" "reqps"
    "targets" (list (list (printf "sum by (%s) (rate(%s{%s}[$__rate_interval]))" $status $requests $series) (printf "{{%s}}" $status)))))
  (include "service.panel" (dict "type" "timeseries" "title" "Errors" "description" "The part of requests that fail. The lines are a burn rate of 1 and of 14.4." "at" (list 8 5 8 9) "unit" "percentunit"
    "targets" (list (list $ratio "errors")) "steps" (list (list $allowed "orange") (list (mulf $allowed 14.4) "red"))))
  (include "service.panel" (dict "type" "timeseries" "title" "Duration" "description" "How long answers take." "at" (list 16 5 8 9) "unit" "s"
    "targets" (list
      (list (printf "histogram_quantile(0.5, sum by (le) (rate(%s_bucket{%s}[$__rate_interval])))" $duration $series) "50 %")
      (list (printf "histogram_quantile(0.95, sum by (le) (rate(%s_bucket{%s}[$__rate_interval])))" $duration $series) "95 %")
      (list (printf "histogram_quantile(0.99, sum by (le) (rate(%s_bucket{%s}[$__rate_interval])))" $duration $series) "99 %"))))
  (include "service.panel" (dict "type" "timeseries" "title" "Pods" "description" "Wanted and available." "at" (list 0 14 8 8) "unit" "short" "targets" $replicas))
  (include "service.panel" (dict "type" "timeseries" "title" "CPU" "description" "Of each pod, and what it asks for." "at" (list 8 14 8 8) "unit" "short"
    "targets" (list
      (list (printf "sum by (pod) (rate(container_cpu_usage_seconds_total{%s}[$__rate_interval]))" $container) "{{pod}}")
      (list (printf "max(kube_pod_container_resource_requests{%s, resource=\"cpu\"})" $container) "request"))))
  (include "service.panel" (dict "type" "timeseries" "title" "Memory" "description" "Of each pod, and where it is ended." "at" (list 16 14 8 8) "unit" "bytes"
    "targets" (list
      (list (printf "max by (pod) (container_memory_working_set_bytes{%s})" $container) "{{pod}}")
      (list (printf "max(kube_pod_container_resource_limits{%s, resource=\"memory\"})" $container) "limit"))))
  (include "service.panel" (dict "type" "timeseries" "title" "Restarts" "description" "Within ten minutes." "at" (list 0 22 12 7) "unit" "short"
    "targets" (list (list (printf "sum by (pod) (increase(kube_pod_container_status_restarts_total{%s}[10m]))" $container) "{{pod}}"))))
  (include "service.panel" (dict "type" "timeseries" "title" "CPU throttled" "description" "The part of periods in which a pod had to wait for its CPU limit." "at" (list 12 22 12 7) "unit" "percentunit"
    "targets" (list (list (printf "sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{%s}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{%s}[$__rate_interval]))" $container $container) "{{pod}}")))) }}
{{- include "service.dashboardOf" (dict "context" . "title" (printf "%s / %s" .Release.Namespace $full) "tags" (list "service" "red") "panels" $panels) }}
{{- end -}}
