//! `yaml-truthy`: a word that is read as a boolean.
//!
//! # What it checks
//!
//! No unquoted `y`, `n`, `yes`, `no`, `on` or `off` stands in a document, as a key or a value.
//!
//! # Why it matters
//!
//! Helm and `kubectl` read it as true or false (YAML 1.1), other tools as text (YAML 1.2). A country `no` becomes `false`, and
//! where text is wanted the API server refuses it.
//!
//! # Example
//!
//! ```yaml
//! data:
//!   COUNTRY: no
//! ```
//!
//! # Cure
//!
//! ```yaml
//! data:
//!   COUNTRY: "no"
//! ```

use chartwright_yaml::NodeView;

use super::scalars;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "yaml-truthy",
    severity: Severity::Warning,
    by_default: true,
    group: "Schema",
    aliases: &["yamllint:truthy"],
    reason: "Helm reads it as true or false, and other tools as text.",
    cure: "Put it in quotes, or write true or false.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    scalars::each_doubtful(context.object.root(), |node| {
        if let NodeView::Bool(truth) = node.view() {
            let tree = node.tree();
            let word = tree.raw(tree.resolve_alias(node.id()));
            if !word.eq_ignore_ascii_case("true") && !word.eq_ignore_ascii_case("false") {
                sink.report(context.object, node, format!("the unquoted word {word} is read as {truth}"));
            }
        }
    });
}
