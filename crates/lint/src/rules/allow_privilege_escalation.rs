//! `allowPrivilegeEscalation`: a container may gain more privileges than its parent process.
//!
//! # What it checks
//!
//! Every container of a pod (init, sidecar and ephemeral ones too) sets `securityContext.allowPrivilegeEscalation: false`, as the
//! restricted Pod Security Standard asks. The field exists for containers only: a pod's setting does not count. Pods for Windows
//! (`os.name: windows`) are left alone.
//!
//! # Why it matters
//!
//! Without it the kernel honours setuid programs: one `sudo` or `ping` in the image, and a process that runs as an ordinary user
//! becomes root in its container. A namespace that enforces `restricted` refuses the pod.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: api
//!     image: registry.example/api:1.4.0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: api
//!     image: registry.example/api:1.4.0
//!     securityContext:
//!       allowPrivilegeEscalation: false
//! ```

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "allowPrivilegeEscalation",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &[
        "kube-linter:privilege-escalation-container",
        "polaris:privilegeEscalationAllowed",
        "checkov:CKV_K8S_20",
        "trivy:KSV001",
        "kubescape:C-0016",
        "kyverno:disallow-privilege-escalation",
        "datree:CONTAINERS_MISSING_KEY_ALLOWPRIVILEGEESCALATION",
    ],
    reason: "A setuid program in the image is enough for a process to become root in its container.",
    cure: "Set securityContext.allowPrivilegeEscalation to false on the container.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    sink.standard_with(context, |violation| {
        Some(Fix::set(context.holder(violation.node), &["securityContext", "allowPrivilegeEscalation"], NewValue::Bool(false)))
    });
}
