//! Slices of a pool of devices: `validateResourceSliceSpec`.

use std::collections::HashSet;

use super::{EFFECTS, TAINTS, label_key, label_value, qualified_name, too_many};
use crate::validate::concern::Concern;
use crate::validate::core::{scheduling::node_selector, sources::csi_driver_name};
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;

const MAX_POOL_NAME: usize = 253;
const MAX_DEVICES: usize = 128;
/// The same where devices have taints, counters or lists.
const MAX_ADVANCED: usize = 64;
const MAX_ATTRIBUTES: usize = 32;
const MAX_VALUES: usize = 48;
const MAX_VALUE: usize = 64;
const MAX_TAINTS: usize = 16;
const MAX_CONSUMED: usize = 2;
const MAX_COUNTERS: usize = 32;

/// Kinds of values that an attribute may have.
const VALUES: [&str; 4] = ["int", "bool", "string", "version"];
const LISTS: [&str; 4] = ["ints", "bools", "strings", "versions"];

/// Validates a slice.
pub(super) fn validate(spec: &Field<'_, '_>, errors: &mut Errors) {
    csi_driver_name(&spec.field("driver"), errors);
    pool(&spec.field("pool"), errors);
    nodes(spec, errors);
    let (devices, counters) = (spec.field("devices"), spec.field("sharedCounters"));
    if devices.is_set() && counters.is_set() {
        errors.push(spec.invalid_value("\"\"", "only one of `sharedCounters` or `devices` is allowed"));
    }
    let is_advanced = devices.items().any(|device| {
        let has_lists =
            device.field("attributes").entries().any(|(_, attribute)| LISTS.iter().any(|list| !attribute.field(list).is_empty()));
        !device.field("taints").is_empty() || !device.field("consumesCounters").is_empty() || has_lists
    });
    if !too_many(&devices, if is_advanced { MAX_ADVANCED } else { MAX_DEVICES }, errors) {
        let per_device = spec.field("perDeviceNodeSelection").is_on();
        let mut seen = HashSet::new();
        for device in devices.items() {
            self::device(&device, per_device, errors);
            let name = device.field("name").text();
            if !seen.insert(name) {
                errors.push(device.duplicate_value(&shown_text(name)));
            }
        }
    }
}

fn pool(pool: &Field<'_, '_>, errors: &mut Errors) {
    let (name, slices, generation) = (pool.field("name"), pool.field("resourceSliceCount"), pool.field("generation"));
    if name.text().is_empty() {
        errors.push(name.required(""));
    } else {
        if name.text().len() > MAX_POOL_NAME {
            errors.push(name.too_long(MAX_POOL_NAME));
        }
        for part in name.text().split('/') {
            for message in names::subdomain(part) {
                errors.push(name.invalid_value(&shown_text(part), &message).about(Concern::ObjectName));
            }
        }
    }
    let count = slices.int().unwrap_or_default();
    if count <= 0 {
        errors.push(slices.invalid_value(&count.to_string(), "must be greater than zero"));
    }
    if generation.int().is_some_and(|number| number < 0) {
        errors.push(generation.invalid("must be greater than or equal to zero"));
    }
}

/// Which nodes have the devices: one way to say it.
fn nodes(spec: &Field<'_, '_>, errors: &mut Errors) {
    const ONE: &str = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
    let mut said = Vec::new();
    let (node, selector) = (spec.field("nodeName"), spec.field("nodeSelector"));
    if node.is_set() {
        if node.text().is_empty() {
            errors.push(node.invalid("must be either unset or set to a non-empty string"));
        } else {
            said.push("`nodeName`");
            errors.invalid(&node, names::subdomain(node.text()), Concern::ObjectName);
        }
    }
    if selector.is_set() {
        said.push("`nodeSelector`");
        let terms = selector.field("nodeSelectorTerms");
        node_selector(&selector, errors);
        if terms.len() != 1 {
            errors.push(terms.invalid_omitted("must have exactly one node selector term"));
        }
    }
    for (name, shown) in [("allNodes", "`allNodes`"), ("perDeviceNodeSelection", "`perDeviceNodeSelection`")] {
        let all = spec.field(name);
        match all.bool() {
            Some(true) => said.push(shown),
            Some(false) => errors.push(all.invalid("must be either unset or set to true")),
            None => {}
        }
    }
    match said.len() {
        0 => errors.push(spec.required(ONE)),
        1 => {}
        _ => {
            let shown = shown_text(&format!("{{{}}}", said.join(", ")));
            errors.push(spec.invalid_value(&shown, &format!("{ONE}, but multiple fields are set")));
        }
    }
}

/// `validateDevice`.
fn device(device: &Field<'_, '_>, per_device: bool, errors: &mut Errors) {
    let (name, attributes, capacity) = (device.field("name"), device.field("attributes"), device.field("capacity"));
    errors.invalid(&name, names::label(name.text()), Concern::ObjectName);
    let total = attributes.len() + capacity.len();
    if total > MAX_ATTRIBUTES {
        let detail = format!("the total number of attributes and capacities must not exceed {MAX_ATTRIBUTES}");
        errors.push(device.invalid_value(&total.to_string(), &detail));
    }
    let count = |attribute: Field<'_, '_>| LISTS.iter().map(|list| attribute.field(list).len()).sum::<usize>().max(1);
    let values: usize = attributes.entries().map(|(_, attribute)| count(attribute)).sum();
    if values > MAX_VALUES {
        errors
            .push(device.invalid_value(&values.to_string(), &format!("the total number of attribute values must not exceed {MAX_VALUES}")));
    }
    for (key, attribute) in attributes.entries() {
        qualified_name(&attributes.of(attribute.near()), key, errors);
        self::attribute(&attribute, errors);
    }
    let is_shared = device.field("allowMultipleAllocations").is_on();
    for (key, amount) in capacity.entries() {
        qualified_name(&capacity.of(amount.near()), key, errors);
        let policy = amount.field("requestPolicy");
        if policy.is_set() && !is_shared && errors.minor >= TAINTS {
            errors.push(policy.forbidden("allowMultipleAllocations must be true"));
        }
    }
    if errors.minor >= TAINTS {
        taints(&device.field("taints"), errors);
        counters(&device.field("consumesCounters"), errors);
    }
    let has_nodes = ["nodeName", "nodeSelector", "allNodes"].iter().any(|name| device.field(name).is_set());
    if !per_device && has_nodes {
        errors.push(device.invalid_value(
            "null",
            "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
        ));
    } else if per_device && !has_nodes {
        errors.push(device.required(
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
        ));
    }
}

/// `validateDeviceAttribute`: one value.
fn attribute(attribute: &Field<'_, '_>, errors: &mut Errors) {
    let lists: &[&str] = if errors.minor >= TAINTS { &LISTS } else { &[] };
    let said = VALUES.iter().chain(lists).filter(|name| attribute.field(name).is_set()).count();
    if said == 0 {
        let detail = if errors.minor >= TAINTS {
            "must specify one of: `int`, `bool`, `string`, `version`, `ints`, `bools`, `strings`, `versions`"
        } else {
            "exactly one value must be specified"
        };
        errors.push(attribute.invalid_value("\"\"", detail));
    }
    let (text, version) = (attribute.field("string"), attribute.field("version"));
    if text.text().len() > MAX_VALUE {
        errors.push(text.too_long(MAX_VALUE));
    }
    if version.is_set() {
        if !is_semantic_version(version.text()) {
            errors.push(version.invalid("must be a string compatible with semver.org spec 2.0.0"));
        }
        if version.text().len() > MAX_VALUE {
            errors.push(version.too_long(MAX_VALUE));
        }
    }
}

/// A version as semver.org has it.
fn is_semantic_version(text: &str) -> bool {
    let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, before) = rest.split_once('-').map_or((rest, None), |(core, before)| (core, Some(before)));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_number =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    let is_before = |part: &str| is_plain(part) && (is_number(part) || !part.bytes().all(|byte| byte.is_ascii_digit()));
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && before.is_none_or(|before| before.split('.').all(is_before))
        && build.is_none_or(|build| build.split('.').all(is_plain))
}

fn taints(taints: &Field<'_, '_>, errors: &mut Errors) {
    if too_many(taints, MAX_TAINTS, errors) {
        return;
    }
    for taint in taints.items() {
        let (key, value, effect) = (taint.field("key"), taint.field("value"), taint.field("effect"));
        label_key(&key, errors);
        label_value(&value, errors);
        if effect.text().is_empty() {
            errors.push(effect.required(""));
        } else if !EFFECTS.contains(&effect.text()) {
            errors.push(effect.not_supported(&EFFECTS));
        }
    }
}

/// `validateDeviceCounterConsumption`.
fn counters(consumed: &Field<'_, '_>, errors: &mut Errors) {
    if too_many(consumed, MAX_CONSUMED, errors) {
        return;
    }
    let mut seen = HashSet::new();
    for consumption in consumed.items() {
        let (set, counters) = (consumption.field("counterSet"), consumption.field("counters"));
        if set.text().is_empty() {
            errors.push(set.required(""));
        } else {
            errors.invalid(&set, names::label(set.text()), Concern::Other);
        }
        if counters.is_empty() {
            errors.push(counters.required(""));
        } else if counters.len() > MAX_COUNTERS {
            errors.push(counters.too_many(counters.len(), MAX_COUNTERS));
        }
        if !seen.insert(set.text()) {
            errors.push(consumption.duplicate_value(&shown_text(set.text())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_semantic_version;

    #[test]
    fn versions() {
        for version in ["1.0.0", "0.0.0-alpha.1+build.5", "1.2.3-0a", "1.0.0+001"] {
            assert!(is_semantic_version(version), "{version}");
        }
        for version in ["1.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0+", "v1.0.0", "1.0.0-a..b"] {
            assert!(!is_semantic_version(version), "{version}");
        }
    }
}
