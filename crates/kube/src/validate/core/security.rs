//! Settings of security of pods and containers. Whether a Pod Security Standard admits them is not known here.

use std::collections::HashSet;

use super::paths::{descending, one_of, user};
use super::{shown, windows};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field};

const PROFILES: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];
/// From here on a volume may be labelled as it is mounted (`SELinuxMount`).
const SELINUX_MOUNT: u32 = 37;

/// `validatePodSpecSecurityContext`.
pub(super) fn of_pod(spec: &Field<'_, '_>, errors: &mut Errors) {
    let security = spec.field("securityContext");
    for name in ["fsGroup", "runAsUser", "runAsGroup"] {
        user(&security.field(name), errors);
    }
    for group in security.field("supplementalGroups").items() {
        user(&group, errors);
    }
    sysctls(spec, &security.field("sysctls"), errors);
    one_of(&security.field("fsGroupChangePolicy"), &["Always", "OnRootMismatch"], errors);
    seccomp(&security.field("seccompProfile"), errors);
    windows::options(&security.field("windowsOptions"), errors);
    app_armor(&security.field("appArmorProfile"), errors);
    one_of(&security.field("supplementalGroupsPolicy"), &["Merge", "Strict"], errors);
    let policies: &[&str] = if errors.minor >= SELINUX_MOUNT { &["MountOption", "Recursive"] } else { &["Recursive"] };
    one_of(&security.field("seLinuxChangePolicy"), policies, errors);
}

/// `ValidateSecurityContext`.
pub(super) fn of_container(security: &Field<'_, '_>, host_users: bool, errors: &mut Errors) {
    user(&security.field("runAsUser"), errors);
    user(&security.field("runAsGroup"), errors);
    let mount = security.field("procMount");
    one_of(&mount, &["Default", "Unmasked"], errors);
    if host_users && mount.text() == "Unmasked" {
        errors.push(mount.invalid("`hostUsers` must be false to use `Unmasked`").about(Concern::SecurityContext));
    }
    seccomp(&security.field("seccompProfile"), errors);
    let conflict = |what: &str| {
        security
            .invalid_value(
                &shown::go(security, shown::SECURITY_CONTEXT),
                &format!("cannot set `allowPrivilegeEscalation` to false and {what}"),
            )
            .about(Concern::SecurityContext)
    };
    if security.field("allowPrivilegeEscalation").bool() == Some(false) {
        if security.field("privileged").is_on() {
            errors.push(conflict("`privileged` to true"));
        }
        for _ in security.field("capabilities.add").items().filter(|added| added.text() == "CAP_SYS_ADMIN") {
            errors.push(conflict("`capabilities.Add` CAP_SYS_ADMIN"));
        }
    }
    windows::options(&security.field("windowsOptions"), errors);
    app_armor(&security.field("appArmorProfile"), errors);
}

const SYSCTL_LENGTH: usize = 253;

/// `([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?`.
fn is_sysctl(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_part = |part: &str| {
        let bytes = part.as_bytes();
        bytes.first().is_some_and(|byte| plain(*byte))
            && bytes.last().is_some_and(|byte| plain(*byte))
            && bytes.iter().all(|byte| plain(*byte) || matches!(byte, b'-' | b'_'))
    };
    name.len() <= SYSCTL_LENGTH && name.split(['.', '/']).all(is_part)
}

/// Whether a sysctl belongs to the network's or the processes' namespace (`namespaceOf` of component-helpers).
fn is_of_network(name: &str) -> bool {
    name.starts_with("net.")
}

fn is_of_processes(name: &str) -> bool {
    const NAMES: &[&str] = &["sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced", "msgmax", "msgmnb", "msgmni", "msg"];
    name.strip_prefix("kernel.").is_some_and(|name| NAMES.contains(&name)) || name.starts_with("fs.mqueue.")
}

fn sysctls(spec: &Field<'_, '_>, list: &Field<'_, '_>, errors: &mut Errors) {
    const PATTERN: &str = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    let mut seen = HashSet::new();
    let (host_network, host_ipc) = (spec.field("hostNetwork").is_on(), spec.field("hostIPC").is_on());
    for sysctl in list.items() {
        let name = sysctl.field("name");
        if name.text().is_empty() {
            errors.push(name.required(""));
        } else if !is_sysctl(name.text()) {
            errors.push(name.invalid(&format!("must have at most {SYSCTL_LENGTH} characters and match regex {PATTERN}")));
        } else if seen.contains(name.text()) {
            errors.push(name.duplicate());
        }
        let dotted = name.text().replace('/', ".");
        if host_network && is_of_network(&dotted) {
            errors.push(name.invalid("may not be specified when 'hostNetwork' is true"));
        } else if host_ipc && is_of_processes(&dotted) {
            errors.push(name.invalid("may not be specified when 'hostIPC' is true"));
        }
        seen.insert(name.text());
    }
}

/// `validateSeccompProfileField`.
fn seccomp(profile: &Field<'_, '_>, errors: &mut Errors) {
    if !profile.is_set() {
        return;
    }
    let (kind, file) = (profile.field("type"), profile.field("localhostProfile"));
    if kind.text().is_empty() {
        errors.push(kind.required("type is required when seccompProfile is set"));
    } else {
        one_of(&kind, &["Localhost", "RuntimeDefault", "Unconfined"], errors);
    }
    match (kind.text() == "Localhost", file.is_set()) {
        (true, false) => errors.push(file.required("must be set when seccomp type is Localhost")),
        (true, true) => descending(&file, errors),
        (false, true) => {
            errors.push(file.invalid_value(&shown::go(profile, shown::SECCOMP_PROFILE), "can only be set when seccomp type is Localhost"))
        }
        (false, false) => {}
    }
}

/// The longest path to a profile.
const PROFILE_LENGTH: usize = 4095;

/// `ValidateAppArmorProfileField`.
fn app_armor(profile: &Field<'_, '_>, errors: &mut Errors) {
    if !profile.is_set() {
        return;
    }
    let (kind, file) = (profile.field("type"), profile.field("localhostProfile"));
    match kind.text() {
        "Localhost" => {
            if !file.is_set() || file.text().is_empty() {
                errors.push(file.required("must be set when AppArmor type is Localhost"));
            } else if file.text().trim() != file.text() {
                errors.push(file.invalid("must not be padded with whitespace"));
            }
            if file.text().len() > PROFILE_LENGTH {
                errors.push(file.too_long(PROFILE_LENGTH));
            }
        }
        "RuntimeDefault" | "Unconfined" => {
            if file.is_set() {
                errors.push(file.invalid("can only be set when AppArmor type is Localhost"));
            }
        }
        "" => errors.push(kind.required("type is required when appArmorProfile is set")),
        _ => errors.push(kind.not_supported(PROFILES)),
    }
}
