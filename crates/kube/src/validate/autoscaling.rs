//! Autoscalers: `pkg/apis/autoscaling/validation/validation.go`, with the defaults of `pkg/apis/autoscaling/{v1,v2}/defaults.go`.

use super::concern::Concern;
use super::field::{Errors, Field};
use super::{Subject, formats, names, pods, quantities};

/// The release that scales to zero by default.
const TO_ZERO: u32 = 37;
/// The release that looks at the `apiVersion` of what is referred to.
const API_VERSION: u32 = 35;
/// The release that has `tolerance` by default.
const TOLERANCE: u32 = 35;

/// How long a rule of scaling may look back, and a policy.
const MAX_WINDOW: i64 = 3600;
const MAX_PERIOD: i64 = 1800;

/// The kinds of metrics as Go's sets have them, with the field of each.
const METRICS: [(&str, &str); 5] = [
    ("ContainerResource", "containerResource"),
    ("External", "external"),
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
];

/// The order in which they are looked at; only the first that is there is looked into.
const LOOKED_AT: [&str; 5] = ["object", "external", "pods", "resource", "containerResource"];

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "HorizontalPodAutoscaler" {
        let root = subject.field();
        autoscaler(&root.field("spec"), subject.api_version == "autoscaling/v1", errors);
    }
}

/// `validateHorizontalPodAutoscalerSpec`.
fn autoscaler(spec: &Field<'_, '_>, is_v1: bool, errors: &mut Errors) {
    let (least, most) = (spec.field("minReplicas"), spec.field("maxReplicas"));
    let bound = i64::from(errors.minor < TO_ZERO);
    let before = errors.len();
    if least.int().is_some_and(|least| least < bound) {
        errors.push(least.invalid(&format!("must be greater than or equal to {bound}")));
    }
    let number = most.int().unwrap_or_default();
    if number == 0 {
        formats::required(&most, "must be set and greater than 0", errors);
    } else if number < 0 {
        errors.push(most.invalid("must be greater than or equal to 1"));
    }
    if number < least.int().unwrap_or(1) {
        errors.push(most.invalid_value(&number.to_string(), "must be greater than or equal to `minReplicas`"));
    }
    errors.about(before, Concern::HpaBounds);
    let target = spec.field("scaleTargetRef");
    reference(&target, target.field("kind").text() == "ReplicationController", errors);
    let before = errors.len();
    let metrics = spec.field("metrics");
    for metric in metrics.items() {
        self::metric(&metric, errors);
    }
    if least.int() == Some(0) && !metrics.items().any(|metric| matches!(metric.field("type").text(), "Object" | "External")) {
        errors.push(metrics.forbidden("must specify at least one Object or External metric to support scaling to zero replicas"));
    }
    if is_v1 {
        let usage = spec.field("targetCPUUtilizationPercentage");
        if usage.int().is_some_and(|percent| percent < 1) {
            let target = spec.field("metrics[0].resource.target.averageUtilization").of(usage.near());
            errors.push(target.invalid("must be greater than 0"));
        }
    }
    errors.about(before, Concern::HpaMetric);
    for rules in ["behavior.scaleUp", "behavior.scaleDown"] {
        scaling(&spec.field(rules), errors);
    }
}

/// `ValidateCrossVersionObjectReference`; objects of the core group are named where it says so.
fn reference(reference: &Field<'_, '_>, may_be_core: bool, errors: &mut Errors) {
    formats::kind_and_name(reference, errors);
    api_version(&reference.field("apiVersion"), may_be_core, errors);
}

/// `ValidateAPIVersion`: a group and a version, or the version alone.
fn api_version(field: &Field<'_, '_>, may_be_core: bool, errors: &mut Errors) {
    if errors.minor < API_VERSION {
        return;
    }
    let text = field.text();
    let slashes = text.bytes().filter(|byte| *byte == b'/').count();
    if slashes > 1 {
        errors.push(field.invalid(&format!("unexpected GroupVersion string: {text}")));
    } else if !may_be_core && (slashes == 0 || text.starts_with('/')) {
        errors.push(field.invalid("apiVersion must specify API group"));
    }
}

/// `validateScalingRules`; what is left out is filled in.
fn scaling(rules: &Field<'_, '_>, errors: &mut Errors) {
    if !rules.is_set() {
        return;
    }
    let window = rules.field("stabilizationWindowSeconds");
    match window.int() {
        Some(seconds) if seconds < 0 => errors.push(window.invalid("must be greater than or equal to zero")),
        Some(seconds) if seconds > MAX_WINDOW => errors.push(window.invalid(&format!("must be less than or equal to {MAX_WINDOW}"))),
        _ => {}
    }
    let select = rules.field("selectPolicy");
    if select.is_set() && !matches!(select.text(), "Disabled" | "Max" | "Min") {
        errors.push(select.not_supported(&["Disabled", "Max", "Min"]));
    }
    let policies = rules.field("policies");
    if policies.is_set() && policies.is_empty() {
        errors.push(policies.required("must specify at least one Policy"));
    }
    for policy in policies.items() {
        scaling_policy(&policy, errors);
    }
    if errors.minor >= TOLERANCE {
        quantities::non_negative(&rules.field("tolerance"), errors);
    }
}

/// `validateScalingPolicy`.
fn scaling_policy(policy: &Field<'_, '_>, errors: &mut Errors) {
    let (kind, value, period) = (policy.field("type"), policy.field("value"), policy.field("periodSeconds"));
    if !matches!(kind.text(), "Percent" | "Pods") {
        errors.push(kind.not_supported(&["Percent", "Pods"]));
    }
    for number in [&value, &period] {
        let amount = number.int().unwrap_or_default();
        if amount <= 0 {
            errors.push(number.invalid_value(&amount.to_string(), "must be greater than zero"));
        }
    }
    if period.int().is_some_and(|seconds| seconds > MAX_PERIOD) {
        errors.push(period.invalid(&format!("must be less than or equal to {MAX_PERIOD}")));
    }
}

/// `validateMetricSpec`.
fn metric(metric: &Field<'_, '_>, errors: &mut Errors) {
    let kind = metric.field("type");
    let supported = METRICS.map(|(kind, _)| kind);
    if kind.text().is_empty() {
        errors.push(kind.required("must specify a metric source type"));
    }
    let expected = METRICS.iter().find(|(name, _)| *name == kind.text()).map(|(_, field)| *field);
    if expected.is_none() {
        errors.push(kind.not_supported(&supported));
    }
    let mut present = LOOKED_AT.into_iter().filter(|name| metric.field(name).is_set());
    if let Some(first) = present.next() {
        source(&metric.field(first), first, errors);
        let others: Vec<&str> = std::iter::once(first).chain(present).collect();
        if others.len() > 1 {
            for other in others.into_iter().filter(|name| Some(*name) != expected) {
                errors.push(metric.field(other).forbidden("must populate the given metric source only"));
            }
        }
    }
    if let Some(expected) = expected.map(|name| metric.field(name)).filter(|field| !field.is_set()) {
        errors.push(expected.required("must populate information for the given metric source"));
    }
}

fn source(source: &Field<'_, '_>, kind: &str, errors: &mut Errors) {
    let target = source.field("target");
    let (value, average, usage) = (target.field("value"), target.field("averageValue"), target.field("averageUtilization"));
    match kind {
        "resource" | "containerResource" => {
            let name = source.field("name");
            if name.text().is_empty() {
                errors.push(name.required("must specify a resource name"));
            } else if kind == "containerResource" {
                pods::container_resource_name(&name, errors);
            }
            if kind == "containerResource" {
                let container = source.field("container");
                if container.text().is_empty() {
                    errors.push(container.required("must specify a container"));
                } else {
                    errors.invalid(&container, names::label(container.text()), Concern::ContainerName);
                }
            }
        }
        _ => {
            if kind == "object" {
                reference(&source.field("describedObject"), true, errors);
            }
            let name = source.field("metric.name");
            if name.text().is_empty() {
                errors.push(name.required("must specify a metric name"));
            } else {
                errors.invalid(&name, names::path_segment(name.text()), Concern::HpaMetric);
            }
        }
    }
    metric_target(&target, errors);
    match kind {
        "object" if !value.is_set() && !average.is_set() => {
            errors.push(average.required("must set either a target value or averageValue"));
        }
        "external" => match (value.is_set(), average.is_set()) {
            (false, false) => errors.push(average.required("must set either a target value for metric or a per-pod target")),
            (true, true) => errors.push(value.forbidden("may not set both a target value for metric and a per-pod target")),
            _ => {}
        },
        "pods" if !average.is_set() => errors.push(average.required("must specify a positive target averageValue")),
        "resource" | "containerResource" => match (usage.is_set(), average.is_set()) {
            (false, false) => errors.push(usage.required("must set either a target raw value or a target utilization")),
            (true, true) => errors.push(average.forbidden("may not set both a target raw value and a target utilization")),
            _ => {}
        },
        _ => {}
    }
}

/// `validateMetricTarget`.
fn metric_target(target: &Field<'_, '_>, errors: &mut Errors) {
    let kind = target.field("type");
    if kind.text().is_empty() {
        errors.push(kind.required("must specify a metric target type"));
    }
    if !matches!(kind.text(), "Utilization" | "Value" | "AverageValue") {
        errors.push(kind.invalid("must be either Utilization, Value, or AverageValue"));
    }
    for name in ["value", "averageValue"] {
        let amount = target.field(name);
        if amount.quantity().is_some_and(|amount| amount.is_zero() || amount.is_negative()) {
            errors.push(amount.invalid_value(&quantities::shown(&amount), "must be positive"));
        }
    }
    let usage = target.field("averageUtilization");
    if usage.int().is_some_and(|percent| percent < 1) {
        errors.push(usage.invalid("must be greater than 0"));
    }
}
