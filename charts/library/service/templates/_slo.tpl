{{/*
Label matchers of the application's own series.
*/}}
{{- define "service.series" -}}
{{- (.Values.metrics).selector | default (printf "namespace=%q, job=%q" .Release.Namespace (include "service.fullname" .)) -}}
{{- end -}}

{{/*
A regular expression for the names of the Deployment's pods. Kubernetes keeps 58 characters of the ReplicaSet's name before the random end.
*/}}
{{- define "service.podPattern" -}}
{{- $name := include "service.fullname" . -}}
{{- if gt (len $name) 46 -}}
{{- $name | trunc 58 -}}.+
{{- else -}}
{{- $name -}}-[a-z0-9]+-[a-z0-9]{5}
{{- end -}}
{{- end -}}

{{/*
The name of the HorizontalPodAutoscaler: this chart's, or the one that KEDA makes.
*/}}
{{- define "service.hpaName" -}}
{{- if (.Values.keda).enabled }}keda-hpa-{{ end }}{{ include "service.fullname" . -}}
{{- end -}}

{{/*
The part of requests that failed within a window; nothing while there are none. Takes a dict of "context" (the root) and "window".
*/}}
{{- define "service.errorRatio" -}}
{{- $metrics := .context.Values.metrics | default dict -}}
{{- $requests := $metrics.requests | default "http_requests_total" -}}
{{- $series := include "service.series" .context -}}
(sum(rate({{ $requests }}{ {{- $series }}, {{ $metrics.statusLabel | default "status" }}=~"{{ $metrics.errors | default "5.." }}"}[{{ .window }}])) or vector(0)) / (sum(rate({{ $requests }}{ {{- $series -}} }[{{ .window }}])) > 0)
{{- end -}}

{{/*
The part of requests that were answered too late within a window. Takes a dict of "context" (the root) and "window".
Prometheus clients write the bound of a bucket as "1" or as "1.0".
*/}}
{{- define "service.slowRatio" -}}
{{- $duration := (.context.Values.metrics).duration | default "http_request_duration_seconds" -}}
{{- $series := include "service.series" .context -}}
{{- $bound := .context.Values.slo.latencySeconds | toString -}}
{{- $bound = contains "." $bound | ternary $bound (printf "%s|%s.0" $bound $bound) -}}
1 - sum(rate({{ $duration }}_bucket{ {{- $series }}, le=~"{{ $bound | replace "." "[.]" }}"}[{{ .window }}])) / (sum(rate({{ $duration }}_count{ {{- $series -}} }[{{ .window }}])) > 0)
{{- end -}}

{{/*
The service's rules: how fast the error budgets burn, and what is wrong with the pods.
Windows and factors are those of Google's "The Site Reliability Workbook", chapter 5: 2 % of a budget of 30 days in an hour, 5 % in six hours, 10 % in three days.
*/}}
{{- define "service.ruleGroups" -}}
{{- $slo := .Values.slo | default dict }}
{{- $own := printf "namespace=%q, service=%q" .Release.Namespace (include "service.fullname" .) }}
{{- $budgets := list (dict "record" "service:request_errors:ratio_rate" "part" "errors" "ratio" "service.errorRatio" "target" ($slo.target | default 99.9) "what" "requests fail") }}
{{- if $slo.latencySeconds }}
{{- $budgets = append $budgets (dict "record" "service:request_latency_misses:ratio_rate" "part" "latency" "ratio" "service.slowRatio" "target" ($slo.latencyTarget | default 99) "what" (printf "requests take longer than %v s" $slo.latencySeconds)) }}
{{- end }}
{{- range $budgets }}
- name: {{ include "service.ruleGroup" (dict "context" $ "name" .part) }}
  rules:
    {{- $budget := . }}
    {{- range $window := list "5m" "30m" "1h" "2h" "6h" "1d" "3d" "30d" }}
    - record: {{ $budget.record }}{{ $window }}
      expr: |-
        {{- if eq $window "30d" }}
        {{ printf "avg_over_time(%s5m{%s}[30d])" $budget.record $own }}
        {{- else }}
        {{ include $budget.ratio (dict "context" $ "window" $window) }}
        {{- end }}
      labels:
        namespace: {{ $.Release.Namespace | quote }}
        service: {{ include "service.fullname" $ | quote }}
    {{- end }}
    {{- $allowed := divf (subf 100 .target) 100 }}
    {{- $name := eq .part "errors" | ternary "ErrorBudgetBurn" "LatencyBudgetBurn" }}
    {{- range $burn := list
      (dict "speed" "Fast" "factor" "14.4" "long" "1h" "short" "5m" "for" "2m" "severity" "critical" "end" "two days")
      (dict "speed" "Steady" "factor" "6" "long" "6h" "short" "30m" "for" "15m" "severity" "critical" "end" "five days")
      (dict "speed" "Slow" "factor" "3" "long" "1d" "short" "2h" "for" "1h" "severity" "warning" "end" "ten days")
      (dict "speed" "Creeping" "factor" "1" "long" "3d" "short" "6h" "for" "3h" "severity" "warning" "end" "thirty days") }}
    {{- $expr := printf "%s%s{%s} > (%s * %v) and %s%s{%s} > (%s * %v)" $budget.record $burn.long $own $burn.factor $allowed $budget.record $burn.short $own $burn.factor $allowed }}
    {{- include "service.alert" (dict "context" $ "alert" (printf "%s%s" $burn.speed $name) "expr" $expr "for" $burn.for "severity" $burn.severity "runbook" "incident"
      "summary" (printf "%s: too many %s" (include "service.fullname" $) $budget.what)
      "description" (printf "Over %s, {{ $value | humanizePercentage }} of %s, and over %s as well. At this rate the budget of 30 days for %v %% is used up within %s." $burn.long $budget.what $burn.short $budget.target $burn.end)) | nindent 4 }}
    {{- end }}
{{- end }}
- name: {{ include "service.ruleGroup" (dict "context" . "name" "pods") }}
  rules:
    {{- $deployment := printf "namespace=%q, deployment=%q" .Release.Namespace (include "service.fullname" .) }}
    {{- $pods := printf "namespace=%q, pod=~%q" .Release.Namespace (include "service.podPattern" .) }}
    {{- $container := printf "%s, container=%q" $pods (include "service.name" .) }}
    {{- $full := include "service.fullname" . }}
    {{- include "service.alert" (dict "context" . "alert" "NoPodAvailable" "severity" "critical" "for" "2m" "runbook" "incident"
      "expr" (printf "kube_deployment_status_replicas_available{%s} == 0 and kube_deployment_spec_replicas{%s} > 0" $deployment $deployment)
      "summary" (printf "%s: no pod is available" $full) "description" "Nobody answers requests.") | nindent 4 }}
    {{- include "service.alert" (dict "context" . "alert" "PodsMissing" "severity" "warning" "for" "15m" "runbook" "incident"
      "expr" (printf "kube_deployment_status_replicas_available{%s} < kube_deployment_spec_replicas{%s}" $deployment $deployment)
      "summary" (printf "%s: fewer pods than wanted" $full) "description" "For a quarter of an hour, {{ $value }} pods have been available, which is fewer than wanted.") | nindent 4 }}
    {{- include "service.alert" (dict "context" . "alert" "PodsRestart" "severity" "warning" "for" "5m" "runbook" "incident"
      "expr" (printf "sum(increase(kube_pod_container_status_restarts_total{%s}[30m])) > 3" $container)
      "summary" (printf "%s: containers restart" $full) "description" "{{ $value | humanize }} restarts within half an hour.") | nindent 4 }}
    {{- include "service.alert" (dict "context" . "alert" "MemoryNearLimit" "severity" "warning" "for" "15m" "runbook" "scaling"
      "expr" (printf "max(max by (namespace, pod, container) (container_memory_working_set_bytes{%s}) / max by (namespace, pod, container) (kube_pod_container_resource_limits{%s, resource=\"memory\"})) > 0.9" $container $container)
      "summary" (printf "%s: a pod is near its memory limit" $full) "description" "It uses {{ $value | humanizePercentage }} of the limit, above which it is ended.") | nindent 4 }}
    {{- if or (.Values.autoscaling).enabled (.Values.keda).enabled }}
    {{- $hpa := printf "namespace=%q, horizontalpodautoscaler=%q" .Release.Namespace (include "service.hpaName" .) }}
    {{- include "service.alert" (dict "context" . "alert" "AutoscalerAtItsLimit" "severity" "warning" "for" "15m" "runbook" "scaling"
      "expr" (printf "kube_horizontalpodautoscaler_status_desired_replicas{%s} >= kube_horizontalpodautoscaler_spec_max_replicas{%s}" $hpa $hpa)
      "summary" (printf "%s: the autoscaler is at its limit" $full) "description" "For a quarter of an hour it has wanted {{ $value }} pods, the most that it may have.") | nindent 4 }}
    {{- end }}
    {{- if (.Values.podDisruptionBudget).enabled }}
    {{- $pdb := printf "namespace=%q, poddisruptionbudget=%q" .Release.Namespace $full }}
    {{- include "service.alert" (dict "context" . "alert" "DisruptionsBlocked" "severity" "warning" "for" "30m" "runbook" "node-drain"
      "expr" (printf "kube_poddisruptionbudget_status_pod_disruptions_allowed{%s} == 0" $pdb)
      "summary" (printf "%s: no pod may be evicted" $full) "description" "The draining of nodes waits for this service's disruption budget.") | nindent 4 }}
    {{- end }}
    {{- if or (.Values.serviceMonitor).enabled (.Values.podMonitor).enabled }}
    {{- include "service.alert" (dict "context" . "alert" "NotScraped" "severity" "warning" "for" "10m" "runbook" "incident"
      "expr" (printf "absent(up{%s} == 1)" (include "service.series" .))
      "summary" (printf "%s: Prometheus reaches no pod" $full) "description" "Without its metrics no other alert on its requests can be raised.") | nindent 4 }}
    {{- end }}
{{- end -}}
