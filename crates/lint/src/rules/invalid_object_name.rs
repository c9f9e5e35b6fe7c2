//! `invalid-object-name`: a name that Kubernetes does not allow.
//!
//! # What it checks
//!
//! Each object has a name (or a `generateName`) of lower-case letters, digits, `-` and `.`, which begins and ends with a letter or
//! digit; Services and Namespaces without dots. Roles and their bindings may be called anything but with `/` and `%`.
//!
//! # Why it matters
//!
//! The API server refuses the object. It happens when a name is made of a value with capitals or `_`.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   name: My_App
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   name: my-app
//! ```

use chartwright_kube::kind::{Kind, group};

use super::names::{is_dns_label, is_dns_part};

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "invalid-object-name",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Use lower-case letters, digits and -; in a template, lower and replace.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    let (name, node) = (object.name(), object.root().nearest(&["metadata", "name"]));
    if object.kind_name().is_empty() || object.kind() == Kind::Other && object.root().get("metadata").is_none() {
        return;
    }
    if name.is_empty() {
        if object.root().at(&["metadata", "generateName"]).is_none() {
            sink.report(object, node, "the object has no name".to_owned());
        }
        return;
    }
    let rbac = group(object.api_version()) == "rbac.authorization.k8s.io";
    let good = if rbac {
        !matches!(name, "." | "..") && !name.contains(['/', '%'])
    } else if matches!(object.kind(), Kind::Service | Kind::Namespace) {
        // Too long: `name-too-long`.
        name.len() > 63 || is_dns_label(name)
    } else {
        name.split('.').all(is_dns_part)
    };
    if !good {
        sink.report(object, node, format!("a {} cannot be called {name}", object.kind_name()));
    }
}
