//! `capabilities_baseline`: a container with more capabilities than runtimes give.
//!
//! # What it checks
//!
//! Containers add no capability beyond those that container runtimes give by themselves, and not `NET_RAW`.
//!
//! # Why it matters
//!
//! Many capabilities are as good as root: `SYS_ADMIN` mounts, `SYS_PTRACE` reads other processes, `NET_ADMIN` reroutes.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   capabilities:
//!     add: [SYS_ADMIN]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   capabilities:
//!     drop: [ALL]
//!     add: [NET_BIND_SERVICE]
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "capabilities_baseline",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "polaris:insecureCapabilities",
        "polaris:dangerousCapabilities",
        "checkov:CKV_K8S_25",
        "checkov:CKV_K8S_39",
        "trivy:KSV022",
        "trivy:KSV005",
        "trivy:KSV120",
        "kubescape:C-0046",
        "kyverno:disallow-capabilities",
        "datree:CONTAINERS_INVALID_CAPABILITIES_VALUE",
    ],
    reason: "Many capabilities are as good as root on the node.",
    cure: "Add no capability, or only those of the default set.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
