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

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "workload-restart-policy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-linter:restart-policy", "kube-score:cronjob-restartpolicy", "datree:WORKLOAD_INCORRECT_RESTARTPOLICY_VALUE_ALWAYS"],
    reason: "The API server refuses another restart policy.",
    cure: "Set restartPolicy to Always for services, to Never or OnFailure for jobs.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let is_batch = context.object.kind().is_batch();
    for (error, node) in context.invalid(&[Concern::WorkloadRestartPolicy]) {
        let cure = if is_batch { "Set restartPolicy to Never or OnFailure." } else { "Leave restartPolicy out, or set it to Always." };
        sink.report(context.object, node, error.message.clone()).cure(cure.to_owned());
    }
}
