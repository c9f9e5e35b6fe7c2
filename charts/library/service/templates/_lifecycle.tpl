{{/*
What runs after the main container's start and before its end: as given, or a pause so that nobody sends it anything any more when it ends.
*/}}
{{- define "service.lifecycle" -}}
{{- $lifecycle := .Values.lifecycle | default dict -}}
{{- $hooks := dict -}}
{{- with $lifecycle.postStart -}}
{{- $_ := set $hooks "postStart" . -}}
{{- end -}}
{{- with $lifecycle.preStop -}}
{{- $_ := set $hooks "preStop" . -}}
{{- end -}}
{{- with $lifecycle.preStopSleepSeconds -}}
{{- if $lifecycle.preStop -}}
{{- fail "lifecycle takes lifecycle.preStop or lifecycle.preStopSleepSeconds, not both: set the latter to 0" -}}
{{- end -}}
{{- $grace := kindIs "invalid" $.Values.terminationGracePeriodSeconds | ternary 30 $.Values.terminationGracePeriodSeconds | int64 -}}
{{- if ge (int64 .) $grace -}}
{{- fail (printf "lifecycle.preStopSleepSeconds (%d) has to be less than terminationGracePeriodSeconds (%d): nothing would be left for the application's own end" (int64 .) $grace) -}}
{{- end -}}
{{- $_ := set $hooks "preStop" (dict "sleep" (dict "seconds" (int64 .))) -}}
{{- end -}}
{{- with $hooks -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{/*
Containers of the pod beside the main one, first those that run as long as it does (native sidecars: init containers that restart always), then those that end
before it starts: the latter may already use the former.
*/}}
{{- define "service.initContainers" -}}
{{- include "service.otelSidecar" . }}
{{- range .Values.sidecars }}
- {{ include "service.restrictedContainer" (dict "context" $ "container" (merge (dict "restartPolicy" "Always") .)) | nindent 2 | trim }}
{{- end }}
{{- range .Values.initContainers }}
- {{ include "service.restrictedContainer" (dict "context" $ "container" .) | nindent 2 | trim }}
{{- end }}
{{- end -}}

{{/*
A container with the main one's security context, unless it has one of its own. Takes a dict of "context" (the root) and "container".
*/}}
{{- define "service.restrictedContainer" -}}
{{- if .container.securityContext -}}
{{- toYaml .container -}}
{{- else -}}
{{- merge (dict "securityContext" (include "service.securityContext" .context | fromYaml)) (omit .container "securityContext") | toYaml -}}
{{- end -}}
{{- end -}}
