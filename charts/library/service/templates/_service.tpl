{{/*
The Service.
*/}}
{{- define "service.service" -}}
{{- $service := .Values.service | default dict }}
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
  type: {{ $service.type | default "ClusterIP" }}
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port | default 80 }}
      targetPort: http
      protocol: TCP
      {{- if and (eq $service.type "NodePort") $service.nodePort }}
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
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .Values.containerPort | default 8080 }}
      targetPort: http
      protocol: TCP
{{- end }}
{{- end -}}
