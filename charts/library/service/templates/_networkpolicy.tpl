{{/*
The NetworkPolicy, while networkPolicy.enabled: nothing comes in and nothing goes out but what is named here, and DNS.
*/}}
{{- define "service.networkpolicy" -}}
{{- $policy := .Values.networkPolicy | default dict }}
{{- if $policy.enabled }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  {{- /* An empty "from" would let everybody in. */}}
  {{- if or $policy.sameNamespace $policy.fromNamespaces }}
  ingress:
    - from:
        {{- if $policy.sameNamespace }}
        - podSelector: {}
        {{- end }}
        {{- range $policy.fromNamespaces }}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ toYaml . }}
        {{- end }}
      ports:
        - port: http
          protocol: TCP
  {{- else }}
  ingress: []
  {{- end }}
  egress:
    - to:
        - namespaceSelector: {}
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    {{- with $policy.egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end -}}
