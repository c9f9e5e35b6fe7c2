//! `ingress-nginx-snippet`: configuration of NGINX in an annotation.
//!
//! # What it checks
//!
//! No Ingress has an annotation of ingress-nginx that ends with `-snippet`, and no ConfigMap of the controller allows them.
//!
//! # Why it matters
//!
//! Whoever may write an Ingress then runs code in the controller, and reads every Secret that it may read: in most clusters all
//! of them (CVE-2021-25742). The controller ignores such annotations since 1.9 unless told otherwise.
//!
//! # Example
//!
//! ```yaml
//! annotations:
//!   nginx.ingress.kubernetes.io/configuration-snippet: |
//!     more_set_headers "X-Frame-Options: DENY";
//! ```
//!
//! # Cure
//!
//! ```yaml
//! annotations:
//!   nginx.ingress.kubernetes.io/custom-headers: data/headers
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ingress-nginx-snippet",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &[
        "checkov:CKV_K8S_152",
        "checkov:CKV_K8S_153",
        "checkov:CKV_K8S_154",
        "kubescape:C-0059",
        "kyverno:disallow-ingress-nginx-custom-snippets",
        "datree:INGRESS_CVE2021_25742_INCORRECT_SERVER_SNIPPET_KEY",
        "datree:CONFIGMAP_CVE2021_25742_INCORRECT_SNIPPET_ANNOTATIONS_VALUE",
    ],
    reason: "Whoever may write an Ingress reads every Secret that the controller may read (CVE-2021-25742).",
    cure: "Use the annotation that is made for the purpose, or configure the controller.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let root = context.object.root();
    match context.object.kind() {
        Kind::Ingress => {
            let annotations = root.at(&["metadata", "annotations"]);
            for (name, value) in annotations.into_iter().flat_map(Node::entries) {
                let own = name.strip_prefix("nginx.ingress.kubernetes.io/").filter(|name| name.ends_with("-snippet"));
                if let Some(own) = own.filter(|_| value.str().is_some_and(|text| !text.trim().is_empty())) {
                    sink.report(context.object, value, format!("{own} puts configuration into the controller"));
                }
            }
        }
        Kind::ConfigMap => {
            let Some(allowed) = root.at(&["data", "allow-snippet-annotations"]) else { return };
            if allowed.str() == Some("true") {
                sink.report(context.object, allowed, "every Ingress may put configuration into the controller".to_owned());
            }
        }
        _ => {}
    }
}
