//! Rules in CEL of a definition's schema: what is asked of them beside their expressions.

use super::schema::{Open, Schema, Walk};
use crate::node::Node;

/// How a rule may refuse.
const REASONS: [&str; 4] = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

impl<'t> Walk<'_, 't> {
    /// Rules in CEL, as far as they are more than their expressions.
    pub(super) fn rules(&mut self, open: &Open<'t>, schema: &Schema<'t>) {
        let has_lines = |text: &str| text.contains(['\n', '\r']);
        for (index, rule) in schema.rules.into_iter().flat_map(Node::items).enumerate() {
            let text = |name| rule.str_at(name).unwrap_or_default();
            let (expression, message) = (text("rule").trim(), text("message"));
            let name = |field: &str| format!("x-kubernetes-validations[{index}].{field}");
            if expression.is_empty() {
                self.tell(open, &name("rule"), rule, |at| at.required("rule is not specified"));
            } else if !message.is_empty() && message.trim().is_empty() {
                self.tell(open, &name("message"), rule.nearest(&["message"]), |at| at.invalid("must be non-empty if specified"));
            } else if has_lines(message.trim()) {
                self.tell(open, &name("message"), rule.nearest(&["message"]), |at| at.invalid("must not contain line breaks"));
            } else if has_lines(expression) && message.is_empty() {
                self.tell(open, &name("message"), rule, |at| at.required("message must be specified if rule contains line breaks"));
            }
            let (message, field) = (text("messageExpression"), text("fieldPath"));
            if !message.is_empty() && message.trim().is_empty() {
                self.tell(open, &name("messageExpression"), rule, |at| at.required("messageExpression must be non-empty if specified"));
            }
            if let Some(reason) = rule.get("reason").filter(|reason| !REASONS.contains(&reason.str().unwrap_or_default())) {
                self.tell(open, &name("reason"), reason, |at| at.not_supported(&REASONS));
            }
            if !field.is_empty() && field.trim().is_empty() {
                self.tell(open, &name("fieldPath"), rule.nearest(&["fieldPath"]), |at| at.invalid("must be non-empty if specified"));
            }
            if has_lines(field) {
                self.tell(open, &name("fieldPath"), rule.nearest(&["fieldPath"]), |at| at.invalid("must not contain line breaks"));
            }
        }
    }
}
