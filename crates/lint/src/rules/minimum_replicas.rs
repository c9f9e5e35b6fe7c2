//! `minimum-replicas`: a service of one pod.
//!
//! # What it checks
//!
//! A Deployment that a Service sends traffic to has two pods or an autoscaler that may make two. One that is scaled to nothing, or
//! that is replaced as a whole (`Recreate`), is left alone.
//!
//! # Why it matters
//!
//! While the one pod is moved to another node, or fails, nobody answers.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   replicas: 1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   replicas: 2
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "minimum-replicas",
    severity: Severity::Info,
    by_default: true,
    group: "Reliability",
    aliases: &[
        "kube-linter:minimum-three-replicas",
        "kube-score:deployment-replicas",
        "polaris:deploymentMissingReplicas",
        "kyverno:deployment-has-multiple-replicas",
        "datree:DEPLOYMENT_INCORRECT_REPLICAS_VALUE",
    ],
    reason: "While the one pod is moved or fails, nobody answers.",
    cure: "Use two replicas or an autoscaler.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, _, scale) in context.long_running() {
        let root = workload.root();
        let recreated = root.at(&["spec", "strategy", "type"]).and_then(Node::str) == Some("Recreate");
        if workload.kind() == Kind::Deployment && scale.max == 1 && !recreated && !context.index.services_of(workload).is_empty() {
            sink.report(workload, root.nearest(&["spec", "replicas"]), "one pod answers for the Service".to_owned());
        }
    }
}
