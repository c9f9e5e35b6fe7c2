//! The smaller kinds of the core group.

use super::paths::{any_name, one_of_or_default, required_name};
use super::pod_template;
use super::resources::amount;
use super::scheduling::taints;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{ip, names, numbers};

/// `ValidateReplicationController` but for its metadata. A selector that is absent is filled in with the template's labels.
pub(super) fn replication_controller(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    numbers::non_negative(&spec.field("minReadySeconds"), errors);
    numbers::non_negative(&spec.field("replicas"), errors);
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    let metadata = template.field("metadata.labels");
    if selector.is_empty() && metadata.is_empty() {
        errors.push(selector.required("").about(Concern::EmptySelector));
    }
    if !template.is_set() {
        errors.push(template.required(""));
        return;
    }
    if selector.entries().any(|(key, value)| metadata.key(key).str() != Some(value.text())) {
        let shown = if metadata.is_set() { metadata.shown() } else { "null".to_owned() };
        errors.push(metadata.invalid_value(&shown, "`selector` does not match template `labels`").about(Concern::SelectorMismatch));
    }
    pod_template(&template, errors);
    let (policy, deadline) = (template.field("spec.restartPolicy"), template.field("spec.activeDeadlineSeconds"));
    if !matches!(policy.text(), "" | "Always") {
        errors.push(policy.not_supported(&["Always"]).about(Concern::WorkloadRestartPolicy));
    }
    if deadline.is_set() {
        errors.push(deadline.forbidden("activeDeadlineSeconds in ReplicationController is not Supported"));
    }
}

/// All contents of a ConfigMap or a Secret together.
const CONTENTS: usize = 1 << 20;

/// `ValidateConfigMap` but for its metadata.
pub(super) fn config_map(root: &Field<'_, '_>, errors: &mut Errors) {
    let (data, binary) = (root.field("data"), root.field("binaryData"));
    let mut size = 0;
    for (key, value) in data.entries() {
        config_key(key, &value, errors);
        if binary.key(key).is_set() {
            errors.push(value.invalid_value(&shown_text(key), "duplicate of key present in binaryData").about(Concern::Duplicate));
        }
        size += value.text().len();
    }
    for (key, value) in binary.entries() {
        config_key(key, &value, errors);
        size += decoded(value.text()).len();
    }
    if size > CONTENTS {
        // Of no field.
        errors.push(root.field("").too_long(CONTENTS));
    }
}

fn config_key(key: &str, at: &Field<'_, '_>, errors: &mut Errors) {
    for message in names::config_key(key) {
        errors.push(at.invalid_value(&shown_text(key), &message));
    }
}

fn decoded(text: &str) -> Vec<u8> {
    chartwright_go::base64::decode64(text.as_bytes()).unwrap_or_default()
}

/// `ValidateSecret` but for its metadata. `stringData` is put over `data`.
pub(super) fn secret(root: &Field<'_, '_>, errors: &mut Errors) {
    let (data, plain) = (root.field("data"), root.field("stringData"));
    let mut size = 0;
    for (key, value) in data.entries() {
        let over = plain.key(key);
        if !over.is_set() {
            config_key(key, &value, errors);
            size += decoded(value.text()).len();
        }
    }
    for (key, value) in plain.entries() {
        config_key(key, &data.key(key).of(value.near()), errors);
        size += value.text().len();
    }
    if size > CONTENTS {
        errors.push(data.too_long(CONTENTS));
    }
    let has = |key: &str| data.entries().chain(plain.entries()).any(|(name, _)| name == key);
    let missing = |key: &'static str| data.key(key).of(data.near()).required("");
    match root.field("type").text() {
        "kubernetes.io/service-account-token" => {
            let annotations = root.field("metadata.annotations");
            let account = annotations.key("kubernetes.io/service-account.name");
            if account.text().is_empty() {
                errors.push(account.required(""));
            }
        }
        "kubernetes.io/dockercfg" => registry(&data, &plain, ".dockercfg", errors),
        "kubernetes.io/dockerconfigjson" => registry(&data, &plain, ".dockerconfigjson", errors),
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => {
            errors.push(missing("username"));
            errors.push(missing("password"));
        }
        "kubernetes.io/ssh-auth" => {
            let key = "ssh-privatekey";
            let over = plain.key(key);
            if if over.is_set() { over.text().is_empty() } else { decoded(data.key(key).text()).is_empty() } {
                errors.push(missing(key));
            }
        }
        "kubernetes.io/tls" => {
            for key in ["tls.crt", "tls.key"].into_iter().filter(|key| !has(key)) {
                errors.push(missing(key));
            }
        }
        _ => {}
    }
}

/// The settings of a registry are a JSON object.
fn registry(data: &Field<'_, '_>, plain: &Field<'_, '_>, key: &'static str, errors: &mut Errors) {
    let (value, over) = (data.key(key), plain.key(key));
    let known = data.entries().chain(plain.entries()).any(|(name, _)| name == key);
    if !known {
        errors.push(value.of(data.near()).required(""));
        return;
    }
    let contents = if over.is_set() { over.text().as_bytes().to_vec() } else { decoded(value.text()) };
    if let Err(message) = super::json::object(&contents) {
        let at = value.of(if over.is_set() { over.near() } else { value.near() });
        errors.push(at.invalid_value("\"<secret contents redacted>\"", &message));
    }
}

/// `ValidateNamespace` but for its metadata.
pub(super) fn namespace(root: &Field<'_, '_>, errors: &mut Errors) {
    pod_security(&root.field("metadata.labels"), errors);
    let finalizers = root.field("spec.finalizers");
    for finalizer in finalizers.items() {
        let at = finalizers.of(finalizer.near());
        let shown = shown_text(finalizer.text());
        for message in names::qualified(finalizer.text()) {
            errors.push(at.invalid_value(&shown, &message));
        }
        if !finalizer.text().contains('/') && !matches!(finalizer.text(), "kubernetes" | "orphan" | "foregroundDeletion") {
            errors.push(at.invalid_value(&shown, "name is neither a standard finalizer name nor is it fully qualified"));
        }
    }
}

/// What the labels of the Pod Security Standards may say (`k8s.io/pod-security-admission/api/helpers.go`).
fn pod_security(labels: &Field<'_, '_>, errors: &mut Errors) {
    for mode in ["enforce", "audit", "warn"] {
        let (level, version) = (format!("pod-security.kubernetes.io/{mode}"), format!("pod-security.kubernetes.io/{mode}-version"));
        let (level, version) = (labels.key(&level), labels.key(&version));
        if (level.is_set() || labels.has(&format!("pod-security.kubernetes.io/{mode}")))
            && !matches!(level.text(), "privileged" | "baseline" | "restricted")
        {
            errors.push(level.invalid("must be one of privileged, baseline, restricted").about(Concern::Enum));
        }
        let is_version = |text: &str| {
            let minor = text.strip_prefix("v1.").unwrap_or_default();
            text == "latest"
                || !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()) && (minor == "0" || !minor.starts_with('0'))
        };
        if version.is_set() && !is_version(version.text()) {
            errors.push(version.invalid("must be \"latest\" or \"v1.x\"").about(Concern::Enum));
        }
    }
}

/// `ValidateNode` but for its metadata. Of what a kubelet reports, amounts alone are looked at.
pub(super) fn node(root: &Field<'_, '_>, errors: &mut Errors) {
    let (spec, metadata) = (root.field("spec"), root.field("metadata"));
    // Told of as if they were metadata.
    let list = spec.field("taints");
    taints(&metadata.field("taints").of(list.near()), errors);
    for name in ["capacity", "allocatable"] {
        let status = root.field("status");
        let amounts = status.field(name);
        for (resource, quantity) in amounts.entries() {
            amount(resource, &amounts.field(resource).of(quantity.near()), errors);
        }
    }
    let (single, networks) = (spec.field("podCIDR"), spec.field("podCIDRs"));
    let mut all: Vec<&str> = networks.items().map(|network| network.text()).collect();
    let mut near = networks.near();
    // Where both say something else, the older field counts.
    if !single.text().is_empty() && all.first() != Some(&single.text()) {
        all = vec![single.text()];
        near = single.near();
    }
    let at = networks.of(near);
    for (index, network) in all.iter().enumerate() {
        for message in ip::legacy_network(network, errors.minor) {
            errors.push(at.at(index).of(near).invalid_value(&shown_text(network), &message));
        }
    }
    let is_v6: Vec<Option<bool>> = all.iter().map(|network| ip::is_v6_network(network)).collect();
    let is_dual = is_v6.contains(&Some(true)) && is_v6.contains(&Some(false));
    if all.len() > 1 && !is_v6.contains(&None) && (!is_dual || all.len() > 2) {
        errors.push(at.invalid("may specify no more than one CIDR for each IP family"));
    }
}

/// `ValidateEndpoints` but for its metadata.
pub(super) fn endpoints(root: &Field<'_, '_>, errors: &mut Errors) {
    for subset in root.field("subsets").items() {
        let (ready, unready, ports) = (subset.field("addresses"), subset.field("notReadyAddresses"), subset.field("ports"));
        if ready.is_empty() && unready.is_empty() {
            errors.push(subset.required("must specify `addresses` or `notReadyAddresses`"));
        }
        for list in [&ready, &unready] {
            for address in list.items() {
                endpoint(&address, errors);
            }
        }
        for port in ports.items() {
            let name = port.field("name");
            if name.text().is_empty() {
                if ports.len() > 1 {
                    errors.push(name.required(""));
                }
            } else {
                any_name(&name, names::label, errors);
            }
            numbers::port(&port.field("port"), errors);
            one_of_or_default(&port.field("protocol"), &["SCTP", "TCP", "UDP"], errors);
            let application = port.field("appProtocol");
            if application.is_set() {
                any_name(&application, names::qualified, errors);
            }
        }
    }
}

fn endpoint(endpoint: &Field<'_, '_>, errors: &mut Errors) {
    let (address, host, node) = (endpoint.field("ip"), endpoint.field("hostname"), endpoint.field("nodeName"));
    for message in ip::legacy(address.text(), errors.minor) {
        errors.push(address.invalid_value(&shown_text(address.text()), &message));
    }
    if !host.text().is_empty() {
        any_name(&host, names::label, errors);
    }
    if node.is_set() {
        any_name(&node, names::subdomain, errors);
    }
    ip::endpoint(&address, errors);
}

/// The texts of an event, with how long they may be.
const EVENT_TEXTS: &[(&str, usize)] = &[("reportingInstance", 128), ("action", 128), ("reason", 128)];
const NOTE_LENGTH: usize = 1024;

/// `legacyValidateEvent`: events of the core group. Those with a time of their own are held to the newer group's rules.
pub(super) fn event(root: &Field<'_, '_>, errors: &mut Errors) {
    let (namespace, object) = (root.field("metadata.namespace").text(), root.field("involvedObject.namespace"));
    let is_old = root.field("eventTime").str().is_none();
    let fits = match object.text() {
        "" if is_old => matches!(namespace, "" | "default"),
        "" => matches!(namespace, "" | "default" | "kube-system"),
        // Where the event names none, it goes where the request goes, which is some namespace.
        text => !is_old || text == namespace || namespace.is_empty() && names::label(text).is_empty(),
    };
    if !fits {
        errors.push(object.invalid_value(&shown_text(object.text()), "does not match event.namespace"));
    }
    if is_old {
        return;
    }
    required_name(&root.field("reportingComponent"), names::qualified, errors);
    if root.field("reportingComponent").text().is_empty() {
        any_name(&root.field("reportingComponent"), names::qualified, errors);
    }
    for (name, most) in EVENT_TEXTS {
        let field = root.field(name);
        if field.text().is_empty() {
            errors.push(field.required(""));
        } else if field.text().len() > *most {
            errors.push(field.invalid_value("\"\"", &format!("can have at most {most} characters")));
        }
    }
    if root.field("message").text().len() > NOTE_LENGTH {
        errors.push(root.field("message").invalid_value("\"\"", &format!("can have at most {NOTE_LENGTH} characters")));
    }
}

/// `ValidatePodBinding`.
pub(super) fn binding(root: &Field<'_, '_>, errors: &mut Errors) {
    let (kind, name) = (root.field("target.kind"), root.field("target.name"));
    if !matches!(kind.text(), "" | "Node") {
        errors.push(kind.not_supported(&["Node", "<empty>"]));
    }
    required_name(&name, names::subdomain, errors);
}
