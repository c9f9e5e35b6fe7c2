{{/*
The NetworkPolicy, while networkPolicy.enabled: nothing comes in and nothing goes out but what is named, and DNS.
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
  {{- with include "service.networkpolicyFrom" $policy | trim }}
  ingress:
    - from:
        {{- . | nindent 8 }}
      {{- include "service.networkpolicyPorts" $policy | nindent 6 }}
  {{- else }}
  ingress: []
  {{- end }}
  {{- with include "service.networkpolicyTo" $policy | trim }}
  egress:
    {{- . | nindent 4 }}
  {{- else }}
  egress: []
  {{- end }}
{{- end }}
{{- end -}}

{{/*
Who may come in: what the preset names, then the lists. Takes networkPolicy.
*/}}
{{- define "service.networkpolicyFrom" -}}
{{- if and .sameNamespace (eq (.preset | default "custom") "custom") }}
- podSelector: {}
{{- end }}
{{- if eq .preset "web" }}
- {{ include "service.networkpolicyPeer" (dict "namespace" ((.ingressController).namespace | default "ingress-nginx") "podLabels" (.ingressController).podLabels) | nindent 2 | trim }}
{{- end }}
{{- range .fromNamespaces }}
- {{ include "service.networkpolicyPeer" (dict "namespace" .) | nindent 2 | trim }}
{{- end }}
{{- range .fromPods }}
- {{ include "service.networkpolicyPeer" . | nindent 2 | trim }}
{{- end }}
{{- end -}}

{{/*
Where the pods may connect to: DNS, what the preset names, then the lists. Takes networkPolicy.
*/}}
{{- define "service.networkpolicyTo" -}}
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
  {{- include "service.networkpolicyPorts" . | nindent 2 }}
{{- end }}
{{- range .toPods }}
- to:
    - {{ include "service.networkpolicyPeer" . | nindent 6 | trim }}
  {{- include "service.networkpolicyPorts" . | nindent 2 }}
{{- end }}
{{- with .egress }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
Pods of a namespace, or of this one. Takes a dict of "namespace" and "podLabels", one of which may be empty.
*/}}
{{- define "service.networkpolicyPeer" -}}
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
{{- define "service.networkpolicyPorts" -}}
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
