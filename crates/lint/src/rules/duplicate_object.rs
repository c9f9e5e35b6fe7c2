//! `duplicate-object`: two documents make the same object.
//!
//! # What it checks
//!
//! No two objects of a render, or of one manifest file, share group, kind, namespace and name. Hooks, which come and go, are left alone, and so are
//! manifest files beside each other, which are often alternatives, and definitions in `crds/`, which Helm does not install a second time.
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

/// Whether it stands in the folder `crds` of a chart.
fn is_brought(object: Object<'_>) -> bool {
    let folders = object.source.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| folder == "crds") && !folders.split('/').any(|folder| folder == "templates")
}

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let mut first: HashMap<_, Object<'t>> = HashMap::new();
    for &object in context.index.objects().iter().filter(|object| !object.is_hook() && !object.name().is_empty()) {
        let file = context.apart.then_some(object.document);
        let earlier = *first.entry((file, object.identity())).or_insert(object);
        // Helm installs what is in `crds/` unless it is there already, and a subchart of two names brings it twice.
        let is_installed = is_brought(earlier) && is_brought(object);
        if !earlier.is(object) && !is_installed {
            let name = |object: Object<'t>| object.root().nearest(&["metadata", "name"]);
            let message = format!("{} {} is made twice", object.kind_name(), object.name());
            sink.report(object, name(object), message).also(earlier, name(earlier));
        }
    }
}
