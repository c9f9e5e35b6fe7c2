{{/*
A name for an object of the whole cluster: namespace and full name, at most 63 characters, told apart from others by a hash where it has to be cut.
*/}}
{{- define "job.clusterName" -}}
{{- $name := printf "%s-%s" .Release.Namespace (include "job.fullname" .) -}}
{{- if gt (len $name) 63 -}}
{{- $name = printf "%s-%s" (trunc 54 $name | trimAll "-") (sha256sum $name | trunc 8) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/*
Whether pods get a token for the Kubernetes API: if they are given rights there, or by serviceAccount.automount.
*/}}
{{- define "job.automount" -}}
{{- $rbac := .Values.rbac | default dict -}}
{{- or (dig "automount" false (.Values.serviceAccount | default dict)) (gt (len (concat ($rbac.rules | default list) ($rbac.clusterRules | default list))) 0) -}}
{{- end -}}

{{/*
Role and RoleBinding for rbac.rules, ClusterRole and ClusterRoleBinding for rbac.clusterRules.
*/}}
{{- define "job.rbac" -}}
{{- $rbac := .Values.rbac | default dict }}
{{- if and (or $rbac.rules $rbac.clusterRules) (eq (include "job.serviceAccountName" .) "default") }}
{{- fail "rbac.rules and rbac.clusterRules would give their rights to every pod that uses the namespace's default account: set serviceAccount.create to true or name an account in serviceAccount.name" }}
{{- end }}
{{- with $rbac.rules }}
{{- include "job.rbacRole" (dict "context" $ "kind" "Role" "name" (include "job.fullname" $) "rules" .) }}
{{- end }}
{{- if and $rbac.rules $rbac.clusterRules }}
---
{{- end }}
{{- with $rbac.clusterRules }}
{{- include "job.rbacRole" (dict "context" $ "kind" "ClusterRole" "name" (include "job.clusterName" $) "rules" .) }}
{{- end }}
{{- end -}}

{{/*
A role and what binds it to the pods' account. Takes a dict of "context" (the root), "kind" (Role or ClusterRole), "name" and "rules".
*/}}
{{- define "job.rbacRole" }}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}
metadata:
  name: {{ .name }}
  {{- if eq .kind "Role" }}
  namespace: {{ .context.Release.Namespace }}
  {{- end }}
  labels:
    {{- include "job.labels" .context | nindent 4 }}
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
    {{- include "job.labels" .context | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "job.serviceAccountName" .context }}
    namespace: {{ .context.Release.Namespace }}
{{- end }}
