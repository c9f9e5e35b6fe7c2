//! `tiller`: the server of Helm 2.
//!
//! # What it checks
//!
//! No image of a pod is `tiller`, and no Service is named `tiller-deploy`.
//!
//! # Why it matters
//!
//! It has the rights of cluster-admin in most clusters and does what anyone asks who reaches its port. Helm 2 gets no fixes since
//! November 2020.
//!
//! # Example
//!
//! ```yaml
//! image: gcr.io/kubernetes-helm/tiller:v2.17.0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: registry.example/api:1.4.0 # Helm 3 and 4 have no server
//! ```

use chartwright_kube::kind::Kind;

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "tiller",
    severity: Severity::Error,
    by_default: true,
    group: "Security",
    aliases: &["checkov:CKV_K8S_34", "checkov:CKV_K8S_44", "trivy:KSV102", "kyverno:disallow-helm-tiller"],
    reason: "It does what anyone asks who reaches its port, with the rights of cluster-admin.",
    cure: "Use Helm 3 or 4, which have no server.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    if object.kind() == Kind::Service && object.name() == "tiller-deploy" {
        sink.report(object, object.root().nearest(&["metadata", "name"]), "the Service leads to the server of Helm 2".to_owned());
    }
    let Some(pod) = object.pod() else { return };
    for (owner, image) in images::places(pod) {
        let reference = image.str().and_then(|text| images::parse(text).ok());
        if reference.is_some_and(|reference| reference.repository.rsplit('/').next() == Some("tiller")) {
            sink.report(object, image, format!("{owner} is the server of Helm 2"));
        }
    }
}
