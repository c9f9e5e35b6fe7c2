//! Roles and what binds them: `pkg/apis/rbac/validation/validation.go`, with the defaults of `pkg/apis/rbac/v1/defaults.go`.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::{Subject, formats, labels, names};

const GROUP: &str = "rbac.authorization.k8s.io";

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    match subject.kind {
        "Role" => rules(&root, true, errors),
        "ClusterRole" => {
            rules(&root, false, errors);
            aggregation(&root, errors);
        }
        "RoleBinding" => binding(&root, true, errors),
        "ClusterRoleBinding" => binding(&root, false, errors),
        _ => {}
    }
}

/// `ValidatePolicyRule` for each rule.
fn rules(root: &Field<'_, '_>, is_namespaced: bool, errors: &mut Errors) {
    for rule in root.field("rules").items() {
        let (verbs, urls) = (rule.field("verbs"), rule.field("nonResourceURLs"));
        let (groups, resources) = (rule.field("apiGroups"), rule.field("resources"));
        if verbs.is_empty() {
            formats::required(&verbs, "verbs must contain at least one value", errors);
        }
        if !urls.is_empty() {
            if is_namespaced {
                errors.push(urls.invalid("namespaced rules cannot apply to non-resource URLs"));
            }
            if !groups.is_empty() || !resources.is_empty() || !rule.field("resourceNames").is_empty() {
                errors.push(urls.invalid("rules cannot apply to both regular resources and non-resource URLs"));
            }
            continue;
        }
        if groups.is_empty() {
            errors.push(groups.required("resource rules must supply at least one api group"));
        }
        if resources.is_empty() {
            errors.push(resources.required("resource rules must supply at least one resource"));
        }
    }
}

fn aggregation(root: &Field<'_, '_>, errors: &mut Errors) {
    let (rule, selectors) = (root.field("aggregationRule"), root.field("aggregationRule.clusterRoleSelectors"));
    if rule.is_set() && selectors.is_empty() {
        errors.push(selectors.required("at least one clusterRoleSelector required if aggregationRule is non-nil"));
    }
    for selector in selectors.items() {
        let before = errors.len();
        labels::selector(&selector, errors);
        if errors.len() > before {
            errors.push(selector.invalid_value("null", "invalid label selector.").about(Concern::Label));
        }
    }
}

/// `ValidateRoleBinding`, `ValidateClusterRoleBinding`.
fn binding(root: &Field<'_, '_>, is_namespaced: bool, errors: &mut Errors) {
    let (group, kind, name) = (root.field("roleRef.apiGroup"), root.field("roleRef.kind"), root.field("roleRef.name"));
    if !matches!(group.text(), "" | GROUP) {
        errors.push(group.not_supported(&[GROUP]));
    }
    let kinds: &[&str] = if is_namespaced { &["Role", "ClusterRole"] } else { &["ClusterRole"] };
    if !kinds.contains(&kind.text()) {
        errors.push(kind.not_supported_value(&shown_text(kind.text()), kinds));
    }
    if name.text().is_empty() {
        errors.push(name.required(""));
    } else {
        errors.invalid(&name, names::path_segment(name.text()), Concern::ObjectName);
    }
    for subject in root.field("subjects").items() {
        self::subject(&subject, is_namespaced, errors);
    }
}

/// `ValidateRoleBindingSubject`.
fn subject(subject: &Field<'_, '_>, is_namespaced: bool, errors: &mut Errors) {
    let (name, kind, group, namespace) =
        (subject.field("name"), subject.field("kind"), subject.field("apiGroup"), subject.field("namespace"));
    if name.text().is_empty() {
        errors.push(name.required(""));
    }
    match kind.text() {
        "ServiceAccount" => {
            if !name.text().is_empty() {
                errors.invalid(&name, names::subdomain(name.text()), Concern::ObjectName);
            }
            if !group.text().is_empty() {
                errors.push(group.not_supported(&[""]));
            }
            if !is_namespaced && namespace.text().is_empty() {
                errors.push(namespace.required(""));
            }
        }
        "User" | "Group" => {
            if !matches!(group.text(), "" | GROUP) {
                errors.push(group.not_supported(&[GROUP]));
            }
        }
        _ => errors.push(kind.not_supported(&["ServiceAccount", "User", "Group"])),
    }
}
