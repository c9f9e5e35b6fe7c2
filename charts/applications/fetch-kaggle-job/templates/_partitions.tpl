{{/*
Fails if PARTITIONS, by which each pod takes its part of the data sets, is not the number of pods: some data sets would be fetched by nobody.
*/}}
{{- define "fetch-kaggle-job.checkPartitions" -}}
{{- with (.Values.config).PARTITIONS -}}
{{- $indexes := eq $.Values.completionMode "Indexed" | ternary (int $.Values.completions) 1 -}}
{{- if ne (int .) $indexes -}}
{{- fail (printf "config.PARTITIONS is %s, and there are %d parts by completionMode %s and completions %d: with another number some data sets would be fetched by nobody" . $indexes $.Values.completionMode (int $.Values.completions)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
