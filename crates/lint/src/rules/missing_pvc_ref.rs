//! `missing-pvc-ref`: a pod mounts a claim that no chart makes.
//!
//! # What it checks
//!
//! Each PersistentVolumeClaim that a pod names is in the render, in another chart that is installed beside it, or made by a
//! StatefulSet's `volumeClaimTemplates`, in the pod's namespace. Where a document could not be read, nothing is said to be missing.
//!
//! # Why it matters
//!
//! The pod waits for the claim for ever, as `Pending`, and the release with it.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: kagle-data
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: kaggle-data
//! ```

use chartwright_kube::index::Index;
use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use chartwright_kube::pod::Pod;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-pvc-ref",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &[],
    reason: "The pod waits for the claim for ever, and the release with it.",
    cure: "Name a claim that exists, or install the chart that makes it first.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for &object in context.index.objects().iter().filter(|object| object.pod().is_some()) {
        let Some(namespace) = object.namespace() else { continue };
        let mut reported: Vec<&str> = Vec::new();
        for claim in object.references().filter(|reference| reference.kind == Kind::PersistentVolumeClaim) {
            let templated = |index: &Index<'t>| index.is_templated_claim(namespace, claim.name);
            let known = context.find(Kind::PersistentVolumeClaim, namespace, claim.name).is_some()
                || templated(context.index)
                || templated(context.others);
            if known || is_replaced(object, claim.node) || reported.contains(&claim.name) {
                continue;
            }
            reported.push(claim.name);
            let claims = context.index.of(Kind::PersistentVolumeClaim).chain(context.others.of(Kind::PersistentVolumeClaim));
            let elsewhere = claims.filter(|other| other.name() == claim.name).find_map(Object::namespace);
            let message = match elsewhere {
                Some(other) => format!("the claim {} is in the namespace {other}, not in {namespace}", claim.name),
                None => format!("no chart makes the claim {}", claim.name),
            };
            sink.report(object, claim.node, message);
        }
    }
}

/// Whether a stateful set puts a claim of its own in the place of a volume: one made from the template of that name (`updateStorage` of its
/// controller).
fn is_replaced<'t>(object: Object<'t>, claim: Node<'t>) -> bool {
    let Some(spec) = object.spec_node().filter(|_| object.kind() == Kind::StatefulSet) else { return false };
    let volumes = object.pod().map(Pod::spec).into_iter().flat_map(|pod| pod.items_at("volumes"));
    let mut volumes = volumes.filter(|volume| volume.at(&["persistentVolumeClaim", "claimName"]).is_some_and(|own| own.id() == claim.id()));
    let name = volumes.find_map(|volume| volume.str_at("name"));
    let mut templates = spec.items_at("volumeClaimTemplates").filter_map(|template| template.at(&["metadata", "name"])?.str());
    name.is_some_and(|name| templates.any(|template| template == name))
}
