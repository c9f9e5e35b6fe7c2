{{/*
The policy that lets pods start only from images with a valid signature, while imageVerification.enabled: for Sigstore's policy-controller or for Kyverno.
https://docs.sigstore.dev/policy-controller/overview/
https://kyverno.io/docs/policy-types/cluster-policy/verify-images/sigstore/
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
Kyverno's policy is of the namespace, and turns tags into digests.
*/}}
{{- define "job.kyvernopolicy" }}
{{- $verification := .Values.imageVerification }}
apiVersion: kyverno.io/v1
kind: Policy
metadata:
  name: {{ include "job.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "job.labels" . | nindent 4 }}
spec:
  background: false
  rules:
    - name: signed
      match:
        any:
          - resources:
              kinds:
                - Pod
      verifyImages:
        - imageReferences:
            - {{ printf "%s:*" .Values.image.repository | quote }}
            - {{ printf "%s@*" .Values.image.repository | quote }}
          failureAction: {{ eq ($verification.action | default "enforce") "enforce" | ternary "Enforce" "Audit" }}
          mutateDigest: {{ eq ($verification.action | default "enforce") "enforce" }}
          required: true
          verifyDigest: true
          attestors:
            - count: 1
              entries:
                {{- if $verification.publicKey }}
                - keys:
                    publicKeys: |
                      {{- $verification.publicKey | trim | nindent 22 }}
                    rekor:
                      url: {{ $verification.rekor | default "https://rekor.sigstore.dev" }}
                {{- else }}
                - keyless:
                    {{- include "job.signer" . | nindent 20 }}
                    rekor:
                      url: {{ $verification.rekor | default "https://rekor.sigstore.dev" }}
                {{- end }}
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
