//! What network policies let in, which rules share. No rule of its own.
//!
//! Follows the API's documentation (`k8s.io/api/networking/v1`): policies add up, and a pod that none selects takes everything.

use chartwright_kube::kind::{Kind, group};
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use chartwright_kube::pod::Pod;
use chartwright_kube::selector;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::traffic::protocol;
use crate::rule::SetContext;

/// A policy of the render or of a chart beside it.
pub(super) struct Policy<'t> {
    pub(super) object: Object<'t>,
    /// Whether it is of the render.
    pub(super) is_own: bool,
    spec: Node<'t>,
    /// Nothing selects every pod, as an empty selector does.
    pods: Option<LabelSelector>,
}

/// All policies of Kubernetes' own kind, those of charts beside the render too.
pub(super) fn policies<'t>(context: &SetContext<'_, 't>) -> Vec<Policy<'t>> {
    let own = context.index.of(Kind::NetworkPolicy).map(|object| (object, true));
    let others = context.others.of(Kind::NetworkPolicy).map(|object| (object, false));
    let read = own.chain(others).filter_map(|(object, is_own)| {
        let spec = object.spec_node()?;
        Some(Policy { object, is_own, spec, pods: spec.get("podSelector").map(selector::read) })
    });
    read.collect()
}

/// Whether some policy is of a network plugin's own kind, which is not read here.
pub(super) fn has_foreign(context: &SetContext<'_, '_>) -> bool {
    let objects = context.index.of(Kind::Other).chain(context.others.of(Kind::Other));
    objects.filter(|object| object.kind_name().ends_with("NetworkPolicy")).any(|object| {
        matches!(group(object.api_version()), "cilium.io" | "crd.projectcalico.org" | "projectcalico.org" | "policy.networking.k8s.io")
    })
}

/// A port of a pod as traffic comes to it.
#[derive(Clone, Copy)]
pub(super) struct PodPort<'t> {
    pub(super) number: Option<i64>,
    /// What the container calls it.
    pub(super) name: Option<&'t str>,
    pub(super) protocol: &'t str,
}

impl<'t> Policy<'t> {
    /// Whether it holds for the pods of a workload.
    pub(super) fn selects(&self, workload: Object<'_>, pod: Pod<'_>) -> bool {
        self.object.namespace() == workload.namespace()
            && self.pods.as_ref().is_none_or(|selector| selector::matches(selector, pod.labels()))
    }

    /// Whether it holds for every pod of its namespace.
    pub(super) fn selects_all(&self) -> bool {
        self.pods.as_ref().is_none_or(|selector| {
            selector.match_labels.as_ref().is_none_or(std::collections::BTreeMap::is_empty)
                && selector.match_expressions.as_ref().is_none_or(Vec::is_empty)
        })
    }

    /// Whether it keeps traffic out that none of its rules lets in. That is so where it says nothing about it, too.
    pub(super) fn is_of_ingress(&self) -> bool {
        self.spec.get("policyTypes").is_none() || self.spec.items_at("policyTypes").any(|kind| kind.str() == Some("Ingress"))
    }

    /// Its rules that let traffic of some origin in to a port.
    pub(super) fn rules_for(&self, port: PodPort<'t>) -> impl Iterator<Item = Node<'t>> {
        self.spec.items_at("ingress").filter(move |rule| {
            let mut ports = rule.items_at("ports").peekable();
            ports.peek().is_none() || ports.any(|own| covers(own, port))
        })
    }

    /// The place that says for which pods it holds.
    pub(super) fn selector_node(&self) -> Node<'t> {
        self.spec.nearest(&["podSelector"])
    }
}

fn covers(own: Node<'_>, port: PodPort<'_>) -> bool {
    if protocol(own) != port.protocol {
        return false;
    }
    let Some(wanted) = own.get("port") else { return true };
    match (wanted.int(), port.number) {
        (Some(first), Some(number)) => {
            let last = own.get("endPort").and_then(Node::int).unwrap_or(first);
            (first..=last).contains(&number)
        }
        (None, _) => wanted.str().is_some_and(|name| port.name == Some(name)),
        // A port by a name that no container declares leads nowhere, whatever is let in.
        (Some(_), None) => true,
    }
}
