//! `runAsNonRoot`: nothing keeps a container from running as root.
//!
//! # What it checks
//!
//! `securityContext.runAsNonRoot` is true for every container: its own setting, or that of its pod, which it inherits. A container
//! that sets `false` is wrong whatever its pod says. Since Kubernetes 1.35 pods with `hostUsers: false` are free of it, since their
//! root is nobody on the node.
//!
//! # Why it matters
//!
//! Root in a container is root on the node as soon as anything else goes wrong: a kernel fault, a writable mount. With the setting
//! the kubelet refuses to start an image whose user is root, rather than to trust it.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   containers:
//!     - name: api
//!       image: registry.example/api:1.4.0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   securityContext:
//!     runAsNonRoot: true
//!   containers:
//!     - name: api
//!       image: registry.example/api:1.4.0
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "runAsNonRoot",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &[
        "kube-linter:run-as-non-root",
        "polaris:runAsRootAllowed",
        "checkov:CKV_K8S_23",
        "trivy:KSV012",
        "kubescape:C-0013",
        "kyverno:require-run-as-nonroot",
        "datree:CONTAINERS_INCORRECT_RUNASNONROOT_VALUE",
        "popeye:POP-302",
        "popeye:POP-306",
    ],
    reason: "Root in a container is one kernel fault or one writable mount away from root on the node.",
    cure: "Set securityContext.runAsNonRoot to true on the pod, and no container to false.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
