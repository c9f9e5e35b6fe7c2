{{/*
The NetworkPolicy, while networkPolicy.enabled: nothing comes in and nothing goes out but what is named, and DNS.
*/}}
{{- define "job.networkpolicy" -}}
{{- $policy := .Values.networkPolicy | default dict }}
{{- if $policy.enabled }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "job.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "job.selectorLabels" . | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  {{- /* An empty "from" would let everybody in. */}}
  {{- $from := include "job.networkpolicyFrom" $policy | trim }}
  {{- $scraper := include "job.networkpolicyScraper" . | trim }}
  {{- if or $from $scraper }}
  ingress:
    {{- with $from }}
    - from:
        {{- . | nindent 8 }}
      {{- include "job.networkpolicyPorts" $policy | nindent 6 }}
    {{- end }}
    {{- with $scraper }}
    {{- . | nindent 4 }}
    {{- end }}
  {{- else }}
  ingress: []
  {{- end }}
  {{- with list (include "job.networkpolicyTo" $policy | trim) (include "job.networkpolicyTelemetry" . | trim) | compact }}
  egress:
    {{- join "\n" . | nindent 4 }}
  {{- else }}
  egress: []
  {{- end }}
{{- end }}
{{- end -}}

{{/*
Who may come in: what the preset names, then the lists. Takes networkPolicy.
*/}}
{{- define "job.networkpolicyFrom" -}}
{{- if and .sameNamespace (eq (.preset | default "custom") "custom") }}
- podSelector: {}
{{- end }}
{{- if eq .preset "web" }}
- {{ include "job.networkpolicyPeer" (dict "namespace" ((.ingressController).namespace | default "traefik") "podLabels" (.ingressController).podLabels) | nindent 2 | trim }}
{{- end }}
{{- range .fromNamespaces }}
- {{ include "job.networkpolicyPeer" (dict "namespace" .) | nindent 2 | trim }}
{{- end }}
{{- range .fromPods }}
- {{ include "job.networkpolicyPeer" . | nindent 2 | trim }}
{{- end }}
{{- end -}}

{{/*
Prometheus, for the metrics alone, where the rule above does not let it to them: under a preset, and where the metrics have a port of their own.
*/}}
{{- define "job.networkpolicyScraper" -}}
{{- $policy := .Values.networkPolicy }}
{{- $preset := $policy.preset | default "custom" }}
{{- $scraped := or (.Values.metrics).enabled (.Values.serviceMonitor).enabled (.Values.podMonitor).enabled }}
{{- if and $scraped $policy.prometheusNamespace (ne $preset "nothing") (or (ne $preset "custom") (eq (include "job.metricsPortName" .) "metrics")) }}
- from:
    - {{ include "job.networkpolicyPeer" (dict "namespace" $policy.prometheusNamespace) | nindent 6 | trim }}
  ports:
    - port: {{ include "job.metricsPortNumber" . }}
      protocol: TCP
{{- end }}
{{- end -}}

{{/*
The collector that OpenTelemetry sends to, if its endpoint names a Service: NAME, NAME.NAMESPACE, or that with .svc and what follows.
*/}}
{{- define "job.networkpolicyTelemetry" -}}
{{- $otel := .Values.opentelemetry | default dict }}
{{- if and $otel.enabled (ne $otel.sidecar "operator") (ne .Values.networkPolicy.preset "nothing") }}
{{- $url := urlParse ($otel.endpoint | default "") }}
{{- $host := splitList "." $url.hostname }}
{{- if and (ne $url.hostname "localhost") (or (le (len $host) 2) (eq (index $host 2) "svc")) }}
- to:
    {{- if eq (len $host) 1 }}
    - podSelector: {}
    {{- else }}
    - {{ include "job.networkpolicyPeer" (dict "namespace" (index $host 1)) | nindent 6 | trim }}
    {{- end }}
  ports:
    - port: {{ regexFind "[0-9]+$" $url.host | default (eq $url.scheme "https" | ternary "443" "80") }}
      protocol: TCP
{{- end }}
{{- end }}
{{- end -}}

{{/*
Where the pods may connect to: DNS, what the preset names, then the lists. Takes networkPolicy.
*/}}
{{- define "job.networkpolicyTo" -}}
{{- if and (dig "dns" true .) (ne .preset "nothing") }}
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
{{- end }}
{{- if eq .preset "batch" }}
{{- /* The internet is every address but those that are private, shared or a node's own: there are the cluster and the cloud's metadata. */}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except:
          - 10.0.0.0/8
          - 100.64.0.0/10
          - 169.254.0.0/16
          - 172.16.0.0/12
          - 192.168.0.0/16
    - ipBlock:
        cidr: "::/0"
        except:
          - fc00::/7
          - fe80::/10
  ports:
    - port: 443
      protocol: TCP
{{- end }}
{{- range .toCIDRs }}
- to:
    - ipBlock:
        cidr: {{ .cidr | quote }}
        {{- with .except }}
        except:
          {{- range . }}
          - {{ quote . }}
          {{- end }}
        {{- end }}
  {{- include "job.networkpolicyPorts" . | nindent 2 }}
{{- end }}
{{- range .toPods }}
- to:
    - {{ include "job.networkpolicyPeer" . | nindent 6 | trim }}
  {{- include "job.networkpolicyPorts" . | nindent 2 }}
{{- end }}
{{- with .egress }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
Pods of a namespace, or of this one. Takes a dict of "namespace" and "podLabels", one of which may be empty.
*/}}
{{- define "job.networkpolicyPeer" -}}
{{- with .namespace -}}
namespaceSelector:
  matchLabels:
    kubernetes.io/metadata.name: {{ toYaml . }}
{{ end -}}
{{- with .podLabels -}}
podSelector:
  matchLabels:
    {{- range $key, $value := . }}
    {{ $key }}: {{ $value | quote }}
    {{- end }}
{{ end -}}
{{- end -}}

{{/*
The ports of a rule, if any are named: without them it is about every port. Takes a dict of "ports".
*/}}
{{- define "job.networkpolicyPorts" -}}
{{- with .ports -}}
ports:
  {{- range . }}
  - port: {{ .port }}
    {{- with .endPort }}
    endPort: {{ . }}
    {{- end }}
    protocol: {{ .protocol | default "TCP" }}
  {{- end }}
{{- end -}}
{{- end -}}
