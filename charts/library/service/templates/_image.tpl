{{/*
The image's reference: its digest if there is one, otherwise its tag, otherwise the chart's appVersion.
*/}}
{{- define "service.image" -}}
{{- $image := .Values.image | default dict -}}
{{- $repository := required "image.repository is required" $image.repository -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository ($image.tag | default .Chart.AppVersion | toString) -}}
{{- end -}}
{{- end -}}
