//! `ingress-path`: a path that an Ingress cannot have.
//!
//! # What it checks
//!
//! Each path of an Ingress of `networking.k8s.io/v1` has a `pathType`, and begins with `/`.
//!
//! # Why it matters
//!
//! The API server refuses the Ingress.
//!
//! # Example
//!
//! ```yaml
//! paths:
//!   - path: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! paths:
//!   - path: /api
//!     pathType: Prefix
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ingress-path",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the Ingress.",
    cure: "Write the path from the root, with pathType Prefix or Exact.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Ingress || context.object.api_version() != "networking.k8s.io/v1" {
        return;
    }
    let rules = context.object.root().nearest(&["spec"]).items_at("rules");
    for path in rules.filter_map(|rule| rule.get("http")).flat_map(|http| http.items_at("paths")) {
        let kind = path.str_at("pathType").unwrap_or_default();
        if kind.is_empty() {
            sink.report(context.object, path.nearest(&["pathType"]), "a path has no pathType".to_owned());
        }
        let text = path.str_at("path").unwrap_or_default();
        let may_be_empty = matches!(kind, "" | "ImplementationSpecific");
        if !text.starts_with('/') && !(text.is_empty() && may_be_empty) {
            sink.report(context.object, path.nearest(&["path"]), format!("the path {text:?} is not absolute"));
        }
    }
}
