{{/*
The HorizontalPodAutoscaler, while autoscaling.enabled.
*/}}
{{- define "service.hpa" -}}
{{- $scaling := .Values.autoscaling | default dict }}
{{- if $scaling.enabled }}
{{- if (.Values.keda).enabled }}
{{- fail "autoscaling.enabled and keda.enabled would both set the number of pods: switch one of them off" }}
{{- end }}
{{- $metrics := include "service.hpaMetrics" . | trim }}
{{- if not $metrics }}
{{- fail "autoscaling.enabled needs something to scale by: autoscaling.targetCPUUtilizationPercentage, autoscaling.targetMemoryUtilizationPercentage, autoscaling.podsMetrics, autoscaling.objectMetrics or autoscaling.externalMetrics" }}
{{- end }}
{{- $minimum := $scaling.minReplicas | default 2 | int }}
{{- $maximum := $scaling.maxReplicas | default 10 | int }}
{{- if gt $minimum $maximum }}
{{- fail (printf "autoscaling.minReplicas (%d) is more than autoscaling.maxReplicas (%d): raise the latter or lower the former" $minimum $maximum) }}
{{- end }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "service.fullname" . }}
  minReplicas: {{ $minimum }}
  maxReplicas: {{ $maximum }}
  metrics:
    {{- $metrics | nindent 4 }}
  {{- with include "service.scalingBehavior" . | trim }}
  behavior:
    {{- . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
What it scales by: CPU and memory, then what custom.metrics.k8s.io and external.metrics.k8s.io serve.
*/}}
{{- define "service.hpaMetrics" -}}
{{- $scaling := .Values.autoscaling }}
{{- range $resource, $target := dict "cpu" $scaling.targetCPUUtilizationPercentage "memory" $scaling.targetMemoryUtilizationPercentage }}
{{- if $target }}
- type: Resource
  resource:
    name: {{ $resource }}
    target:
      type: Utilization
      averageUtilization: {{ $target }}
{{- end }}
{{- end }}
{{- range $scaling.podsMetrics }}
- type: Pods
  pods:
    {{- include "service.hpaMetric" . | nindent 4 }}
{{- end }}
{{- range $scaling.objectMetrics }}
- type: Object
  object:
    describedObject:
      apiVersion: {{ .apiVersion | default "v1" }}
      kind: {{ .kind }}
      name: {{ .object }}
    {{- include "service.hpaMetric" . | nindent 4 }}
{{- end }}
{{- range $scaling.externalMetrics }}
- type: External
  external:
    {{- include "service.hpaMetric" . | nindent 4 }}
{{- end }}
{{- end -}}

{{/*
Name, selector and target of a metric that is not a resource. Takes the metric.
*/}}
{{- define "service.hpaMetric" -}}
metric:
  name: {{ .name }}
  {{- with .selector }}
  selector:
    matchLabels:
      {{- toYaml . | nindent 6 }}
  {{- end }}
target:
  {{- if .value }}
  type: Value
  value: {{ .value | toString | quote }}
  {{- else }}
  type: AverageValue
  averageValue: {{ required (printf "%s: value or averageValue is required in autoscaling.podsMetrics, autoscaling.objectMetrics and autoscaling.externalMetrics" .name) .averageValue | toString | quote }}
  {{- end }}
{{- end -}}

{{/*
How fast an autoscaler scales, as far as autoscaling.behavior says.
*/}}
{{- define "service.scalingBehavior" -}}
{{- $behavior := (.Values.autoscaling).behavior | default dict }}
{{- range $direction := list "scaleDown" "scaleUp" }}
{{- $pace := dict }}
{{- range $key, $value := get $behavior $direction }}
{{- if not (or (kindIs "invalid" $value) (and (kindIs "slice" $value) (empty $value))) }}
{{- $_ := set $pace $key $value }}
{{- end }}
{{- end }}
{{- with $pace }}
{{ $direction }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}
