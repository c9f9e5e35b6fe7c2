{{/*
The Pod Security Standards in CEL, as the admission controller of Kubernetes decides by them, but for what it leaves to the API server's validation.
https://kubernetes.io/docs/concepts/security/pod-security-standards/
*/}}

{{/*
The minor version of Kubernetes 1.x whose standard it is. Takes a dict of "context" (the root) and "version": "latest" is the cluster's.
*/}}
{{- define "service.podSecurityMinor" -}}
{{- if eq (.version | default "latest") "latest" -}}
{{- .context.Capabilities.KubeVersion.Minor | regexFind "[0-9]+" -}}
{{- else -}}
{{- trimPrefix "v1." .version -}}
{{- end -}}
{{- end -}}

{{/*
The checks of a level, each with its name, a CEL list of who fails it, and what is wanted of them. Takes a dict of "level" and "minor".
In CEL, "contexts" are the pod's and the containers' names with their security contexts, "own" are the containers' alone.
*/}}
{{- define "service.podSecurityChecks" -}}
{{- $restricted := eq .level "restricted" }}
{{- $minor := int .minor }}
{{- $profiles := "['RuntimeDefault', 'Localhost']" }}
- name: privileged
  offenders: variables.own.map(s, s.context.?privileged.orValue(false), s.name)
  wanted: securityContext.privileged must be false or left out
- name: hostNamespaces
  offenders: "['hostNetwork', 'hostPID', 'hostIPC'].map(field, variables.spec[?field].orValue(false), 'spec.' + field)"
  wanted: must be false or left out
{{- if $restricted }}
- name: capabilitiesDropped
  offenders: "variables.isWindows ? [] : variables.own.map(s, !('ALL' in s.context.?capabilities.?drop.orValue([])), s.name)"
  wanted: securityContext.capabilities.drop must name ALL
- name: capabilitiesAdded
  offenders: "variables.isWindows ? [] : variables.own.map(s, s.context.?capabilities.?add.orValue([]).exists(name, name != 'NET_BIND_SERVICE'), s.name)"
  wanted: securityContext.capabilities.add may name NET_BIND_SERVICE alone
- name: volumeKinds
  offenders: "variables.volumes.map(v, !['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'].exists(kind, kind in v), 'volume ' + v.name)"
  wanted: must be a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret
{{- else }}
{{- $capabilities := list "AUDIT_WRITE" "CHOWN" "DAC_OVERRIDE" "FOWNER" "FSETID" "KILL" "MKNOD" "NET_BIND_SERVICE" "SETFCAP" "SETGID" "SETPCAP" "SETUID" "SYS_CHROOT" }}
- name: capabilitiesAdded
  offenders: "variables.own.map(s, s.context.?capabilities.?add.orValue([]).exists(name, !(name in ['{{ join "', '" $capabilities }}'])), s.name)"
  wanted: securityContext.capabilities.add may name {{ join ", " $capabilities }} alone
- name: volumeKinds
  offenders: variables.volumes.map(v, has(v.hostPath), 'volume ' + v.name)
  wanted: must be of another kind than hostPath
{{- end }}
- name: hostPorts
  offenders: "variables.containers.map(c, c.?ports.orValue([]).exists(port, port.?hostPort.orValue(0) != 0), 'container ' + c.name)"
  wanted: ports must leave hostPort out
{{- if ge $minor 34 }}
- name: hosts
  offenders: >-
    variables.containers.map(c, [?c.?livenessProbe, ?c.?readinessProbe, ?c.?startupProbe, ?c.?lifecycle.?postStart, ?c.?lifecycle.?preStop].exists(handler,
    handler.?httpGet.?host.orValue('') != '' || handler.?tcpSocket.?host.orValue('') != ''), 'container ' + c.name)
  wanted: probes and lifecycle must leave host out
{{- end }}
- name: appArmor
  offenders: >-
    variables.contexts.map(s, has(s.context.appArmorProfile) && !(s.context.appArmorProfile.type in {{ $profiles }}), s.name) +
    variables.annotations.filter(key, key.startsWith('container.apparmor.security.beta.kubernetes.io/') && variables.annotations[key] != '' &&
    variables.annotations[key] != 'runtime/default' && !variables.annotations[key].startsWith('localhost/')).map(key, 'annotation ' + key)
  wanted: securityContext.appArmorProfile.type must be RuntimeDefault or Localhost, or left out
- name: seLinux
  offenders: >-
    variables.contexts.map(s, !(s.context.?seLinuxOptions.?type.orValue('') in ['', 'container_t', 'container_init_t', 'container_kvm_t'{{ if ge $minor 31 }}, 'container_engine_t'{{ end }}]) ||
    s.context.?seLinuxOptions.?user.orValue('') != '' || s.context.?seLinuxOptions.?role.orValue('') != '', s.name)
  wanted: securityContext.seLinuxOptions must leave user and role out, and name no type but container_t and its kin
- name: procMount
  offenders: "{{ if and (ge $minor 35) (not $restricted) }}variables.hasOwnUsers ? [] : {{ end }}variables.own.map(s, s.context.?procMount.orValue('Default') != 'Default', s.name)"
  wanted: securityContext.procMount must be Default or left out
{{- if $restricted }}
- name: seccomp
  offenders: >-
    variables.isWindows ? [] : variables.contexts.map(s, !(s.context.?seccompProfile.?type.orValue(s.name == 'the pod' ? 'RuntimeDefault' : variables.shared.?seccompProfile.?type.orValue('')) in {{ $profiles }}), s.name)
  wanted: securityContext.seccompProfile.type must be RuntimeDefault or Localhost, here or at the pod
{{- else }}
- name: seccomp
  offenders: "variables.contexts.map(s, !(s.context.?seccompProfile.?type.orValue('RuntimeDefault') in {{ $profiles }}), s.name)"
  wanted: securityContext.seccompProfile.type must be RuntimeDefault or Localhost, or left out
{{- end }}
{{- $sysctls := list "kernel.shm_rmid_forced" "net.ipv4.ip_local_port_range" "net.ipv4.tcp_syncookies" "net.ipv4.ping_group_range" "net.ipv4.ip_unprivileged_port_start" }}
{{- range list (list 27 "net.ipv4.ip_local_reserved_ports") (list 29 "net.ipv4.tcp_keepalive_time" "net.ipv4.tcp_fin_timeout" "net.ipv4.tcp_keepalive_intvl" "net.ipv4.tcp_keepalive_probes") (list 32 "net.ipv4.tcp_rmem" "net.ipv4.tcp_wmem") (list 37 "net.ipv4.tcp_slow_start_after_idle" "net.ipv4.tcp_notsent_lowat") }}
{{- if ge $minor (first .) }}
{{- $sysctls = concat $sysctls (rest .) }}
{{- end }}
{{- end }}
- name: sysctls
  offenders: "variables.shared.?sysctls.orValue([]).map(s, !(s.name in ['{{ join "', '" $sysctls }}']), 'sysctl ' + s.name)"
  wanted: securityContext.sysctls may name safe ones alone
- name: hostProcess
  offenders: variables.contexts.map(s, s.context.?windowsOptions.?hostProcess.orValue(false), s.name)
  wanted: securityContext.windowsOptions.hostProcess must be false or left out
{{- if $restricted }}
- name: escalation
  offenders: "variables.isWindows ? [] : variables.own.map(s, s.context.?allowPrivilegeEscalation.orValue(true), s.name)"
  wanted: securityContext.allowPrivilegeEscalation must be false
{{- $relaxed := ge $minor 35 | ternary "variables.hasOwnUsers ? [] : " "" }}
- name: nonRoot
  offenders: "{{ $relaxed }}variables.contexts.map(s, !s.context.?runAsNonRoot.orValue(s.name == 'the pod' || variables.shared.?runAsNonRoot.orValue(false)), s.name)"
  wanted: securityContext.runAsNonRoot must be true, here or at the pod
- name: user
  offenders: "{{ $relaxed }}variables.contexts.map(s, s.context.?runAsUser.orValue(1) == 0, s.name)"
  wanted: securityContext.runAsUser must not be 0
{{- end }}
{{- end -}}

{{/*
What is looked at, as resource rules. Takes a list of "pods", "workloads" or both.
*/}}
{{- define "service.podSecurityResources" -}}
{{- $groups := list }}
{{- if has "pods" . }}
{{- $groups = append $groups (list "" "pods" "pods/ephemeralcontainers") }}
{{- end }}
{{- if has "workloads" . }}
{{- $groups = concat $groups (list (list "" "podtemplates" "replicationcontrollers") (list "apps" "daemonsets" "deployments" "replicasets" "statefulsets") (list "batch" "cronjobs" "jobs")) }}
{{- end }}
{{- range $group := $groups }}
- apiGroups:
    - {{ first $group | quote }}
  apiVersions:
    - v1
  operations:
    - CREATE
    - UPDATE
  resources:
    {{- toYaml (rest $group) | nindent 4 }}
{{- end }}
{{- end -}}

{{/*
A ValidatingAdmissionPolicy that asks for a level, and its bindings to pods and to what makes pods. Takes a dict of "name", "labels" (as YAML), "level", "minor", "exemptUsers",
"pods" and "workloads" (what comes of a violation: Deny, Warn, Audit; no binding without any), "namespace", and "selector" (labels as YAML; empty: every object there).
Of changes, only those are looked at that can matter, so that what was there before the policy can still be labelled and deleted.
*/}}
{{- define "service.podSecurityPolicy" -}}
{{- range $key, $actions := dict "enforcement" .pods "workloads" .workloads }}
{{- if and (has "Deny" ($actions | default list)) (has "Warn" $actions) }}
{{- fail (printf "admissionPolicy.%s takes Deny or Warn, not both: a refusal says already what the warning would" $key) }}
{{- end }}
{{- end }}
{{- $checks := include "service.podSecurityChecks" . | fromYamlArray -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ .name }}
  labels:
    {{- .labels | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      {{- include "service.podSecurityResources" (list "pods" "workloads") | trim | nindent 6 }}
  matchConditions:
    - name: new-or-changed
      expression: >-
        request.operation == 'CREATE' || (request.resource.resource == 'pods' ? ['containers', 'initContainers', 'ephemeralContainers'].exists(part,
        dyn(object).spec[?part].orValue([]).map(c, c.image) != dyn(oldObject).spec[?part].orValue([]).map(c, c.image)) :
        ['spec', 'template'].exists(part, dyn(object)[?part] != dyn(oldObject)[?part]))
    {{- with .exemptUsers }}
    - name: not-exempt
      expression: >-
        !(request.userInfo.username in {{ toJson . }})
    {{- end }}
  variables:
    - name: pod
      expression: >-
        request.resource.resource == 'pods' ? dyn(object) : request.resource.resource == 'cronjobs' ? dyn(object).spec.jobTemplate.spec.template :
        request.resource.resource == 'podtemplates' ? dyn(object).template : dyn(object).spec.template
    - name: spec
      expression: variables.pod.spec
    - name: annotations
      expression: variables.pod.?metadata.?annotations.orValue({})
    - name: shared
      expression: variables.spec.?securityContext.orValue({})
    - name: containers
      expression: variables.spec.?initContainers.orValue([]) + variables.spec.containers + variables.spec.?ephemeralContainers.orValue([])
    - name: volumes
      expression: variables.spec.?volumes.orValue([])
    - name: own
      expression: >-
        variables.containers.map(c, {'name': dyn('container ' + c.name), 'context': c.?securityContext.orValue({})})
    - name: contexts
      expression: >-
        [{'name': dyn('the pod'), 'context': variables.shared}] + variables.own
    {{- if eq .level "restricted" }}
    - name: isWindows
      expression: variables.spec.?os.?name.orValue('') == 'windows'
    {{- end }}
    {{- if ge .minor 35 }}
    - name: hasOwnUsers
      expression: >-
        !variables.spec.?hostUsers.orValue(true)
    {{- end }}
    {{- range $checks }}
    - name: {{ .name }}
      expression: >-
        {{ .offenders }}
    {{- end }}
    - name: faults
      expression: >-
        {{- range $index, $check := $checks }}
        {{ if $index }}+ {{ end }}(variables.{{ .name }}.size() == 0 ? [] : [variables.{{ .name }}.join(', ') + ': {{ .wanted }}'])
        {{- end }}
  validations:
    - expression: variables.faults.size() == 0
      message: The pod does not meet the {{ .level }} Pod Security Standard of Kubernetes 1.{{ .minor }}.
      messageExpression: >-
        'The pod does not meet the {{ .level }} Pod Security Standard of Kubernetes 1.{{ .minor }}: ' + variables.faults.join('; ')
      reason: Forbidden
{{- range $part := list "pods" "workloads" }}
{{- with get $ $part }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ $.name }}-{{ $part }}
  labels:
    {{- $.labels | nindent 4 }}
spec:
  policyName: {{ $.name }}
  validationActions:
    {{- toYaml . | nindent 4 }}
  matchResources:
    namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: {{ toYaml $.namespace }}
    {{- with $.selector }}
    objectSelector:
      matchLabels:
        {{- . | nindent 8 }}
    {{- end }}
    resourceRules:
      {{- include "service.podSecurityResources" (list $part) | trim | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}
