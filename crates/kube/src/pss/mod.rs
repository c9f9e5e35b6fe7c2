//! The Pod Security Standards: which pods a namespace of a level admits. Which level is wanted, is not known here.
//!
//! Follows `k8s.io/pod-security-admission/policy`, for Kubernetes 1.25 and later, one function a check, under its own ids.

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
    /// The level that asks for it.
    pub level: Level,
    /// What a pod does against it, under the rules of a Kubernetes minor version.
    pub violations: for<'t> fn(Pod<'t>, u32) -> Vec<Violation<'t>>,
}

/// All checks, in the order of the levels.
pub const CHECKS: &[Check] = &[
    Check { id: "privileged", level: Level::Baseline, violations: privileges::privileged },
    Check { id: "hostNamespaces", level: Level::Baseline, violations: host::namespaces },
    Check { id: "capabilities_baseline", level: Level::Baseline, violations: privileges::capabilities_baseline },
    Check { id: "hostPathVolumes", level: Level::Baseline, violations: volumes::host_paths },
    Check { id: "hostPorts", level: Level::Baseline, violations: host::ports },
    Check { id: "hostProbesAndHostLifecycle", level: Level::Baseline, violations: host::probes },
    Check { id: "appArmorProfile", level: Level::Baseline, violations: profiles::app_armor },
    Check { id: "seLinuxOptions", level: Level::Baseline, violations: profiles::se_linux },
    Check { id: "procMount", level: Level::Baseline, violations: privileges::proc_mount_baseline },
    Check { id: "seccompProfile_baseline", level: Level::Baseline, violations: profiles::seccomp_baseline },
    Check { id: "sysctls", level: Level::Baseline, violations: host::sysctls },
    Check { id: "windowsHostProcess", level: Level::Baseline, violations: host::windows_process },
    Check { id: "allowPrivilegeEscalation", level: Level::Restricted, violations: privileges::escalation },
    Check { id: "capabilities_restricted", level: Level::Restricted, violations: privileges::capabilities_restricted },
    Check { id: "runAsNonRoot", level: Level::Restricted, violations: identity::non_root },
    Check { id: "runAsUser", level: Level::Restricted, violations: identity::user },
    Check { id: "seccompProfile_restricted", level: Level::Restricted, violations: profiles::seccomp_restricted },
    Check { id: "restrictedVolumes", level: Level::Restricted, violations: volumes::restricted },
    Check { id: "procMount_restricted", level: Level::Restricted, violations: privileges::proc_mount_restricted },
];

/// What a pod does against the check of this id; nothing if there is no such check.
#[must_use]
pub fn violations<'t>(id: &str, pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    CHECKS.iter().find(|check| check.id == id).map(|check| (check.violations)(pod, minor)).unwrap_or_default()
}

/// The strictest level that admits a pod in Kubernetes 1.`minor`.
#[must_use]
pub fn level(pod: Pod<'_>, minor: u32) -> Level {
    let fails = |level| CHECKS.iter().any(|check| check.level == level && !(check.violations)(pod, minor).is_empty());
    if fails(Level::Baseline) {
        Level::Privileged
    } else if fails(Level::Restricted) {
        Level::Baseline
    } else {
        Level::Restricted
    }
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
