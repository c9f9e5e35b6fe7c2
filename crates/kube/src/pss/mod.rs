//! The Pod Security Standards: which pods a namespace of a level admits. Which level is wanted, is not known here.
//!
//! Follows `k8s.io/pod-security-admission/policy`, for Kubernetes 1.25 and later, one function a check, under its own ids. `make pss-check` holds
//! it to that module.

mod host;
mod identity;
mod privileges;
mod profiles;
mod volumes;

use crate::node::Node;
use crate::pod::{ContainerView, Pod};

/// How much a pod is kept from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// Nothing is kept from it.
    #[default]
    Privileged,
    /// The known ways to more privileges are closed.
    Baseline,
    /// Hardened after today's practice.
    Restricted,
}

impl Level {
    /// Its name in namespace labels.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// One cause for which a pod is not admitted.
pub struct Violation<'t> {
    /// The place to change; where a setting is missing, the nearest that exists.
    pub node: Node<'t>,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

/// A check of the standards.
pub struct Check {
    /// As in the admission controller's messages.
    pub id: &'static str,
    /// The level that asks for it. Stricter ones do so too, unless they have a check in its place.
    pub level: Level,
    /// The minor version of Kubernetes that it is there from, if that is later than 1.25.
    since: u32,
    /// What takes its place on the restricted level (`OverrideCheckIDs`), once that is there.
    replaced_by: Option<&'static str>,
    /// What a pod does against it, under the rules of a Kubernetes minor version.
    violations: for<'t> fn(Pod<'t>, u32) -> Vec<Violation<'t>>,
}

impl Check {
    /// What a pod does against it in Kubernetes 1.`minor`.
    #[must_use]
    pub fn violations<'t>(&self, pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
        if minor < self.since { Vec::new() } else { (self.violations)(pod, minor) }
    }

    /// Whether a level asks for it in Kubernetes 1.`minor`.
    #[must_use]
    pub fn is_asked_by(&self, level: Level, minor: u32) -> bool {
        let replaced = || self.replaced_by.and_then(check).is_some_and(|other| other.level <= level && other.since <= minor);
        self.level <= level && self.since <= minor && !replaced()
    }
}

/// A check that there is in every release, and that no other takes the place of.
const fn check_of(id: &'static str, level: Level, violations: for<'t> fn(Pod<'t>, u32) -> Vec<Violation<'t>>) -> Check {
    Check { id, level, since: 0, replaced_by: None, violations }
}

/// All checks, in the order of the levels.
pub const CHECKS: &[Check] = &[
    check_of("privileged", Level::Baseline, privileges::privileged),
    check_of("hostNamespaces", Level::Baseline, host::namespaces),
    Check {
        replaced_by: Some("capabilities_restricted"),
        ..check_of("capabilities_baseline", Level::Baseline, privileges::capabilities_baseline)
    },
    Check { replaced_by: Some("restrictedVolumes"), ..check_of("hostPathVolumes", Level::Baseline, volumes::host_paths) },
    check_of("hostPorts", Level::Baseline, host::ports),
    Check { since: 34, ..check_of("hostProbesAndHostLifecycle", Level::Baseline, host::probes) },
    check_of("appArmorProfile", Level::Baseline, profiles::app_armor),
    check_of("seLinuxOptions", Level::Baseline, profiles::se_linux),
    Check { replaced_by: Some("procMount_restricted"), ..check_of("procMount", Level::Baseline, privileges::proc_mount_baseline) },
    Check {
        replaced_by: Some("seccompProfile_restricted"),
        ..check_of("seccompProfile_baseline", Level::Baseline, profiles::seccomp_baseline)
    },
    check_of("sysctls", Level::Baseline, host::sysctls),
    check_of("windowsHostProcess", Level::Baseline, host::windows_process),
    check_of("allowPrivilegeEscalation", Level::Restricted, privileges::escalation),
    check_of("capabilities_restricted", Level::Restricted, privileges::capabilities_restricted),
    check_of("runAsNonRoot", Level::Restricted, identity::non_root),
    check_of("runAsUser", Level::Restricted, identity::user),
    check_of("seccompProfile_restricted", Level::Restricted, profiles::seccomp_restricted),
    check_of("restrictedVolumes", Level::Restricted, volumes::restricted),
    Check { since: 35, ..check_of("procMount_restricted", Level::Restricted, privileges::proc_mount_restricted) },
];

fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.id == id)
}

/// What a pod does against the check of this id; nothing if there is no such check.
#[must_use]
pub fn violations<'t>(id: &str, pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    check(id).map(|check| check.violations(pod, minor)).unwrap_or_default()
}

/// Whether a namespace of a level admits a pod in Kubernetes 1.`minor`.
///
/// A stricter level does not imply a lower one: of capabilities and seccomp profiles, the restricted level leaves Windows pods alone, where
/// the baseline level does not. (The API server refuses such pods for another reason.)
#[must_use]
pub fn admits(level: Level, pod: Pod<'_>, minor: u32) -> bool {
    CHECKS.iter().filter(|check| check.is_asked_by(level, minor)).all(|check| check.violations(pod, minor).is_empty())
}

/// The strictest level that admits a pod in Kubernetes 1.`minor`.
#[must_use]
pub fn level(pod: Pod<'_>, minor: u32) -> Level {
    let levels = [Level::Restricted, Level::Baseline];
    levels.into_iter().find(|level| admits(*level, pod, minor)).unwrap_or_default()
}

/// Since 1.35 pods with users of their own (`hostUsers: false`) are freed of what those make harmless.
fn is_relaxed(pod: Pod<'_>, minor: u32) -> bool {
    minor >= 35 && pod.spec().get("hostUsers").and_then(Node::bool) == Some(false)
}

/// A violation for each container of which `message` tells one, at the nearest existing node of `path`.
fn each<'t>(pod: Pod<'t>, path: &[&str], message: impl Fn(ContainerView<'t>) -> Option<String>) -> Vec<Violation<'t>> {
    pod.containers().filter_map(|container| Some(Violation { message: message(container)?, node: container.node.nearest(path) })).collect()
}

/// How a setting that containers inherit from their pod is judged.
struct Inherited<'t, 'f, T> {
    path: &'f [&'f str],
    /// The pod's value.
    pod: Option<T>,
    /// A container's value.
    container: &'f dyn Fn(ContainerView<'t>) -> Option<T>,
    is_good: &'f dyn Fn(&T) -> bool,
    /// What is wrong with a value: of this place, this value.
    bad: &'f dyn Fn(&str, &T) -> String,
    /// What is missing, of these containers.
    missing: &'f dyn Fn(&str) -> String,
}

/// The rule that `runAsNonRoot` and `seccompProfile` share: a bad value is wrong wherever it stands, and a container without a value
/// needs a good one of its pod. What all containers miss is one cause, cured at the pod; a bad value of the pod is not told twice.
fn inherited<'t, T>(pod: Pod<'t>, rule: &Inherited<'t, '_, T>) -> Vec<Violation<'t>> {
    let mut out = Vec::new();
    let pod_is_good = rule.pod.as_ref().is_some_and(rule.is_good);
    let pod_is_bad = rule.pod.is_some() && !pod_is_good;
    if let Some(value) = rule.pod.as_ref().filter(|_| pod_is_bad) {
        out.push(Violation { node: pod.spec().nearest(rule.path), message: (rule.bad)("the pod", value) });
    }
    let mut missing = Vec::new();
    for container in pod.containers() {
        match (rule.container)(container) {
            Some(value) if !(rule.is_good)(&value) => {
                let message = (rule.bad)(&format!("container {}", container.name()), &value);
                out.push(Violation { node: container.node.nearest(rule.path), message });
            }
            None if !pod_is_good => missing.push(container),
            _ => {}
        }
    }
    if let Some(first) = missing.first().filter(|_| !pod_is_bad) {
        let all = missing.len() == pod.containers().count();
        let names: Vec<&str> = missing.iter().map(|container| container.name()).collect();
        let node = if all { pod.spec() } else { first.node };
        out.push(Violation { node: node.nearest(rule.path), message: (rule.missing)(&names.join(", ")) });
    }
    out
}
