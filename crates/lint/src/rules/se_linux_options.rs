//! `seLinuxOptions`: a pod that chooses its own SELinux user, role or type.
//!
//! # What it checks
//!
//! `securityContext.seLinuxOptions` of pod and containers sets no `user` and no `role`, and only the types `container_t`,
//! `container_init_t`, `container_kvm_t` and, from Kubernetes 1.31 on, `container_engine_t`.
//!
//! # Why it matters
//!
//! With a type such as `spc_t` SELinux no longer keeps the container from the files of the node.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   seLinuxOptions:
//!     type: spc_t
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   seLinuxOptions:
//!     level: s0:c123,c456
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "seLinuxOptions",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "trivy:KSV025",
        "kyverno:disallow-selinux",
        "datree:EKS_INVALID_SELINUXOPTIONS_TYPE_VALUE",
        "datree:EKS_INVALID_SELINUXOPTIONS_USER_VALUE",
        "datree:EKS_INVALID_SELINUXOPTIONS_ROLE_VALUE",
    ],
    reason: "With another type SELinux no longer keeps the container from the files of the node.",
    cure: "Set only the level, if anything.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
