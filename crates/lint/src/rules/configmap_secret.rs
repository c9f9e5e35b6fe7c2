//! `configmap-secret`: a secret in a ConfigMap.
//!
//! # What it checks
//!
//! No value of a ConfigMap is or contains a private key or a token of a known form (AWS, GitHub, GitLab, Slack, Stripe, Google,
//! npm, Vault, JSON Web Tokens), nor a random text under a key that speaks of a secret. The name of a key alone is no finding,
//! and neither are placeholders.
//!
//! # Why it matters
//!
//! ConfigMaps are read by many roles that may not read Secrets, are printed by tools, and are not encrypted where Secrets are.
//!
//! # Example
//!
//! ```yaml
//! kind: ConfigMap
//! data:
//!   tls.key: |
//!     -----BEGIN PRIVATE KEY-----
//!     MIIE…
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Secret
//! stringData:
//!   tls.key: |
//!     -----BEGIN PRIVATE KEY-----
//!     MIIE…
//! ```

use crate::credentials;
use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "configmap-secret",
    severity: Severity::Warning,
    by_default: true,
    group: "Secrets",
    aliases: &[
        "polaris:sensitiveConfigmapContent",
        "trivy:KSV109",
        "trivy:KSV01010",
        "kubescape:C-0012",
        "datree:ALL_EXPOSED_SECRET_PRIVATEKEY",
        "datree:ALL_EXPOSED_SECRET_AWS",
    ],
    reason: "ConfigMaps are read by many who may not read Secrets, and are not encrypted where Secrets are.",
    cure: "Keep it in a Secret, and give out a new one: this one is known.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::ConfigMap {
        return;
    }
    for (key, node) in context.object.root().entries_at("data") {
        let Some(text) = Node::str(node) else { continue };
        let found = credentials::known(text).or_else(|| (credentials::speaks(key) && credentials::is_random(text)).then_some("a secret"));
        if let Some(what) = found {
            sink.report(context.object, node, format!("{key} holds {what} for all to read"));
        }
    }
}
