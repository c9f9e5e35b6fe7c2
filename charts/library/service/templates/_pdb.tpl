{{/*
The PodDisruptionBudget, while podDisruptionBudget.enabled. It has one of its two bounds, never both.
*/}}
{{- define "service.pdb" -}}
{{- $budget := .Values.podDisruptionBudget | default dict }}
{{- if $budget.enabled }}
{{- $minimum := not (kindIs "invalid" $budget.minAvailable) }}
{{- $maximum := not (kindIs "invalid" $budget.maxUnavailable) }}
{{- if and $minimum $maximum }}
{{- fail "podDisruptionBudget takes minAvailable or maxUnavailable, not both: set the other one to null" }}
{{- end }}
{{- if not (or $minimum $maximum) }}
{{- fail "podDisruptionBudget needs minAvailable or maxUnavailable while podDisruptionBudget.enabled is true" }}
{{- end }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  {{- if $minimum }}
  minAvailable: {{ $budget.minAvailable }}
  {{- else }}
  maxUnavailable: {{ $budget.maxUnavailable }}
  {{- end }}
  {{- with $budget.unhealthyPodEvictionPolicy }}
  unhealthyPodEvictionPolicy: {{ . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
{{- end }}
{{- end -}}
