//! What roles allow and bindings give, which rules on RBAC share. No rule of its own.
//!
//! Follows `k8s.io/component-helpers/auth/rbac/validation` and `pkg/apis/rbac/v1/evaluation_helpers.go`.

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

/// What stands for everything.
pub(super) const ALL: &str = "*";

/// A rule of a Role or ClusterRole: verbs on resources.
#[derive(Clone, Copy)]
pub(super) struct Grant<'t> {
    /// Its place.
    pub(super) node: Node<'t>,
}

impl<'t> Grant<'t> {
    /// The first of its verbs that is one of these, or all.
    pub(super) fn verb(self, verbs: &[&str]) -> Option<Node<'t>> {
        self.node.items_at("verbs").find(|verb| verb.str().is_some_and(|verb| verb == ALL || verbs.contains(&verb)))
    }

    /// The first of its resources that is one of these of a group, named as such: `*` is not.
    pub(super) fn resource(self, group: &str, resources: &[&str]) -> Option<Node<'t>> {
        if !self.has_group(group) {
            return None;
        }
        self.node.items_at("resources").find(|resource| resource.str().is_some_and(|resource| resources.contains(&resource)))
    }

    /// Whether it covers all resources of a group.
    pub(super) fn has_all_resources(self, group: &str) -> Option<Node<'t>> {
        self.node.items_at("resources").find(|resource| resource.str() == Some(ALL)).filter(|_| self.has_group(group))
    }

    /// Whether it covers a group, by name or with all others.
    fn has_group(self, group: &str) -> bool {
        self.node.items_at("apiGroups").any(|own| own.str().is_some_and(|own| own == group || own == ALL))
    }

    /// Whether it holds for objects of some names only.
    pub(super) fn is_limited(self) -> bool {
        self.node.items_at("resourceNames").next().is_some()
    }
}

/// The rules of a Role or ClusterRole; none of anything else.
pub(super) fn grants(object: Object<'_>) -> impl Iterator<Item = Grant<'_>> {
    let is_role = matches!(object.kind(), Kind::Role | Kind::ClusterRole);
    let root = is_role.then(|| object.root());
    root.into_iter().flat_map(|root| root.items_at("rules")).map(|node| Grant { node })
}

/// What makes pods, by API group.
const WORKLOADS: &[(&str, &[&str])] = &[
    ("", &["pods", "replicationcontrollers"]),
    ("apps", &["deployments", "statefulsets", "daemonsets", "replicasets"]),
    ("batch", &["jobs", "cronjobs"]),
];

/// The places where a role allows making pods, or the workloads that make them: one a rule.
pub(super) fn makes_pods(object: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    grants(object).filter(|grant| grant.verb(&["create"]).is_some()).filter_map(|grant| {
        let named = WORKLOADS.iter().find_map(|(group, resources)| grant.resource(group, resources));
        named.or_else(|| WORKLOADS.iter().find_map(|(group, _)| grant.has_all_resources(group)))
    })
}

/// Whether it binds a role to subjects.
pub(super) fn is_binding(object: Object<'_>) -> bool {
    matches!(object.kind(), Kind::RoleBinding | Kind::ClusterRoleBinding)
}

/// Whom a binding gives its role to; nobody for anything else.
pub(super) fn subjects(object: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    is_binding(object).then(|| object.root()).into_iter().flat_map(|root| root.items_at("subjects"))
}

/// Whether a binding gives its role to a ServiceAccount, by name or with all of its namespace or of the cluster.
pub(super) fn binds(binding: Object<'_>, namespace: &str, name: &str) -> bool {
    subjects(binding).any(|subject| {
        let subject_name = subject.str_at("name").unwrap_or_default();
        match subject.str_at("kind") {
            Some("ServiceAccount") => {
                subject_name == name && subject.str_at("namespace").or(binding.namespace()).unwrap_or_default() == namespace
            }
            Some("Group") => {
                let of_namespace = subject_name.strip_prefix("system:serviceaccounts");
                of_namespace.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':') == Some(namespace))
                    || subject_name == "system:authenticated"
            }
            Some("User") => {
                let account = subject_name.strip_prefix("system:serviceaccount:").and_then(|rest| rest.split_once(':'));
                account == Some((namespace, name))
            }
            _ => false,
        }
    })
}
