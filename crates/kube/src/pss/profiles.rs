//! What the kernel's profiles (seccomp, AppArmor, SELinux) hold a pod to.

use k8s_openapi::api::core::v1::SELinuxOptions;

use super::{Inherited, Violation, each, inherited};
use crate::node::Node;
use crate::pod::{ContainerView, Pod};

const SECCOMP: &[&str] = &["securityContext", "seccompProfile", "type"];

fn is_confined(kind: &str) -> bool {
    matches!(kind, "RuntimeDefault" | "Localhost")
}

fn seccomp(container: ContainerView<'_>) -> Option<&str> {
    Some(&container.typed.security_context.as_ref()?.seccomp_profile.as_ref()?.type_)
}

fn pod_seccomp(pod: Pod<'_>) -> Option<&str> {
    pod.security().seccomp_profile.as_ref().map(|profile| profile.type_.as_str())
}

fn bad_seccomp(place: &str, kind: &str) -> String {
    let kind = if kind.is_empty() { "nothing" } else { kind };
    format!("{place} sets securityContext.seccompProfile.type to {kind}")
}

pub(super) fn seccomp_baseline<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let mut out = each(pod, SECCOMP, |container| {
        let kind = seccomp(container)?;
        (!is_confined(kind)).then(|| bad_seccomp(&format!("container {}", container.name()), kind))
    });
    if let Some(kind) = pod_seccomp(pod).filter(|kind| !is_confined(kind)) {
        out.insert(0, Violation { node: pod.spec().nearest(SECCOMP), message: bad_seccomp("the pod", kind) });
    }
    out
}

pub(super) fn seccomp_restricted<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    if pod.is_windows() {
        return Vec::new();
    }
    inherited(
        pod,
        &Inherited {
            path: SECCOMP,
            pod: pod_seccomp(pod),
            container: &seccomp,
            is_good: &|kind| is_confined(kind),
            bad: &|place, kind| bad_seccomp(place, kind),
            missing: &|names| {
                format!("neither the pod nor {names} sets securityContext.seccompProfile.type to RuntimeDefault or Localhost")
            },
        },
    )
}

pub(super) fn app_armor<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let path = ["securityContext", "appArmorProfile", "type"];
    let bad = |place: &str, kind: &str| (!is_confined(kind)).then(|| format!("{place} sets the AppArmor profile {kind}"));
    let mut out = each(pod, &path, |container| {
        let profile = container.typed.security_context.as_ref()?.app_armor_profile.as_ref()?;
        bad(&format!("container {}", container.name()), &profile.type_)
    });
    if let Some(message) = pod.security().app_armor_profile.as_ref().and_then(|profile| bad("the pod", &profile.type_)) {
        out.insert(0, Violation { node: pod.spec().nearest(&path), message });
    }
    for (key, value) in pod.metadata().into_iter().flat_map(|metadata| metadata.entries_at("annotations")) {
        let profile = value.str().unwrap_or_default();
        let allowed = profile.is_empty() || profile == "runtime/default" || profile.starts_with("localhost/");
        if key.starts_with("container.apparmor.security.beta.kubernetes.io/") && !allowed {
            out.push(Violation { node: value, message: format!("an annotation sets the AppArmor profile {profile}") });
        }
    }
    out
}

pub(super) fn se_linux<'t>(pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    let path = ["securityContext", "seLinuxOptions"];
    let bad = |place: &str, options: &SELinuxOptions| {
        let kind = options.type_.as_deref().unwrap_or_default();
        let allowed =
            matches!(kind, "" | "container_t" | "container_init_t" | "container_kvm_t") || (minor >= 31 && kind == "container_engine_t");
        let is_set = |field: &Option<String>| field.as_deref().is_some_and(|text| !text.is_empty());
        let mut parts = Vec::new();
        if !allowed {
            parts.push(format!("the type {kind}"));
        }
        if is_set(&options.user) {
            parts.push("a user".to_owned());
        }
        if is_set(&options.role) {
            parts.push("a role".to_owned());
        }
        (!parts.is_empty()).then(|| format!("{place} sets {} in securityContext.seLinuxOptions", parts.join(", ")))
    };
    let mut out = each(pod, &path, |container| {
        bad(&format!("container {}", container.name()), container.typed.security_context.as_ref()?.se_linux_options.as_ref()?)
    });
    if let Some(message) = pod.security().se_linux_options.as_ref().and_then(|options| bad("the pod", options)) {
        let node: Node<'t> = pod.spec().nearest(&path);
        out.insert(0, Violation { node, message });
    }
    out
}
