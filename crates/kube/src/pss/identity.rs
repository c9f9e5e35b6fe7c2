//! Who the processes of a pod are.

use super::{Inherited, Violation, inherited, is_relaxed};
use crate::pod::Pod;

pub(super) fn non_root<'t>(pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    if is_relaxed(pod, minor) {
        return Vec::new();
    }
    inherited(
        pod,
        &Inherited {
            path: &["securityContext", "runAsNonRoot"],
            pod: pod.security().run_as_non_root,
            container: &|container| container.typed.security_context.as_ref()?.run_as_non_root,
            is_good: &|value| *value,
            bad: &|place, _| format!("{place} sets securityContext.runAsNonRoot to false"),
            missing: &|names| format!("neither the pod nor {names} sets securityContext.runAsNonRoot to true"),
        },
    )
}

pub(super) fn user<'t>(pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    if is_relaxed(pod, minor) {
        return Vec::new();
    }
    let path = ["securityContext", "runAsUser"];
    let mut out = super::each(pod, &path, |container| {
        let user = container.typed.security_context.as_ref()?.run_as_user;
        (user == Some(0)).then(|| format!("container {} runs as user 0", container.name()))
    });
    if pod.security().run_as_user == Some(0) {
        out.insert(0, Violation { node: pod.spec().nearest(&path), message: "the pod runs as user 0".to_owned() });
    }
    out
}
