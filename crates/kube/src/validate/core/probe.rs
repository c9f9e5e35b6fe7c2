//! Probes, hooks, and what they do.

use super::paths::one_of_or_default;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{names, numbers};

/// The three probes of a container that keeps running.
pub(super) fn probes(container: &Field<'_, '_>, grace: Option<i64>, errors: &mut Errors) {
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let probe = container.field(name);
        if !probe.is_set() {
            continue;
        }
        self::probe(&probe, grace, errors);
        let (threshold, own_grace) = (probe.field("successThreshold"), probe.field("terminationGracePeriodSeconds"));
        if name == "readinessProbe" {
            if own_grace.is_set() {
                errors.push(own_grace.invalid("must not be set for readinessProbes").about(Concern::ProbeBounds));
            }
        } else if threshold.int().is_some_and(|count| !matches!(count, 0 | 1)) {
            errors.push(threshold.invalid("must be 1").about(Concern::ProbeSuccessThreshold));
        }
    }
}

/// `validateProbe`.
fn probe(probe: &Field<'_, '_>, grace: Option<i64>, errors: &mut Errors) {
    handler(probe, &["exec", "httpGet", "tcpSocket", "grpc"], grace, errors);
    let before = errors.len();
    for name in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
        numbers::non_negative(&probe.field(name), errors);
    }
    let own_grace = probe.field("terminationGracePeriodSeconds");
    if own_grace.int().is_some_and(|seconds| seconds <= 0) {
        errors.push(own_grace.invalid("must be greater than 0"));
    }
    errors.about(before, Concern::ProbeBounds);
}

/// `validateLifecycle`.
pub(super) fn lifecycle(lifecycle: &Field<'_, '_>, grace: Option<i64>, errors: &mut Errors) {
    for name in ["postStart", "preStop"] {
        let hook = lifecycle.field(name);
        if hook.is_set() {
            handler(&hook, &["exec", "httpGet", "tcpSocket", "sleep"], grace, errors);
        }
    }
}

/// `validateHandler`: that there is one, and what it does.
fn handler(owner: &Field<'_, '_>, kinds: &[&str], grace: Option<i64>, errors: &mut Errors) {
    let mut found = 0;
    for kind in kinds {
        let action = owner.field(kind);
        if !action.is_set() {
            continue;
        }
        found += 1;
        if found > 1 {
            errors.push(action.forbidden("may not specify more than 1 handler type").about(Concern::ProbeHandler));
            continue;
        }
        match *kind {
            "exec" if action.field("command").is_empty() => errors.push(action.field("command").required("").about(Concern::ProbeHandler)),
            "exec" => {}
            "httpGet" => http_get(&action, errors),
            "sleep" => sleep(&action, grace, errors),
            "grpc" => numbers::port(&action.field("port"), errors),
            _ => numbers::port_or_name(&action.field("port"), errors),
        }
    }
    if found == 0 {
        errors.push(owner.required("must specify a handler type").about(Concern::ProbeHandler));
    }
}

fn http_get(action: &Field<'_, '_>, errors: &mut Errors) {
    numbers::port_or_name(&action.field("port"), errors);
    one_of_or_default(&action.field("scheme"), &["HTTP", "HTTPS"], errors);
    let headers = action.field("httpHeaders");
    for header in headers.items() {
        let name = header.field("name");
        for message in names::http_header(name.text()) {
            errors.push(headers.of(name.near()).invalid_value(&shown_text(name.text()), &message));
        }
    }
}

/// A sleep is told of as a whole.
fn sleep(action: &Field<'_, '_>, grace: Option<i64>, errors: &mut Errors) {
    let seconds = action.field("seconds").int().unwrap_or_default();
    if let Some(grace) = grace.filter(|grace| seconds < 0 || seconds > *grace) {
        let message = format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        errors.push(action.invalid_value(&seconds.to_string(), &message).about(Concern::ProbeBounds));
    }
}
