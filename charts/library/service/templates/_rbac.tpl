{{/*
A name for an object of the whole cluster: namespace and full name, at most 63 characters, told apart from others by a hash where it has to be cut.
*/}}
{{- define "service.clusterName" -}}
{{- $name := printf "%s-%s" .Release.Namespace (include "service.fullname" .) -}}
{{- if gt (len $name) 63 -}}
{{- $name = printf "%s-%s" (trunc 54 $name | trimAll "-") (sha256sum $name | trunc 8) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/*
Whether pods get a token for the Kubernetes API: if they are given rights there, or by serviceAccount.automount.
*/}}
{{- define "service.automount" -}}
{{- $rbac := .Values.rbac | default dict -}}
{{- or (dig "automount" false (.Values.serviceAccount | default dict)) (gt (len (concat ($rbac.rules | default list) ($rbac.clusterRules | default list))) 0) -}}
{{- end -}}

{{/*
Role and RoleBinding for rbac.rules, ClusterRole and ClusterRoleBinding for rbac.clusterRules.
*/}}
{{- define "service.rbac" -}}
{{- $rbac := .Values.rbac | default dict }}
{{- if and (or $rbac.rules $rbac.clusterRules) (eq (include "service.serviceAccountName" .) "default") }}
{{- fail "rbac.rules and rbac.clusterRules would give their rights to every pod that uses the namespace's default account: set serviceAccount.create to true or name an account in serviceAccount.name" }}
{{- end }}
{{- with $rbac.rules }}
{{- include "service.rbacRole" (dict "context" $ "kind" "Role" "name" (include "service.fullname" $) "rules" .) }}
{{- end }}
{{- if and $rbac.rules $rbac.clusterRules }}
---
{{- end }}
{{- with $rbac.clusterRules }}
{{- include "service.rbacRole" (dict "context" $ "kind" "ClusterRole" "name" (include "service.clusterName" $) "rules" .) }}
{{- end }}
{{- end -}}

{{/*
A role and what binds it to the pods' account. Takes a dict of "context" (the root), "kind" (Role or ClusterRole), "name" and "rules".
*/}}
{{- define "service.rbacRole" }}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}
metadata:
  name: {{ .name }}
  {{- if eq .kind "Role" }}
  namespace: {{ .context.Release.Namespace }}
  {{- end }}
  labels:
    {{- include "service.labels" .context | nindent 4 }}
rules:
  {{- toYaml .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}Binding
metadata:
  name: {{ .name }}
  {{- if eq .kind "Role" }}
  namespace: {{ .context.Release.Namespace }}
  {{- end }}
  labels:
    {{- include "service.labels" .context | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "service.serviceAccountName" .context }}
    namespace: {{ .context.Release.Namespace }}
{{- end }}
