{{/*
When a Job has failed and when it has succeeded, where that is more than its number of retries and completions.
*/}}
{{- define "job.policies" -}}
{{- if eq .Values.completionMode "Indexed" }}
completionMode: Indexed
{{- end }}
{{- range $key := list "backoffLimitPerIndex" "maxFailedIndexes" }}
{{- if not (kindIs "invalid" (index $.Values $key)) }}
{{ $key }}: {{ index $.Values $key | int64 }}
{{- end }}
{{- end }}
{{- with .Values.podReplacementPolicy }}
podReplacementPolicy: {{ . }}
{{- end }}
{{- with include "job.failureRules" . | trim }}
podFailurePolicy:
  rules:
    {{- . | nindent 4 }}
{{- end }}
{{- with (.Values.successPolicy).rules }}
successPolicy:
  rules:
    {{- range . }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
The rules by which a pod's failure counts. Kubernetes takes the first that fits: those that are given come first, then disruptions, then exit codes, which
are those of the main container.
*/}}
{{- define "job.failureRules" -}}
{{- $policy := .Values.podFailurePolicy | default dict }}
{{- with $policy.rules }}
{{ toYaml . }}
{{- end }}
{{- if $policy.ignoreDisruptions }}
- action: Ignore
  onPodConditions:
    - type: DisruptionTarget
      status: "True"
{{- end }}
{{- range $action, $key := dict "FailIndex" "failIndexExitCodes" "FailJob" "failJobExitCodes" }}
{{- with get $policy $key }}
- action: {{ $action }}
  onExitCodes:
    containerName: {{ include "job.name" $ }}
    operator: In
    values:
      {{- include "job.ordered" . | trim | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Exit codes as a list from small to large: Kubernetes takes no other order.
*/}}
{{- define "job.ordered" -}}
{{- $padded := list }}
{{- range . }}
{{- $padded = append $padded (printf "%03d" (int .)) }}
{{- end }}
{{- range $padded | uniq | sortAlpha }}
- {{ atoi . }}
{{- end }}
{{- end -}}

{{/*
Fails where Kubernetes would refuse the Job, with the values that do not go together and what to do.
*/}}
{{- define "job.check" -}}
{{- $indexed := eq .Values.completionMode "Indexed" }}
{{- $completions := .Values.completions | default 1 | int }}
{{- $policy := .Values.podFailurePolicy | default dict }}
{{- $perIndex := not (kindIs "invalid" .Values.backoffLimitPerIndex) }}
{{- $bounded := not (kindIs "invalid" .Values.maxFailedIndexes) }}
{{- $fails := include "job.failureRules" . | fromYamlArray }}
{{- if and $indexed (kindIs "invalid" .Values.completions) }}
{{- fail "completionMode Indexed needs completions: how many indexes there are" }}
{{- end }}
{{- if not $indexed }}
{{- range $key, $given := dict "backoffLimitPerIndex" $perIndex "maxFailedIndexes" $bounded }}
{{- if $given }}
{{- fail (printf "%s is for completionMode Indexed only, and completionMode is NonIndexed" $key) }}
{{- end }}
{{- end }}
{{- if (.Values.successPolicy).rules }}
{{- fail "successPolicy.rules are for completionMode Indexed only, and completionMode is NonIndexed" }}
{{- end }}
{{- end }}
{{- if ne (.Values.restartPolicy | default "Never") "Never" }}
{{- if $fails }}
{{- fail (printf "podFailurePolicy needs restartPolicy Never, and restartPolicy is %s: there pods do not fail, their containers start again" .Values.restartPolicy) }}
{{- end }}
{{- if $perIndex }}
{{- fail (printf "backoffLimitPerIndex needs restartPolicy Never, and restartPolicy is %s" .Values.restartPolicy) }}
{{- end }}
{{- end }}
{{- if and $fails (eq (.Values.podReplacementPolicy | default "Failed") "TerminatingOrFailed") }}
{{- fail "podFailurePolicy needs podReplacementPolicy Failed, and podReplacementPolicy is TerminatingOrFailed: how a pod failed is known when it has ended" }}
{{- end }}
{{- if not $perIndex }}
{{- if $bounded }}
{{- fail "maxFailedIndexes needs backoffLimitPerIndex: without it, an index never fails by itself" }}
{{- end }}
{{- if $policy.failIndexExitCodes }}
{{- fail "podFailurePolicy.failIndexExitCodes needs backoffLimitPerIndex: without it, an index never fails by itself" }}
{{- end }}
{{- range $fails }}
{{- if eq .action "FailIndex" }}
{{- fail "podFailurePolicy.rules: the action FailIndex needs backoffLimitPerIndex: without it, an index never fails by itself" }}
{{- end }}
{{- end }}
{{- end }}
{{- if and $bounded (gt (int .Values.maxFailedIndexes) $completions) }}
{{- fail (printf "maxFailedIndexes (%d) is more than completions (%d)" (int .Values.maxFailedIndexes) $completions) }}
{{- end }}
{{- range (.Values.successPolicy).rules }}
{{- if gt (int .succeededCount) $completions }}
{{- fail (printf "successPolicy.rules: succeededCount (%d) is more than completions (%d)" (int .succeededCount) $completions) }}
{{- end }}
{{- range regexFindAll "[0-9]+" (.succeededIndexes | default "") -1 }}
{{- if ge (int .) $completions }}
{{- fail (printf "successPolicy.rules: succeededIndexes names %s, and with %d completions the last index is %d" . $completions (sub $completions 1)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
