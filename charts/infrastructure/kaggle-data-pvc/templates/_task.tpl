{{/*
Labels of the pods of a task. Takes a dict of "context" (the root) and "task".
*/}}
{{- define "kaggle-data-pvc.taskLabels" -}}
{{- include "kaggle-data-pvc.labels" .context }}
chartwright.github.io/task: {{ .task }}
{{- end -}}

{{/*
What the pods of tasks have in common: the restricted Pod Security Standard.
*/}}
{{- define "kaggle-data-pvc.taskPod" -}}
restartPolicy: Never
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/*
What their containers have in common. Takes a dict of "context" (the root) and "task".
*/}}
{{- define "kaggle-data-pvc.taskContainer" -}}
name: {{ .task }}
{{- with required "backup.image is needed while snapshots are taken or restored: leave it out of your values for its default" (.context.Values.backup).image }}
image: {{ .repository }}{{ with .digest }}@{{ . }}{{ else }}:{{ .tag }}{{ end }}
imagePullPolicy: {{ .pullPolicy }}
{{- end }}
securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop:
      - ALL
  readOnlyRootFilesystem: true
resources:
  requests:
    cpu: 50m
    memory: 64Mi
    ephemeral-storage: 16Mi
  limits:
    cpu: 500m
    memory: 256Mi
    ephemeral-storage: 64Mi
{{- end -}}
