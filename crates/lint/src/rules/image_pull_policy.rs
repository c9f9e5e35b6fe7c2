//! `image-pull-policy`: an image that a node does not ask for again.
//!
//! # What it checks
//!
//! The `imagePullPolicy` of each container is `Always`, written out or because the image has no tag or the tag `latest`. Images
//! with a digest, which is what it is wherever it comes from, and tests are left out.
//!
//! # Why it matters
//!
//! A node that has an image of that name already starts it without asking the registry: pods without the right to pull it may use
//! it, and a tag that was moved runs in two states.
//!
//! # Example
//!
//! ```yaml
//! image: registry.example/api:1.4.0
//! imagePullPolicy: IfNotPresent
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: registry.example/api:1.4.0
//! imagePullPolicy: Always
//! ```

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "image-pull-policy",
    severity: Severity::Info,
    by_default: false,
    group: "Images",
    aliases: &[
        "kube-score:container-image-pull-policy",
        "polaris:pullPolicyNotAlways",
        "checkov:CKV_K8S_15",
        "kyverno:imagepullpolicy-always",
        "kyverno:always-pull-images",
    ],
    reason: "A node that has the image already starts it without asking the registry whether the pod may have it.",
    cure: "Set imagePullPolicy to Always, or pin the image by a digest.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() {
        return;
    }
    for container in context.pod.containers().filter(|container| !images::is_injected(*container)) {
        let reference = container.node.str_at("image").and_then(|image| images::parse(image).ok());
        let Some(reference) = reference.filter(|reference| reference.digest.is_none()) else { continue };
        // What the API server fills in (`pkg/apis/core/v1/defaults.go`).
        let default = if matches!(reference.tag, None | Some("latest")) { "Always" } else { "IfNotPresent" };
        let policy = container.node.str_at("imagePullPolicy").unwrap_or(default);
        if policy != "Always" {
            let message =
                format!("container {} takes the image that a node has already: its imagePullPolicy is {policy}", container.name());
            sink.report(context.object, container.node.nearest(&["imagePullPolicy"]), message);
        }
    }
}
