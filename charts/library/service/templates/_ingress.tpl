{{/*
The Ingress, while ingress.enabled.
*/}}
{{- define "service.ingress" -}}
{{- $ingress := .Values.ingress | default dict }}
{{- if $ingress.enabled }}
{{- if not $ingress.hosts }}
{{- fail "ingress.hosts needs at least one host while ingress.enabled is true" }}
{{- end }}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
  {{- with merge (deepCopy ($ingress.annotations | default dict)) (include "service.ingressAnnotations" . | fromYaml) }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with $ingress.className | default (include "service.ingressClass" .) }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with include "service.ingressTls" . | trim }}
  tls:
    {{- . | nindent 4 }}
  {{- end }}
  rules:
    {{- range $ingress.hosts }}
    - host: {{ .host | quote }}
      http:
        paths:
          {{- range .paths | default (list (dict "path" "/")) }}
          - path: {{ .path }}
            pathType: {{ .pathType | default "Prefix" }}
            backend:
              service:
                name: {{ include "service.fullname" $ }}
                port:
                  name: http
          {{- end }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
The class that a preset's controller has by custom. GKE's own controller knows none: it takes what has no class.
*/}}
{{- define "service.ingressClass" -}}
{{- get (dict "nginx" "nginx" "traefik" "traefik" "alb" "alb" "azure" "azure-application-gateway") ((.Values.ingress).preset | default "none") -}}
{{- end -}}

{{/*
The TLS entries: those that are given, or one for all hosts whose certificate cert-manager makes.
*/}}
{{- define "service.ingressTls" -}}
{{- $ingress := .Values.ingress }}
{{- if $ingress.tls }}
{{- toYaml $ingress.tls }}
{{- else if ($ingress.certManager).issuer }}
- secretName: {{ include "service.suffixed" (dict "context" . "suffix" "tls") }}
  hosts:
    {{- range $ingress.hosts }}
    - {{ .host | quote }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
Annotations of the preset's controller and of cert-manager.
*/}}
{{- define "service.ingressAnnotations" -}}
{{- $ingress := .Values.ingress }}
{{- $preset := $ingress.preset | default "none" }}
{{- $tls := include "service.ingressTls" . | trim }}
{{- $secure := and $tls (dig "redirectToHttps" true $ingress) }}
{{- $health := (.Values.readinessProbe).path | default "/health/ready" }}
{{- with ($ingress.certManager).issuer }}
cert-manager.io/{{ eq ($ingress.certManager.kind | default "ClusterIssuer") "Issuer" | ternary "issuer" "cluster-issuer" }}: {{ . }}
{{- end }}
{{- if eq $preset "nginx" }}
nginx.ingress.kubernetes.io/ssl-redirect: {{ $secure | empty | ternary "false" "true" | quote }}
{{- if $secure }}
nginx.ingress.kubernetes.io/force-ssl-redirect: "true"
{{- end }}
{{- else if eq $preset "traefik" }}
{{- if $secure }}
traefik.ingress.kubernetes.io/router.entrypoints: websecure
traefik.ingress.kubernetes.io/router.tls: "true"
{{- else if not $tls }}
traefik.ingress.kubernetes.io/router.entrypoints: web
{{- end }}
{{- else if eq $preset "alb" }}
alb.ingress.kubernetes.io/healthcheck-path: {{ $health }}
alb.ingress.kubernetes.io/listen-ports: {{ empty $tls | ternary `[{"HTTP":80}]` `[{"HTTP":80},{"HTTPS":443}]` | quote }}
alb.ingress.kubernetes.io/scheme: {{ $ingress.internal | ternary "internal" "internet-facing" }}
{{- if $secure }}
alb.ingress.kubernetes.io/ssl-redirect: "443"
{{- end }}
alb.ingress.kubernetes.io/target-type: ip
{{- else if eq $preset "gce" }}
{{- if $ingress.internal }}
kubernetes.io/ingress.class: gce-internal
{{- end }}
{{- if $secure }}
kubernetes.io/ingress.allow-http: "false"
{{- end }}
{{- else if eq $preset "azure" }}
appgw.ingress.kubernetes.io/health-probe-path: {{ $health }}
{{- if $secure }}
appgw.ingress.kubernetes.io/ssl-redirect: "true"
{{- end }}
{{- if $ingress.internal }}
appgw.ingress.kubernetes.io/use-private-ip: "true"
{{- end }}
{{- end }}
{{- end -}}
