//! What the processes of a pod may do beyond an ordinary user's.

use k8s_openapi::api::core::v1::SecurityContext;

use super::{Violation, each, is_relaxed};
use crate::pod::{ContainerView, Pod};

fn context(container: ContainerView<'_>) -> Option<&SecurityContext> {
    container.typed.security_context.as_ref()
}

pub(super) fn privileged<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    each(pod, &["securityContext", "privileged"], |container| {
        (context(container)?.privileged == Some(true)).then(|| format!("container {} is privileged", container.name()))
    })
}

pub(super) fn escalation<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    if pod.is_windows() {
        return Vec::new();
    }
    each(pod, &["securityContext", "allowPrivilegeEscalation"], |container| {
        match context(container).and_then(|context| context.allow_privilege_escalation) {
            Some(false) => None,
            Some(true) => Some(format!("container {} sets securityContext.allowPrivilegeEscalation to true", container.name())),
            None => Some(format!("container {} does not set securityContext.allowPrivilegeEscalation to false", container.name())),
        }
    })
}

/// The default set of capabilities of container runtimes, without `NET_RAW`.
const BASELINE: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn added_beyond<'t>(container: ContainerView<'t>, allowed: &[&str]) -> Vec<&'t str> {
    let capabilities = context(container).and_then(|context| context.capabilities.as_ref());
    let added = capabilities.and_then(|capabilities| capabilities.add.as_deref()).unwrap_or_default();
    added.iter().map(String::as_str).filter(|name| !allowed.contains(name)).collect()
}

pub(super) fn capabilities_baseline<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    each(pod, &["securityContext", "capabilities", "add"], |container| {
        let added = added_beyond(container, BASELINE);
        (!added.is_empty()).then(|| format!("container {} adds the capabilities {}", container.name(), added.join(", ")))
    })
}

pub(super) fn capabilities_restricted<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    if pod.is_windows() {
        return Vec::new();
    }
    let mut out = each(pod, &["securityContext", "capabilities", "drop"], |container| {
        let capabilities = context(container).and_then(|context| context.capabilities.as_ref());
        let dropped = capabilities.and_then(|capabilities| capabilities.drop.as_deref()).unwrap_or_default();
        (!dropped.iter().any(|name| name == "ALL")).then(|| format!("container {} does not drop ALL capabilities", container.name()))
    });
    out.extend(each(pod, &["securityContext", "capabilities", "add"], |container| {
        let added = added_beyond(container, &["NET_BIND_SERVICE"]);
        (!added.is_empty()).then(|| format!("container {} adds the capabilities {}", container.name(), added.join(", ")))
    }));
    out
}

pub(super) fn proc_mount_baseline<'t>(pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    if is_relaxed(pod, minor) { Vec::new() } else { proc_mount_restricted(pod, minor) }
}

pub(super) fn proc_mount_restricted<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    each(pod, &["securityContext", "procMount"], |container| {
        let kind = context(container)?.proc_mount.as_deref()?;
        (kind != "Default").then(|| format!("container {} sets securityContext.procMount to {kind}", container.name()))
    })
}
