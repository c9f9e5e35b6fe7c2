//! Which requests are of which level.

use super::has_wildcard;
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::names;

const MAX_PRECEDENCE: i64 = 10_000;
/// The schemas that the API server keeps as they are.
const EXEMPT: &str = "exempt";
const VERBS: [&str; 9] = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

/// `ValidateFlowSchema`.
pub(super) fn validate(root: &Field<'_, '_>, errors: &mut Errors) {
    let (name, spec) = (root.field("metadata.name"), root.field("spec"));
    let precedence = spec.field("matchingPrecedence");
    // 0 is filled in.
    match precedence.int().unwrap_or_default() {
        number if number < 0 => errors.push(precedence.invalid("must be a positive value")),
        number if number > MAX_PRECEDENCE => errors.push(precedence.invalid(&format!("must not be greater than {MAX_PRECEDENCE}"))),
        1 if name.text() != EXEMPT => errors.push(precedence.invalid("only the schema named 'exempt' may have matchingPrecedence 1")),
        _ => {}
    }
    let (method, level) = (spec.field("distinguisherMethod"), spec.field("priorityLevelConfiguration.name"));
    let kind = method.field("type");
    if method.is_set() && !matches!(kind.text(), "ByNamespace" | "ByUser") {
        let shown = format!("{{\"Type\":{}}}", crate::validate::shown_text(kind.text()));
        errors.push(kind.not_supported_value(&shown, &["ByNamespace", "ByUser"]));
    }
    if level.text().is_empty() {
        errors.push(level.required("must reference a priority level"));
    } else {
        errors.invalid(&level, names::subdomain(level.text()), Concern::ObjectName);
    }
    for rule in spec.field("rules").items() {
        self::rule(&rule, errors);
    }
}

fn rule(rule: &Field<'_, '_>, errors: &mut Errors) {
    let (subjects, resources, urls) = (rule.field("subjects"), rule.field("resourceRules"), rule.field("nonResourceRules"));
    if subjects.is_empty() {
        errors.push(subjects.required("subjects must contain at least one value"));
    }
    for subject in subjects.items() {
        self::subject(&subject, errors);
    }
    if resources.is_empty() && urls.is_empty() {
        errors.push(rule.required("at least one of resourceRules and nonResourceRules has to be non-empty"));
    }
    for resource in resources.items() {
        self::resource(&resource, errors);
    }
    for url in urls.items() {
        self::urls(&url, errors);
    }
}

/// `ValidateFlowSchemaSubject`.
fn subject(subject: &Field<'_, '_>, errors: &mut Errors) {
    const KINDS: [(&str, &str); 3] = [("Group", "group"), ("ServiceAccount", "serviceAccount"), ("User", "user")];
    let kind = subject.field("kind");
    let Some((own, field)) = KINDS.iter().find(|(name, _)| *name == kind.text()) else {
        errors.push(kind.not_supported(&KINDS.map(|(name, _)| name)));
        return;
    };
    let own_field = subject.field(field);
    let name = own_field.field("name");
    if !own_field.is_set() {
        errors.push(own_field.required(&format!("{field} is required when subject kind is '{own}'")));
    } else if name.text().is_empty() {
        errors.push(name.required(""));
    } else if *own == "ServiceAccount" && name.text() != "*" {
        errors.invalid(&name, names::subdomain(name.text()), Concern::ObjectName);
    }
    let namespace = own_field.field("namespace");
    if own_field.is_set() && *own == "ServiceAccount" {
        if namespace.text().is_empty() {
            errors.push(namespace.required("must specify namespace for service account"));
        } else {
            errors.invalid(&namespace, names::label(namespace.text()), Concern::ObjectName);
        }
    }
    for (other, field) in KINDS.iter().filter(|(other, _)| other != own) {
        let field_of = subject.field(field);
        if field_of.is_set() {
            errors.push(field_of.forbidden(&format!("{field} is forbidden when subject kind is not '{other}'")));
        }
    }
}

fn verbs(rule: &Field<'_, '_>, errors: &mut Errors) {
    let verbs = rule.field("verbs");
    if verbs.is_empty() {
        errors.push(verbs.required("verbs must contain at least one value"));
    } else if has_wildcard(&verbs) {
        lone(&verbs, "verbs", errors);
    } else if verbs.items().any(|verb| !VERBS.contains(&verb.text())) {
        errors.push(verbs.not_supported(&VERBS));
    }
}

/// A wildcard stands alone.
fn lone(list: &Field<'_, '_>, others: &str, errors: &mut Errors) {
    if list.len() > 1 && has_wildcard(list) {
        errors.push(list.invalid(&format!("if '*' is present, must not specify other {others}")));
    }
}

/// `ValidateFlowSchemaResourcePolicyRule`.
fn resource(rule: &Field<'_, '_>, errors: &mut Errors) {
    verbs(rule, errors);
    let (groups, resources, namespaces) = (rule.field("apiGroups"), rule.field("resources"), rule.field("namespaces"));
    if groups.is_empty() {
        errors.push(groups.required("resource rules must supply at least one api group"));
    }
    lone(&groups, "api groups", errors);
    if resources.is_empty() {
        errors.push(resources.required("resource rules must supply at least one resource"));
    }
    lone(&resources, "resources", errors);
    if namespaces.is_empty() && !rule.field("clusterScope").is_on() {
        errors.push(namespaces.required("resource rules that are not cluster scoped must supply at least one namespace"));
    } else if has_wildcard(&namespaces) {
        lone(&namespaces, "namespaces", errors);
    } else {
        for namespace in namespaces.items() {
            for message in names::label(namespace.text()) {
                errors.push(namespace.invalid(&format!("each member of this list must be '*' or a DNS-1123 label; {message}")));
            }
        }
    }
}

/// `ValidateFlowSchemaNonResourcePolicyRule`.
fn urls(rule: &Field<'_, '_>, errors: &mut Errors) {
    verbs(rule, errors);
    let urls = rule.field("nonResourceURLs");
    if urls.is_empty() {
        errors.push(urls.required("nonResourceURLs must contain at least one value"));
    } else if has_wildcard(&urls) {
        lone(&urls, "non-resource URLs", errors);
    } else {
        for url in urls.items() {
            if let Some(detail) = url_fault(url.text()) {
                errors.push(url.invalid(detail));
            }
        }
    }
}

/// `ValidateNonResourceURLPath`.
fn url_fault(path: &str) -> Option<&'static str> {
    let stars = path.bytes().filter(|byte| *byte == b'*').count();
    if path.is_empty() {
        Some("must not be empty")
    } else if path == "/" {
        None
    } else if !path.starts_with('/') {
        Some("must start with slash")
    } else if path.contains(' ') {
        Some("must not contain white-space")
    } else if path.contains("//") {
        Some("must not contain double slash")
    } else if stars > 1 || stars == 1 && !path.ends_with("/*") {
        Some("wildcard can only do suffix matching")
    } else {
        None
    }
}
