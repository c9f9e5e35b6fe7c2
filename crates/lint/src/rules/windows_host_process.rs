//! `windowsHostProcess`: a Windows container that is a process of its node.
//!
//! # What it checks
//!
//! `securityContext.windowsOptions.hostProcess` of pod and containers is not true.
//!
//! # Why it matters
//!
//! Such a process has all rights on the node.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   windowsOptions:
//!     hostProcess: true
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   windowsOptions:
//!     runAsUserName: ContainerUser
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "windowsHostProcess",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "polaris:hostProcess",
        "trivy:KSV103",
        "kubescape:C-0202",
        "kyverno:disallow-host-process",
        "datree:EKS_INVALID_HOSTPROCESS_VALUE",
    ],
    reason: "Such a process has all rights on the node.",
    cure: "Leave hostProcess out.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
