//! `image-digest`: an image that is not pinned.
//!
//! # What it checks
//!
//! Each image of a pod has a digest. Tests are left out.
//!
//! # Why it matters
//!
//! A tag can be moved: what runs tomorrow need not be what was tested today, and who takes over the registry's account replaces
//! it.
//!
//! # Example
//!
//! ```yaml
//! image: registry.example/api:1.4.0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: registry.example/api:1.4.0@sha256:9b2c4f7a1e3d5…
//! ```

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "image-digest",
    severity: Severity::Info,
    by_default: false,
    group: "Images",
    aliases: &["checkov:CKV_K8S_43", "kubescape:C-0306", "kyverno:require-image-checksum", "datree:CONTAINERS_MISSING_IMAGE_VALUE_DIGEST"],
    reason: "A tag can be moved, so what runs need not be what was tested.",
    cure: "Add the digest of the image that was tested, after an @.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() {
        return;
    }
    for (owner, image) in images::places(context.pod) {
        if image.str().and_then(|text| images::parse(text).ok()).is_some_and(|reference| reference.digest.is_none()) {
            sink.report(context.object, image, format!("the image of {owner} is not pinned by a digest"));
        }
    }
}
