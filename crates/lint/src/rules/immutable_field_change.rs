//! `immutable-field-change`: an upgrade changes a field that cannot change.
//!
//! # What it checks
//!
//! Given what is deployed (`--against`), each object that is there already keeps the fields that the API server refuses to change: selectors of workloads, the service name and
//! the claims of a StatefulSet, the pods of a Job, the class and the access modes of a claim, the address of a Service, the role of a binding, the parameters of a StorageClass, data that
//! is `immutable`, and more. What is left out and filled in anew counts as what is filled in. Hooks, which are made anew, are left alone.
//!
//! # Why it matters
//!
//! The upgrade fails with this text, half way through: the objects before it have changed by then.
//! It is an error as all that the API server refuses is: given what is deployed, there is no way in which the upgrade succeeds.
//!
//! # Example
//!
//! It is deployed with `app: web`:
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   selector:
//!     matchLabels:
//!       app: shop-web
//! ```
//!
//! # Cure
//!
//! Keep what is deployed, or give the object another name, so that it is made anew beside the old one:
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//! ```

use std::collections::HashMap;

use chartwright_kube::immutable::refused;
use chartwright_yaml::NodeId;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "immutable-field-change",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The upgrade fails half way through: the API server does not change this field of an object that is there.",
    cure: "Keep what is deployed, or give the object another name, so that it is made anew.",
    check: Check::Set(check),
};

/// A value that is deployed is shown up to so many characters.
const MAX_SHOWN: usize = 120;

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if context.before.is_empty() {
        return;
    }
    let mut deployed = HashMap::with_capacity(context.before.len());
    for &object in context.before {
        deployed.entry(object.identity()).or_insert(object);
    }
    for &object in context.index.objects().iter().filter(|object| !object.is_hook() && !object.name().is_empty()) {
        let Some(before) = deployed.get(&object.identity()) else { continue };
        let mut said: Vec<NodeId> = Vec::new();
        for refusal in refused(object.api_version(), object.kind_name(), before.root(), object.root()) {
            // The API server may say several things of one field, of which the first is enough.
            if said.contains(&refusal.node.id()) {
                continue;
            }
            said.push(refusal.node.id());
            let was = refusal
                .was
                .filter(|was| was.chars().count() <= MAX_SHOWN)
                .map_or_else(String::new, |was| format!(" ({}: {was})", refusal.field));
            let cure = format!("Keep what is deployed{was}, or give the object another name, so that it is made anew.");
            sink.report(object, refusal.node, refusal.message).cure(cure);
        }
    }
}
