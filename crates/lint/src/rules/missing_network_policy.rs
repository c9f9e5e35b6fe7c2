//! `missing-network-policy`: pods that no network policy holds.
//!
//! # What it checks
//!
//! Some NetworkPolicy of the render or of a chart beside it selects the pods of each workload. Pods in the network of their node,
//! which policies do not hold, and tests are left out, and nothing is said where the charts bring policies of a network plugin's
//! own kinds.
//!
//! # Why it matters
//!
//! Every pod of the cluster may connect to it, and it may connect to anything: who gets into one pod reaches all others.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment # and no NetworkPolicy
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: NetworkPolicy
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress, Egress]
//! ```

use super::policies;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-network-policy",
    severity: Severity::Info,
    by_default: false,
    group: "Networking",
    aliases: &[
        "kube-linter:non-isolated-pod",
        "kube-score:pod-networkpolicy",
        "polaris:missingNetworkPolicy",
        "checkov:CKV2_K8S_6",
        "kubescape:C-0260",
        "kubescape:C-0206",
        "kyverno:require-network-policy",
        "popeye:POP-1204",
        "popeye:POP-1205",
    ],
    reason: "Every pod of the cluster may connect to it, and it may connect to anything.",
    cure: "Add a NetworkPolicy that selects the pods and lets in what they serve.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete || policies::has_foreign(context) {
        return;
    }
    let policies = policies::policies(context);
    for &(workload, _) in context.index.workloads() {
        let Some(pod) = workload.pod().filter(|pod| !pod.is_on("hostNetwork") && !workload.is_test()) else { continue };
        if !policies.iter().any(|policy| policy.selects(workload, pod)) {
            sink.report(workload, workload.root().nearest(&["metadata", "name"]), "no NetworkPolicy selects the pods".to_owned());
        }
    }
}
