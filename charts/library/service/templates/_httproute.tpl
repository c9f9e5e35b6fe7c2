{{/*
The HTTPRoute, while httpRoute.enabled, and beside it a route that redirects HTTP to HTTPS, while httpRoute.redirectFrom names the listener for HTTP.
*/}}
{{- define "service.httproute" -}}
{{- $route := .Values.httpRoute | default dict }}
{{- if $route.enabled }}
{{- if not $route.parentRefs }}
{{- fail "httpRoute.parentRefs needs at least one Gateway while httpRoute.enabled is true" }}
{{- end }}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  parentRefs:
    {{- range $route.parentRefs }}
    - {{ include "service.parentRef" . | nindent 6 | trim }}
    {{- end }}
  {{- with $route.hostnames }}
  hostnames:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    - matches:
        {{- range $route.paths | default (list (dict "path" "/")) }}
        - path:
            type: {{ .type | default "PathPrefix" }}
            value: {{ .path }}
        {{- end }}
      {{- with $route.filters }}
      filters:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      backendRefs:
        - name: {{ include "service.fullname" . }}
          port: {{ (.Values.service).port | default 80 }}
      {{- $timeouts := $route.timeouts | default dict }}
      {{- if or $timeouts.request $timeouts.backendRequest }}
      timeouts:
        {{- with $timeouts.request }}
        request: {{ . }}
        {{- end }}
        {{- with $timeouts.backendRequest }}
        backendRequest: {{ . }}
        {{- end }}
      {{- end }}
{{- if $route.redirectFrom }}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ include "service.suffixed" (dict "context" . "suffix" "redirect") }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  parentRefs:
    {{- $gateways := list }}
    {{- range $route.parentRefs }}
    {{- $gateways = append $gateways (omit . "sectionName" "port" | merge (dict "sectionName" $route.redirectFrom)) }}
    {{- end }}
    {{- range uniq $gateways }}
    - {{ include "service.parentRef" . | nindent 6 | trim }}
    {{- end }}
  {{- with $route.hostnames }}
  hostnames:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    - filters:
        - type: RequestRedirect
          requestRedirect:
            scheme: https
            statusCode: 301
{{- end }}
{{- end }}
{{- end -}}

{{/*
A Gateway, and which of its listeners. Takes the element of httpRoute.parentRefs.
*/}}
{{- define "service.parentRef" -}}
name: {{ .name }}
{{- with .namespace }}
namespace: {{ . }}
{{- end }}
{{- with .sectionName }}
sectionName: {{ . }}
{{- end }}
{{- with .port }}
port: {{ . }}
{{- end }}
{{- end -}}
