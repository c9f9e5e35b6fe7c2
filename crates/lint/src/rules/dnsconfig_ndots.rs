//! `dnsconfig-ndots`: five questions for one name.
//!
//! # What it checks
//!
//! Pods that are to run for good set the option `ndots` in `dnsConfig`. Pods that resolve as their node does are left out.
//!
//! # Why it matters
//!
//! With the default of 5 a name such as `api.example.com` is first looked for in each search domain of the cluster: four answers
//! in five are "no such name", and the cluster's DNS has five times the work.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   containers: []
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   dnsConfig:
//!     options:
//!       - {name: ndots, value: "2"}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dnsconfig-ndots",
    severity: Severity::Info,
    by_default: false,
    group: "Reliability",
    aliases: &["kube-linter:dnsconfig-options", "kyverno:add-ndots"],
    reason: "A name outside of the cluster is first looked for in each of its search domains.",
    cure: "Set ndots to 2 in dnsConfig.options, or write such names with a dot at their end.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let spec = context.pod.spec();
    let of_node = match spec.str_at("dnsPolicy") {
        Some("Default" | "None") => true,
        None | Some("ClusterFirst") => context.pod.is_on("hostNetwork"),
        Some(_) => false,
    };
    if !context.object.is_long_running() || of_node {
        return;
    }
    let mut options = spec.get("dnsConfig").into_iter().flat_map(|config| config.items_at("options"));
    if !options.any(|option| option.str_at("name") == Some("ndots")) {
        sink.report(context.object, spec.nearest(&["dnsConfig", "options"]), "the pod does not set ndots".to_owned());
    }
}
