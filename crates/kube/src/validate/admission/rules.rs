//! What requests are looked at: operations, groups, versions, resources, and conditions.

use crate::validate::concern::Concern;
use crate::validate::expressions;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{labels, names};

const OPERATIONS: [&str; 5] = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
const SCOPES: [&str; 3] = ["*", "Cluster", "Namespaced"];
const MAX_CONDITIONS: usize = 64;

/// `matchConditions` come with this release.
const CONDITIONS: u32 = 28;

fn has_wildcard(list: &Field<'_, '_>) -> bool {
    list.items().any(|item| item.text() == "*")
}

/// A wildcard stands alone.
fn lone_wildcard(list: &Field<'_, '_>, others: &str, errors: &mut Errors) {
    if list.len() > 1 && has_wildcard(list) {
        errors.push(list.invalid(&format!("if '*' is present, must not specify other {others}")));
    }
}

/// One of the values, where there is one at all.
pub(super) fn one_of(field: &Field<'_, '_>, values: &[&str], errors: &mut Errors) {
    if field.is_set() && !values.contains(&field.text()) {
        errors.push(field.not_supported(values));
    }
}

/// `validateRuleWithOperations`.
pub(super) fn rule(rule: &Field<'_, '_>, errors: &mut Errors) {
    let (operations, groups, versions) = (rule.field("operations"), rule.field("apiGroups"), rule.field("apiVersions"));
    if operations.is_empty() {
        errors.push(operations.required(""));
    }
    lone_wildcard(&operations, "operations", errors);
    for operation in operations.items().filter(|operation| !OPERATIONS.contains(&operation.text())) {
        errors.push(operation.not_supported_value(&shown_text(operation.text()), &OPERATIONS));
    }
    if groups.is_empty() {
        errors.push(groups.required(""));
    }
    lone_wildcard(&groups, "API groups", errors);
    if versions.is_empty() {
        errors.push(versions.required(""));
    }
    lone_wildcard(&versions, "API versions", errors);
    for version in versions.items().filter(|version| version.text().is_empty()) {
        errors.push(version.required(""));
    }
    resources(&rule.field("resources"), errors);
    one_of(&rule.field("scope"), &SCOPES, errors);
}

/// `validateResources`: resources and subresources, each with its wildcard.
fn resources(list: &Field<'_, '_>, errors: &mut Errors) {
    if list.is_empty() {
        errors.push(list.required(""));
    }
    let (mut all_of, mut of_all) = (Vec::new(), Vec::new());
    let (mut everything, mut all, mut plain) = (false, false, false);
    for item in list.items() {
        let text = item.text();
        if text.is_empty() {
            errors.push(item.required(""));
            continue;
        }
        everything |= text == "*/*";
        all |= text == "*";
        let Some((resource, part)) = text.split_once('/') else {
            plain = text != "*";
            continue;
        };
        if all_of.contains(&resource) {
            errors.push(item.invalid(&format!("if '{resource}/*' is present, must not specify {text}")));
        }
        if of_all.contains(&part) {
            errors.push(item.invalid(&format!("if '*/{part}' is present, must not specify {text}")));
        }
        if part == "*" {
            all_of.push(resource);
        }
        if resource == "*" {
            of_all.push(part);
        }
    }
    if list.len() > 1 && everything {
        errors.push(list.invalid("if '*/*' is present, must not specify other resources"));
    }
    if all && plain {
        errors.push(list.invalid("if '*' is present, must not specify other resources without subresources"));
    }
}

/// `validateMatchResources`.
pub(super) fn match_resources(resources: &Field<'_, '_>, errors: &mut Errors) {
    one_of(&resources.field("matchPolicy"), &["Equivalent", "Exact"], errors);
    labels::selector(&resources.field("namespaceSelector"), errors);
    labels::selector(&resources.field("objectSelector"), errors);
    for list in ["resourceRules", "excludeResourceRules"] {
        for rule in resources.field(list).items() {
            resource_names(&rule.field("resourceNames"), errors);
            self::rule(&rule, errors);
        }
    }
}

fn resource_names(list: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = std::collections::HashSet::new();
    for name in list.items() {
        errors.invalid(&name, names::path_segment(name.text()), Concern::ObjectName);
        if !seen.insert(name.text()) {
            errors.push(name.duplicate());
        }
    }
}

/// `validateMatchConditions`.
pub(super) fn conditions(list: &Field<'_, '_>, errors: &mut Errors) {
    if errors.minor < CONDITIONS {
        return;
    }
    if list.len() > MAX_CONDITIONS {
        errors.push(list.too_many(list.len(), MAX_CONDITIONS));
    }
    let mut seen = Vec::new();
    for condition in list.items().take(MAX_CONDITIONS) {
        let (expression, name) = (condition.field("expression"), condition.field("name"));
        if expression.text().trim().is_empty() {
            errors.push(expression.required(""));
        }
        expressions::compile(&expression, expressions::ADMISSION, errors);
        if name.text().is_empty() {
            errors.push(name.required(""));
            continue;
        }
        errors.invalid(&name, names::qualified(name.text()), Concern::Other);
        if seen.contains(&name.text()) {
            errors.push(name.duplicate());
        }
        seen.push(name.text());
    }
}
