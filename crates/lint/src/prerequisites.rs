//! What the cluster must bring, because no chart can or does: Secrets, classes, kinds, namespaces. A missing thing that a chart
//! should bring is a finding, not a prerequisite.

use std::collections::{BTreeSet, HashMap, HashSet};

use chartwright_kube::kind::{self, Kind};
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

use crate::finding::Prerequisite;
use crate::rule::{SetContext, place};

/// What a render takes for granted, in the order in which it is named.
pub(crate) fn prerequisites(context: &SetContext<'_, '_>) -> Vec<Prerequisite> {
    let mut list = List::default();
    let kinds = custom_kinds(context);
    let secrets = made_secrets(context);
    for &object in context.index.objects().iter().filter(|object| !object.is_test()) {
        for reference in object.references() {
            let Some(kind) = brought_by_the_cluster(reference.kind, reference.name) else { continue };
            let namespace = if reference.kind == Kind::Secret { object.namespace() } else { None };
            let made = reference.kind == Kind::Secret && secrets.contains(&(namespace.unwrap_or_default(), reference.name));
            if !made && context.find(reference.kind, namespace.unwrap_or_default(), reference.name).is_none() {
                list.add(
                    object,
                    Need { kind, name: reference.name, namespace, key: reference.key, optional: reference.optional, node: reference.node },
                );
            }
        }
        let group = kind::group(object.api_version());
        if !kind::is_builtin_group(group) && !object.kind_name().is_empty() && !kinds.contains(&(group, object.kind_name())) {
            let name = format!("{}.{group}", object.kind_name());
            list.add(object, whole("CustomResourceDefinition", &name, object.root().nearest(&["apiVersion"])));
        }
        let is_brought = |own: &&str| *own != object.release_namespace() && context.find(Kind::Namespace, "", own).is_none();
        if let Some(own) = object.own_namespace().filter(is_brought) {
            list.add(object, whole("Namespace", own, object.root().nearest(&["metadata", "namespace"])));
        }
    }
    list.items
}

/// How a kind is called here if clusters bring it; what every cluster has is left out.
fn brought_by_the_cluster(kind: Kind, name: &str) -> Option<&'static str> {
    Some(match kind {
        Kind::Secret => "Secret",
        Kind::StorageClass => "StorageClass",
        Kind::PersistentVolume => "PersistentVolume",
        Kind::IngressClass => "IngressClass",
        Kind::RuntimeClass => "RuntimeClass",
        Kind::PriorityClass if !matches!(name, "system-cluster-critical" | "system-node-critical") => "PriorityClass",
        _ => return None,
    })
}

/// The kinds that the charts define themselves.
fn custom_kinds<'t>(context: &SetContext<'_, 't>) -> BTreeSet<(&'t str, &'t str)> {
    let definitions = context.index.of(Kind::CustomResourceDefinition).chain(context.others.of(Kind::CustomResourceDefinition));
    let named = definitions.filter_map(|object| {
        let spec = object.spec_node()?;
        Some((spec.str_at("group")?, spec.at(&["names", "kind"])?.str()?))
    });
    named.collect()
}

/// The secrets that operators make of the charts' custom resources, by namespace and name.
fn made_secrets<'t>(context: &SetContext<'_, 't>) -> BTreeSet<(&'t str, &'t str)> {
    let objects = context.index.of(Kind::Other).chain(context.others.of(Kind::Other));
    let made = objects.filter_map(|object| {
        let at = |path: &[&str]| object.root().at(path).and_then(Node::str);
        let name = match (kind::group(object.api_version()), object.kind_name()) {
            ("cert-manager.io", "Certificate") => at(&["spec", "secretName"])?,
            ("external-secrets.io", "ExternalSecret") => at(&["spec", "target", "name"]).unwrap_or(object.name()),
            ("bitnami.com", "SealedSecret") => at(&["spec", "template", "metadata", "name"]).unwrap_or(object.name()),
            _ => return None,
        };
        Some((object.namespace()?, name))
    });
    made.collect()
}

/// What is needed as a whole, by no namespace.
fn whole<'n, 't>(kind: &'static str, name: &'n str, node: Node<'t>) -> Need<'n, 't> {
    Need { kind, name, namespace: None, key: None, optional: false, node }
}

struct Need<'n, 't> {
    kind: &'static str,
    name: &'n str,
    namespace: Option<&'t str>,
    key: Option<&'n str>,
    optional: bool,
    node: Node<'t>,
}

/// What an object is called, without taking it: its `apiVersion`, its kind, its namespace and its name.
type Called<'t> = (&'t str, &'t str, Option<&'t str>, &'t str);

#[derive(Default)]
struct List<'t> {
    items: Vec<Prerequisite>,
    by_name: HashMap<(&'static str, Option<String>, String), usize>,
    /// Which objects need an item, by its number.
    needing: HashSet<(usize, Called<'t>)>,
}

impl<'t> List<'t> {
    fn add(&mut self, object: Object<'t>, need: Need<'_, '_>) {
        let namespace = need.namespace.map(str::to_owned);
        let index = *self.by_name.entry((need.kind, namespace.clone(), need.name.to_owned())).or_insert(self.items.len());
        if index == self.items.len() {
            self.items.push(Prerequisite {
                kind: need.kind,
                name: need.name.to_owned(),
                namespace,
                keys: Vec::new(),
                optional: true,
                needed_by: Vec::new(),
                place: place(object, need.node),
            });
        }
        let item = &mut self.items[index];
        item.optional &= need.optional;
        if let Some(key) = need.key.filter(|key| !item.keys.iter().any(|known| known == key)) {
            item.keys.push(key.to_owned());
        }
        let called = (object.api_version(), object.kind_name(), object.namespace(), object.name());
        if self.needing.insert((index, called)) {
            item.needed_by.push(object.reference());
        }
    }
}
