//! Pods for Windows nodes, and for nodes of a stated system at all.

use super::pod::{Facts, all_containers};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::names;

const SPEC_LENGTH: usize = 64 * 1024;
const DOMAIN_LENGTH: usize = 256;
const USER_LENGTH: usize = 104;

/// `validateWindowsSecurityContextOptions`.
pub(super) fn options(options: &Field<'_, '_>, errors: &mut Errors) {
    if !options.is_set() {
        return;
    }
    let (name, spec, user) = (options.field("gmsaCredentialSpecName"), options.field("gmsaCredentialSpec"), options.field("runAsUserName"));
    if name.is_set() {
        errors.invalid(&name, names::subdomain(name.text()), Concern::Other);
    }
    match spec.str().map(str::len) {
        Some(0) => errors.push(spec.invalid("gmsaCredentialSpec cannot be an empty string")),
        Some(length) if length > SPEC_LENGTH => errors.push(spec.invalid("gmsaCredentialSpec size must be under 64 KiB")),
        _ => {}
    }
    if let Some(text) = user.str() {
        for message in user_faults(text) {
            errors.push(user.invalid(&message));
        }
    }
}

/// `[DOMAIN\]USER`.
fn user_faults(text: &str) -> Vec<String> {
    let whole = if text.is_empty() {
        Some("runAsUserName cannot be an empty string")
    } else if text.bytes().any(|byte| byte.is_ascii_control()) {
        Some("runAsUserName cannot contain control characters")
    } else if text.matches('\\').count() > 1 {
        Some("runAsUserName cannot contain more than one backslash")
    } else {
        None
    };
    if let Some(message) = whole {
        return vec![message.to_owned()];
    }
    let (domain, user) = text.split_once('\\').map_or((None, text), |(domain, user)| (Some(domain), user));
    let mut found = Vec::new();
    if domain.is_some_and(|domain| domain.len() >= DOMAIN_LENGTH) {
        found.push(format!("runAsUserName's Domain length must be under {DOMAIN_LENGTH} characters"));
    }
    if domain.is_some_and(|domain| !is_net_bios(domain) && !is_dns(domain)) {
        found.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format".to_owned());
    }
    if user.is_empty() {
        found.push("runAsUserName's User cannot be empty".to_owned());
    } else if user.len() > USER_LENGTH {
        found.push(format!("runAsUserName's User length must not be longer than {USER_LENGTH} characters"));
    }
    if !user.is_empty() && user.bytes().all(|byte| matches!(byte, b'.' | b' ')) {
        found.push("runAsUserName's User cannot contain only periods or spaces".to_owned());
    }
    if user.contains(['"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']']) {
        found.push("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]".to_owned());
    }
    found
}

fn is_net_bios(domain: &str) -> bool {
    let length = domain.chars().count();
    (1..=15).contains(&length) && !domain.starts_with('.') && !domain.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|'])
}

fn is_dns(domain: &str) -> bool {
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        bytes.len() <= 63
            && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    domain.split('.').all(is_label)
}

/// `validateWindowsHostProcessPod`: either all containers are processes of the host, or none.
pub(super) fn host_processes(spec: &Field<'_, '_>, errors: &mut Errors) {
    const PATH: &str = "securityContext.windowsOptions.hostProcess";
    let of_pod = spec.field(PATH).bool();
    let (mut all, mut processes) = (0, 0);
    all_containers(spec, |container, _| {
        all += 1;
        let own = container.field(PATH);
        if let (Some(pod), Some(this)) = (of_pod, own.bool())
            && pod != this
        {
            errors.push(own.invalid(&format!("pod hostProcess value must be identical if both are specified, was {pod}")));
        }
        processes += usize::from(own.bool().or(of_pod) == Some(true));
    });
    if processes == 0 {
        return;
    }
    if processes != all {
        let message = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
        errors.push(spec.invalid_value("\"\"", message));
    }
    let network = spec.field("hostNetwork");
    if !network.is_on() {
        errors.push(network.invalid_value("false", "hostNetwork must be true if pod contains any hostProcess containers"));
    }
}

/// `validateOS`, and what pods of a system may not have.
pub(super) fn system(spec: &Field<'_, '_>, facts: &Facts<'_>, errors: &mut Errors) {
    let (os, name) = (spec.field("os"), spec.field("os.name"));
    if !os.is_set() {
        return;
    }
    match facts.os {
        Some("linux") => linux(spec, errors),
        Some("windows") => on_windows(spec, errors),
        Some("") | None => errors.push(name.required("")),
        Some(_) => errors.push(os.of(name.near()).not_supported(&["linux", "windows"])),
    }
}

fn linux(spec: &Field<'_, '_>, errors: &mut Errors) {
    const MESSAGE: &str = "windows options cannot be set for a linux pod";
    let options = spec.field("securityContext.windowsOptions");
    if options.is_set() {
        errors.push(options.forbidden(MESSAGE));
    }
    all_containers(spec, |container, _| {
        let options = container.field("securityContext.windowsOptions");
        if options.is_set() {
            errors.push(options.forbidden(MESSAGE));
        }
    });
}

/// What a pod for Windows may not have.
const OF_POD: &[&str] = &[
    "securityContext.appArmorProfile",
    "securityContext.seLinuxOptions",
    "securityContext.seccompProfile",
    "securityContext.fsGroup",
    "securityContext.fsGroupChangePolicy",
    "securityContext.sysctls",
    "securityContext.runAsUser",
    "securityContext.runAsGroup",
    "securityContext.supplementalGroups",
    "securityContext.supplementalGroupsPolicy",
    "securityContext.seLinuxChangePolicy",
    "hostUsers",
    "hostPID",
    "hostIPC",
    "shareProcessNamespace",
];

/// What its containers may not have.
const OF_CONTAINER: &[&str] = &[
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
    "runAsUser",
    "runAsGroup",
];

fn on_windows(spec: &Field<'_, '_>, errors: &mut Errors) {
    const MESSAGE: &str = "cannot be set for a windows pod";
    for name in OF_POD {
        let field = spec.field(name);
        let is_there = match *name {
            "hostPID" | "hostIPC" => field.is_on(),
            "securityContext.sysctls" => !field.is_empty(),
            _ => field.is_set(),
        };
        if is_there {
            errors.push(field.forbidden(MESSAGE));
        }
    }
    all_containers(spec, |container, _| {
        let security = container.field("securityContext");
        for field in OF_CONTAINER.iter().map(|name| security.field(name)).filter(Field::is_set) {
            errors.push(field.forbidden(MESSAGE));
        }
    });
}
