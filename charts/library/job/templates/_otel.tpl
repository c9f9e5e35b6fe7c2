{{/*
The environment of an OpenTelemetry SDK, while opentelemetry.enabled: where it sends, what it records, and how the trace context comes in and goes on.
A variable that env sets too is left to it.
https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
*/}}
{{- define "job.otelEnv" -}}
{{- $otel := .Values.opentelemetry | default dict }}
{{- if $otel.enabled }}
{{- $taken := dict }}
{{- range .Values.env }}
{{- $_ := set $taken .name true }}
{{- end }}
{{- range $name, $path := dict "OTEL_RESOURCE_ATTRIBUTES_NODE_NAME" "spec.nodeName" "OTEL_RESOURCE_ATTRIBUTES_POD_NAME" "metadata.name" }}
{{- if not (hasKey $taken $name) }}
- name: {{ $name }}
  valueFrom:
    fieldRef:
      fieldPath: {{ $path }}
{{- end }}
{{- end }}
{{- $protocol := $otel.protocol | default "http/protobuf" }}
{{- $endpoint := required "opentelemetry.endpoint is required while opentelemetry.enabled is true" $otel.endpoint }}
{{- if has $otel.sidecar (list "container" "operator") }}
{{- $endpoint = eq $protocol "grpc" | ternary "http://localhost:4317" "http://localhost:4318" }}
{{- end }}
{{- $attributes := list (printf "k8s.namespace.name=%s" .Release.Namespace) "k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)" "k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)" (printf "job.version=%s" ((.Values.image).tag | default .Chart.AppVersion)) }}
{{- with .Values.partOf }}
{{- $attributes = append $attributes (printf "job.namespace=%s" .) }}
{{- end }}
{{- range $key, $value := $otel.resourceAttributes }}
{{- $attributes = append $attributes (printf "%s=%s" $key $value) }}
{{- end }}
{{- $values := dict
  "OTEL_EXPORTER_OTLP_ENDPOINT" $endpoint
  "OTEL_EXPORTER_OTLP_PROTOCOL" $protocol
  "OTEL_PROPAGATORS" (join "," ($otel.propagators | default (list "tracecontext" "baggage")))
  "OTEL_RESOURCE_ATTRIBUTES" (join "," $attributes)
  "OTEL_SERVICE_NAME" (include "job.fullname" .)
  "OTEL_TRACES_SAMPLER" ($otel.sampler | default "parentbased_traceidratio") }}
{{- if hasSuffix "traceidratio" ($otel.sampler | default "parentbased_traceidratio") }}
{{- $_ := set $values "OTEL_TRACES_SAMPLER_ARG" (kindIs "invalid" $otel.samplerRatio | ternary "0.1" (toString $otel.samplerRatio)) }}
{{- end }}
{{- range $name, $value := $values }}
{{- if not (hasKey $taken $name) }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Annotations that ask the OpenTelemetry Operator for an agent in the container and a collector in the pod, if they are wanted from it.
*/}}
{{- define "job.otelAnnotations" -}}
{{- $otel := .Values.opentelemetry | default dict }}
{{- if $otel.enabled }}
{{- if ne ($otel.instrumentation | default "none") "none" }}
instrumentation.opentelemetry.io/container-names: {{ include "job.name" . }}
instrumentation.opentelemetry.io/inject-{{ $otel.instrumentation }}: {{ $otel.instrumentationResource | default "true" | quote }}
{{- end }}
{{- if eq ($otel.sidecar | default "none") "operator" }}
sidecar.opentelemetry.io/inject: {{ $otel.sidecarResource | default "true" | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
"true" while the pod has this chart's own collector.
*/}}
{{- define "job.otelCollector" -}}
{{- $otel := .Values.opentelemetry | default dict }}
{{- if and $otel.enabled (eq ($otel.sidecar | default "none") "container") }}true{{ end }}
{{- end -}}

{{/*
That collector, as a native sidecar: it starts before the application and ends after it, and a job does not wait for it.
*/}}
{{- define "job.otelSidecar" -}}
{{- if include "job.otelCollector" . }}
{{- $collector := .Values.opentelemetry.collector | default dict }}
{{- $image := $collector.image | default dict }}
- name: otel-collector
  image: {{ $image.digest | empty | ternary (printf "%s:%s" $image.repository (toString $image.tag)) (printf "%s@%s" $image.repository $image.digest) }}
  imagePullPolicy: IfNotPresent
  restartPolicy: Always
  args:
    - --config=/etc/otel/config.yaml
  ports:
    - name: otel-health
      containerPort: {{ $collector.healthPort | default 13133 }}
      protocol: TCP
  startupProbe:
    httpGet:
      path: /
      port: otel-health
    periodSeconds: 2
    failureThreshold: 30
  livenessProbe:
    httpGet:
      path: /
      port: otel-health
    periodSeconds: 20
  readinessProbe:
    httpGet:
      path: /
      port: otel-health
    periodSeconds: 10
  {{- with $collector.resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    allowPrivilegeEscalation: false
    capabilities:
      drop:
        - ALL
    readOnlyRootFilesystem: true
  volumeMounts:
    - name: otel-config
      mountPath: /etc/otel
      readOnly: true
{{- end }}
{{- end -}}

{{/*
Its volume.
*/}}
{{- define "job.otelVolume" -}}
{{- if include "job.otelCollector" . }}
- name: otel-config
  configMap:
    name: {{ include "job.suffixed" (dict "context" . "suffix" "otel") }}
{{- end }}
{{- end -}}

{{/*
Its configuration: what comes in on the pod's loopback goes out in batches to opentelemetry.endpoint.
*/}}
{{- define "job.otelConfigmap" -}}
{{- if include "job.otelCollector" . }}
{{- $otel := .Values.opentelemetry }}
{{- $grpc := eq $otel.protocol "grpc" }}
{{- $exporter := $grpc | ternary "otlp_grpc" "otlp_http" }}
{{- $pipeline := dict "receivers" (list "otlp") "processors" (list "memory_limiter" "batch") "exporters" (list $exporter) }}
{{- $config := dict
  "extensions" (dict "health_check" (dict "endpoint" (printf ":%v" (($otel.collector).healthPort | default 13133))))
  "receivers" (dict "otlp" (dict "protocols" (dict "grpc" (dict "endpoint" "localhost:4317") "http" (dict "endpoint" "localhost:4318"))))
  "processors" (dict "memory_limiter" (dict "check_interval" "1s" "limit_percentage" 80 "spike_limit_percentage" 20) "batch" dict)
  "exporters" (dict $exporter (dict "endpoint" (required "opentelemetry.endpoint is required while opentelemetry.enabled is true" $otel.endpoint)))
  "service" (dict "extensions" (list "health_check") "pipelines" (dict "traces" $pipeline "metrics" $pipeline "logs" $pipeline)) }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "job.suffixed" (dict "context" . "suffix" "otel") }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
data:
  config.yaml: |
    {{- toYaml $config | nindent 4 }}
{{- end }}
{{- end -}}
