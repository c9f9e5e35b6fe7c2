//! `unknown-kind`: a kind that the release does not serve.
//!
//! # What it checks
//!
//! Every object of Kubernetes' own groups is of a kind that the chosen release serves without being asked. Kinds that are gone are reported by
//! `removed-api`; custom resources are listed with their definitions among the prerequisites.
//!
//! # Why it matters
//!
//! Helm and kubectl refuse the whole release. The kind is misspelled, stands in another group or version, came with a later release, or is an
//! alpha or beta version that the API server has to be told to serve.
//!
//! # Example
//!
//! ```yaml
//! apiVersion: v1
//! kind: Deployment
//! ```
//!
//! # Cure
//!
//! ```yaml
//! apiVersion: apps/v1
//! kind: Deployment
//! ```

use chartwright_kube::kind::{group, is_builtin_group};
use chartwright_kube::schema::{Served, unserved};

use super::removed_api::removed;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "unknown-kind",
    severity: Severity::Warning,
    by_default: true,
    group: "Schema",
    aliases: &["kubeconform:missing-schema"],
    reason: "Helm refuses to install what the API server does not serve.",
    cure: "Correct apiVersion and kind, or choose a release that serves it.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    let (api_version, kind) = (object.api_version(), object.kind_name());
    let Some(judged) = context.schema else { return };
    if api_version.is_empty() || kind.is_empty() || !is_builtin_group(group(api_version)) || removed(context).is_some() {
        return;
    }
    let (detail, cure) = match judged.resource.map(|resource| resource.served()) {
        Some(Served::Yes | Served::Until(_)) => return,
        Some(Served::Since(minor)) => (
            format!(", which came with Kubernetes 1.{minor}"),
            Some(format!("Choose Kubernetes 1.{minor} or later, or leave the object out before it.")),
        ),
        Some(Served::OnRequest) => {
            let cure = format!("Have the API server serve it (--runtime-config={api_version}=true), or use a stable version.");
            (", unless the API server is told to serve it".to_owned(), Some(cure))
        }
        None => (String::new(), None),
    };
    let node = object.root().nearest(&[if judged.resource.is_none() { "kind" } else { "apiVersion" }]);
    let reported = sink.report(object, node, format!("{}{detail}", unserved(api_version, kind)));
    if let Some(cure) = cure {
        reported.cure(cure);
    }
}
