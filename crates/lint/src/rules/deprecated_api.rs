//! `deprecated-api`: an API version that Kubernetes advises against.
//!
//! # What it checks
//!
//! The object's `apiVersion` is not deprecated in the chosen release. The message is the warning that the API server answers with.
//!
//! # Why it matters
//!
//! The API is served today and will be gone in a later release; then the chart can no longer be installed.
//!
//! # Example
//!
//! ```yaml
//! apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
//! kind: FlowSchema
//! ```
//!
//! # Cure
//!
//! ```yaml
//! apiVersion: flowcontrol.apiserver.k8s.io/v1
//! kind: FlowSchema
//! ```

use chartwright_kube::schema::{Served, deprecation};

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-api",
    severity: Severity::Warning,
    by_default: true,
    group: "Deprecations",
    aliases: &[
        "kube-score:stable-version",
        "trivy:KSV107",
        "kyverno:check-deprecated-apis",
        "datree:K8S_DEPRECATED_APIVERSION_1",
        "popeye:POP-403",
        "pluto:deprecated-api",
        "kubent:deprecated-api",
    ],
    reason: "A later release of Kubernetes no longer has it.",
    cure: "Use the API that took its place.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    let Some(resource) = context.schema.and_then(|judged| judged.resource) else { return };
    if !matches!(resource.served(), Served::Yes | Served::OnRequest) {
        return;
    }
    let Some(warning) = deprecation(object.api_version(), object.kind_name(), resource) else { return };
    let reported = sink.report(object, object.root().nearest(&["apiVersion"]), warning);
    if let Some((api_version, kind)) = resource.instead() {
        let reported = reported.cure(format!("Use {api_version} {kind}."));
        // Whether the fields are the same, the checks tell of the new version.
        if kind == object.kind_name() {
            reported.fix(Fix::set(object.root(), &["apiVersion"], NewValue::String(api_version.to_owned())));
        }
    }
}
