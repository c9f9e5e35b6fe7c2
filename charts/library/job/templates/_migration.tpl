{{/*
A Job that Helm runs before the release's own objects are there, while migration.enabled, and whose failure stops the install or upgrade: a migration of data.
What its pod needs comes as hooks before it, for the release's own are not there yet: account, configuration, secrets, network policy. All of it is what the
application has, under the name of the migration, so that no Service and no budget takes its pod for one of the application's.
https://helm.sh/docs/topics/charts_hooks/
*/}}
{{- define "job.migration" -}}
{{- $migration := .Values.migration | default dict }}
{{- if $migration.enabled }}
{{- if not (or $migration.command $migration.args) }}
{{- fail "migration.enabled needs something to run: set migration.command or migration.args" }}
{{- end }}
{{- $account := omit (.Values.serviceAccount | default dict) "automount" }}
{{- if dig "create" true $account }}
{{- $account = omit $account "name" }}
{{- end }}
{{- $values := omit .Values "nameOverride" "fullnameOverride" "component" "serviceAccount" "rbac" "command" "args" "sidecars" "initContainers" "affinity" "topologySpread" "topologySpreadConstraints" "metrics" "opentelemetry" "logging" }}
{{- $values = merge (dict
  "nameOverride" (printf "%s-migration" (include "job.name" . | trunc 53 | trimAll "-"))
  "fullnameOverride" (include "job.suffixed" (dict "context" . "suffix" "migration"))
  "component" "migration"
  "serviceAccount" $account
  "command" ($migration.command | default list)
  "args" ($migration.args | default list)
  "affinity" (pick (.Values.affinity | default dict) "nodeAffinity")) $values }}
{{- $context := merge (dict "Values" $values) (omit . "Values") }}
{{- $weight := int64 ($migration.weight | default 0) }}
{{- range list "job.serviceaccount" "job.configmap" "job.secret" "job.externalsecret" "job.secretproviderclass" "job.networkpolicy" }}
{{- with include . $context | trim }}
---
{{ include "job.migrationHook" (dict "migration" $migration "weight" (sub $weight 1) "object" (fromYaml .)) }}
{{- end }}
{{- end }}
---
{{ include "job.migrationHook" (dict "migration" $migration "weight" $weight "object" (include "job.migrationJob" $context | fromYaml)) }}
{{- end }}
{{- end -}}

{{/*
The Job itself. Takes the migration's context.
*/}}
{{- define "job.migrationJob" -}}
{{- $migration := .Values.migration -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "job.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  backoffLimit: {{ $migration.backoffLimit | default 0 | int64 }}
  activeDeadlineSeconds: {{ $migration.activeDeadlineSeconds | default 600 | int64 }}
  template:
    metadata:
      labels:
        {{- include "job.podLabels" . | nindent 8 }}
    spec:
      restartPolicy: Never
      {{- include "job.podSpec" . | nindent 6 }}
      containers:
        - {{ include "job.container" . | nindent 10 | trim }}
      {{- with include "job.volumes" . | trim }}
      volumes:
        {{- . | nindent 8 }}
      {{- end }}
{{- end -}}

{{/*
An object with the annotations of a hook. Takes a dict of "migration", "weight" and "object".
*/}}
{{- define "job.migrationHook" -}}
{{- $annotations := dict
  "helm.sh/hook" (join "," (.migration.hooks | default (list "pre-install" "pre-upgrade")))
  "helm.sh/hook-weight" (toString .weight)
  "helm.sh/hook-delete-policy" (join "," (.migration.deletePolicy | default (list "before-hook-creation" "hook-succeeded"))) -}}
{{- $_ := set .object.metadata "annotations" (merge $annotations (.object.metadata.annotations | default dict)) -}}
{{- toYaml .object -}}
{{- end -}}
