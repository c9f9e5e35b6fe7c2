{{/*
Annotations for the cluster's log collector, while logging.enabled.
Fluent Bit: https://docs.fluentbit.io/manual/data-pipeline/filters/kubernetes; Alloy: the annotations that Grafana's chart k8s-monitoring reads.
*/}}
{{- define "job.logAnnotations" -}}
{{- $logging := .Values.logging | default dict }}
{{- if $logging.enabled }}
{{- $collect := dig "collect" true $logging }}
{{- if eq ($logging.stack | default "efk") "loki" }}
k8s.grafana.com/logs.autogather: {{ $collect | toString | quote }}
{{- if $collect }}
k8s.grafana.com/logs.job: {{ $logging.job | default (printf "%s/%s" .Release.Namespace (include "job.fullname" .)) | quote }}
{{- end }}
{{- else if not $collect }}
fluentbit.io/exclude: "true"
{{- else if $logging.parser }}
fluentbit.io/parser: {{ $logging.parser | quote }}
{{- end }}
{{- end }}
{{- end -}}
