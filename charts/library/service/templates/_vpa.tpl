{{/*
The VerticalPodAutoscaler, while vpa.enabled. It recommends and changes nothing: it would otherwise work against an autoscaler that counts CPU or memory.
*/}}
{{- define "service.vpa" -}}
{{- $vpa := .Values.vpa | default dict }}
{{- if $vpa.enabled }}
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  targetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "service.fullname" . }}
  updatePolicy:
    updateMode: "Off"
  resourcePolicy:
    containerPolicies:
      - containerName: {{ include "service.name" . }}
        controlledResources:
          {{- toYaml ($vpa.controlledResources | default (list "cpu" "memory")) | nindent 10 }}
        {{- range $key := list "minAllowed" "maxAllowed" }}
        {{- $bounds := dict }}
        {{- range $resource, $amount := get $vpa $key }}
        {{- if $amount }}
        {{- $_ := set $bounds $resource $amount }}
        {{- end }}
        {{- end }}
        {{- with $bounds }}
        {{ $key }}:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- end }}
{{- end }}
{{- end -}}
