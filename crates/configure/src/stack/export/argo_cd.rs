//! Argo CD: one ApplicationSet, whose list generator has an element for each member. Follows Argo CD's `docs/operator-manual/applicationset`
//! (`Generators-List.md`, `Template.md`, `Progressive-Syncs.md`) and its custom resource definition.

use super::yaml::word;
use super::{Order, Stack, key, values};
use std::fmt::Write;

/// The label that tells the steps apart.
const WAVE: &str = "wave";

/// The ApplicationSet.
pub(super) fn application_set(stack: &Stack, order: &Order<'_>) -> String {
    let mut out = String::new();
    let name = word(&stack.name);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "# {} by Argo CD: an Application for each chart.
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: {name}
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
    - list:
        elements:
",
        stack.name
    );
    for (at, member) in stack.members.iter().enumerate() {
        let _ = write!(
            out,
            "          - name: {}
            release: {}
            namespace: {}
            environment: {}
            chart: {}
            {WAVE}: \"{}\"
",
            word(&key(stack, at)),
            word(&member.release),
            word(&member.namespace),
            word(&member.environment),
            word(&member.folder),
            order.wave(at)
        );
        let files = values(stack, at);
        out.push_str(if files.is_empty() { "            valueFiles: []\n" } else { "            valueFiles:\n" });
        for file in files {
            // From the root of the repository: Argo CD takes a path with a slash before it so (`util/io/path/resolved.go`).
            let _ = writeln!(out, "              - {}", word(&format!("/{}/{file}", stack.name)));
        }
    }
    out.push_str(&strategy(stack, order));
    let _ = write!(
        out,
        "  template:
    metadata:
      name: '{{{{ .name }}}}'
      labels:
        app.kubernetes.io/part-of: {name}
        environment: '{{{{ .environment | replace \"/\" \"-\" }}}}'
        {WAVE}: '{{{{ .{WAVE} }}}}'
    spec:
      project: default
      source:
        repoURL: {}
        targetRevision: {}
        path: '{{{{ .chart }}}}'
        helm:
          releaseName: '{{{{ .release }}}}'
      destination:
        server: https://kubernetes.default.svc
        namespace: '{{{{ .namespace }}}}'
      syncPolicy:
        automated:
          prune: true
          selfHeal: true
        syncOptions:
          - CreateNamespace=true
  # A list of files cannot be written into the template itself.
  templatePatch: |
    spec:
      source:
        helm:
          valueFiles: {{{{ toJson .valueFiles }}}}
",
        word(&stack.repository),
        word(&stack.revision)
    );
    out
}

/// The order of the waves, where it can be kept.
fn strategy(stack: &Stack, order: &Order<'_>) -> String {
    let last = (0..stack.members.len()).map(|member| order.wave(member)).max().unwrap_or_default();
    if last == 0 {
        return String::new();
    }
    let waiting: Vec<String> = (0..stack.members.len()).filter(|member| order.waits(*member)).map(|member| key(stack, member)).collect();
    if !waiting.is_empty() {
        return format!(
            "  # All at once: a claim of {} may be bound only when a pod mounts it, and a step would wait for that first. Pods wait by themselves.\n",
            waiting.join(", ")
        );
    }
    let mut out =
        "  # What is mounted comes before who mounts it. The controller keeps the order if it runs with --enable-progressive-syncs.\n  strategy:\n    type: RollingSync\n    rollingSync:\n      steps:\n"
            .to_owned();
    for wave in 0..=last {
        let _ = write!(
            out,
            "        - matchExpressions:\n            - key: {WAVE}\n              operator: In\n              values: [\"{wave}\"]\n"
        );
    }
    out
}
