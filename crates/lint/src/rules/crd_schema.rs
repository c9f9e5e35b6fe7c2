//! `crd-schema`: a custom resource that its definition does not allow.
//!
//! # What it checks
//!
//! Custom resources are as the schema of their CustomResourceDefinition wants them: no unknown fields, nothing required missing, types,
//! enums, bounds, patterns and formats, and the definition's rules in CEL (`x-kubernetes-validations`). Definitions are those of the render, of the charts beside it, of a folder that is given, and those of
//! common operators; of these, which may be of another version than the cluster's, unknown fields are only told of where their name is nearly
//! that of a known one. A rule that is not understood
//! says nothing, nor does one that compares with an earlier object.
//!
//! # Why it matters
//!
//! The API server refuses the object, or drops the field that it does not know.
//!
//! # Example
//!
//! ```yaml
//! apiVersion: cert-manager.io/v1
//! kind: Certificate
//! spec:
//!   secretName: web-tls
//!   issuerRef:
//!     name: letsencrypt
//!   dnsName: web.example.com
//! ```
//!
//! # Cure
//!
//! ```yaml
//! apiVersion: cert-manager.io/v1
//! kind: Certificate
//! spec:
//!   secretName: web-tls
//!   issuerRef:
//!     name: letsencrypt
//!   dnsNames:
//!     - web.example.com
//! ```

use chartwright_kube::crd;
use chartwright_kube::node::Node;
use chartwright_kube::schema::FaultKind;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "crd-schema",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["kubeconform:crd"],
    reason: "The API server refuses what the definition does not allow, and drops fields that it does not know.",
    cure: "Write the object as its CustomResourceDefinition wants it.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for &object in context.index.objects() {
        let Some(definition) = context.definitions.get(object.api_version(), object.kind_name()) else { continue };
        for fault in crd::check(definition, context.version, object.root()) {
            // What an operator of another version may know is only told of where it looks like a slip of the pen.
            if definition.source().is_some() && fault.kind == FaultKind::Unknown && !crd::is_slip(definition, object.root(), &fault) {
                continue;
            }
            let reported = sink.report(object, Node::new(object.root().tree(), fault.node), fault.message);
            if let Some(source) = definition.source() {
                reported.cure(format!(
                    "Write the object as the CustomResourceDefinition of {source} wants it, or bring the one that you have."
                ));
            }
        }
    }
}
