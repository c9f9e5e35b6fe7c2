//! `wildcard-in-rules`: a role with a wildcard.
//!
//! # What it checks
//!
//! No rule of a Role or ClusterRole has `*` among its verbs, resources or API groups. Rules for groups of custom resources alone,
//! such as an operator has for its own kinds, are left alone, and so are subresources of every kind (`*/scale`), of all groups too.
//!
//! # Why it matters
//!
//! The rule allows what it was not written for: what the wildcard stands for grows with each release of Kubernetes and each
//! operator that is installed, and includes reading Secrets and giving rights to oneself.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - apiGroups: ["*"]
//!     resources: ["*"]
//!     verbs: ["*"]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - apiGroups: [""]
//!     resources: [configmaps]
//!     verbs: [get, list, watch]
//! ```

use chartwright_kube::kind::is_builtin_group;
use chartwright_kube::node::Node;

use super::rbac::{self, ALL};
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "wildcard-in-rules",
    severity: Severity::Warning,
    by_default: true,
    group: "RBAC",
    aliases: &[
        "kube-linter:wildcard-in-rules",
        "checkov:CKV_K8S_49",
        "trivy:KSV044",
        "trivy:KSV045",
        "trivy:KSV046",
        "trivy:KSV112",
        "kubescape:C-0187",
        "kyverno:restrict-wildcard-verbs",
        "kyverno:restrict-wildcard-resources",
        "datree:CIS_INVALID_WILDCARD_ROLE",
    ],
    reason: "The rule allows what it was not written for, and more with each release and operator.",
    cure: "List the groups, resources and verbs that are used.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for grant in rbac::grants(context.object) {
        let reaches = |group: Node<'_>| group.str().is_some_and(|group| group == ALL || is_builtin_group(group));
        if !grant.node.items_at("apiGroups").any(reaches) {
            continue;
        }
        let wildcard = |list: &str| grant.node.items_at(list).find(|item| item.str() == Some(ALL));
        let mut found = ["apiGroups", "resources", "verbs"].map(wildcard);
        // Subresources that every kind may have are not to be had by group.
        if grant.node.items_at("resources").all(|resource| resource.str().is_some_and(|resource| resource.starts_with("*/"))) {
            found[0] = None;
        }
        let mut places = found.into_iter().flatten();
        let Some(first) = places.next() else { continue };
        let what: Vec<&str> =
            found.iter().zip(["API groups", "resources", "verbs"]).filter_map(|(node, name)| node.is_some().then_some(name)).collect();
        let mut reported = sink.report(context.object, first, format!("the rule has a wildcard for {}", what.join(", ")));
        for place in places {
            reported = reported.also(context.object, place);
        }
    }
}
