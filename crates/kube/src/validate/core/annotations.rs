//! Annotations of pods that once were settings, and some that still are.

use super::pod::all_containers;
use crate::validate::field::{Errors, Field, shown_text};

const MIRROR: &str = "kubernetes.io/config.mirror";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// `ValidatePodSpecificAnnotations`.
pub(super) fn of_pod(annotations: &Field<'_, '_>, spec: &Field<'_, '_>, errors: &mut Errors) {
    for (key, value) in annotations.entries() {
        let text = value.text();
        match key {
            MIRROR if spec.field("nodeName").text().is_empty() => {
                errors.push(value.invalid("must set spec.nodeName if mirror pod annotation is set"));
            }
            DELETION_COST if !is_cost(text) => errors.push(value.invalid("must be a 32bit integer")),
            SECCOMP_POD => seccomp(&annotations.field(key).of(value.near()), text, errors),
            _ if key.starts_with(SECCOMP_CONTAINER) => seccomp(&annotations.field(key).of(value.near()), text, errors),
            _ => {}
        }
        if let Some(container) = key.strip_prefix(APP_ARMOR) {
            let mut found = false;
            all_containers(spec, |candidate, _| found |= candidate.field("name").text() == container);
            if !found {
                errors.push(value.invalid_value(&shown_text(container), "container not found"));
            }
            if !matches!(text, "" | "runtime/default" | "unconfined") && !text.starts_with("localhost/") {
                errors.push(value.invalid(&format!("invalid AppArmor profile name: {}", shown_text(text))));
            }
        }
    }
}

/// Whether Go reads it as a 32-bit number, without the forms that it would write otherwise (`GetDeletionCostFromPodAnnotations`).
fn is_cost(text: &str) -> bool {
    text.parse::<i32>().is_ok_and(|_| !text.starts_with('+') && !(text.starts_with('0') && text != "0"))
}

/// `ValidateSeccompProfile`. The key is written as a field.
fn seccomp(at: &Field<'_, '_>, profile: &str, errors: &mut Errors) {
    if let Some(path) = profile.strip_prefix("localhost/") {
        let shown = shown_text(path);
        if path.starts_with('/') {
            errors.push(at.invalid_value(&shown, "must be a relative path"));
        }
        if super::paths::has_backsteps(path) {
            errors.push(at.invalid_value(&shown, "must not contain '..'"));
        }
    } else if !matches!(profile, "runtime/default" | "docker/default" | "unconfined") {
        errors.push(at.invalid("must be a valid seccomp profile"));
    }
}

/// That annotations and the fields that took their place say the same.
pub(super) fn against_fields(annotations: &Field<'_, '_>, spec: &Field<'_, '_>, errors: &mut Errors) {
    if annotations.is_empty() {
        return;
    }
    let annotation = |key: &str| annotations.entries().find(|(name, _)| *name == key).map(|(_, value)| value.text());
    let of_pod = spec.field("securityContext.seccompProfile");
    if let Some(text) = annotation(SECCOMP_POD).filter(|_| of_pod.is_set()) {
        same_profile(&of_pod, text, "seccomp", &["runtime/default", "docker/default"], errors);
    }
    all_containers(spec, |container, _| {
        let profile = container.field("securityContext.seccompProfile");
        let key = format!("{SECCOMP_CONTAINER}{}", container.field("name").text());
        if let Some(text) = annotation(&key).filter(|_| profile.is_set()) {
            same_profile(&profile, text, "seccomp", &["runtime/default", "docker/default"], errors);
        }
    });
    if spec.field("os.name").text() == "windows" {
        return;
    }
    let of_pod = spec.field("securityContext.appArmorProfile");
    all_containers(spec, |container, _| {
        let own = container.field("securityContext.appArmorProfile");
        let profile = if own.is_set() { own } else { own.of(of_pod.near()) };
        let key = format!("{APP_ARMOR}{}", container.field("name").text());
        if let Some(text) = annotation(&key).filter(|_| own.is_set() || of_pod.is_set()) {
            same_profile(&profile, text, "apparmor", &["runtime/default"], errors);
        }
    });
}

fn same_profile(profile: &Field<'_, '_>, annotation: &str, what: &str, defaults: &[&str], errors: &mut Errors) {
    let (kind, file) = (profile.field("type"), profile.field("localhostProfile"));
    let type_differs = match kind.text() {
        "Unconfined" => annotation != "unconfined",
        "RuntimeDefault" => !defaults.contains(&annotation),
        "Localhost" => !annotation.starts_with("localhost/"),
        _ => return,
    };
    if type_differs {
        errors.push(kind.forbidden(&format!("{what} type in annotation and field must match")));
    } else if kind.text() == "Localhost" && annotation.strip_prefix("localhost/") != file.str() {
        errors.push(file.forbidden(&format!("{what} profile in annotation and field must match")));
    }
}
