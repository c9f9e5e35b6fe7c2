//! `sts-service-name`: a StatefulSet without the Service that names its pods.
//!
//! # What it checks
//!
//! The `serviceName` of a StatefulSet, where it is set, is a headless Service (`clusterIP: None`) of the render or of a chart beside
//! it.
//!
//! # Why it matters
//!
//! Its pods get no names of their own in DNS, by which clustered databases find each other.
//!
//! # Example
//!
//! ```yaml
//! kind: StatefulSet
//! spec:
//!   serviceName: db
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Service
//! metadata:
//!   name: db
//! spec:
//!   clusterIP: None
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Spec;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "sts-service-name",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["kube-score:statefulset-has-servicename"],
    reason: "Its pods get no names in DNS, by which clustered databases find each other.",
    cure: "Add a headless Service of that name.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for object in context.index.of(Kind::StatefulSet) {
        let Some(namespace) = object.namespace() else { continue };
        for reference in object.references().filter(|reference| reference.kind == Kind::Service) {
            let message = match context.find(Kind::Service, namespace, reference.name).map(chartwright_kube::object::Object::spec) {
                None => format!("no chart makes the Service {}", reference.name),
                Some(Spec::Service(spec)) if spec.cluster_ip.as_deref() != Some("None") => {
                    format!("Service {} is not headless", reference.name)
                }
                Some(_) => continue,
            };
            sink.report(object, reference.node, message);
        }
    }
}
