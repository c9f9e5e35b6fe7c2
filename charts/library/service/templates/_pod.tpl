{{/*
Annotations of pods. The checksums are those of the rendered objects, so that a change of configuration replaces the pods: the usual way over
the template's file would find nothing here, since the template is in a library.
*/}}
{{- define "service.podAnnotations" -}}
checksum/config: {{ include "service.configmap" . | sha256sum }}
checksum/secret: {{ include "service.secret" . | sha256sum }}
{{- with include "service.externalsecret" . | trim }}
checksum/external-secret: {{ sha256sum . }}
{{- end }}
{{- with include "service.secretproviderclass" . | trim }}
checksum/secrets-store: {{ sha256sum . }}
{{- end }}
{{- if include "service.otelCollector" . }}
checksum/otel: {{ include "service.otelConfigmap" . | sha256sum }}
{{- end }}
{{- if (.Values.metrics).enabled }}
prometheus.io/path: {{ .Values.metrics.path | default "/metrics" }}
prometheus.io/port: {{ .Values.metrics.port | default .Values.containerPort | default 8080 | quote }}
prometheus.io/scrape: "true"
{{- end }}
{{- $telemetry := merge (include "service.otelAnnotations" . | fromYaml) (include "service.logAnnotations" . | fromYaml) }}
{{- range $key, $value := $telemetry }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- range $key, $value := omit (.Values.podAnnotations | default dict) "checksum/config" "checksum/external-secret" "checksum/otel" "checksum/secret" "checksum/secrets-store" "prometheus.io/path" "prometheus.io/port" "prometheus.io/scrape" }}
{{- if not (hasKey $telemetry $key) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The pod's security context. Without one in the values, the restricted Pod Security Standard. Helm 3 keeps a default that is null: the profile's file.
*/}}
{{- define "service.podSecurityContext" -}}
{{- with .Values.podSecurityContext -}}
{{- if (.seccompProfile).localhostProfile -}}
{{- toYaml . -}}
{{- else if .seccompProfile -}}
{{- set (omit . "seccompProfile") "seccompProfile" (omit .seccompProfile "localhostProfile") | toYaml -}}
{{- else -}}
{{- omit . "seccompProfile" | toYaml -}}
{{- end -}}
{{- else -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}
{{- end -}}

{{/*
The container's security context. Without one in the values, the restricted Pod Security Standard and a read-only root filesystem.
*/}}
{{- define "service.securityContext" -}}
{{- with .Values.securityContext -}}
{{- toYaml . -}}
{{- else -}}
allowPrivilegeEscalation: false
capabilities:
  drop:
    - ALL
readOnlyRootFilesystem: true
{{- end -}}
{{- end -}}

{{/*
What stands at the pod's top: account, security, scheduling and init containers. The main container and service.volumes follow it.
*/}}
{{- define "service.podSpec" -}}
serviceAccountName: {{ include "service.serviceAccountName" . }}
automountServiceAccountToken: {{ include "service.automount" . }}
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if not (kindIs "invalid" .Values.terminationGracePeriodSeconds) }}
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds | int64 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
securityContext:
  {{- include "service.podSecurityContext" . | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with include "service.affinity" . }}
affinity:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service.tolerations" . | trim }}
tolerations:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service.topologySpread" . | trim }}
topologySpreadConstraints:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service.initContainers" . | trim }}
initContainers:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Volumes of the pod: /tmp, the data, and those that are given.
*/}}
{{- define "service.volumes" -}}
{{- $tmp := .Values.tmp | default dict }}
{{- if dig "enabled" true $tmp }}
- name: tmp
  emptyDir:
    {{- with $tmp.medium }}
    medium: {{ . }}
    {{- end }}
    sizeLimit: {{ $tmp.sizeLimit | default "64Mi" }}
{{- end }}
{{- if (.Values.persistence).enabled }}
- name: data
  persistentVolumeClaim:
    claimName: {{ required "persistence.existingClaim is required while persistence.enabled is true" .Values.persistence.existingClaim }}
    {{- if dig "readOnly" true .Values.persistence }}
    readOnly: true
    {{- end }}
{{- end }}
{{- include "service.otelVolume" . }}
{{- include "service.secretsVolume" . }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
Where those volumes are mounted in the main container.
*/}}
{{- define "service.volumeMounts" -}}
{{- if dig "enabled" true (.Values.tmp | default dict) }}
- name: tmp
  mountPath: /tmp
{{- end }}
{{- if (.Values.persistence).enabled }}
- name: data
  mountPath: {{ .Values.persistence.mountPath | default "/data" }}
  {{- with .Values.persistence.subPath }}
  subPath: {{ . }}
  {{- end }}
  {{- if dig "readOnly" true .Values.persistence }}
  readOnly: true
  {{- end }}
{{- end }}
{{- include "service.secretsVolumeMount" . }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
Sources of environment variables: the ConfigMap and Secret made here, existing Secrets, those that are kept elsewhere, and those that are given.
*/}}
{{- define "service.envFrom" -}}
{{- if .Values.config }}
- configMapRef:
    name: {{ include "service.suffixed" (dict "context" . "suffix" "config") }}
{{- end }}
{{- if .Values.secret }}
- secretRef:
    name: {{ include "service.suffixed" (dict "context" . "suffix" "secret") }}
{{- end }}
{{- range .Values.existingSecrets }}
- secretRef:
    name: {{ . }}
{{- end }}
{{- include "service.secretsEnvFrom" . }}
{{- with .Values.envFrom }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
Environment variables: those of the OpenTelemetry SDK, and those that are given.
*/}}
{{- define "service.env" -}}
{{- include "service.otelEnv" . }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
What the main containers of services and jobs have in common: image, command, environment, resources, security and mounts.
*/}}
{{- define "service.container" -}}
name: {{ include "service.name" . }}
image: {{ include "service.image" . }}
imagePullPolicy: {{ (.Values.image).pullPolicy | default "IfNotPresent" }}
{{- with .Values.command }}
command:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.args }}
args:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with include "service.env" . | trim }}
env:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service.envFrom" . | trim }}
envFrom:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service.resources" . }}
resources:
  {{- . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "service.securityContext" . | nindent 2 }}
{{- with include "service.volumeMounts" . | trim }}
volumeMounts:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}
