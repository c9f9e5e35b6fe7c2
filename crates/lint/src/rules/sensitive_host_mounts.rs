//! `sensitive-host-mounts`: a pod that mounts the node's system.
//!
//! # What it checks
//!
//! No `hostPath` volume is one of `/`, `/boot`, `/dev`, `/etc`, `/lib`, `/proc`, `/root`, `/sys` and `/usr`.
//!
//! # Why it matters
//!
//! Who can read these files has the node's keys; who can write them has the node.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - name: etc
//!     hostPath: {path: /etc}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - name: zone
//!     hostPath: {path: /etc/localtime, type: File}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "sensitive-host-mounts",
    severity: Severity::Error,
    by_default: true,
    group: "Security",
    aliases: &["kube-linter:sensitive-host-mounts", "trivy:KSV121"],
    reason: "Who can read these files has the node's keys; who can write them has the node.",
    cure: "Mount the one file or directory that is needed, read-only.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for volume in context.pod.spec().items_at("volumes").filter_map(|volume| volume.get("hostPath")) {
        let Some(path) = volume.str_at("path") else { continue };
        let trimmed = path.trim_end_matches('/');
        let whole = matches!(trimmed, "" | "/boot" | "/dev" | "/etc" | "/lib" | "/proc" | "/root" | "/sys" | "/usr");
        if whole && !path.is_empty() {
            sink.report(context.object, volume, format!("the pod mounts {path} of its node"));
        }
    }
}
