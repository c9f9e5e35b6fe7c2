{{/*
A ValidatingAdmissionPolicy that holds the release's own pods to a Pod Security Standard, while admissionPolicy.enabled: for clusters that do not enforce one by
labels of the namespace. It and its bindings are objects of the whole cluster; the bindings choose the namespace and the release.
https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
*/}}
{{- define "job.admission" -}}
{{- $admission := .Values.admissionPolicy | default dict }}
{{- if $admission.enabled }}
{{- $minor := include "job.podSecurityMinor" (dict "context" . "version" $admission.version) | int }}
{{- include "job.podSecurityPolicy" (dict
  "name" (include "job.clusterName" .) "labels" (include "job.labels" .) "namespace" .Release.Namespace "selector" (include "job.selectorLabels" .)
  "level" ($admission.level | default "restricted") "minor" $minor "exemptUsers" $admission.exemptUsers
  "pods" ($admission.enforcement | default (list "Deny")) "workloads" $admission.workloads) }}
{{- end }}
{{- end -}}
