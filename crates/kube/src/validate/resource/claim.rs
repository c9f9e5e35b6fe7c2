//! Claims of devices: `validateDeviceClaim`.

use std::collections::{HashMap, HashSet};

use super::{MAX_ITEMS, TAINTS, configuration, effect, label_key, label_value, qualified, selectors, too_many};
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{formats, names};

/// The most alternatives of a request.
const MAX_ALTERNATIVES: usize = 8;
/// The release in which constraints may ask for different devices.
const DISTINCT: u32 = 36;

/// Requests by name, each with the names of its alternatives.
type Requests<'t> = HashMap<&'t str, HashSet<&'t str>>;

/// Validates a claim's devices.
pub(super) fn devices(claim: &Field<'_, '_>, errors: &mut Errors) {
    let (requests, constraints, configurations) = (claim.field("requests"), claim.field("constraints"), claim.field("config"));
    let mut known = Requests::new();
    for request in requests.items() {
        let parts = request.field("firstAvailable").items().map(|part| part.field("name").text()).collect();
        known.insert(request.field("name").text(), parts);
    }
    if !too_many(&requests, MAX_ITEMS, errors) {
        let mut seen = HashSet::new();
        for request in requests.items() {
            self::request(&request, errors);
            once(&request, request.field("name").text(), &mut seen, errors);
        }
    }
    if !too_many(&constraints, MAX_ITEMS, errors) {
        for constraint in constraints.items() {
            self::constraint(&constraint, &known, errors);
        }
    }
    if !too_many(&configurations, MAX_ITEMS, errors) {
        for configured in configurations.items() {
            references(&configured.field("requests"), &known, errors);
            configuration(&configured, errors);
        }
    }
}

/// An item of a set; errors are told at the item, with its key.
fn once<'t>(item: &Field<'_, 't>, key: &'t str, seen: &mut HashSet<&'t str>, errors: &mut Errors) {
    if !seen.insert(key) {
        errors.push(if errors.minor < formats::TAGS { item.duplicate_value(&crate::validate::shown_text(key)) } else { item.duplicate() });
    }
}

/// `validateDeviceRequest`.
fn request(request: &Field<'_, '_>, errors: &mut Errors) {
    const ONE: &str = "exactly one of `exactly` or `firstAvailable` is required";
    let name = request.field("name");
    errors.invalid(&name, names::label(name.text()), Concern::ObjectName);
    let (exactly, first) = (request.field("exactly"), request.field("firstAvailable"));
    match (exactly.is_set(), !first.is_empty()) {
        (false, false) => errors.push(request.required(ONE)),
        (true, true) => errors.push(request.invalid_value("null", &format!("{ONE}, but multiple fields are set"))),
        (true, false) => wanted(&exactly, errors),
        (false, true) => {
            if too_many(&first, MAX_ALTERNATIVES, errors) {
                return;
            }
            let mut seen = HashSet::new();
            for part in first.items() {
                let name = part.field("name");
                errors.invalid(&name, names::label(name.text()), Concern::ObjectName);
                wanted(&part, errors);
                once(&part, name.text(), &mut seen, errors);
            }
        }
    }
}

/// `validateExactDeviceRequest`, `validateDeviceSubRequest`.
fn wanted(request: &Field<'_, '_>, errors: &mut Errors) {
    let (class, mode, count) = (request.field("deviceClassName"), request.field("allocationMode"), request.field("count"));
    if class.text().is_empty() {
        errors.push(class.required(""));
    } else {
        errors.invalid(&class, names::subdomain(class.text()), Concern::ObjectName);
    }
    selectors(&request.field("selectors"), errors);
    // 0 is filled in.
    let number = count.int().unwrap_or_default();
    match mode.text() {
        "All" if number != 0 => errors.push(count.invalid("must not be specified when allocationMode is 'All'")),
        "All" => {}
        "" | "ExactCount" if number < 0 => errors.push(count.invalid("must be greater than zero")),
        "" | "ExactCount" => {}
        _ => errors.push(mode.not_supported(&["All", "ExactCount"])),
    }
    if errors.minor >= TAINTS {
        for toleration in request.field("tolerations").items() {
            self::toleration(&toleration, errors);
        }
    }
}

/// `validateDeviceToleration`; the operator is `Equal` if it is left out.
fn toleration(toleration: &Field<'_, '_>, errors: &mut Errors) {
    let (key, operator, value) = (toleration.field("key"), toleration.field("operator"), toleration.field("value"));
    if !key.text().is_empty() {
        label_key(&key, errors);
    }
    match operator.text() {
        "Exists" if !value.text().is_empty() => errors.push(value.invalid("must be empty for operator `Exists`")),
        "Exists" => {}
        "" | "Equal" => label_value(&value, errors),
        _ => errors.push(operator.not_supported(&["Equal", "Exists"])),
    }
    effect(&toleration.field("effect"), errors);
}

/// `validateDeviceConstraint`.
fn constraint(constraint: &Field<'_, '_>, known: &Requests<'_>, errors: &mut Errors) {
    references(&constraint.field("requests"), known, errors);
    let (same, distinct) = (constraint.field("matchAttribute"), constraint.field("distinctAttribute"));
    if same.is_set() {
        qualified(&same, errors);
    } else if distinct.is_set() {
        qualified(&distinct, errors);
    } else if errors.minor >= DISTINCT {
        let detail = "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set";
        errors.push(constraint.required(detail));
    } else {
        errors.push(same.required(""));
    }
}

/// Names of requests, or of their alternatives.
fn references(list: &Field<'_, '_>, known: &Requests<'_>, errors: &mut Errors) {
    const SAYS: &str = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
    if too_many(list, MAX_ITEMS, errors) {
        return;
    }
    let mut seen = HashSet::new();
    for name in list.items() {
        let parts: Vec<&str> = name.text().split('/').collect();
        if parts.len() > 2 {
            errors.push(name.invalid(SAYS));
        } else {
            for part in &parts {
                for message in names::label(part) {
                    errors.push(name.invalid_value(&crate::validate::shown_text(part), &message));
                }
            }
            let is_known = match parts[..] {
                [request] => known.contains_key(request),
                [request, part] => known.get(request).is_some_and(|parts| parts.contains(part)),
                _ => false,
            };
            if !is_known {
                errors.push(name.invalid(SAYS));
            }
        }
        once(&name, name.text(), &mut seen, errors);
    }
}
