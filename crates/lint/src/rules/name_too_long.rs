//! `name-too-long`: a name that is longer than what is made of it allows.
//!
//! # What it checks
//!
//! The names of CronJobs (52 characters at most, since eleven are added for each job), Jobs, Services and Namespaces (63, a label's
//! length), StatefulSets (52, since their name and a hash become a label of their pods), and of all else (253).
//!
//! # Why it matters
//!
//! The API server refuses the object; a StatefulSet is accepted, but never gets a pod. It shows late, with the first long release name.
//!
//! # Example
//!
//! ```yaml
//! kind: CronJob
//! metadata:
//!   name: production-kaggle-competition-data-nightly-refresh-job
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: CronJob
//! metadata:
//!   name: kaggle-nightly-refresh
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "name-too-long",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object, or its pods.",
    cure: "Shorten the release name or set a shorter fullnameOverride; charts should cut names to leave room for suffixes.",
    check: Check::Object(check),
};

/// The longest name of a StatefulSet whose pods get their label `controller-revision-hash`, which holds the name and eleven characters more.
const STATEFUL_SET: usize = 52;

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    sink.invalid(context, &[Concern::NameLength]);
    let length = context.object.name().len();
    // From 64 on the API server says so itself.
    if context.object.kind() == Kind::StatefulSet && (STATEFUL_SET + 1..=63).contains(&length) {
        let message = format!(
            "the name has {length} characters; a StatefulSet may have {STATEFUL_SET}, since it becomes a label of its pods together with a hash"
        );
        sink.report(context.object, context.object.root().nearest(&["metadata", "name"]), message);
    }
}
