{{/*
The Service, and a headless one beside it while service.headless.
*/}}
{{- define "service.service" -}}
{{- $service := .Values.service | default dict }}
{{- $type := $service.type | default "ClusterIP" }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
  {{- with $service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $type }}
  {{- include "service.ipFamilies" . | nindent 2 | trimSuffix "\n  " }}
  {{- if eq ($service.sessionAffinity | default "None") "ClientIP" }}
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: {{ $service.sessionAffinitySeconds | default 10800 }}
  {{- end }}
  {{- if and $service.externalTrafficPolicy (ne $type "ClusterIP") }}
  externalTrafficPolicy: {{ $service.externalTrafficPolicy }}
  {{- end }}
  {{- if eq $type "LoadBalancer" }}
  {{- with $service.loadBalancerClass }}
  loadBalancerClass: {{ . }}
  {{- end }}
  {{- with $service.loadBalancerSourceRanges }}
  loadBalancerSourceRanges:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port | default 80 }}
      targetPort: http
      protocol: TCP
      {{- if and (eq $type "NodePort") $service.nodePort }}
      nodePort: {{ $service.nodePort }}
      {{- end }}
    {{- if include "service.ownMetricsPort" . }}
    - name: metrics
      port: {{ include "service.metricsPortNumber" . }}
      targetPort: metrics
      protocol: TCP
    {{- end }}
{{- if $service.headless }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.suffixed" (dict "context" . "suffix" "headless") }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
    service.kubernetes.io/headless: ""
spec:
  type: ClusterIP
  clusterIP: None
  {{- include "service.ipFamilies" . | nindent 2 | trimSuffix "\n  " }}
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .Values.containerPort | default 8080 }}
      targetPort: http
      protocol: TCP
{{- end }}
{{- end -}}

{{/*
One or two of IPv4 and IPv6, as far as the values say.
*/}}
{{- define "service.ipFamilies" -}}
{{- $lines := list -}}
{{- with (.Values.service).ipFamilyPolicy -}}
{{- $lines = append $lines (printf "ipFamilyPolicy: %s" .) -}}
{{- end -}}
{{- with (.Values.service).ipFamilies -}}
{{- $lines = append $lines (dict "ipFamilies" . | toYaml) -}}
{{- end -}}
{{- join "\n" $lines -}}
{{- end -}}

{{/*
The Service's name within the cluster.
*/}}
{{- define "service.host" -}}
{{- include "service.fullname" . }}.{{ .Release.Namespace }}.svc.cluster.local
{{- end -}}
