//! `pvc-storage-class`: a claim whose class the cluster chooses.
//!
//! # What it checks
//!
//! Each claim, and each template of claims, has a `storageClassName`, be it empty, or names its volume.
//!
//! # Why it matters
//!
//! The default class differs from cluster to cluster: what is fast, encrypted and kept in one is not so in the next, and a
//! cluster without a default leaves the claim pending.
//!
//! # Example
//!
//! ```yaml
//! kind: PersistentVolumeClaim
//! spec:
//!   accessModes: [ReadWriteOnce]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: PersistentVolumeClaim
//! spec:
//!   storageClassName: gp3
//!   accessModes: [ReadWriteOnce]
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "pvc-storage-class",
    severity: Severity::Info,
    by_default: false,
    group: "Storage/jobs",
    aliases: &["kyverno:require-storageclass"],
    reason: "The default class differs from cluster to cluster, and may be missing.",
    cure: "Set storageClassName by environment.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let spec = context.object.spec_node();
    let templates = spec.filter(|_| context.object.kind() == Kind::StatefulSet);
    let templates =
        templates.into_iter().flat_map(|spec| spec.items_at("volumeClaimTemplates")).filter_map(|template| template.get("spec"));
    for claim in spec.filter(|_| context.object.kind() == Kind::PersistentVolumeClaim).into_iter().chain(templates) {
        if claim.get("storageClassName").is_none() && claim.str_at("volumeName").is_none_or(str::is_empty) {
            sink.report(context.object, claim, "the cluster's default storage class is used".to_owned());
        }
    }
}
