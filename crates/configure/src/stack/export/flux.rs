//! Flux: the repository as a GitRepository, and a HelmRelease for each member. Follows the definitions of `source.toolkit.fluxcd.io/v1` and
//! `helm.toolkit.fluxcd.io/v2`.

use super::yaml::word;
use super::{Order, Stack, key, values};
use std::fmt::Write;

/// Where Flux's own objects stand: in one namespace, so that none refers across namespaces, which an installation may forbid.
const NAMESPACE: &str = "flux-system";

/// The GitRepository.
pub(super) fn source(stack: &Stack) -> String {
    format!(
        "# Where the charts of {} and their values are.
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: {}
  namespace: {NAMESPACE}
spec:
  interval: 5m
  url: {}
  ref:
    branch: {}
",
        stack.name,
        word(&stack.name),
        word(&url(&stack.repository)),
        word(&stack.revision)
    )
}

/// The address as Flux takes it: `https://`, `http://` or `ssh://`.
fn url(repository: &str) -> String {
    match repository.split_once(':') {
        Some((host, path)) if !repository.contains("://") => format!("ssh://{host}/{path}"),
        _ => repository.to_owned(),
    }
}

/// The HelmReleases.
pub(super) fn releases(stack: &Stack, order: &Order<'_>) -> String {
    let mut out = format!("# {} by Flux: a HelmRelease for each chart.\n", stack.name);
    let name = word(&stack.name);
    for (at, member) in stack.members.iter().enumerate() {
        let namespace = word(&member.namespace);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "{}apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: {}
  namespace: {NAMESPACE}
  labels:
    app.kubernetes.io/part-of: {name}
    environment: {}
spec:
  interval: 10m
  releaseName: {}
  targetNamespace: {namespace}
  storageNamespace: {namespace}
",
            if at == 0 { "" } else { "---\n" },
            word(&key(stack, at)),
            word(&label(&member.environment)),
            word(&member.release)
        );
        let before = order.before(at);
        if !before.is_empty() {
            out.push_str("  dependsOn:\n");
            for other in before {
                let _ = writeln!(out, "    - name: {}", word(&key(stack, other)));
            }
        }
        let _ = write!(
            out,
            "  chart:
    spec:
      chart: {}
      # A commit makes a new release, not only a new version of the chart.
      reconcileStrategy: Revision
      sourceRef:
        kind: GitRepository
        name: {name}
",
            word(&format!("./{}", member.folder))
        );
        let files = values(stack, at);
        if !files.is_empty() {
            let _ = writeln!(out, "      valuesFiles:\n        - {}", word(&format!("{}/values.yaml", member.folder)));
            for file in files {
                let _ = writeln!(out, "        - {}", word(&format!("{}/{file}", stack.name)));
            }
        }
        if order.waits(at) {
            out.push_str(
                "  # Its claim may be bound only when a pod of another release mounts it.
  install:
    createNamespace: true
    disableWait: true
  upgrade:
    disableWait: true
",
            );
        } else {
            out.push_str("  install:\n    createNamespace: true\n");
        }
    }
    out
}

/// An environment's name as a label's value, which has no slash.
pub(super) fn label(environment: &str) -> String {
    environment.replace('/', "-")
}
