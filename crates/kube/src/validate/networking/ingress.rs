//! Ingresses: `ValidateIngressCreate`.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{formats, ip, names, numbers};

/// The release in which a Service may be named by any DNS label.
const RELAXED_SERVICE_NAME: u32 = 36;

/// The release in which an annotation and a field may name the same class.
const ALIKE_CLASSES: u32 = 26;

/// What may not stand in a path that is matched as it is, and what may not end it.
const NEVER_IN_PATH: [&str; 5] = ["//", "/./", "/../", "%2f", "%2F"];
const NEVER_AT_END: [&str; 2] = ["/..", "/."];

const CLASS_ANNOTATION: &str = "kubernetes.io/ingress.class";

/// Validates an Ingress.
pub(super) fn validate(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    let (rules, default, class) = (spec.field("rules"), spec.field("defaultBackend"), spec.field("ingressClassName"));
    if rules.is_empty() && !default.is_set() {
        let shown = if rules.is_set() { "[]" } else { "null" };
        errors.push(spec.invalid_value(shown, "either `defaultBackend` or `rules` must be specified").about(Concern::IngressBackend));
    }
    if default.is_set() {
        backend(&default, errors);
    }
    for rule in rules.items() {
        self::rule(&rule, errors);
    }
    for tls in spec.field("tls").items() {
        self::tls(&tls, errors);
    }
    if class.is_set() {
        errors.invalid(&class, names::subdomain(class.text()), Concern::ObjectName);
    }
    let annotations = root.field("metadata.annotations");
    let annotation = annotations.key(CLASS_ANNOTATION);
    let are_alike = errors.minor >= ALIKE_CLASSES;
    if annotation.is_set() && class.is_set() && (!are_alike || annotation.text() != class.text()) {
        let at = root.field("annotations.kubernetes.io/ingress.class").of(annotation.near());
        errors.push(at.invalid(if are_alike {
            "must match `ingressClassName` when both are specified"
        } else {
            "can not be set when the class field is also set"
        }));
    }
}

/// A host: a domain, or one for all below it.
fn host(host: &Field<'_, '_>, errors: &mut Errors) {
    let text = host.text();
    let messages = if text.contains('*') { names::wildcard_subdomain(text) } else { names::subdomain(text) };
    errors.invalid(host, messages, Concern::Other);
}

fn rule(rule: &Field<'_, '_>, errors: &mut Errors) {
    let host = rule.field("host");
    if !host.text().is_empty() {
        if ip::is_v6(host.text()).is_some() {
            errors.push(host.invalid("must be a DNS name, not an IP address"));
        }
        self::host(&host, errors);
    }
    let http = rule.field("http");
    let paths = http.field("paths");
    if http.is_set() && paths.is_empty() {
        errors.push(paths.required("").about(Concern::IngressPath));
    }
    for path in paths.items() {
        self::path(&path, errors);
    }
}

/// `validateHTTPIngressPath`.
fn path(path: &Field<'_, '_>, errors: &mut Errors) {
    let (kind, place) = (path.field("pathType"), path.field("path"));
    if !kind.is_set() {
        errors.push(kind.required("pathType must be specified").about(Concern::IngressPath));
        return;
    }
    let text = place.text();
    let mut tell = |detail: &str| errors.push(place.invalid_value(&shown_text(text), detail).about(Concern::IngressPath));
    match kind.text() {
        "Exact" | "Prefix" => {
            if !text.starts_with('/') {
                tell("must be an absolute path");
            }
            for part in NEVER_IN_PATH.into_iter().filter(|part| text.contains(part)) {
                tell(&format!("must not contain '{part}'"));
            }
            for part in NEVER_AT_END.into_iter().filter(|part| text.ends_with(part)) {
                tell(&format!("cannot end with '{part}'"));
            }
        }
        "ImplementationSpecific" => {
            if !text.is_empty() && !text.starts_with('/') {
                tell("must be an absolute path");
            }
        }
        _ => errors.push(kind.not_supported(&["Exact", "ImplementationSpecific", "Prefix"]).about(Concern::IngressPath)),
    }
    backend(&path.field("backend"), errors);
}

/// `validateIngressBackend`.
fn backend(backend: &Field<'_, '_>, errors: &mut Errors) {
    let before = errors.len();
    let (resource, service) = (backend.field("resource"), backend.field("service"));
    match (resource.is_set(), service.is_set()) {
        (true, true) => errors.push(backend.invalid_value("\"\"", "cannot set both resource and service backends")),
        (true, false) => reference(&resource, errors),
        (false, true) => {
            let (name, port_name, port) =
                (backend.field("service.name"), backend.field("service.port.name"), backend.field("service.port.number"));
            if name.text().is_empty() {
                errors.push(name.required(""));
            } else {
                let is_relaxed = errors.minor >= RELAXED_SERVICE_NAME;
                let messages = if is_relaxed { names::label(name.text()) } else { names::label_1035(name.text()) };
                errors.invalid(&name, messages, Concern::IngressBackend);
            }
            match (!port_name.text().is_empty(), port.int().unwrap_or_default() != 0) {
                (true, true) => errors.push(backend.invalid_value("\"\"", "cannot set both port name & port number")),
                (true, false) => errors.invalid(&port_name, names::port_name(port_name.text()), Concern::PortName),
                (false, true) => numbers::port(&port, errors),
                (false, false) => errors.push(backend.required("port name or number is required")),
            }
        }
        (false, false) => errors.push(backend.invalid_value("\"\"", "resource or service backend is required")),
    }
    errors.about(before, Concern::IngressBackend);
}

/// `validateIngressTypedLocalObjectReference`: what a kind and a name refer to.
pub(super) fn reference(reference: &Field<'_, '_>, errors: &mut Errors) {
    let group = reference.field("apiGroup");
    if group.is_set() {
        errors.invalid(&group, names::subdomain(group.text()), Concern::ObjectName);
    }
    formats::kind_and_name(reference, errors);
}

/// `validateIngressTLS`.
fn tls(tls: &Field<'_, '_>, errors: &mut Errors) {
    for host in tls.field("hosts").items() {
        self::host(&host, errors);
    }
    let secret = tls.field("secretName");
    if !secret.text().is_empty() {
        errors.invalid(&secret, names::subdomain(secret.text()), Concern::ObjectName);
    }
}
