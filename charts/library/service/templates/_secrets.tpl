{{/*
Secrets that are kept elsewhere, by reference: no value of theirs is in the chart, so that a render is the same each time.
The ExternalSecret, while externalSecret.enabled: the External Secrets operator makes a Secret of it, whose keys become environment variables.
https://external-secrets.io/latest/api/externalsecret/
*/}}
{{- define "service.externalsecret" -}}
{{- $secret := .Values.externalSecret | default dict }}
{{- if $secret.enabled }}
{{- if not (or $secret.data $secret.extract) }}
{{- fail "externalSecret.enabled needs keys: name them in externalSecret.data, or whole entries in externalSecret.extract" }}
{{- end }}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: {{ include "service.suffixed" (dict "context" . "suffix" "external") }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  refreshInterval: {{ $secret.refreshInterval | default "1h" }}
  secretStoreRef:
    kind: {{ ($secret.store).kind | default "ClusterSecretStore" }}
    name: {{ required "externalSecret.store.name is required while externalSecret.enabled is true" ($secret.store).name }}
  target:
    name: {{ include "service.suffixed" (dict "context" . "suffix" "external") }}
    creationPolicy: Owner
    deletionPolicy: Retain
  {{- with $secret.data }}
  data:
    {{- range . }}
    - secretKey: {{ .key | quote }}
      remoteRef:
        key: {{ .entry | quote }}
        {{- with .property }}
        property: {{ quote . }}
        {{- end }}
        {{- with .version }}
        version: {{ quote . }}
        {{- end }}
    {{- end }}
  {{- end }}
  {{- with $secret.extract }}
  dataFrom:
    {{- range . }}
    - extract:
        key: {{ quote . }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
The SecretProviderClass, while secretsStore.enabled and no existing one is named: what the Secrets Store CSI driver mounts.
https://secrets-store-csi-driver.sigs.k8s.io/concepts.html#secretproviderclass
*/}}
{{- define "service.secretproviderclass" -}}
{{- $store := .Values.secretsStore | default dict }}
{{- if and $store.enabled (not $store.existingClass) }}
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: {{ include "service.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
spec:
  provider: {{ required "secretsStore.provider is required while secretsStore.enabled is true and secretsStore.existingClass names none" $store.provider }}
  {{- with $store.parameters }}
  parameters:
    {{- range $key, $value := . }}
    {{ $key }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
  {{- with $store.environment }}
  secretObjects:
    - secretName: {{ include "service.suffixed" (dict "context" $ "suffix" "store") }}
      type: Opaque
      labels:
        {{- include "service.labels" $ | nindent 8 }}
      data:
        {{- range . }}
        - key: {{ .key | quote }}
          objectName: {{ .object | quote }}
        {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
The driver's volume, and where it is mounted.
*/}}
{{- define "service.secretsVolume" -}}
{{- with .Values.secretsStore }}
{{- if .enabled }}
- name: secrets-store
  csi:
    driver: secrets-store.csi.k8s.io
    readOnly: true
    volumeAttributes:
      secretProviderClass: {{ .existingClass | default (include "service.fullname" $) }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "service.secretsVolumeMount" -}}
{{- with .Values.secretsStore }}
{{- if .enabled }}
- name: secrets-store
  mountPath: {{ .mountPath | default "/mnt/secrets-store" }}
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{/*
The Secrets that those two make, as sources of environment variables.
*/}}
{{- define "service.secretsEnvFrom" -}}
{{- if (.Values.externalSecret).enabled }}
- secretRef:
    name: {{ include "service.suffixed" (dict "context" . "suffix" "external") }}
{{- end }}
{{- $store := .Values.secretsStore | default dict }}
{{- if and $store.enabled $store.environment (not $store.existingClass) }}
- secretRef:
    name: {{ include "service.suffixed" (dict "context" . "suffix" "store") }}
{{- end }}
{{- end -}}
