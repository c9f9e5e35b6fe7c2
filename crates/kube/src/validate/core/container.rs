//! Containers of every sort: what all of them have in common, and what only some may have.

use std::collections::HashSet;

use super::paths::one_of_or_default;
use super::pod::Facts;
use super::{environment, mounts, probe, resources, security};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{names, numbers};

/// When an image is fetched; filled in where it is absent.
pub(super) const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];
const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];

/// From here on every container may have a restart policy, with rules (`ContainerRestartRules`), …
const RESTART_RULES: u32 = 35;
/// … which may restart all of them (`RestartAllContainersOnContainerExits`).
const RESTART_ALL: u32 = 36;
/// From here on resources are changed while containers run (`InPlacePodVerticalScaling`).
const RESIZE: u32 = 33;

/// `validateContainers`.
pub(super) fn containers<'t>(list: &Field<'_, 't>, facts: &Facts<'t>, errors: &mut Errors) {
    if list.is_empty() {
        errors.push(list.required(""));
        return;
    }
    let mut seen = HashSet::new();
    for container in list.items() {
        common(&container, facts, errors);
        unique_name(&container, &mut seen, errors);
        let lifecycle = container.field("lifecycle");
        if lifecycle.is_set() {
            probe::lifecycle(&lifecycle, facts.grace, errors);
        }
        probe::probes(&container, facts.grace, errors);
        if errors.minor >= RESTART_RULES {
            restart_policy(&container, errors);
        }
        // Before that the field is not kept.
    }
    let mut taken = HashSet::new();
    for container in list.items() {
        host_ports(&container, &container, &mut taken, facts, errors);
    }
}

/// `validateInitContainers`.
pub(super) fn init_containers<'t>(list: &Field<'_, 't>, containers: &Field<'_, 't>, facts: &Facts<'t>, errors: &mut Errors) {
    let mut seen: HashSet<&str> = containers.items().map(|container| container.field("name").text()).collect();
    for (index, container) in list.items().enumerate() {
        common(&container, facts, errors);
        init_restart_policy(&container, errors);
        let is_sidecar = container.field("restartPolicy").text() == "Always";
        if seen.contains(container.field("name").text()) || !container.field("name").text().is_empty() {
            unique_name(&container, &mut seen, errors);
        }
        // They run one after another; the API server counts each from the first again.
        let first = list.at(0).of(container.near());
        host_ports(if index == 0 { &container } else { &first }, &container, &mut HashSet::new(), facts, errors);
        if is_sidecar {
            let lifecycle = container.field("lifecycle");
            if lifecycle.is_set() {
                probe::lifecycle(&lifecycle, facts.grace, errors);
            }
            probe::probes(&container, facts.grace, errors);
        } else {
            for name in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
                let field = container.field(name);
                if field.is_set() {
                    let message = "may not be set for init containers without restartPolicy=Always";
                    errors.push(field.forbidden(message).about(Concern::ContainerRestartPolicy));
                }
            }
        }
        if errors.minor >= RESIZE && !is_sidecar {
            for policy in container.field("resizePolicy").items() {
                let restart = policy.field("restartPolicy");
                if restart.text() == "RestartContainer" {
                    errors.push(restart.invalid("must not be set to 'RestartContainer' for non-sidecar initContainers"));
                }
            }
        }
    }
}

/// What an ephemeral container may not have.
const NOT_EPHEMERAL: &[&str] = &[
    "ports",
    "resources",
    "resizePolicy",
    "restartPolicy",
    "restartPolicyRules",
    "lifecycle",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
];

/// `validateEphemeralContainers`.
pub(super) fn ephemeral_containers<'t>(spec: &Field<'_, 't>, list: &Field<'_, 't>, facts: &Facts<'t>, errors: &mut Errors) {
    const MESSAGE: &str = "cannot be set for an Ephemeral Container";
    let (containers, init) = (spec.field("containers"), spec.field("initContainers"));
    let others: HashSet<&str> = containers.items().chain(init.items()).map(|container| container.field("name").text()).collect();
    let mut seen = others.clone();
    for container in list.items() {
        common(&container, facts, errors);
        image_padding(&container, errors);
        unique_name(&container, &mut seen, errors);
        let target = container.field("targetContainerName");
        if !target.text().is_empty() && !others.contains(target.text()) {
            errors.push(target.not_found());
        }
        for field in NOT_EPHEMERAL.iter().map(|name| container.field(name)) {
            if field.is_set() && (field.node().and_then(crate::node::Node::str).is_some() || !field.is_empty()) {
                errors.push(field.forbidden(MESSAGE));
            }
        }
        for mount in container.field("volumeMounts").items() {
            for field in ["subPath", "subPathExpr"].iter().map(|name| mount.field(name)) {
                if !field.text().is_empty() {
                    errors.push(field.forbidden(MESSAGE));
                }
            }
        }
    }
}

fn unique_name<'t>(container: &Field<'_, 't>, seen: &mut HashSet<&'t str>, errors: &mut Errors) {
    let name = container.field("name");
    if !seen.insert(name.text()) {
        errors.push(name.duplicate().about(Concern::ContainerName));
    }
}

/// Of a pod itself, an image's name has no blanks around it.
pub(super) fn image_padding(container: &Field<'_, '_>, errors: &mut Errors) {
    let image = container.field("image");
    if image.text().trim() != image.text() {
        errors.push(image.invalid("must not have leading or trailing whitespace").about(Concern::Image));
    }
}

/// `validateContainerCommon`.
fn common<'t>(container: &Field<'_, 't>, facts: &Facts<'t>, errors: &mut Errors) {
    let (name, image) = (container.field("name"), container.field("image"));
    if name.text().is_empty() {
        errors.push(name.required("").about(Concern::ContainerName));
    } else {
        errors.invalid(&name, names::label(name.text()), Concern::ContainerName);
    }
    if image.text().is_empty() {
        errors.push(image.required("").about(Concern::Image));
    }
    one_of_or_default(&container.field("terminationMessagePolicy"), &["File", "FallbackToLogsOnError"], errors);
    ports(&container.field("ports"), errors);
    environment::variables(&container.field("env"), errors);
    environment::sources(&container.field("envFrom"), errors);
    mounts::mounts(container, &facts.volumes, errors);
    mounts::devices(container, &facts.volumes, errors);
    one_of_or_default(&container.field("imagePullPolicy"), PULL_POLICIES, errors);
    resources::of_container(&container.field("resources"), facts, errors);
    if errors.minor >= RESIZE {
        resources::resize_policies(&container.field("resizePolicy"), facts.restart_policy, errors);
    }
    security::of_container(&container.field("securityContext"), facts.host_users, errors);
}

/// `validateContainerPorts`.
fn ports(list: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = HashSet::new();
    for port in list.items() {
        let (name, number, host) = (port.field("name"), port.field("containerPort"), port.field("hostPort"));
        if !name.text().is_empty() {
            let messages = names::port_name(name.text());
            if messages.is_empty() && !seen.insert(name.text()) {
                errors.push(name.duplicate().about(Concern::DuplicateContainerPort));
            }
            errors.invalid(&name, messages, Concern::PortName);
        }
        if number.int().unwrap_or_default() == 0 {
            errors.push(number.required("").about(if number.is_set() { Concern::Port } else { Concern::Required }));
        } else {
            numbers::port(&number, errors);
        }
        if host.int().is_some_and(|host| host != 0) {
            numbers::port(&host, errors);
        }
        let protocol = port.field("protocol");
        one_of_or_default(&protocol, PROTOCOLS, errors);
    }
}

/// `AccumulateUniqueHostPorts`; `at` is where the API server says that the container stands.
fn host_ports<'t>(
    at: &Field<'_, 't>,
    container: &Field<'_, 't>,
    taken: &mut HashSet<(&'t str, &'t str, i64)>,
    facts: &Facts<'_>,
    errors: &mut Errors,
) {
    let ports = container.field("ports");
    for (index, port) in ports.items().enumerate() {
        let host = port.field("hostPort");
        let mut number = host.int().unwrap_or_default();
        if number == 0 && facts.fills_host_ports {
            number = port.field("containerPort").int().unwrap_or_default();
        }
        if number == 0 {
            continue;
        }
        let protocol = Some(port.field("protocol").text()).filter(|text| !text.is_empty()).unwrap_or("TCP");
        let address = port.field("hostIP").text();
        if !taken.insert((protocol, address, number)) {
            let list = at.field("ports");
            let place = list.at(index);
            let shown = shown_text(&format!("{protocol}/{address}/{number}"));
            errors.push(place.field("hostPort").of(port.near()).duplicate_value(&shown).about(Concern::DuplicateContainerPort));
        }
    }
}

const POLICIES: &[&str] = &["Always", "Never", "OnFailure"];
const MOST_RULES: usize = 20;
const MOST_CODES: usize = 255;

/// `validateContainerRestartPolicy`.
fn restart_policy(container: &Field<'_, '_>, errors: &mut Errors) {
    let before = errors.len();
    let (policy, rules) = (container.field("restartPolicy"), container.field("restartPolicyRules"));
    if !policy.is_set() && !rules.is_empty() {
        errors.push(policy.required("must specify restartPolicy when restart rules are used"));
    } else if policy.str().is_some_and(|policy| !POLICIES.contains(&policy)) {
        errors.push(policy.not_supported(POLICIES));
    }
    if rules.len() > MOST_RULES {
        errors.push(rules.too_many(rules.len(), MOST_RULES));
    }
    let actions: &[&str] = if errors.minor >= RESTART_ALL { &["Restart", "RestartAllContainers"] } else { &["Restart"] };
    for rule in rules.items() {
        let (action, codes) = (rule.field("action"), rule.field("exitCodes"));
        if !actions.contains(&action.text()) {
            errors.push(action.not_supported(actions));
        }
        if !codes.is_set() {
            errors.push(codes.required("must be specified"));
            continue;
        }
        let (operator, values) = (codes.field("operator"), codes.field("values"));
        if !matches!(operator.text(), "In" | "NotIn") {
            errors.push(operator.not_supported(&["In", "NotIn"]));
        }
        if values.len() > MOST_CODES {
            errors.push(values.too_many(values.len(), MOST_CODES));
        }
    }
    errors.about(before, Concern::ContainerRestartPolicy);
}

/// `validateInitContainerRestartPolicy`.
fn init_restart_policy(container: &Field<'_, '_>, errors: &mut Errors) {
    let (policy, rules) = (container.field("restartPolicy"), container.field("restartPolicyRules"));
    if errors.minor < RESTART_RULES {
        return;
    }
    if policy.text() == "Always" && errors.minor < RESTART_ALL {
        if !rules.is_empty() {
            let message = "restartPolicyRules are not allowed for init containers with restart policy Always";
            errors.push(rules.forbidden(message).about(Concern::ContainerRestartPolicy));
        }
        return;
    }
    restart_policy(container, errors);
}
