{{/*
The policy that lets pods start only from images with a valid signature, while imageVerification.enabled: for Sigstore's policy-controller or for Kyverno.
https://docs.sigstore.dev/policy-controller/overview/
https://kyverno.io/docs/policy-types/image-validating-policy/
*/}}
{{- define "job.imageverification" -}}
{{- $verification := .Values.imageVerification | default dict }}
{{- if $verification.enabled }}
{{- $keyless := $verification.keyless | default dict }}
{{- if $verification.publicKey }}
{{- if or $keyless.issuer $keyless.subject $keyless.subjectRegExp }}
{{- fail "imageVerification takes imageVerification.publicKey or imageVerification.keyless, not both" }}
{{- end }}
{{- else if and $keyless.subject $keyless.subjectRegExp }}
{{- fail "imageVerification.keyless takes imageVerification.keyless.subject or imageVerification.keyless.subjectRegExp, not both" }}
{{- else if not (and $keyless.issuer (or $keyless.subject $keyless.subjectRegExp)) }}
{{- fail "imageVerification.enabled needs imageVerification.publicKey, or imageVerification.keyless.issuer with imageVerification.keyless.subject or imageVerification.keyless.subjectRegExp" }}
{{- end }}
{{- if eq $verification.engine "kyverno" }}
{{- include "job.kyvernopolicy" . }}
{{- else }}
{{- include "job.clusterimagepolicy" . }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Sigstore's policies are objects of the cluster: the namespace is in the name. They apply where a namespace has the label policy.sigstore.dev/include.
*/}}
{{- define "job.clusterimagepolicy" }}
{{- $verification := .Values.imageVerification }}
apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: {{ include "job.clusterName" . }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  mode: {{ $verification.action | default "enforce" }}
  images:
    {{- /* An asterisk stops at a slash: neither longer names nor repositories below are meant. */}}
    - glob: {{ printf "%s:*" .Values.image.repository | quote }}
    - glob: {{ printf "%s@*" .Values.image.repository | quote }}
  authorities:
    - name: signed
      {{- if $verification.publicKey }}
      key:
        hashAlgorithm: sha256
        data: |
          {{- $verification.publicKey | trim | nindent 10 }}
      {{- else }}
      keyless:
        url: {{ $verification.keyless.fulcio | default "https://fulcio.sigstore.dev" }}
        identities:
          - {{ include "job.signer" . | nindent 12 | trim }}
      {{- end }}
      ctlog:
        url: {{ $verification.rekor | default "https://rekor.sigstore.dev" }}
{{- end }}

{{/*
Kyverno's policy is of the namespace, and turns tags into digests where it refuses.
*/}}
{{- define "job.kyvernopolicy" }}
{{- $verification := .Values.imageVerification }}
{{- $enforced := eq ($verification.action | default "enforce") "enforce" }}
apiVersion: policies.kyverno.io/v1
kind: NamespacedImageValidatingPolicy
metadata:
  name: {{ include "job.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  validationActions:
    - {{ $enforced | ternary "Deny" "Audit" }}
  evaluation:
    background:
      enabled: false
  matchConstraints:
    resourceRules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [pods]
  matchImageReferences:
    - glob: {{ printf "%s:*" .Values.image.repository | quote }}
    - glob: {{ printf "%s@*" .Values.image.repository | quote }}
  validationConfigurations:
    mutateDigest: {{ $enforced }}
    required: true
    verifyDigest: {{ $enforced }}
  attestors:
    - name: signed
      cosign:
        {{- if $verification.publicKey }}
        key:
          data: |
            {{- $verification.publicKey | trim | nindent 12 }}
        {{- else }}
        keyless:
          identities:
            - {{ include "job.signer" . | nindent 14 | trim }}
        {{- end }}
        ctlog:
          url: {{ $verification.rekor | default "https://rekor.sigstore.dev" }}
  validations:
    - expression: (images.containers + images.initContainers + images.ephemeralContainers).all(image, verifyImageSignatures(image, [attestors.signed]) > 0)
      message: The image is not signed by whom the chart names.
{{- end }}

{{/*
Whose certificate signs, in the words that both engines share.
*/}}
{{- define "job.signer" -}}
{{- $keyless := .Values.imageVerification.keyless -}}
issuer: {{ $keyless.issuer | quote }}
{{- with $keyless.subject }}
subject: {{ quote . }}
{{- end }}
{{- with $keyless.subjectRegExp }}
subjectRegExp: {{ quote . }}
{{- end }}
{{- end -}}
