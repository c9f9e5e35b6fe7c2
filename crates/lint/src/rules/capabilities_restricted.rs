//! `capabilities_restricted`: a container keeps capabilities of root.
//!
//! # What it checks
//!
//! Every container drops `ALL` capabilities, spelled so, and adds back at most `NET_BIND_SERVICE`, as the restricted Pod Security
//! Standard asks. A list of single capabilities to drop is not enough. Pods for Windows (`os.name: windows`) are left alone.
//!
//! # Why it matters
//!
//! Container runtimes leave about a dozen capabilities to each container, among them to change owners, to signal any process and to
//! craft raw packets. Almost no service uses any of them; an intruder does. A namespace that enforces `restricted` refuses the pod.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   capabilities:
//!     drop: [NET_RAW]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   capabilities:
//!     drop: [ALL]
//! ```

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "capabilities_restricted",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &["checkov:CKV_K8S_37", "trivy:KSV003", "trivy:KSV106", "trivy:KSV004", "kyverno:disallow-capabilities-strict"],
    reason: "Capabilities that a service does not use are there for whoever breaks into it.",
    cure: "Set securityContext.capabilities.drop to [ALL] and add at most NET_BIND_SERVICE.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    sink.standard_with(context, |violation| {
        // What is added is needed, or nobody would have added it.
        let drops = !violation.message.contains(" adds ");
        drops.then(|| {
            let all = NewValue::Yaml("[ALL]".to_owned());
            Fix::set(context.holder(violation.node), &["securityContext", "capabilities", "drop"], all)
        })
    });
}
