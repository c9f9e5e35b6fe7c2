//! `no-read-only-root-fs`: a container can write to its image's files.
//!
//! # What it checks
//!
//! Every container, init containers and sidecars too, sets `securityContext.readOnlyRootFilesystem: true`. Pods that run on Windows,
//! which cannot do it, pods of `helm test` and ephemeral containers are left alone.
//!
//! # Why it matters
//!
//! An intruder's first step is to write a program and run it. A service that writes elsewhere than to its volumes also loses data at
//! each restart, and fills the node's disk unseen.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: api
//!     securityContext:
//!       runAsNonRoot: true
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: api
//!     securityContext:
//!       runAsNonRoot: true
//!       readOnlyRootFilesystem: true
//!     volumeMounts:
//!       - name: tmp
//!         mountPath: /tmp
//! volumes:
//!   - name: tmp
//!     emptyDir: {}
//! ```

use chartwright_kube::pod::Role;

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "no-read-only-root-fs",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &[
        "kube-linter:no-read-only-root-fs",
        "kube-score:container-security-context-readonlyrootfilesystem",
        "polaris:notReadOnlyRootFilesystem",
        "checkov:CKV_K8S_22",
        "trivy:KSV014",
        "kubescape:C-0017",
        "kyverno:require-ro-rootfs",
        "datree:CONTAINERS_INCORRECT_READONLYROOTFILESYSTEM_VALUE",
    ],
    reason: "What can be written can be replaced and run; and what a service writes there is lost at its next restart.",
    cure: "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the service writes, such as /tmp.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || context.pod.runs_on_windows() {
        return;
    }
    for container in context.pod.containers().filter(|container| container.role != Role::Ephemeral && !images::is_injected(*container)) {
        let read_only = container.typed.security_context.as_ref().and_then(|security| security.read_only_root_filesystem);
        if read_only != Some(true) {
            let node = container.node.nearest(&["securityContext", "readOnlyRootFilesystem"]);
            sink.report(context.object, node, format!("container {} can write to its root file system", container.name()));
        }
    }
}
