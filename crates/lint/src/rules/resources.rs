//! What the rules on requests and limits share. No rule of its own.

use k8s_openapi::api::core::v1::ResourceRequirements;

use super::images;
use crate::rule::{PodContext, Sink};

/// Whether a limit is given, be it readable as a quantity or not.
pub(super) fn has_limit(resources: Option<&ResourceRequirements>, name: &str) -> bool {
    resources.and_then(|resources| resources.limits.as_ref()).is_some_and(|limits| limits.contains_key(name))
}

/// Whether a request is given, or a limit, which is then the request as well.
pub(super) fn has_request(resources: Option<&ResourceRequirements>, name: &str) -> bool {
    let own = resources.and_then(|resources| resources.requests.as_ref()).is_some_and(|requests| requests.contains_key(name));
    own || has_limit(resources, name)
}

/// Reports the running containers that request nothing of a resource.
pub(super) fn missing_request<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>, name: &str) {
    if context.object.is_test() || has_request(context.pod.resources(), name) {
        return;
    }
    for container in context.pod.running().filter(|container| !images::is_injected(*container)) {
        if !has_request(container.typed.resources.as_ref(), name) {
            let node = container.node.nearest(&["resources", "requests", name]);
            let what = if name == "cpu" { "CPU" } else { name };
            sink.report(context.object, node, format!("container {} requests no {what}", container.name()));
        }
    }
}
