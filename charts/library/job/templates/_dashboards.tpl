{{/*
The ConfigMap with the Grafana dashboard of this library, while dashboards.enabled: the sidecar of Grafana's chart finds it by its labels.
*/}}
{{- define "job.dashboards" -}}
{{- $dashboards := .Values.dashboards | default dict }}
{{- if $dashboards.enabled }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "job.suffixed" (dict "context" . "suffix" "dashboard") }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.objectLabels" (dict "context" . "labels" ($dashboards.labels | default (dict "grafana_dashboard" "1"))) | nindent 4 }}
  {{- with $dashboards.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
data:
  {{ .Release.Namespace }}-{{ include "job.fullname" . }}.json: |
    {{- include "job.dashboard" . | fromJson | toPrettyJson | nindent 4 }}
{{- end }}
{{- end -}}

{{/*
What Grafana's dashboards have in common, as JSON. Takes a dict of "context" (the root), "title", "tags" and "panels" (a list of what panel gives).
*/}}
{{- define "job.dashboardOf" -}}
{{- $panels := list }}
{{- range $number, $panel := .panels }}
{{- $panels = append $panels (set (fromJson $panel) "id" (add $number 1)) }}
{{- end }}
{{- $source := dict "type" "datasource" "name" "datasource" "label" "Data source" "query" "prometheus" "refresh" 1 }}
{{- dict
  "uid" (printf "%s/%s" .context.Release.Namespace (include "job.fullname" .context) | sha256sum | trunc 20)
  "title" .title "tags" .tags "panels" $panels
  "schemaVersion" 39 "version" 1 "editable" true "graphTooltip" 1 "refresh" "1m" "timezone" "browser"
  "time" (dict "from" "now-24h" "to" "now") "annotations" (dict "list" list) "links" list
  "templating" (dict "list" (list $source)) | toJson }}
{{- end -}}

{{/*
One panel of a dashboard, as JSON. Takes a dict of "type" (timeseries or stat), "title", "description", "at" (a list of x, y, width and height in
Grafana's grid of 24), "unit" (one of Grafana's), "targets" (a list of lists: expression and legend) and, if there are any, "steps" (a list of lists: from
which value on, and which colour).
*/}}
{{- define "job.panel" -}}
{{- $source := dict "type" "prometheus" "uid" "${datasource}" }}
{{- $targets := list }}
{{- range $number, $target := .targets }}
{{- $targets = append $targets (dict "refId" (substr $number (int (add $number 1)) "ABCDEFGH") "datasource" $source "expr" (index $target 0) "legendFormat" (index $target 1) "range" true) }}
{{- end }}
{{- $steps := list (dict "color" "green" "value" nil) }}
{{- range .steps }}
{{- $steps = append $steps (dict "value" (index . 0) "color" (index . 1)) }}
{{- end }}
{{- $defaults := dict "unit" .unit "thresholds" (dict "mode" "absolute" "steps" $steps) }}
{{- $options := dict "reduceOptions" (dict "calcs" (list "lastNotNull") "fields" "" "values" false) "colorMode" "value" "graphMode" "area" }}
{{- if eq .type "timeseries" }}
{{- $_ := set $defaults "custom" (dict "drawStyle" "line" "lineWidth" 1 "fillOpacity" 10 "showPoints" "never" "thresholdsStyle" (dict "mode" (empty .steps | ternary "off" "line"))) }}
{{- $_ := set $defaults "min" 0 }}
{{- $options = dict "legend" (dict "displayMode" "table" "placement" "bottom" "showLegend" true "calcs" (list "lastNotNull" "max")) "tooltip" (dict "mode" "multi" "sort" "desc") }}
{{- end }}
{{- dict
  "type" .type "title" .title "description" .description "datasource" $source "targets" $targets "options" $options
  "gridPos" (dict "x" (index .at 0) "y" (index .at 1) "w" (index .at 2) "h" (index .at 3))
  "fieldConfig" (dict "defaults" $defaults "overrides" list) | toJson }}
{{- end -}}
