//! `workload-restart-policy`: a restart policy that the workload does not allow.
//!
//! # What it checks
//!
//! Pods of Deployments, ReplicaSets, StatefulSets, DaemonSets and ReplicationControllers restart `Always`; those of Jobs and CronJobs
//! `Never` or `OnFailure`, which must be said.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! kind: Job
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Job
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers: []
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "workload-restart-policy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-linter:restart-policy", "kube-score:cronjob-restartpolicy", "datree:WORKLOAD_INCORRECT_RESTARTPOLICY_VALUE_ALWAYS"],
    reason: "The API server refuses another restart policy.",
    cure: "Set restartPolicy to Always for services, to Never or OnFailure for jobs.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let policy = context.pod.spec().get("restartPolicy").and_then(Node::str);
    let batch = context.object.kind().is_batch();
    let node = context.pod.spec().nearest(&["restartPolicy"]);
    match policy {
        None | Some("Always") if batch => {
            let what = policy.map_or("no restartPolicy, which means Always".to_owned(), |policy| format!("the restartPolicy {policy}"));
            sink.report(context.object, node, format!("the pods of a {} have {what}", context.object.kind_name()))
                .cure("Set restartPolicy to Never or OnFailure.".to_owned());
        }
        Some(other @ ("Never" | "OnFailure")) if !batch && context.object.kind() != Kind::Pod => {
            sink.report(context.object, node, format!("the pods of a {} have the restartPolicy {other}", context.object.kind_name()))
                .cure("Leave restartPolicy out.".to_owned());
        }
        _ => {}
    }
}
