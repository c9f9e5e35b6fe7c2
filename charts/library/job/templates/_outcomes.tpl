{{/*
A regular expression for the names of the release's Jobs: a run's number, or whatever stands behind a name that was cut.
*/}}
{{- define "job.jobPattern" -}}
{{- $name := include "job.fullname" . -}}
{{- if gt (len $name) (include "job.nameRoom" . | int) -}}
{{- include "job.cronjobName" . -}}.+
{{- else -}}
{{- $name -}}-[a-z0-9]+
{{- end -}}
{{- end -}}

{{/*
A regular expression for the names of their pods. Kubernetes keeps 58 characters of the Job's name before the random end.
*/}}
{{- define "job.podPattern" -}}
{{- $name := include "job.fullname" . -}}
{{- if gt (len $name) 36 -}}
{{- include "job.cronjobName" . -}}.+
{{- else -}}
{{- $name -}}-[a-z0-9]+(-[0-9]+)?-[a-z0-9]{5}
{{- end -}}
{{- end -}}

{{/*
The job's rules: what became of its runs, by kube-state-metrics.
*/}}
{{- define "job.ruleGroups" -}}
{{- $full := include "job.fullname" . }}
{{- $jobs := printf "namespace=%q, job_name=~%q" .Release.Namespace (include "job.jobPattern" .) }}
{{- $cronjob := printf "namespace=%q, cronjob=%q" .Release.Namespace (include "job.cronjobName" .) }}
{{- $container := printf "namespace=%q, pod=~%q, container=%q" .Release.Namespace (include "job.podPattern" .) (include "job.name" .) }}
- name: {{ include "job.ruleGroup" (dict "context" . "name" "outcomes") }}
  rules:
    {{- include "job.alert" (dict "context" . "alert" "JobFailed" "severity" "warning" "runbook" "incident"
      "expr" (printf "max by (namespace, job_name) (kube_job_failed{%s, condition=\"true\"}) > 0" $jobs)
      "summary" (printf "%s: a run failed" $full) "description" "The Job {{ $labels.job_name }} failed for good. The alert ends when it is removed.") | nindent 4 }}
    {{- with .Values.activeDeadlineSeconds }}
    {{- include "job.alert" (dict "context" $ "alert" "JobRunsLong" "severity" "warning" "runbook" "scaling"
      "expr" (printf "max by (namespace, job_name) (time() - kube_job_status_start_time{%s}) > %v and on (namespace, job_name) kube_job_status_active{%s} > 0" $jobs (mulf . 0.8 | int64) $jobs)
      "summary" (printf "%s: a run takes long" $full) "description" (printf "The Job {{ $labels.job_name }} has run for {{ $value | humanizeDuration }}; it is ended after %v seconds." (int64 .))) | nindent 4 }}
    {{- end }}
    {{- include "job.alert" (dict "context" . "alert" "JobOutOfMemory" "severity" "warning" "runbook" "scaling"
      "expr" (printf "max by (namespace, pod) (kube_pod_container_status_terminated_reason{%s, reason=\"OOMKilled\"} or kube_pod_container_status_last_terminated_reason{%s, reason=\"OOMKilled\"}) > 0" $container $container)
      "summary" (printf "%s: a pod ran out of memory" $full) "description" "The pod {{ $labels.pod }} used more memory than its limit, and was ended.") | nindent 4 }}
    {{- if eq .Values.type "cronjob" }}
    {{- /* Until a run succeeds, the age of the CronJob counts. */}}
    {{- include "job.alert" (dict "context" . "alert" "NoRecentSuccess" "severity" "critical" "for" "5m" "runbook" "incident"
      "expr" (printf "time() - (max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{%s}) or max by (namespace, cronjob) (kube_cronjob_created{%s})) > %d and on (namespace, cronjob) kube_cronjob_spec_suspend{%s} == 0" $cronjob $cronjob (mul 3600 ((.Values.prometheusRule).maxSuccessAgeHours | default 26)) $cronjob)
      "summary" (printf "%s: no run has succeeded of late" $full) "description" "No run has succeeded for {{ $value | humanizeDuration }}.") | nindent 4 }}
    {{- include "job.alert" (dict "context" . "alert" "RunsNotStarted" "severity" "warning" "for" "15m" "runbook" "incident"
      "expr" (printf "time() - max by (namespace, cronjob) (kube_cronjob_next_schedule_time{%s}) > 900 and on (namespace, cronjob) kube_cronjob_spec_suspend{%s} == 0" $cronjob $cronjob)
      "summary" (printf "%s: a run is overdue" $full) "description" "It should have started {{ $value | humanizeDuration }} ago.") | nindent 4 }}
    {{- end }}
{{- end -}}

{{/*
The job's dashboard: what became of its runs, how long they took, and what they used.
*/}}
{{- define "job.dashboard" -}}
{{- $full := include "job.fullname" . }}
{{- $jobs := printf "namespace=%q, job_name=~%q" .Release.Namespace (include "job.jobPattern" .) }}
{{- $container := printf "namespace=%q, pod=~%q, container=%q" .Release.Namespace (include "job.podPattern" .) (include "job.name" .) }}
{{- $last := printf "max(kube_job_status_completion_time{%s})" $jobs }}
{{- if eq .Values.type "cronjob" }}
{{- $last = printf "max(kube_cronjob_status_last_successful_time{namespace=%q, cronjob=%q})" .Release.Namespace (include "job.cronjobName" .) }}
{{- end }}
{{- $durations := list (list (printf "max by (job_name) (kube_job_status_completion_time{%s} - kube_job_status_start_time{%s})" $jobs $jobs) "{{job_name}}") }}
{{- with .Values.activeDeadlineSeconds }}
{{- $durations = append $durations (list (printf "vector(%d)" (int64 .)) "ended after") }}
{{- end }}
{{- $panels := list
  (include "job.panel" (dict "type" "stat" "title" "Since the last success" "description" "Counted from the end of the last run that succeeded." "at" (list 0 0 6 5) "unit" "s"
    "targets" (list (list (printf "time() - %s" $last) "since"))))
  (include "job.panel" (dict "type" "stat" "title" "Succeeded" "description" "Of the runs that are kept." "at" (list 6 0 6 5) "unit" "short"
    "targets" (list (list (printf "sum(kube_job_complete{%s, condition=\"true\"}) or vector(0)" $jobs) "succeeded"))))
  (include "job.panel" (dict "type" "stat" "title" "Failed" "description" "Of the runs that are kept." "at" (list 12 0 6 5) "unit" "short"
    "targets" (list (list (printf "sum(kube_job_failed{%s, condition=\"true\"}) or vector(0)" $jobs) "failed")) "steps" (list (list 1 "red"))))
  (include "job.panel" (dict "type" "stat" "title" "Running" "description" "Pods that run now." "at" (list 18 0 6 5) "unit" "short"
    "targets" (list (list (printf "sum(kube_job_status_active{%s}) or vector(0)" $jobs) "running"))))
  (include "job.panel" (dict "type" "timeseries" "title" "Outcomes" "description" "Pods of the runs that are kept: one that fails is tried again." "at" (list 0 5 12 9) "unit" "short"
    "targets" (list
      (list (printf "sum(kube_job_status_succeeded{%s})" $jobs) "succeeded")
      (list (printf "sum(kube_job_status_failed{%s})" $jobs) "failed")
      (list (printf "sum(kube_job_status_active{%s})" $jobs) "running"))))
  (include "job.panel" (dict "type" "timeseries" "title" "How long runs take" "description" "From start to success." "at" (list 12 5 12 9) "unit" "s" "targets" $durations))
  (include "job.panel" (dict "type" "timeseries" "title" "CPU" "description" "Of each pod, and what it asks for." "at" (list 0 14 8 8) "unit" "short"
    "targets" (list
      (list (printf "sum by (pod) (rate(container_cpu_usage_seconds_total{%s}[$__rate_interval]))" $container) "{{pod}}")
      (list (printf "max(kube_pod_container_resource_requests{%s, resource=\"cpu\"})" $container) "request"))))
  (include "job.panel" (dict "type" "timeseries" "title" "Memory" "description" "Of each pod, and where it is ended." "at" (list 8 14 8 8) "unit" "bytes"
    "targets" (list
      (list (printf "max by (pod) (container_memory_working_set_bytes{%s})" $container) "{{pod}}")
      (list (printf "max(kube_pod_container_resource_limits{%s, resource=\"memory\"})" $container) "limit"))))
  (include "job.panel" (dict "type" "timeseries" "title" "Why pods ended" "description" "Of the pods that are kept." "at" (list 16 14 8 8) "unit" "short"
    "targets" (list (list (printf "sum by (reason) (kube_pod_container_status_terminated_reason{%s})" $container) "{{reason}}")))) }}
{{- include "job.dashboardOf" (dict "context" . "title" (printf "%s / %s" .Release.Namespace $full) "tags" (list "job" "outcomes") "panels" $panels) }}
{{- end -}}
