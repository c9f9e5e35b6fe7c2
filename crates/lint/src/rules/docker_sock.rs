//! `docker-sock`: a pod that holds the container runtime of its node.
//!
//! # What it checks
//!
//! No `hostPath` volume is the socket of Docker, containerd or CRI-O.
//!
//! # Why it matters
//!
//! Who may talk to the runtime starts privileged containers, and so has the node.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - name: docker
//!     hostPath: {path: /var/run/docker.sock}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes: [] # build images without the node, as with BuildKit rootless or Kaniko
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "docker-sock",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &[
        "kube-linter:docker-sock",
        "checkov:CKV_K8S_27",
        "trivy:KSV006",
        "kubescape:C-0074",
        "kyverno:disallow-container-sock-mounts",
        "datree:CONTAINERS_INCORRECT_PATH_VALUE_DOCKERSOCKET",
    ],
    reason: "Who may talk to the container runtime has the node.",
    cure: "Do without the socket: build images rootless, read metrics from the kubelet.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for volume in context.pod.spec().items_at("volumes").filter_map(|volume| volume.get("hostPath")) {
        let Some(path) = volume.str_at("path") else { continue };
        if ["docker.sock", "containerd.sock", "crio.sock"].iter().any(|socket| path.ends_with(socket)) {
            sink.report(context.object, volume, format!("the pod mounts {path}"));
        }
    }
}
