//! `hardcoded-namespace`: an object in another namespace than its release.
//!
//! # What it checks
//!
//! Workloads, accounts, claims, Services and what goes with them, name no other namespace than that of the release, or one that a
//! chart makes. `default` and the namespaces of the system are left alone. So are kinds that often belong elsewhere on purpose:
//! roles and bindings, ConfigMaps, Secrets and policies that another application reads, and custom resources. What a chart puts
//! into one namespace is one finding.
//!
//! # Why it matters
//!
//! Helm installs the release into one namespace and part of it into another: what refers to it by name finds nothing, a second
//! release overwrites the first one's objects, and rights of the namespace do not suffice.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   name: api
//!   namespace: production
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   name: api
//!   namespace: {{ .Release.Namespace }}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Object;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hardcoded-namespace",
    severity: Severity::Warning,
    by_default: true,
    group: "Labels/metadata",
    aliases: &[],
    reason: "A second release overwrites the objects of the first, and references by name find nothing.",
    cure: "Leave the namespace out, or use .Release.Namespace.",
    check: Check::Set(check),
};

const SYSTEM: &[&str] = &["default", "kube-system", "kube-public", "kube-node-lease"];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let mut foreign: Vec<(&str, Vec<Object<'t>>)> = Vec::new();
    for &object in context.index.objects() {
        let Some(own) = object.own_namespace().filter(|own| *own != object.release_namespace() && !SYSTEM.contains(own)) else { continue };
        if !belongs_to_release(object) {
            continue;
        }
        if context.find(Kind::Namespace, "", own).is_some() {
            continue;
        }
        match foreign.iter_mut().find(|(namespace, _)| *namespace == own) {
            Some((_, objects)) => objects.push(object),
            None => foreign.push((own, vec![object])),
        }
    }
    for (namespace, objects) in foreign {
        let mut objects = objects.into_iter().map(|object| (object, object.root().nearest(&["metadata", "namespace"])));
        let Some((first, node)) = objects.next() else { continue };
        let mut reported = sink.report(first, node, format!("the namespace {namespace} is not that of the release"));
        for (object, node) in objects {
            reported = reported.also(object, node);
        }
    }
}

/// Whether an object is a part of the application itself, rather than something that another one reads.
fn belongs_to_release(object: Object<'_>) -> bool {
    object.pod().is_some()
        || matches!(
            object.kind(),
            Kind::Service
                | Kind::Ingress
                | Kind::ServiceAccount
                | Kind::PersistentVolumeClaim
                | Kind::HorizontalPodAutoscaler
                | Kind::PodDisruptionBudget
        )
}
