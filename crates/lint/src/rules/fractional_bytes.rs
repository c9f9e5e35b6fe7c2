//! `fractional-bytes`: a part of a byte.
//!
//! # What it checks
//!
//! Memory, ephemeral storage and claimed storage are whole numbers of bytes.
//!
//! # Why it matters
//!
//! `m` means a thousandth: `512m` of memory is half a byte. The container is ended as soon as it starts.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   limits:
//!     memory: 512m
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   limits:
//!     memory: 512Mi
//! ```

use chartwright_kube::quantity::Quantity;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "fractional-bytes",
    severity: Severity::Warning,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "m means a thousandth: the container gets less than a byte.",
    cure: "Use Mi, Gi or another suffix for bytes.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for node in super::quantities::places(context.object) {
        let key = node.tree().key_of(node.id()).and_then(|key| node.tree().str(key)).unwrap_or_default();
        let of_bytes = matches!(key, "memory" | "ephemeral-storage" | "storage" | "sizeLimit");
        let Some(text) = node.scalar().filter(|_| of_bytes) else { continue };
        if Quantity::parse(text).is_ok_and(|quantity| !quantity.is_whole()) {
            sink.report(context.object, node, format!("fractional byte value \"{text}\" is invalid, must be an integer"));
        }
    }
}
