//! `missing-config-ref`: a pod reads a ConfigMap, or a key, that no chart makes.
//!
//! # What it checks
//!
//! Each ConfigMap that a pod names, unless as optional, is in the render or in a chart beside it; and of ConfigMaps and Secrets that
//! are, the keys that it reads. Secrets that no chart makes are prerequisites instead.
//!
//! # Why it matters
//!
//! The pod waits for it for ever, as `CreateContainerConfigError` or `ContainerCreating`.
//!
//! # Example
//!
//! ```yaml
//! envFrom:
//!   - configMapRef: {name: setings}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! envFrom:
//!   - configMapRef: {name: settings}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-config-ref",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["kube-linter:env-value-from", "popeye:POP-407"],
    reason: "The pod waits for it for ever.",
    cure: "Name a ConfigMap and keys that exist, or mark the reference as optional.",
    check: Check::Set(check),
};

/// What every namespace has: the certificates of the API server, of OpenShift's services, and of Istio where it is installed.
const GIVEN: &[&str] = &["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for &object in context.index.objects().iter().filter(|object| object.pod().is_some()) {
        let Some(namespace) = object.namespace() else { continue };
        let mut reported: Vec<(&str, Option<&str>)> = Vec::new();
        let sources = object.references().filter(|reference| matches!(reference.kind, Kind::ConfigMap | Kind::Secret));
        for reference in sources.filter(|reference| !reference.optional && !GIVEN.contains(&reference.name)) {
            let message = match context.find(reference.kind, namespace, reference.name) {
                None if reference.kind == Kind::ConfigMap => (None, format!("no chart makes the ConfigMap {}", reference.name)),
                Some(found) => match reference.key.filter(|key| !has_key(found, key)) {
                    Some(key) => (Some(key), format!("{} {} has no key {key}", found.kind_name(), found.name())),
                    None => continue,
                },
                None => continue,
            };
            let (key, message) = message;
            if !reported.contains(&(reference.name, key)) {
                reported.push((reference.name, key));
                sink.report(object, reference.node, message);
            }
        }
    }
}

fn has_key(object: Object<'_>, key: &str) -> bool {
    let maps = ["data", "binaryData", "stringData"].into_iter().filter_map(|field| object.root().get(field));
    maps.flat_map(Node::entries).any(|(name, _)| name == key)
}
