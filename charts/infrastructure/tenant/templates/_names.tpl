{{/*
Name of the namespace. The release itself lies in another one, so that it can make this one.
*/}}
{{- define "tenant.namespace" -}}
{{- .Values.namespace.name | default .Release.Name -}}
{{- end -}}

{{/*
A name for an object of the whole cluster: the namespace and the release, at most 63 characters, told apart from others by a hash where it has to be cut.
*/}}
{{- define "tenant.clusterName" -}}
{{- $name := printf "%s-%s" (include "tenant.namespace" .) .Release.Name -}}
{{- if gt (len $name) 63 -}}
{{- $name = printf "%s-%s" (trunc 54 $name | trimAll "-.") (sha256sum $name | trunc 8) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/*
Fails for a namespace that belongs to the cluster.
*/}}
{{- define "tenant.checkNamespace" -}}
{{- $name := include "tenant.namespace" . -}}
{{- if or (eq $name "default") (hasPrefix "kube-" $name) -}}
{{- fail (printf "namespace.name is %s, which belongs to the cluster: name one that this release may make" $name) -}}
{{- end -}}
{{- end -}}

{{/*
The labels that Kubernetes recommends, those of costs, then the chart's own, which cannot replace them.
*/}}
{{- define "tenant.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimAll "-._" }}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | trunc 63 | trimAll "-." | toYaml }}
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: tenant
app.kubernetes.io/part-of: {{ .Values.partOf | default "tenancy" | toYaml }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- $own := dict }}
{{- range $key, $label := dict "costCenter" "cost-center" "environment" "environment" "team" "team" }}
{{- with get ($.Values.costLabels | default dict) $key }}
{{- $_ := set $own $label . }}
{{- end }}
{{- end }}
{{- range $key, $value := merge $own (omit (.Values.commonLabels | default dict) "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by") }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end -}}
