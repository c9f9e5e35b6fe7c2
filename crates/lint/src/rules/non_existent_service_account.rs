//! `non-existent-service-account`: a pod of a ServiceAccount that no chart makes.
//!
//! # What it checks
//!
//! The `serviceAccountName` of a pod is in the render or in a chart beside it; `default` is in every namespace.
//!
//! # Why it matters
//!
//! No pod is made: the controller reports that it looked for the account in vain.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   serviceAccountName: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: ServiceAccount
//! metadata:
//!   name: api
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "non-existent-service-account",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["kube-linter:non-existent-service-account", "kubescape:C-0307", "popeye:POP-307", "popeye:POP-507"],
    reason: "No pod is made until the account is there.",
    cure: "Let the chart make the account, or name one that exists.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for &object in context.index.objects() {
        let Some(namespace) = object.namespace() else { continue };
        for account in object.references().filter(|reference| reference.kind == Kind::ServiceAccount && reference.name != "default") {
            if context.find(Kind::ServiceAccount, namespace, account.name).is_none() {
                sink.report(object, account.node, format!("no chart makes the ServiceAccount {}", account.name));
            }
        }
    }
}
