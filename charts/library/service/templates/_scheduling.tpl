{{/*
Affinity: nodes by their architecture, by spot and as given; pods as given, or else apart from each other as the preset says.
*/}}
{{- define "service.affinity" -}}
{{- $affinity := .Values.affinity | default dict -}}
{{- $lines := list -}}
{{- with include "service.nodeAffinity" . -}}
{{- $lines = append $lines (printf "nodeAffinity:%s" (nindent 2 .)) -}}
{{- end -}}
{{- with $affinity.podAffinity -}}
{{- $lines = append $lines (dict "podAffinity" . | toYaml) -}}
{{- end -}}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "service.selectorLabels" . | fromYaml)) -}}
{{- if $affinity.podAntiAffinity -}}
{{- $lines = append $lines (dict "podAntiAffinity" $affinity.podAntiAffinity | toYaml) -}}
{{- else if eq $affinity.preset "soft" -}}
{{- $lines = append $lines (dict "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term))) | toYaml) -}}
{{- else if eq $affinity.preset "hard" -}}
{{- $lines = append $lines (dict "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term)) | toYaml) -}}
{{- end -}}
{{- join "\n" $lines -}}
{{- end -}}

{{/*
Node affinity as given, with what architectures and spot ask for. Terms are alternatives to each other, so that each of them gets all of it.
*/}}
{{- define "service.nodeAffinity" -}}
{{- $node := (.Values.affinity).nodeAffinity | default dict -}}
{{- $needed := list -}}
{{- with .Values.architectures -}}
{{- $needed = append $needed (dict "key" "kubernetes.io/arch" "operator" "In" "values" .) -}}
{{- end -}}
{{- $use := (.Values.spot).use | default "none" -}}
{{- $label := include "service.spotLabel" . | fromYaml -}}
{{- $onSpot := dict "key" $label.key "operator" (eq $use "avoid" | ternary "NotIn" "In") "values" (list $label.value) -}}
{{- if has $use (list "require" "avoid") -}}
{{- $needed = append $needed $onSpot -}}
{{- end -}}
{{- if $needed -}}
{{- $terms := list -}}
{{- range ($node.requiredDuringSchedulingIgnoredDuringExecution).nodeSelectorTerms | default (list dict) -}}
{{- $terms = append $terms (merge (dict "matchExpressions" (concat (.matchExpressions | default list) $needed)) .) -}}
{{- end -}}
{{- $node = merge (dict "requiredDuringSchedulingIgnoredDuringExecution" (dict "nodeSelectorTerms" $terms)) (omit $node "requiredDuringSchedulingIgnoredDuringExecution") -}}
{{- end -}}
{{- if eq $use "prefer" -}}
{{- $preferred := append ($node.preferredDuringSchedulingIgnoredDuringExecution | default list) (dict "weight" 100 "preference" (dict "matchExpressions" (list $onSpot))) -}}
{{- $node = merge (dict "preferredDuringSchedulingIgnoredDuringExecution" $preferred) $node -}}
{{- end -}}
{{- with $node -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{/*
The label of spot nodes, which is also their taint where they have one: "key" and "value" as YAML.
Karpenter, Amazon EKS's managed groups, Google GKE, Azure AKS.
*/}}
{{- define "service.spotLabel" -}}
{{- $labels := dict
  "karpenter" (dict "key" "karpenter.sh/capacity-type" "value" "spot")
  "eks" (dict "key" "eks.amazonaws.com/capacityType" "value" "SPOT")
  "gke" (dict "key" "cloud.google.com/gke-spot" "value" "true")
  "aks" (dict "key" "kubernetes.azure.com/scalesetpriority" "value" "spot") -}}
{{- get $labels ((.Values.spot).nodes | default "karpenter") | toYaml -}}
{{- end -}}

{{/*
Tolerations as given, and of the taint of spot nodes unless pods stay away from them.
*/}}
{{- define "service.tolerations" -}}
{{- with .Values.tolerations }}
{{ toYaml . }}
{{- end }}
{{- if has (.Values.spot).use (list "allow" "prefer" "require") }}
{{- $label := include "service.spotLabel" . | fromYaml }}
- key: {{ $label.key }}
  operator: Equal
  value: {{ $label.value | quote }}
  effect: NoSchedule
{{- end }}
{{- end -}}

{{/*
Spread over hosts and zones by the presets, but for what is given, which follows: over the pods' own labels where no selector is given.
*/}}
{{- define "service.topologySpread" -}}
{{- $spread := .Values.topologySpread | default dict }}
{{- $given := list }}
{{- range .Values.topologySpreadConstraints }}
{{- $given = append $given .topologyKey }}
{{- end }}
{{- range $place, $key := dict "hosts" "kubernetes.io/hostname" "zones" "topology.kubernetes.io/zone" }}
{{- if and (has (get $spread $place) (list "soft" "hard")) (not (has $key $given)) }}
- maxSkew: {{ $spread.maxSkew | default 1 }}
  topologyKey: {{ $key }}
  whenUnsatisfiable: {{ eq (get $spread $place) "hard" | ternary "DoNotSchedule" "ScheduleAnyway" }}
  {{- with $spread.matchLabelKeys }}
  matchLabelKeys:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  labelSelector:
    matchLabels:
      {{- include "service.selectorLabels" $ | nindent 6 }}
{{- end }}
{{- end }}
{{- range .Values.topologySpreadConstraints }}
- {{ dict "maxSkew" 1 "whenUnsatisfiable" "ScheduleAnyway" | merge (deepCopy .) | toYaml | nindent 2 | trim }}
  {{- if not .labelSelector }}
  labelSelector:
    matchLabels:
      {{- include "service.selectorLabels" $ | nindent 6 }}
  {{- end }}
{{- end }}
{{- end -}}
