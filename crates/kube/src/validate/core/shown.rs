//! Values as the API server shows them where it writes its own types, which have no names for JSON: every field by Go's name, in Go's order.

use crate::validate::field::Field;

/// A field of a Go type: its name in YAML, its name in Go, and the fields of it where it is a type of its own.
type Part = (&'static str, &'static str, &'static [Member]);

/// See [`Part`].
pub(super) struct Member(Part);

const fn plain(yaml: &'static str, go: &'static str) -> Member {
    Member((yaml, go, &[]))
}

const fn of(yaml: &'static str, go: &'static str, members: &'static [Member]) -> Member {
    Member((yaml, go, members))
}

const SECCOMP: &[Member] = &[plain("type", "Type"), plain("localhostProfile", "LocalhostProfile")];
const CAPABILITIES: &[Member] = &[plain("add", "Add"), plain("drop", "Drop")];
const SELINUX: &[Member] = &[plain("user", "User"), plain("role", "Role"), plain("type", "Type"), plain("level", "Level")];
const WINDOWS: &[Member] = &[
    plain("gmsaCredentialSpecName", "GMSACredentialSpecName"),
    plain("gmsaCredentialSpec", "GMSACredentialSpec"),
    plain("runAsUserName", "RunAsUserName"),
    plain("hostProcess", "HostProcess"),
];
/// `core.SecurityContext`.
pub(super) const SECURITY_CONTEXT: &[Member] = &[
    of("capabilities", "Capabilities", CAPABILITIES),
    plain("privileged", "Privileged"),
    of("seLinuxOptions", "SELinuxOptions", SELINUX),
    of("windowsOptions", "WindowsOptions", WINDOWS),
    plain("runAsUser", "RunAsUser"),
    plain("runAsGroup", "RunAsGroup"),
    plain("runAsNonRoot", "RunAsNonRoot"),
    plain("readOnlyRootFilesystem", "ReadOnlyRootFilesystem"),
    plain("allowPrivilegeEscalation", "AllowPrivilegeEscalation"),
    plain("procMount", "ProcMount"),
    of("seccompProfile", "SeccompProfile", SECCOMP),
    of("appArmorProfile", "AppArmorProfile", SECCOMP),
];
/// `core.SeccompProfile`.
pub(super) const SECCOMP_PROFILE: &[Member] = SECCOMP;
/// `core.PodResourceClaim`.
pub(super) const RESOURCE_CLAIM: &[Member] = &[
    plain("name", "Name"),
    plain("resourceClaimName", "ResourceClaimName"),
    plain("resourceClaimTemplateName", "ResourceClaimTemplateName"),
];
/// A value of a Go type. The types nest twice at most, by the tables above.
pub(super) fn go(value: &Field<'_, '_>, members: &[Member]) -> String {
    let parts: Vec<String> = members
        .iter()
        .map(|Member((yaml, name, inner))| {
            let part = value.field(yaml);
            let shown = match (part.is_set(), inner.is_empty()) {
                (false, _) => zero(name).to_owned(),
                (true, true) => part.shown(),
                (true, false) => go(&part, inner),
            };
            format!("\"{name}\":{shown}")
        })
        .collect();
    format!("{{{}}}", parts.join(","))
}

/// What is absent: no pointer, but an empty text where Go has the text itself.
fn zero(name: &str) -> &'static str {
    if matches!(name, "Type" | "User" | "Role" | "Level" | "Name" | "Path") { "\"\"" } else { "null" }
}
