//! What the cluster serves that a chart is linted for: the chosen release of Kubernetes, and the definitions of custom resources that are given or that the chart brings. A chart that asks
//! `.Capabilities.APIVersions` then takes the branch that it will take there.

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Manifest;
use chartwright_kube::schema::Schemas;

/// All of it, as `.Capabilities.APIVersions` names it.
pub(super) fn serves<'d>(schemas: &Schemas, minor: u32, definitions: impl Iterator<Item = &'d str>) -> Vec<String> {
    let mut names = schemas.for_version(minor).api_versions();
    for text in definitions {
        let manifest = Manifest::parse(text);
        for definition in manifest.objects(0, "", "").filter(|object| object.kind() == Kind::CustomResourceDefinition) {
            let root = definition.root();
            let text = |path: &[&str]| root.at(path).and_then(Node::str).unwrap_or_default();
            let (group, kind) = (text(&["spec", "group"]), text(&["spec", "names", "kind"]));
            let versions = root.at(&["spec", "versions"]).into_iter().flat_map(Node::items);
            for version in versions.filter(|version| version.get("served").and_then(Node::bool) == Some(true)) {
                let api_version = format!("{group}/{}", version.str_at("name").unwrap_or_default());
                names.extend([format!("{api_version}/{kind}"), api_version]);
            }
        }
    }
    names
}
