//! Policies of admission and what binds them.

use super::rules;
use crate::cel::RESERVED;
use crate::validate::concern::Concern;
use crate::validate::expressions;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{formats, labels, names};

const MAX_ANNOTATIONS: usize = 20;
const MAX_VALUE_EXPRESSION: usize = 5 << 10;
const REASONS: [&str; 3] = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
const ACTIONS: [&str; 3] = ["Audit", "Deny", "Warn"];
/// A policy that changes objects does not see those that go.
const MUTATING_OPERATIONS: [&str; 4] = ["*", "CONNECT", "CREATE", "UPDATE"];
const PATCHES: [&str; 2] = ["ApplyConfiguration", "JSONPatch"];

/// `validateValidatingAdmissionPolicySpec`.
pub(super) fn validating(root: &Field<'_, '_>, errors: &mut Errors) {
    const ONE: &str = "validations or auditAnnotations must contain at least one item";
    let spec = root.field("spec");
    shared(&spec, errors);
    let (validations, annotations) = (spec.field("validations"), spec.field("auditAnnotations"));
    if validations.is_empty() && annotations.is_empty() {
        errors.push(validations.required(ONE));
        errors.push(annotations.required(ONE));
    }
    for validation in validations.items() {
        self::validation(&validation, declared(&spec), errors);
    }
    if annotations.len() > MAX_ANNOTATIONS {
        errors.push(annotations.invalid(&format!("must not have more than {MAX_ANNOTATIONS} auditAnnotations")));
    }
    let mut seen = std::collections::HashSet::new();
    for annotation in annotations.items() {
        let key = annotation.field("key");
        audit(&annotation, &root.field("metadata.name"), declared(&spec), errors);
        if !seen.insert(key.text()) {
            errors.push(key.duplicate_value(&shown_text(key.text())));
        }
    }
}

/// `validateMutatingAdmissionPolicySpec`.
pub(super) fn mutating(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    shared(&spec, errors);
    mutating_operations(&spec.field("matchConstraints"), errors);
    let (mutations, again) = (spec.field("mutations"), spec.field("reinvocationPolicy"));
    if mutations.is_empty() {
        errors.push(mutations.required("mutations must contain at least one item"));
    }
    for mutation in mutations.items() {
        self::mutation(&mutation, errors);
    }
    if again.text().is_empty() {
        errors.push(again.required(""));
    } else {
        rules::one_of(&again, &["IfNeeded", "Never"], errors);
    }
}

/// What both kinds of policies have.
fn shared(spec: &Field<'_, '_>, errors: &mut Errors) {
    rules::one_of(&spec.field("failurePolicy"), &["Fail", "Ignore"], errors);
    let (kind, constraints) = (spec.field("paramKind"), spec.field("matchConstraints"));
    if kind.is_set() {
        param_kind(&kind, errors);
    }
    if constraints.is_set() {
        rules::match_resources(&constraints, errors);
        let resources = constraints.field("resourceRules");
        if resources.is_empty() {
            errors.push(resources.required(""));
        }
    } else {
        errors.push(constraints.required(""));
    }
    rules::conditions(&spec.field("matchConditions"), errors);
    for variable in spec.field("variables").items() {
        let (name, expression) = (variable.field("name"), variable.field("expression"));
        if name.text().trim().is_empty() {
            errors.push(name.required("name is not specified"));
        } else if !is_identifier(name.text()) {
            errors.push(name.invalid("must be a valid CEL identifier"));
        }
        if expression.text().trim().is_empty() {
            errors.push(expression.required("expression is not specified"));
        }
        expressions::compile(&expression, declared(spec), errors);
    }
}

/// What a policy's expressions may name.
fn declared(spec: &Field<'_, '_>) -> &'static [&'static str] {
    match (spec.field("paramKind").is_set(), spec.field("variables").is_empty()) {
        (true, false) => expressions::ADMISSION,
        (false, false) => expressions::WITHOUT_PARAMS,
        (true, true) => expressions::WITHOUT_VARIABLES,
        (false, true) => expressions::WITHOUT_BOTH,
    }
}

/// `isCELIdentifier`.
fn is_identifier(name: &str) -> bool {
    let first = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    name.bytes().next().is_some_and(first)
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !RESERVED.contains(&name)
}

/// `validateParamKind`.
fn param_kind(param: &Field<'_, '_>, errors: &mut Errors) {
    let (api_version, kind) = (param.field("apiVersion"), param.field("kind"));
    let text = api_version.text();
    let (group, version) = match text {
        "/" => ("", ""),
        _ => text.split_once('/').unwrap_or(("", text)),
    };
    if text.is_empty() {
        errors.push(api_version.required(""));
    } else if version.contains('/') {
        errors.push(api_version.invalid(&format!("unexpected GroupVersion string: {text}")));
    } else {
        let messages = names::subdomain(group);
        if !group.is_empty() && !messages.is_empty() {
            errors.push(api_version.invalid_value(&shown_text(group), &messages.join(",")));
        }
        let messages = names::label_1035(version);
        if version.is_empty() {
            errors.push(api_version.invalid("version must be specified"));
        } else if !messages.is_empty() {
            errors.push(api_version.invalid_value(&shown_text(version), &messages.join(",")));
        }
    }
    let messages = names::label_1035(&kind.text().to_lowercase());
    if kind.text().is_empty() {
        errors.push(kind.required(""));
    } else if !messages.is_empty() {
        errors.push(kind.invalid(&format!("may have mixed case, but should otherwise match: {}", messages.join(","))));
    }
}

/// `validateValidation`.
fn validation(validation: &Field<'_, '_>, declared: &[&str], errors: &mut Errors) {
    let (expression, message) = (validation.field("expression"), validation.field("message"));
    if expression.text().trim().is_empty() {
        errors.push(expression.required("expression is not specified"));
    }
    let message_expression = validation.field("messageExpression");
    for text in [&expression, &message_expression] {
        expressions::compile(text, declared, errors);
    }
    for text in [&message_expression, &message] {
        if !text.text().is_empty() && text.text().trim().is_empty() {
            errors.push(text.invalid("must be non-empty if specified"));
        }
    }
    if message.text().trim().contains(['\n', '\r']) {
        errors.push(message.invalid("must not contain line breaks"));
    }
    rules::one_of(&validation.field("reason"), &REASONS, errors);
}

/// `validateAuditAnnotation`.
fn audit(annotation: &Field<'_, '_>, name: &Field<'_, '_>, declared: &[&str], errors: &mut Errors) {
    let (key, expression) = (annotation.field("key"), annotation.field("valueExpression"));
    if !name.text().is_empty() {
        let full = format!("{}/{}", name.text(), key.text());
        for message in names::qualified(&full) {
            errors.push(key.invalid_value(&shown_text(&full), &message));
        }
    }
    let text = expression.text().trim();
    if text.is_empty() {
        errors.push(expression.required("valueExpression is not specified"));
    } else if text.len() > MAX_VALUE_EXPRESSION {
        errors.push(expression.required(&format!("must not exceed {MAX_VALUE_EXPRESSION} bytes in length")));
    } else {
        expressions::compile(&expression, declared, errors);
    }
}

/// `validateMutation`.
fn mutation(mutation: &Field<'_, '_>, errors: &mut Errors) {
    let (kind, apply, patch) = (mutation.field("patchType"), mutation.field("applyConfiguration"), mutation.field("jsonPatch"));
    let (own, other, shown) = match kind.text() {
        "" => return errors.push(kind.required("")),
        "JSONPatch" => (patch, apply, "{applyConfiguration}"),
        "ApplyConfiguration" => (apply, patch, "{jsonPatch}"),
        _ => return errors.push(kind.not_supported(&PATCHES)),
    };
    if own.is_set() {
        let expression = own.field("expression");
        if expression.text().trim().is_empty() {
            errors.push(expression.required(""));
        }
    } else {
        errors.push(own.required(&format!("must be specified when patchType is {}", kind.text())));
    }
    if other.is_set() {
        errors.push(other.invalid_value(&shown_text(shown), &format!("must not be specified when patchType is {}", kind.text())));
    }
}

/// Operations that a policy of changes cannot have; they are told without their places.
fn mutating_operations(resources: &Field<'_, '_>, errors: &mut Errors) {
    for rule in resources.field("resourceRules").items() {
        for operation in rule.field("operations").items().filter(|operation| !MUTATING_OPERATIONS.contains(&operation.text())) {
            let at = resources.field("resourceRules.operations").of(operation.near());
            errors.push(at.not_supported_value(&shown_text(operation.text()), &MUTATING_OPERATIONS));
        }
    }
}

/// `validateValidatingAdmissionPolicyBindingSpec`.
pub(super) fn validating_binding(spec: &Field<'_, '_>, errors: &mut Errors) {
    binding(spec, errors);
    let actions = spec.field("validationActions");
    let mut seen = Vec::new();
    for action in actions.items() {
        if !ACTIONS.contains(&action.text()) {
            errors.push(action.not_supported_value(&shown_text(action.text()), &ACTIONS));
        } else if seen.contains(&action.text()) {
            errors.push(action.duplicate());
        } else {
            seen.push(action.text());
        }
    }
    if seen.contains(&"Deny") && seen.contains(&"Warn") {
        errors.push(actions.invalid(
            "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)",
        ));
    }
    if actions.is_empty() {
        formats::required(&actions, "at least one validation action is required", errors);
    }
}

/// `validateMutatingAdmissionPolicyBindingSpec`.
pub(super) fn mutating_binding(spec: &Field<'_, '_>, errors: &mut Errors) {
    binding(spec, errors);
    mutating_operations(&spec.field("matchResources"), errors);
}

fn binding(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (name, param, resources) = (spec.field("policyName"), spec.field("paramRef"), spec.field("matchResources"));
    if name.text().is_empty() {
        errors.push(name.required(""));
    } else {
        errors.invalid(&name, names::subdomain(name.text()), Concern::ObjectName);
    }
    if param.is_set() {
        param_ref(&param, errors);
    }
    if resources.is_set() {
        rules::match_resources(&resources, errors);
    }
}

/// `validateParamRef`.
fn param_ref(param: &Field<'_, '_>, errors: &mut Errors) {
    const EXCLUSIVE: &str = "name and selector are mutually exclusive";
    let (name, selector, action) = (param.field("name"), param.field("selector"), param.field("parameterNotFoundAction"));
    let is_named = !name.text().is_empty();
    if is_named {
        errors.invalid(&name, names::path_segment(name.text()), Concern::ObjectName);
    }
    labels::selector(&selector, errors);
    match (is_named, selector.is_set()) {
        (true, true) => {
            errors.push(name.forbidden(EXCLUSIVE));
            errors.push(selector.forbidden(EXCLUSIVE));
        }
        (false, false) => errors.push(param.required("one of name or selector must be specified")),
        _ => {}
    }
    if action.text().is_empty() {
        errors.push(action.required(""));
    } else {
        rules::one_of(&action, &["Deny", "Allow"], errors);
    }
}
