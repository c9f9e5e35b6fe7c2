//! `image-reference`: an image that no runtime can read.
//!
//! # What it checks
//!
//! Each image is a reference as container runtimes read it: a host and path in lower case, a tag after `:`, a digest after `@`.
//! An empty one is `missing-image`.
//!
//! # Why it matters
//!
//! The pod stays at `InvalidImageName`. Most often a value of the name was empty, as in `registry/api:` or `/api:1.0`.
//!
//! # Example
//!
//! ```yaml
//! image: registry.example/api:
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: registry.example/api:1.4.0
//! ```

use chartwright_kube::node::Node;

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "image-reference",
    severity: Severity::Error,
    by_default: true,
    group: "Images",
    aliases: &[],
    reason: "The pod stays at InvalidImageName.",
    cure: "Look which part of the name is empty or has a character that does not belong there.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for (owner, image) in images::places(context.pod) {
        // Space around it is refused before anyone reads it.
        let Some(text) = Node::str(image).filter(|text| !text.is_empty() && text.trim() == *text) else { continue };
        if let Err(error) = images::parse(text) {
            sink.report(context.object, image, format!("the image {text} of {owner} cannot be read: {error}"));
        }
    }
}
