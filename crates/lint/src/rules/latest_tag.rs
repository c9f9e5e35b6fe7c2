//! `latest-tag`: an image without a version.
//!
//! # What it checks
//!
//! Each image, of init containers and of image volumes too, has a tag other than `latest`, or a digest. No tag means `latest`. A
//! registry's port is no tag. Pods of `helm test` are left alone.
//!
//! # Why it matters
//!
//! What runs depends on when a node pulled it: two replicas may differ, and a rollback brings back the same name with the new
//! content. A node that has the image under that name also never fetches the new one unless it is told to pull always.
//!
//! # Example
//!
//! ```yaml
//! image: registry.example:5000/api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: registry.example:5000/api:1.4.0
//! ```

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "latest-tag",
    severity: Severity::Warning,
    by_default: true,
    group: "Images",
    aliases: &[
        "kube-linter:latest-tag",
        "kube-score:container-image-tag",
        "polaris:tagNotSpecified",
        "checkov:CKV_K8S_14",
        "trivy:KSV013",
        "kubescape:C-0075",
        "kyverno:disallow-latest-tag",
        "datree:CONTAINERS_MISSING_IMAGE_VALUE_VERSION",
        "popeye:POP-100",
        "popeye:POP-101",
    ],
    reason: "What runs depends on when a node pulled it, so replicas may differ and a rollback changes nothing.",
    cure: "Give the image a version as its tag, or a digest.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() {
        return;
    }
    for (owner, image) in images::places(context.pod) {
        if let Some(fault) = image.str().and_then(fault) {
            sink.report(context.object, image, format!("the image of {owner} {fault}"));
        }
    }
}

/// What is wrong with a reference; nothing for an empty one, which is another rule's.
fn fault(image: &str) -> Option<&'static str> {
    if image.is_empty() || image.contains('@') {
        return None;
    }
    let name = image.rsplit('/').next().unwrap_or(image);
    match name.split_once(':') {
        None => Some("has no tag, which means latest"),
        Some((_, "latest")) => Some("has the tag latest"),
        Some(_) => None,
    }
}
