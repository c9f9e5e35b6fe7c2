//! Drivers of storage, and the nodes that have them.

use crate::validate::concern::Concern;
use crate::validate::core::sources::csi_driver_name;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;
use crate::validate::numbers::non_negative;

/// How long a token may live, in seconds.
const TOKEN_LIFE: std::ops::RangeInclusive<i64> = 600..=1 << 32;
/// The shortest pause between two questions for what a node can hold.
const MIN_PERIOD: i64 = 10;
const MAX_NODE_ID: usize = 256;

/// The release from which on what a node can hold is asked for, and tokens come as secrets.
const PERIOD: u32 = 35;
const TOKEN_IN_SECRETS: u32 = 35;

/// `validateCSIDriverSpec`.
pub(super) fn driver(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (group, modes) = (spec.field("fsGroupPolicy"), spec.field("volumeLifecycleModes"));
    if group.is_set() && !matches!(group.text(), "ReadWriteOnceWithFSType" | "File" | "None") {
        errors.push(group.not_supported(&["File", "None", "ReadWriteOnceWithFSType"]));
    }
    let requests = spec.field("tokenRequests");
    tokens(&requests, errors);
    for mode in modes.items().filter(|mode| !matches!(mode.text(), "Persistent" | "Ephemeral")) {
        errors.push(modes.of(mode.near()).not_supported_value(&shown_text(mode.text()), &["Persistent", "Ephemeral"]));
    }
    let period = spec.field("nodeAllocatableUpdatePeriodSeconds");
    if errors.minor >= PERIOD && period.int().is_some_and(|seconds| seconds < MIN_PERIOD) {
        errors.push(period.invalid("must be greater than or equal to 10 seconds"));
    }
    let in_secrets = spec.field("serviceAccountTokenInSecrets");
    if errors.minor >= TOKEN_IN_SECRETS && in_secrets.is_set() && requests.is_empty() {
        errors.push(in_secrets.invalid("serviceAccountTokenInSecrets is set but no tokenRequests are specified"));
    }
}

fn tokens(requests: &Field<'_, '_>, errors: &mut Errors) {
    let mut audiences = Vec::new();
    for request in requests.items() {
        let (audience, life) = (request.field("audience"), request.field("expirationSeconds"));
        if audiences.contains(&audience.text()) {
            errors.push(audience.duplicate());
            continue;
        }
        audiences.push(audience.text());
        match life.int() {
            Some(seconds) if seconds < *TOKEN_LIFE.start() => errors.push(life.invalid("may not specify a duration less than 10 minutes")),
            Some(seconds) if seconds > *TOKEN_LIFE.end() => {
                errors.push(life.invalid("may not specify a duration larger than 2^32 seconds"))
            }
            _ => {}
        }
    }
}

/// `validateCSINodeDrivers`.
pub(super) fn node(drivers: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = Vec::new();
    for driver in drivers.items() {
        let (name, id) = (driver.field("name"), driver.field("nodeID"));
        csi_driver_name(&name, errors);
        if id.text().is_empty() {
            errors.push(id.required(""));
        } else if id.text().len() > MAX_NODE_ID {
            errors.push(id.invalid(&format!("must be {MAX_NODE_ID} characters or less")));
        }
        non_negative(&driver.field("allocatable.count"), errors);
        if seen.contains(&name.text()) {
            errors.push(name.duplicate());
        }
        seen.push(name.text());
        topology_keys(&driver, errors);
    }
}

/// Keys of labels, of which errors are told at the driver.
fn topology_keys(driver: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = Vec::new();
    for key in driver.field("topologyKeys").items() {
        let at = driver.of(key.near());
        if key.text().is_empty() {
            errors.push(at.required(""));
        }
        if seen.contains(&key.text()) {
            errors.push(at.duplicate_value(&shown_text(key.text())));
        }
        seen.push(key.text());
        for message in names::qualified(key.text()) {
            errors.push(at.invalid_value(&shown_text(key.text()), &message).about(Concern::Label));
        }
    }
}
