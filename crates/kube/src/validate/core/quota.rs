//! What a namespace may hold: ResourceQuotas and LimitRanges.

use std::collections::{BTreeMap, HashSet};

use super::resources::{amount, container_resource_name, is_quota_resource, may_be_overcommitted, resource_name};
use crate::quantity::Quantity;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;

const SCOPES: &[&str] = &[
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "VolumeAttributesClass",
    "CrossNamespacePodAffinity",
];

/// Whether a scope counts a resource (`IsResourceQuotaScopeValidForResource`).
fn counts(scope: &str, resource: &str) -> bool {
    let is_compute = matches!(resource, "cpu" | "memory" | "limits.cpu" | "limits.memory" | "requests.cpu" | "requests.memory");
    match scope {
        "Terminating" | "NotTerminating" | "NotBestEffort" | "PriorityClass" | "CrossNamespacePodAffinity" => {
            resource == "pods" || is_compute
        }
        "BestEffort" => resource == "pods",
        "VolumeAttributesClass" => matches!(resource, "persistentvolumeclaims" | "requests.storage"),
        _ => true,
    }
}

/// `ValidateResourceQuota` but for its metadata.
pub(super) fn quota(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    let hard = spec.field("hard");
    amounts(&hard, errors);
    let scopes = spec.field("scopes");
    let uncounted = |scope: &str| hard.entries().filter(|(name, _)| is_quota_resource(name) && !counts(scope, name)).count();
    for scope in scopes.items() {
        let at = scopes.of(scope.near());
        let shown: Vec<String> = scopes.items().map(|scope| shown_text(scope.text())).collect();
        let invalid = |message: &str| at.invalid_value(&format!("[{}]", shown.join(",")), message);
        if !SCOPES.contains(&scope.text()) {
            errors.push(invalid("unsupported scope").about(Concern::Enum));
        }
        for _ in 0..uncounted(scope.text()) {
            errors.push(invalid("unsupported scope applied to resource"));
        }
    }
    let named: HashSet<&str> = scopes.items().map(|scope| scope.text()).collect();
    if conflict(&named) {
        errors.push(scopes.invalid("conflicting scopes"));
    }
    let selector = spec.field("scopeSelector");
    let expressions = selector.field("matchExpressions");
    for expression in expressions.items() {
        let scope = expression.field("scopeName").text();
        let at = expressions.of(expression.near());
        for _ in 0..uncounted(scope) {
            errors.push(at.invalid_value(&selector.shown(), "unsupported scope applied to resource"));
        }
        requirement(&at, errors);
    }
    let selected: HashSet<&str> = expressions.items().map(|expression| expression.field("scopeName").text()).collect();
    if conflict(&selected) {
        errors.push(expressions.invalid_value(if scopes.is_set() { "[]" } else { "null" }, "conflicting scopes"));
    }
    for list in ["status.hard", "status.used"] {
        amounts(&root.field(list), errors);
    }
}

fn conflict(scopes: &HashSet<&str>) -> bool {
    [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]].iter().any(|pair| pair.iter().all(|scope| scopes.contains(scope)))
}

fn amounts(hard: &Field<'_, '_>, errors: &mut Errors) {
    for (name, quantity) in hard.entries() {
        resource_name(name, &quantity, errors);
        if !name.contains('/') && !is_quota_resource(name) {
            errors.push(quantity.invalid_value(&shown_text(name), "must be a standard resource for quota").about(Concern::Quantity));
        }
        amount(name, &quantity, errors);
    }
}

/// An expression of a quota's selector; its fields are told of at the list.
fn requirement(expression: &Field<'_, '_>, errors: &mut Errors) {
    let (scope, operator, values) = (expression.field("scopeName"), expression.field("operator"), expression.field("values"));
    if !SCOPES.contains(&scope.text()) {
        errors.push(scope.invalid("unsupported scope").about(Concern::Enum));
    }
    let stands_alone =
        matches!(scope.text(), "BestEffort" | "NotBestEffort" | "Terminating" | "NotTerminating" | "CrossNamespacePodAffinity");
    if stands_alone && operator.text() != "Exists" {
        let message = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, \
                       ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
        errors.push(operator.invalid(message));
    }
    match operator.text() {
        "In" | "NotIn" if values.is_empty() => {
            errors.push(values.required("must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.push(values.invalid("must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        _ => errors.push(operator.invalid("not a valid selector operator").about(Concern::Enum)),
    }
}

/// `ValidateLimitRange` but for its metadata.
pub(super) fn limits(root: &Field<'_, '_>, errors: &mut Errors) {
    let limits = root.field("spec.limits");
    let mut seen = HashSet::new();
    for limit in limits.items() {
        let kind = limit.field("type");
        let shown = shown_text(kind.text());
        let messages = names::qualified(kind.text());
        if messages.is_empty() && !kind.text().contains('/') && !matches!(kind.text(), "Pod" | "Container" | "PersistentVolumeClaim") {
            errors.push(kind.invalid_value(&shown, "must be a standard limit type or fully qualified").about(Concern::Enum));
        }
        for message in messages {
            errors.push(kind.invalid_value(&shown, &message));
        }
        if !seen.insert(kind.text()) {
            errors.push(kind.duplicate());
        }
        limit_of(&limit, kind.text(), errors);
    }
}

type Amounts<'t> = BTreeMap<&'t str, Quantity>;

fn limit_of(limit: &Field<'_, '_>, kind: &str, errors: &mut Errors) {
    const LISTS: [&str; 5] = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];
    let is_pod = kind == "Pod";
    let mut read: [Amounts<'_>; 5] = Default::default();
    for (amounts, name) in read.iter_mut().zip(LISTS) {
        let list = limit.field(name);
        if is_pod && name.starts_with("default") {
            if !list.is_empty() {
                errors.push(list.forbidden("may not be specified when `type` is 'Pod'"));
            }
            continue;
        }
        for (resource, quantity) in list.entries() {
            if matches!(kind, "Pod" | "Container") {
                container_resource_name(resource, &quantity, errors);
            } else {
                resource_name(resource, &quantity, errors);
            }
            amounts.insert(resource, quantity.quantity().unwrap_or(Quantity::ZERO));
        }
    }
    let [max, min, mut default, mut request, ratio] = read;
    if kind == "PersistentVolumeClaim" && !max.contains_key("storage") && !min.contains_key("storage") {
        errors.push(limit.field("limits").required("either minimum or maximum storage value is required, but neither was provided"));
    }
    if kind == "Container" {
        fill(&max, &mut default);
        fill(&default, &mut request);
        fill(&min, &mut request);
    }
    let resources: std::collections::BTreeSet<&str> =
        [&max, &min, &default, &request, &ratio].into_iter().flat_map(BTreeMap::keys).copied().collect();
    for resource in resources {
        let at = |amounts: &Amounts<'_>| amounts.get(resource).copied();
        compare(limit, resource, [at(&max), at(&min), at(&default), at(&request), at(&ratio)], errors);
    }
}

/// What the second does not have, it takes from the first (`SetDefaults_LimitRangeItem`).
fn fill<'t>(from: &Amounts<'t>, into: &mut Amounts<'t>) {
    for (name, amount) in from {
        into.entry(name).or_insert(*amount);
    }
}

fn compare(limit: &Field<'_, '_>, resource: &str, [max, min, default, request, ratio]: [Option<Quantity>; 5], errors: &mut Errors) {
    // What is below, what is above, where it is told of with which of both, and what they are called.
    let pairs = [
        (min, max, "min", min, "min value", "is greater than max value"),
        (min, request, "defaultRequest", request, "min value", "is greater than default request value"),
        (request, max, "defaultRequest", request, "default request value", "is greater than max value"),
        (request, default, "defaultRequest", request, "default request value", "is greater than default limit value"),
        (min, default, "default", min, "min value", "is greater than default value"),
        (default, max, "default", max, "default value", "is greater than max value"),
    ];
    let mut report = |list: &str, shown: Quantity, message: String| {
        let list = limit.field(list);
        let at = list.key(resource);
        errors.push(at.invalid_value(&shown_text(&shown.to_string()), &message).about(Concern::Quantity));
    };
    for (low, high, list, shown, low_name, above) in pairs {
        if let (Some(low), Some(high), Some(shown)) = (low, high, shown)
            && low > high
        {
            report(list, shown, format!("{low_name} {low} {above} {high}"));
        }
    }
    if let Some(ratio) = ratio {
        if ratio < Quantity::units(1) {
            report("maxLimitRequestRatio", ratio, format!("ratio {ratio} is less than 1"));
        }
        if let (Some(min), Some(max)) = (min, max) {
            #[expect(clippy::cast_precision_loss, reason = "the API server compares floating numbers too")]
            let (bound, value) = (max.millis() as f64 / min.millis() as f64, ratio.millis() as f64 / 1000.0);
            if value > bound {
                report("maxLimitRequestRatio", ratio, format!("ratio {ratio} is greater than max/min = {bound:.6}"));
            }
        }
    }
    if let (Some(default), Some(request)) = (default, request)
        && default != request
        && !may_be_overcommitted(resource)
    {
        report("defaultRequest", request, format!("default value {default} must equal to defaultRequest value {request} in {resource}"));
    }
}
