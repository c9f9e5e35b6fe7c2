//! `hostProbesAndHostLifecycle`: a probe or a hook that goes to another host.
//!
//! # What it checks
//!
//! The HTTP and TCP probes of containers, and their lifecycle hooks, name no `host`. Checked from Kubernetes 1.34 on, as the standard
//! is.
//!
//! # Why it matters
//!
//! The kubelet sends these requests from the network of its node: a pod could have it ask addresses that the pod itself may not
//! reach.
//!
//! # Example
//!
//! ```yaml
//! livenessProbe:
//!   httpGet:
//!     host: 169.254.169.254
//!     port: 80
//! ```
//!
//! # Cure
//!
//! ```yaml
//! livenessProbe:
//!   httpGet:
//!     port: http
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "hostProbesAndHostLifecycle",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[],
    reason: "The kubelet sends it from the node, to addresses that the pod itself may not reach.",
    cure: "Leave host out: the probe then goes to the pod.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
