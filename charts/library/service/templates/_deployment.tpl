{{/*
The Deployment. Under an autoscaler it sets no replicas, so that an upgrade does not undo what the autoscaler has decided.
*/}}
{{- define "service.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  {{- if not (or (.Values.autoscaling).enabled (.Values.keda).enabled (kindIs "invalid" .Values.replicaCount)) }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  {{- if not (kindIs "invalid" .Values.revisionHistoryLimit) }}
  revisionHistoryLimit: {{ .Values.revisionHistoryLimit }}
  {{- end }}
  {{- $ready := .Values.minReadySeconds | default 0 | int64 }}
  {{- $deadline := .Values.progressDeadlineSeconds | default 600 | int64 }}
  {{- if le $deadline $ready }}
  {{- fail (printf "progressDeadlineSeconds (%d) has to be greater than minReadySeconds (%d)" $deadline $ready) }}
  {{- end }}
  {{- if gt $ready 0 }}
  minReadySeconds: {{ $ready }}
  {{- end }}
  {{- if ne $deadline 600 }}
  progressDeadlineSeconds: {{ $deadline }}
  {{- end }}
  {{- with .Values.updateStrategy }}
  strategy:
    type: {{ .type | default "RollingUpdate" }}
    {{- if ne .type "Recreate" }}
    rollingUpdate:
      {{- if hasKey . "maxSurge" }}
      maxSurge: {{ .maxSurge }}
      {{- end }}
      {{- if hasKey . "maxUnavailable" }}
      maxUnavailable: {{ .maxUnavailable }}
      {{- end }}
    {{- end }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      annotations:
        {{- include "service.podAnnotations" . | nindent 8 }}
      labels:
        {{- include "service.podLabels" . | nindent 8 }}
    spec:
      {{- include "service.podSpec" . | nindent 6 }}
      containers:
        - {{ include "service.container" . | nindent 10 | trim }}
          ports:
            - name: http
              containerPort: {{ .Values.containerPort | default 8080 }}
              protocol: TCP
            {{- with include "service.metricsPort" . | trim }}
            {{- . | nindent 12 }}
            {{- end }}
          {{- include "service.probes" . | nindent 10 }}
          {{- with include "service.lifecycle" . }}
          lifecycle:
            {{- . | nindent 12 }}
          {{- end }}
      {{- with include "service.volumes" . | trim }}
      volumes:
        {{- . | nindent 8 }}
      {{- end }}
{{- end -}}

{{/*
The probes that are on.
*/}}
{{- define "service.probes" -}}
{{- $probes := list -}}
{{- range $key, $path := dict "livenessProbe" "/health/live" "readinessProbe" "/health/ready" "startupProbe" "/health/live" -}}
{{- $probe := get $.Values $key | default dict -}}
{{- if dig "enabled" true $probe -}}
{{- $probes = append $probes (printf "%s:%s" $key (include "service.probe" (dict "probe" $probe "path" $path) | nindent 2)) -}}
{{- end -}}
{{- end -}}
{{- join "\n" $probes -}}
{{- end -}}

{{/*
One probe over HTTP. Takes a dict of "probe" (its values) and "path" (used if they name none).
*/}}
{{- define "service.probe" -}}
httpGet:
  path: {{ .probe.path | default .path }}
  port: {{ .probe.port | default "http" }}
{{- range $key := list "initialDelaySeconds" "periodSeconds" "timeoutSeconds" "successThreshold" "failureThreshold" }}
{{- if hasKey $.probe $key }}
{{ $key }}: {{ get $.probe $key }}
{{- end }}
{{- end }}
{{- end -}}
