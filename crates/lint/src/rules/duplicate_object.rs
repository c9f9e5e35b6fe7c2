//! `duplicate-object`: two documents make the same object.
//!
//! # What it checks
//!
//! No two objects of a render, or of one manifest file, share group, kind, namespace and name. Hooks, which come and go, are left alone, and so are
//! manifest files beside each other, which are often alternatives.
//!
//! # Why it matters
//!
//! Helm fails to install the second, or the one silently replaces the other.
//!
//! # Example
//!
//! ```yaml
//! kind: ConfigMap
//! metadata:
//!   name: settings
//! ---
//! kind: ConfigMap
//! metadata:
//!   name: settings
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: ConfigMap
//! metadata:
//!   name: settings
//! ---
//! kind: ConfigMap
//! metadata:
//!   name: settings-worker
//! ```

use std::collections::HashMap;

use chartwright_kube::kind::group;
use chartwright_kube::object::Object;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-object",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &[],
    reason: "Helm fails to install the second, or the one replaces the other.",
    cure: "Give them different names, or leave one out.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let mut first: HashMap<(Option<usize>, &str, &str, Option<&str>, &str), Object<'t>> = HashMap::new();
    for &object in context.index.objects().iter().filter(|object| !object.is_hook() && !object.name().is_empty()) {
        let file = context.apart.then_some(object.document);
        let key = (file, group(object.api_version()), object.kind_name(), object.namespace(), object.name());
        let earlier = *first.entry(key).or_insert(object);
        if !earlier.is(object) {
            let name = |object: Object<'t>| object.root().nearest(&["metadata", "name"]);
            let message = format!("{} {} is made twice", object.kind_name(), object.name());
            sink.report(object, name(object), message).also(earlier, name(earlier));
        }
    }
}
