//! Which objects of a render need which others: names that are found, the definitions of custom kinds, the namespaces that objects go to.

use std::collections::HashMap;

use crate::index::Index;
use crate::kind::{self, Kind};
use crate::object::{Object, Spec};

/// An object that needs another one.
#[derive(Clone, Copy)]
pub struct Link<'t> {
    /// Which needs it.
    pub from: Object<'t>,
    /// What is needed.
    pub to: Object<'t>,
}

/// All links, in the order of the objects that need something; each pair once.
#[must_use]
pub fn links<'t>(index: &Index<'t>) -> Vec<Link<'t>> {
    let mut kinds: HashMap<(&str, &str), Object<'t>> = HashMap::new();
    for definition in index.of(Kind::CustomResourceDefinition) {
        let names = definition.spec_node().and_then(|spec| Some((spec.str_at("group")?, spec.at(&["names", "kind"])?.str()?)));
        if let Some(names) = names {
            kinds.entry(names).or_insert(definition);
        }
    }
    let mut out: Vec<Link<'t>> = Vec::new();
    for &from in index.objects() {
        let first = out.len();
        let mut add = |to: Option<Object<'t>>| {
            if let Some(to) = to.filter(|to| !is_same(*to, from))
                && !out[first..].iter().any(|known| is_same(known.to, to))
            {
                out.push(Link { from, to });
            }
        };
        let namespace = from.namespace().unwrap_or_default();
        for reference in from.references() {
            let within = if is_cluster_scoped(reference.kind) { "" } else { namespace };
            add(index.find(reference.kind, within, reference.name));
        }
        add(kinds.get(&(kind::group(from.api_version()), from.kind_name())).copied());
        if !namespace.is_empty() {
            add(index.find(Kind::Namespace, "", namespace));
        }
    }
    out
}

/// Whether a claim may stay unbound until a pod mounts it: always, unless its class is known to bind at once: from the render itself, where
/// the API server's default is to do so, or by being one of `immediate`.
#[must_use]
pub fn may_wait_for_consumer<'t>(claim: Object<'t>, index: &Index<'t>, immediate: &[&str]) -> bool {
    let Spec::PersistentVolumeClaim(spec) = claim.spec() else { return false };
    let Some(class) = claim.spec_node().and_then(|spec| spec.str_at("storageClassName")) else { return true };
    // A volume that is named is bound at once, as is one of no class.
    if class.is_empty() || spec.volume_name.as_deref().is_some_and(|name| !name.is_empty()) {
        return false;
    }
    match index.find(Kind::StorageClass, "", class) {
        Some(class) => class.root().str_at("volumeBindingMode") == Some("WaitForFirstConsumer"),
        None => !immediate.contains(&class),
    }
}

fn is_cluster_scoped(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::StorageClass | Kind::PersistentVolume | Kind::IngressClass | Kind::RuntimeClass | Kind::PriorityClass | Kind::Namespace
    )
}

fn is_same(one: Object<'_>, other: Object<'_>) -> bool {
    one.document == other.document && one.root().id() == other.root().id()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Manifest;

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  volumes:\n  - persistentVolumeClaim: {claimName: c}\n  - persistentVolumeClaim: {claimName: c}\n  - configMap: {name: gone}\n";

    fn claim(class: &str) -> String {
        format!("apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: c}}\nspec: {{{class}}}\n")
    }

    #[track_caller]
    fn check(documents: &[(&str, &str)], expected: &[(&str, &str)]) {
        let manifests: Vec<Manifest> = documents.iter().map(|(text, _)| Manifest::parse(text)).collect();
        let objects = manifests.iter().zip(documents).enumerate();
        let index = Index::new(objects.flat_map(|(at, (manifest, (_, namespace)))| manifest.objects(at, "t.yaml", namespace)).collect());
        let found: Vec<(String, String)> = links(&index)
            .iter()
            .map(|link| {
                let name = |object: Object<'_>| format!("{}/{}", object.kind_name(), object.name());
                (name(link.from), name(link.to))
            })
            .collect();
        let expected: Vec<(String, String)> = expected.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_within_their_namespace() {
        check(&[(POD, "a"), (&claim(""), "a")], &[("Pod/p", "PersistentVolumeClaim/c")]);
        check(&[(POD, "a"), (&claim(""), "b")], &[]);
    }

    #[test]
    fn classes_definitions_and_namespaces() {
        let class = "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n";
        check(&[(&claim("storageClassName: fast"), "a"), (class, "a")], &[("PersistentVolumeClaim/c", "StorageClass/fast")]);
        let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\nspec: {group: g.io, names: {kind: X}}\n";
        let custom = "apiVersion: g.io/v1\nkind: X\nmetadata: {name: x}\n";
        check(&[(custom, "a"), (definition, "a")], &[("X/x", "CustomResourceDefinition/x")]);
        check(&[(POD, "a"), ("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", "b")], &[("Pod/p", "Namespace/a")]);
    }

    #[test]
    fn claims_that_wait() {
        let waits = |class: &str, others: &str| {
            let manifest = Manifest::parse(&format!("{}---\n{others}", claim(class)));
            let index = Index::new(manifest.objects(0, "t.yaml", "a").collect());
            may_wait_for_consumer(index.objects()[0], &index, &["efs-sc"])
        };
        let class = |mode: &str| format!("apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: fast}}\n{mode}");
        assert!(waits("", ""));
        assert!(waits("storageClassName: gp3", ""));
        assert!(!waits("storageClassName: efs-sc", ""));
        assert!(!waits("storageClassName: ''", ""));
        assert!(!waits("storageClassName: gp3, volumeName: v", ""));
        assert!(!waits("storageClassName: fast", &class("")));
        assert!(waits("storageClassName: fast", &class("volumeBindingMode: WaitForFirstConsumer\n")));
    }
}
