//! What containers and pods ask for: names and amounts of resources, requests and limits.

use std::collections::HashSet;

use super::pod::Facts;
use crate::quantity::Quantity;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;
use crate::validate::quantities::{non_negative, shown};

/// Resources that are counted, and may be limited in a namespace.
const COUNTED: &[&str] = &[
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// Resources that are measured, and may be limited in a namespace.
const MEASURED: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
];

const HUGE_PAGES: &str = "hugepages-";

/// `IsStandardQuotaResourceName`.
pub(super) fn is_quota_resource(name: &str) -> bool {
    COUNTED.contains(&name) || MEASURED.contains(&name) || name.starts_with(HUGE_PAGES) || name.starts_with("requests.hugepages-")
}

/// Whether a resource belongs to Kubernetes (`IsNativeResource`).
pub(super) fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// Whether more of a resource may be promised than there is (`IsOvercommitAllowed`).
pub(super) fn may_be_overcommitted(name: &str) -> bool {
    is_native(name) && !name.starts_with(HUGE_PAGES)
}

fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && names::qualified(&format!("requests.{name}")).is_empty()
}

/// `validateResourceName`: whether it is one at all.
pub(super) fn resource_name(name: &str, at: &Field<'_, '_>, errors: &mut Errors) -> bool {
    let shown = shown_text(name);
    let messages = names::qualified(name);
    for message in &messages {
        errors.push(at.invalid_value(&shown, message).about(Concern::Quantity));
    }
    if messages.is_empty() && !name.contains('/') && !is_quota_resource(name) && name != "storage" {
        errors.push(at.invalid_value(&shown, "must be a standard resource type or fully qualified").about(Concern::Quantity));
        return false;
    }
    messages.is_empty()
}

/// `ValidateContainerResourceName`.
pub(crate) fn container_resource_name(name: &str, at: &Field<'_, '_>, errors: &mut Errors) {
    resource_name(name, at, errors);
    let message = if !name.contains('/') {
        let is_known = matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with(HUGE_PAGES);
        (!is_known).then_some("must be a standard resource for containers")
    } else {
        (!is_native(name) && !is_extended(name)).then_some("doesn't follow extended resource name standard")
    };
    if let Some(message) = message {
        errors.push(at.invalid_value(&shown_text(name), message).about(Concern::Quantity));
    }
}

/// `validatePodResourceName`.
fn pod_resource_name(name: &str, at: &Field<'_, '_>, errors: &mut Errors) {
    if resource_name(name, at, errors) && !matches!(name, "cpu" | "memory") && !name.starts_with(HUGE_PAGES) {
        errors.push(at.not_supported_value(&shown_text(name), &["cpu", "hugepages-", "memory"]).about(Concern::Quantity));
    }
}

/// `ValidateResourceQuantityValue`: not below zero, and whole where it is counted.
pub(super) fn amount(name: &str, quantity: &Field<'_, '_>, errors: &mut Errors) {
    non_negative(quantity, errors);
    let is_counted = COUNTED.contains(&name) || is_extended(name);
    if is_counted && quantity.quantity().is_some_and(|amount| amount.millis() % 1000 != 0) {
        errors.push(quantity.invalid_value(&shown(quantity), "must be an integer").about(Concern::Quantity));
    }
}

/// Whether an amount of huge pages is made of whole pages.
fn pages(name: &str, quantity: &Field<'_, '_>, errors: &mut Errors) {
    let Some(amount) = quantity.quantity().filter(|_| name.starts_with(HUGE_PAGES)) else { return };
    let size = Quantity::parse(&name[HUGE_PAGES.len()..]).ok().filter(|size| !size.is_zero() && !size.is_negative() && size.is_whole());
    if size.is_none_or(|size| amount.whole() % size.whole() != 0) {
        let message = format!("{amount} is not positive integer multiple of {name}");
        errors.push(quantity.invalid_value(&shown(quantity), &message).about(Concern::Quantity));
    }
}

/// Requests and limits of a container (`ValidateContainerResourceRequirements`).
pub(super) fn of_container(resources: &Field<'_, '_>, facts: &Facts<'_>, errors: &mut Errors) {
    requirements(resources, container_resource_name, errors);
    claims(&resources.field("claims"), facts, errors);
}

/// Requests and limits of a pod as a whole.
pub(super) fn of_pod(spec: &Field<'_, '_>, errors: &mut Errors) {
    let resources = spec.field("resources");
    if !resources.is_set() {
        return;
    }
    if spec.field("os.name").text() == "windows" {
        errors.push(resources.forbidden("may not be set for a windows pod"));
        return;
    }
    if resources.field("claims").is_set() {
        errors.push(resources.field("claims").forbidden("claims may not be set for Resources at pod-level"));
    }
    requirements(&resources, pod_resource_name, errors);
    let limits = resources.field("limits");
    for (index, container) in spec.field("containers").items().enumerate() {
        for (name, limit) in container.field("resources.limits").entries() {
            let (Some(own), Some(most)) = (limit.quantity(), limits.key(name).quantity()) else { continue };
            if own > most {
                let containers = resources.field("containers");
                let at = containers.at(index);
                let at = at.key(name);
                let at = at.field("limits").of(limit.near());
                let message = format!("must be less than or equal to pod limits of {most}");
                errors.push(at.invalid_value(&shown(&limit), &message).about(Concern::RequestAboveLimit));
            }
        }
    }
    aggregate(spec, &resources.field("requests"), errors);
}

/// That the pod as a whole asks for no less than its containers together: the larger of what runs and what each init container needs at its turn,
/// with the sidecars that run by then (`AggregateContainerRequests`).
fn aggregate(spec: &Field<'_, '_>, requests: &Field<'_, '_>, errors: &mut Errors) {
    for (name, request) in requests.entries() {
        let Some(asked) = request.quantity() else { continue };
        let of = |container: &Field<'_, '_>| container.field("resources.requests").key(name).quantity().unwrap_or(Quantity::ZERO);
        let mut sidecars = Quantity::ZERO;
        let mut largest = Quantity::ZERO;
        for container in spec.field("initContainers").items() {
            if container.field("restartPolicy").text() == "Always" {
                sidecars = sidecars.plus(of(&container));
                largest = largest.larger(sidecars);
            } else {
                largest = largest.larger(of(&container).plus(sidecars));
            }
        }
        let running = spec.field("containers").items().fold(Quantity::ZERO, |sum, container| sum.plus(of(&container)));
        let all = running.plus(sidecars).larger(largest);
        if all > asked {
            let message = format!("must be greater than or equal to aggregate container requests of {all}");
            errors.push(request.invalid_value(&shown(&request), &message).about(Concern::RequestAboveLimit));
        }
    }
}

/// `validateOverhead`: what running a pod costs beside its containers.
pub(crate) fn overhead(overhead: &Field<'_, '_>, errors: &mut Errors) {
    // The API server looks at it as if it were limits.
    let Some(node) = overhead.node() else { return };
    let limits = overhead.field("limits").of(node);
    for (name, quantity) in limits.entries() {
        container_resource_name(name, &quantity, errors);
        amount(name, &quantity, errors);
        pages(name, &quantity, errors);
    }
}

/// `validateResourceRequirements` but for claims.
fn requirements(resources: &Field<'_, '_>, name_rule: fn(&str, &Field<'_, '_>, &mut Errors), errors: &mut Errors) {
    let (limits, requests) = (resources.field("limits"), resources.field("requests"));
    for (name, quantity) in limits.entries() {
        name_rule(name, &quantity, errors);
        amount(name, &quantity, errors);
        pages(name, &quantity, errors);
    }
    for (name, quantity) in requests.entries() {
        name_rule(name, &quantity, errors);
        amount(name, &quantity, errors);
        against_limit(name, &quantity, resources, errors);
        pages(name, &quantity, errors);
    }
    let has = |wanted: fn(&str) -> bool| limits.entries().chain(requests.entries()).any(|(name, _)| wanted(name));
    if has(|name| name.starts_with(HUGE_PAGES)) && !has(|name| matches!(name, "cpu" | "memory")) {
        errors.push(resources.forbidden("HugePages require cpu or memory"));
    }
}

/// That a request is not above its limit, or where nothing may be promised twice that it equals it. It is told of at the requests.
fn against_limit(name: &str, request: &Field<'_, '_>, resources: &Field<'_, '_>, errors: &mut Errors) {
    let (limits, requests) = (resources.field("limits"), resources.field("requests").of(request.near()));
    let asked = if request.is_set() { request.quantity() } else { Some(Quantity::ZERO) };
    let (Some(asked), limit) = (asked, limits.key(name)) else { return };
    let free = may_be_overcommitted(name);
    let Some(most) = limit.quantity() else {
        if !free {
            errors.push(
                limits.of(request.near()).required("Limit must be set for non overcommitable resources").about(Concern::RequestAboveLimit),
            );
        }
        return;
    };
    let message = if !free && asked != most {
        format!("must be equal to {name} limit of {most}")
    } else if asked > most {
        format!("must be less than or equal to {name} limit of {most}")
    } else {
        return;
    };
    errors.push(requests.invalid_value(&shown_text(&asked.to_string()), &message).about(Concern::RequestAboveLimit));
}

/// The claims of devices that a container refers to (`validateResourceClaimNames`).
fn claims(list: &Field<'_, '_>, facts: &Facts<'_>, errors: &mut Errors) {
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    let mut partly: HashSet<&str> = HashSet::new();
    for claim in list.items() {
        let (name, request) = (claim.field("name").text(), claim.field("request"));
        let shown = shown_text(name);
        if name.is_empty() {
            errors.push(claim.required(""));
            continue;
        }
        if seen.contains(&(name, "")) {
            errors.push(claim.duplicate_value(&shown));
        } else {
            let part = request.text();
            if !part.is_empty() {
                errors.invalid(&request, names::label(part), Concern::Other);
            }
            if seen.contains(&(name, part)) {
                errors.push(claim.duplicate_value(&shown_text(&format!("{name}/{part}"))));
            } else if part.is_empty() && partly.contains(name) {
                errors.push(claim.duplicate_value(&shown));
            }
            seen.insert((name, part));
            if !part.is_empty() {
                partly.insert(name);
            }
        }
        if !facts.claims.contains(name) {
            let mut known: Vec<&str> = facts.claims.iter().copied().collect();
            known.sort_unstable();
            let list = if known.is_empty() { " which is empty".to_owned() } else { format!(": {}", known.join(", ")) };
            errors.push(claim.not_found_value(&shown, &format!("must be one of the names in pod.spec.resourceClaims{list}")));
        }
    }
}

/// A resource that may be changed while a container runs, and how (`validateResizePolicy`). Told of at the list.
pub(super) fn resize_policies(list: &Field<'_, '_>, pod_policy: &str, errors: &mut Errors) {
    let mut seen = HashSet::new();
    for policy in list.items() {
        let at = list.of(policy.near());
        let (resource, restart) = (policy.field("resourceName").text(), policy.field("restartPolicy").text());
        if !seen.insert(resource) {
            errors.push(policy.duplicate_value(&shown_text(resource)));
        }
        for (value, known) in [(resource, ["cpu", "memory"]), (restart, ["NotRequired", "RestartContainer"])] {
            if value.is_empty() {
                errors.push(at.required(""));
            } else if !known.contains(&value) {
                errors.push(at.not_supported_value(&shown_text(value), &known));
            }
        }
        if pod_policy == "Never" && restart != "NotRequired" {
            errors.push(at.invalid_value(&shown_text(restart), "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
        }
    }
}
