//! Manifest files: which files of a folder are some, and which belong to other tools.

use chartwright_yaml::{NodeId, Tree};

/// A file that is linted as it is.
pub(super) struct Manifest {
    /// Its path, as reports show it.
    pub(super) path: String,
    pub(super) text: String,
}

/// What a file of a folder is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Manifest,
    /// Something else, and what.
    Skipped(&'static str),
    /// No YAML, and nothing that tells of Kubernetes.
    Unreadable(&'static str),
}

/// The API groups of files that tools read and no cluster takes.
const TOOLS: &[(&str, &str)] = &[
    ("kustomize.config.k8s.io", "a file of kustomize's"),
    ("kind.x-k8s.io", "a file of kind's"),
    ("skaffold", "a file of Skaffold's"),
    ("k3d.io", "a file of k3d's"),
    ("ctlptl.dev", "a file of ctlptl's"),
    ("backstage.io", "a file of Backstage's"),
    ("kubeadm.k8s.io", "a file of kubeadm's"),
    ("kubelet.config.k8s.io", "a file of the kubelet's"),
    ("kubescheduler.config.k8s.io", "a file of the scheduler's"),
    ("apiserver.config.k8s.io", "a file of the API server's"),
    ("audit.k8s.io", "a file of the API server's"),
    ("client.authentication.k8s.io", "a file of kubectl's"),
    ("kubeproxy.config.k8s.io", "a file of kube-proxy's"),
    ("install.istio.io", "a file of istioctl's"),
    ("eksctl.io", "a file of eksctl's"),
    ("cli.kyverno.io", "a file of Kyverno's command"),
    ("chainsaw.kyverno.io", "a file of Chainsaw's"),
    ("kuttl.dev", "a file of kuttl's"),
    ("krew.googlecontainertools.github.com", "a file of krew's"),
];

/// What a file is, by its text.
pub(super) fn kept(path: &str, text: &str) -> Kept {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if matches!(name, "kustomization.yaml" | "kustomization.yml") {
        return Kept::Skipped("a file of kustomize's");
    }
    if is_plain(text) {
        return Kept::Manifest;
    }
    let Ok(trees) = Tree::parse_stream(text) else {
        return match text.lines().any(|line| line.starts_with("apiVersion:")) {
            _ if text.contains("{{") => Kept::Unreadable("a template, no YAML"),
            true => Kept::Manifest,
            false => Kept::Unreadable("no YAML"),
        };
    };
    let mut objects = trees.iter().map(|tree| (tree, tree.root())).filter(|(tree, root)| !tree.is_null(*root)).peekable();
    if objects.peek().is_none() {
        return Kept::Skipped("nothing in it");
    }
    let mut other = "no Kubernetes object";
    for (tree, root) in objects {
        match (tree.get_str(root, "apiVersion"), tree.get_str(root, "kind")) {
            (Some("v1"), Some("Config")) => other = "a file of kubectl's",
            (Some(version), Some(_)) => match tool(version) {
                Some(tool) => other = tool,
                None => return Kept::Manifest,
            },
            _ => {}
        }
    }
    Kept::Skipped(other)
}

/// Whether it needs no reader to see that it is a manifest.
fn is_plain(text: &str) -> bool {
    let is_tools = |version: &str| TOOLS.iter().any(|(group, _)| version.contains(group));
    let mut kinds = values(text, "kind: ").peekable();
    let is_manifest = kinds.peek().is_some() && values(text, "apiVersion: ").any(|version| !is_tools(version));
    is_manifest && kinds.all(|kind| kind.trim_end() != "Config") && !text.contains("{{")
}

/// What stands on the lines that begin with a key.
fn values<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = &'t str> {
    let begun = text.match_indices(key).filter(|(at, _)| *at == 0 || text.as_bytes()[at - 1] == b'\n');
    begun.map(move |(at, _)| text[at + key.len()..].lines().next().unwrap_or_default())
}

fn tool(version: &str) -> Option<&'static str> {
    let group = version.split_once('/').map_or("", |(group, _)| group);
    TOOLS.iter().find(|(known, _)| *known == group).map(|(_, tool)| *tool)
}

/// The files that a kustomization names as patches: parts of objects.
pub(super) fn patches(text: &str) -> Vec<String> {
    let Ok(tree) = Tree::parse(text) else { return Vec::new() };
    let all = |id: NodeId, key: &str| tree.get(id, key).map(|list| tree.items(list)).unwrap_or_default();
    let root = tree.root();
    let mut files: Vec<String> = ["patches", "patchesJson6902"]
        .into_iter()
        .flat_map(|key| all(root, key))
        .filter_map(|patch| tree.get_str(*patch, "path"))
        .map(str::to_owned)
        .collect();
    files.extend(all(root, "patchesStrategicMerge").iter().filter_map(|patch| tree.str(*patch)).map(str::to_owned));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &Kept) {
        assert_eq!(kept(path, text), *expected, "{text}");
    }

    #[test]
    fn what_is_a_manifest() {
        check("a.yaml", "apiVersion: v1\nkind: Pod\n", &Kept::Manifest);
        check("a.yaml", "---\n---\nx: 1\n---\napiVersion: apps/v1\nkind: Deployment\n", &Kept::Manifest);
        check("a.yaml", "apiVersion: v1\nkind: [\n", &Kept::Manifest);
        check("a.yaml", "replicaCount: 1\n", &Kept::Skipped("no Kubernetes object"));
        check("a.yaml", "# nothing\n", &Kept::Skipped("nothing in it"));
        check("a.yaml", "a: [\n", &Kept::Unreadable("no YAML"));
        check("a.yaml", "apiVersion: v1\nkind: Pod\n{{- if x }}\n", &Kept::Unreadable("a template, no YAML"));
        check("a.yaml", "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n---\napiVersion: v1\nkind: Pod\n", &Kept::Manifest);
        check("a.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: kind.x-k8s.io/v1alpha4\n", &Kept::Manifest);
        check("x/kustomization.yaml", "resources: []\n", &Kept::Skipped("a file of kustomize's"));
        check("a.yaml", "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n", &Kept::Skipped("a file of kind's"));
        check("a.yaml", "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n", &Kept::Skipped("a file of istioctl's"));
        check("a.yaml", "apiVersion: v1\nkind: Config\n", &Kept::Skipped("a file of kubectl's"));
    }

    #[test]
    fn patches_of_a_kustomization() {
        let text = "patches:\n- path: a.yaml\n- patch: 'x: 1'\npatchesStrategicMerge: [b.yaml]\n";
        assert_eq!(patches(text), ["a.yaml", "b.yaml"]);
    }
}
