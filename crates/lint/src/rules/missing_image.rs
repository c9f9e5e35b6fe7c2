//! `missing-image`: a container without an image.
//!
//! # What it checks
//!
//! Each container and init container names an image.
//!
//! # Why it matters
//!
//! The API server refuses the object. Most often a value was left empty.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: api
//!     image: ""
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: api
//!     image: registry.example/api:1.4.0
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-image",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a container without an image.",
    cure: "Set the image.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        if container.typed.image.as_deref().is_none_or(|image| image.trim().is_empty())
            && container.node.get("image").is_none_or(|image| image.str().is_some())
        {
            sink.report(context.object, container.node.nearest(&["image"]), format!("container {} has no image", container.name()));
        }
    }
}
