{{/*
The VirtualService, while istio.virtualService.enabled: time-outs and retries.
*/}}
{{- define "service.virtualservice" -}}
{{- $virtual := (.Values.istio).virtualService | default dict }}
{{- if $virtual.enabled }}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  hosts:
    {{- toYaml ($virtual.hosts | default (list (include "service.host" .))) | nindent 4 }}
  {{- with $virtual.gateways }}
  gateways:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  http:
    - route:
        - destination:
            host: {{ include "service.host" . }}
            port:
              number: {{ (.Values.service).port | default 80 }}
      timeout: {{ $virtual.timeoutSeconds | default 15 }}s
      retries:
        {{- $retries := $virtual.retries | default dict }}
        {{- $attempts := kindIs "invalid" $retries.attempts | ternary 2 $retries.attempts | int }}
        attempts: {{ $attempts }}
        {{- if gt $attempts 0 }}
        perTryTimeout: {{ $retries.perTryTimeoutSeconds | default 5 }}s
        retryOn: {{ $retries.retryOn | default "connect-failure,refused-stream,unavailable,cancelled,503" }}
        {{- end }}
{{- end }}
{{- end -}}

{{/*
The DestinationRule, while istio.destinationRule.enabled: how clients of the mesh choose a pod.
*/}}
{{- define "service.destinationrule" -}}
{{- $rule := (.Values.istio).destinationRule | default dict }}
{{- if $rule.enabled }}
{{- $outliers := $rule.outlierDetection | default dict }}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  host: {{ include "service.host" . }}
  trafficPolicy:
    tls:
      mode: {{ $rule.tls | default "ISTIO_MUTUAL" }}
    loadBalancer:
      {{- if $rule.affinityCookie }}
      consistentHash:
        httpCookie:
          name: {{ $rule.affinityCookie | quote }}
          ttl: 0s
      {{- else }}
      simple: {{ $rule.loadBalancer | default "LEAST_REQUEST" }}
      {{- end }}
    connectionPool:
      tcp:
        maxConnections: {{ $rule.maxConnections | default 1000 }}
      http:
        http1MaxPendingRequests: {{ $rule.maxPendingRequests | default 1000 }}
    outlierDetection:
      consecutive5xxErrors: {{ $outliers.consecutiveErrors | default 5 }}
      interval: {{ $outliers.intervalSeconds | default 10 }}s
      baseEjectionTime: {{ $outliers.ejectionSeconds | default 30 }}s
      maxEjectionPercent: {{ kindIs "invalid" $outliers.maxEjectionPercent | ternary 50 $outliers.maxEjectionPercent }}
{{- end }}
{{- end -}}

{{/*
The PeerAuthentication, while istio.peerAuthentication.enabled. A port of the metrics takes what is not encrypted too: Prometheus is seldom part of the mesh.
*/}}
{{- define "service.peerauthentication" -}}
{{- $peers := (.Values.istio).peerAuthentication | default dict }}
{{- if $peers.enabled }}
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  mtls:
    mode: {{ $peers.mode | default "STRICT" }}
  {{- if include "service.ownMetricsPort" . }}
  portLevelMtls:
    {{ include "service.metricsPortNumber" . | quote }}:
      mode: PERMISSIVE
  {{- end }}
{{- end }}
{{- end -}}
