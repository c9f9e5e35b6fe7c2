{{/*
The PrometheusRule, while prometheusRule.enabled: the groups of ruleGroups, and the rules that are given.
*/}}
{{- define "service.prometheusrule" -}}
{{- $rule := .Values.prometheusRule | default dict }}
{{- if $rule.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.objectLabels" (dict "context" . "labels" $rule.labels) | nindent 4 }}
spec:
  groups:
    {{- include "service.ruleGroups" . | trim | nindent 4 }}
    {{- with $rule.additionalRules }}
    - name: {{ include "service.ruleGroup" (dict "context" $ "name" "additional") }}
      rules:
        {{- toYaml . | nindent 8 }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
The name of a group of rules: it is the release's own within Prometheus. Takes a dict of "context" (the root) and "name".
*/}}
{{- define "service.ruleGroup" -}}
{{ .context.Release.Namespace }}.{{ include "service.fullname" .context }}.{{ .name }}
{{- end -}}

{{/*
One alert. Takes a dict of "context" (the root), "alert", "expr", "for", "severity", "runbook" (a file's name in the folder of runbooks), "summary" and
"description", which Prometheus reads as templates of its own.
*/}}
{{- define "service.alert" -}}
- alert: {{ .alert }}
  expr: |-
    {{ .expr }}
  {{- with .for }}
  for: {{ . }}
  {{- end }}
  labels:
    severity: {{ .severity }}
    namespace: {{ .context.Release.Namespace | quote }}
    service: {{ include "service.fullname" .context | quote }}
  annotations:
    summary: {{ .summary | quote }}
    description: {{ .description | quote }}
    runbook_url: {{ printf "%s/%s.md" ((.context.Values.prometheusRule).runbookBaseUrl | default "https://github.com/chartwright/chartwright/blob/main/docs/runbooks") .runbook | quote }}
{{- end -}}
