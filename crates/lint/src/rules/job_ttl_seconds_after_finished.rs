//! `job-ttl-seconds-after-finished`: a Job that stays when it has ended.
//!
//! # What it checks
//!
//! A Job of its own has `ttlSecondsAfterFinished`; that of a CronJob has none, since the CronJob keeps its own history. Hooks,
//! which Helm or Argo CD remove, are left alone.
//!
//! # Why it matters
//!
//! Finished Jobs and their pods stay for ever, and with them the names that the next release wants. Under a CronJob the time cuts
//! away the history by which one sees that runs fail.
//!
//! # Example
//!
//! ```yaml
//! kind: Job
//! spec:
//!   template: {}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Job
//! spec:
//!   ttlSecondsAfterFinished: 86400
//!   template: {}
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-ttl-seconds-after-finished",
    severity: Severity::Info,
    by_default: true,
    group: "Storage/jobs",
    aliases: &["kube-linter:job-ttl-seconds-after-finished", "kyverno:add-ttl-jobs"],
    reason: "Finished Jobs and their pods stay for ever; under a CronJob the history of runs is lost instead.",
    cure: "Set ttlSecondsAfterFinished for a Job; leave it out under a CronJob, which has history limits.",
    check: Check::Object(check),
};

const FIELD: &str = "ttlSecondsAfterFinished";

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    let Some(spec) = object.spec_node() else { return };
    match object.kind() {
        Kind::Job if !object.is_hook() && !is_argo_hook(context) && spec.get(FIELD).is_none() => {
            sink.report(object, spec, "the Job stays when it has ended".to_owned());
        }
        Kind::CronJob => {
            if let Some(node) = spec.at(&["jobTemplate", "spec", FIELD]) {
                let message = "the history limits of the CronJob are cut short".to_owned();
                sink.report(object, node, message)
                    .cure("Leave it out: successfulJobsHistoryLimit and failedJobsHistoryLimit keep the history.".to_owned());
            }
        }
        _ => {}
    }
}

fn is_argo_hook(context: ObjectContext<'_>) -> bool {
    context.object.root().at(&["metadata", "annotations", "argocd.argoproj.io/hook"]).is_some()
}
