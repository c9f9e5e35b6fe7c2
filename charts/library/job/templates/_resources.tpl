{{/*
The main container's resources: those of resourcesPreset, or with "custom" those that are given. Every preset's limits lie above its requests (QoS class
Burstable), and ephemeral storage is set, so that a pod that fills its node's disk is the one to go.
*/}}
{{- define "job.resources" -}}
{{- $preset := .Values.resourcesPreset | default "custom" -}}
{{- if eq $preset "custom" -}}
{{- with .Values.resources -}}
{{- toYaml . -}}
{{- end -}}
{{- else -}}
{{- /* Requests, then limits: CPU, memory, ephemeral storage. */ -}}
{{- $sizes := dict
  "nano" (list "50m" "64Mi" "64Mi" "100m" "128Mi" "256Mi")
  "micro" (list "100m" "128Mi" "64Mi" "250m" "256Mi" "512Mi")
  "small" (list "250m" "256Mi" "128Mi" "500m" "512Mi" "1Gi")
  "medium" (list "500m" "512Mi" "256Mi" "1" "1Gi" "2Gi")
  "large" (list "1" "1Gi" "512Mi" "2" "2Gi" "4Gi")
  "xlarge" (list "2" "2Gi" "1Gi" "4" "4Gi" "8Gi")
  "2xlarge" (list "4" "4Gi" "2Gi" "8" "8Gi" "16Gi") -}}
{{- $size := get $sizes $preset -}}
{{- if not $size -}}
{{- fail (printf "resourcesPreset is custom or one of %s, not %s" (keys $sizes | sortAlpha | join ", ") $preset) -}}
{{- end -}}
limits:
  cpu: {{ index $size 3 | toYaml }}
  ephemeral-storage: {{ index $size 5 }}
  memory: {{ index $size 4 }}
requests:
  cpu: {{ index $size 0 | toYaml }}
  ephemeral-storage: {{ index $size 2 }}
  memory: {{ index $size 1 }}
{{- end -}}
{{- end -}}
