{{/*
The ScaledObject, while keda.enabled. KEDA makes a HorizontalPodAutoscaler of it, so that there may be no other.
*/}}
{{- define "service.scaledobject" -}}
{{- $keda := .Values.keda | default dict }}
{{- if $keda.enabled }}
{{- if (.Values.autoscaling).enabled }}
{{- fail "autoscaling.enabled and keda.enabled would both set the number of pods: switch one of them off" }}
{{- end }}
{{- if not $keda.triggers }}
{{- fail "keda.triggers needs at least one trigger while keda.enabled is true" }}
{{- end }}
{{- $minimum := kindIs "invalid" $keda.minReplicas | ternary 2 $keda.minReplicas | int }}
{{- $maximum := $keda.maxReplicas | default 10 | int }}
{{- if gt $minimum $maximum }}
{{- fail (printf "keda.minReplicas (%d) is more than keda.maxReplicas (%d)" $minimum $maximum) }}
{{- end }}
{{- if and $keda.scaleToZero (eq $minimum 0) }}
{{- fail "keda.scaleToZero is for keda.minReplicas of 1 or more: with 0 there is no pod while idle anyway" }}
{{- end }}
{{- $waking := list }}
{{- range $keda.triggers }}
{{- if not (has .type (list "cpu" "memory")) }}
{{- $waking = append $waking .type }}
{{- end }}
{{- end }}
{{- if and (or $keda.scaleToZero (eq $minimum 0)) (empty $waking) }}
{{- fail "keda.triggers needs a trigger other than cpu and memory while keda.scaleToZero is true or keda.minReplicas is 0: pods that do not run use neither" }}
{{- end }}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
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
  pollingInterval: {{ $keda.pollingIntervalSeconds | default 30 }}
  cooldownPeriod: {{ kindIs "invalid" $keda.cooldownPeriodSeconds | ternary 300 $keda.cooldownPeriodSeconds }}
  {{- if $keda.scaleToZero }}
  idleReplicaCount: 0
  {{- end }}
  minReplicaCount: {{ $minimum }}
  maxReplicaCount: {{ $maximum }}
  {{- with $keda.fallback }}
  {{- if .failureThreshold }}
  fallback:
    failureThreshold: {{ .failureThreshold }}
    replicas: {{ .replicas }}
  {{- end }}
  {{- end }}
  advanced:
    restoreToOriginalReplicaCount: false
    horizontalPodAutoscalerConfig:
      name: {{ include "service.hpaName" . }}
      {{- with include "service.scalingBehavior" . | trim }}
      behavior:
        {{- . | nindent 8 }}
      {{- end }}
  triggers:
    {{- range $keda.triggers }}
    {{- $trigger := deepCopy . }}
    {{- if and (include "service.kedaAuthenticated" $) (not .authenticationRef) (not (has .type (list "cpu" "memory" "cron"))) }}
    {{- $_ := set $trigger "authenticationRef" (dict "name" (include "service.fullname" $)) }}
    {{- end }}
    - {{ toYaml $trigger | nindent 6 | trim }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
"true" while the triggers identify themselves by a TriggerAuthentication of this chart.
*/}}
{{- define "service.kedaAuthenticated" -}}
{{- $authentication := (.Values.keda).authentication | default dict }}
{{- if and (.Values.keda).enabled (or $authentication.secrets (ne ($authentication.podIdentity | default "none") "none")) }}true{{ end }}
{{- end -}}

{{/*
That TriggerAuthentication. It refers to Secrets, and holds none.
*/}}
{{- define "service.triggerauthentication" -}}
{{- if include "service.kedaAuthenticated" . }}
{{- $authentication := .Values.keda.authentication }}
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  {{- if ne ($authentication.podIdentity | default "none") "none" }}
  podIdentity:
    provider: {{ $authentication.podIdentity }}
  {{- end }}
  {{- with $authentication.secrets }}
  secretTargetRef:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}
