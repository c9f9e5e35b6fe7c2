//! Runtimes of containers: `pkg/apis/node/validation/validation.go`.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::{Subject, core, labels, names};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "RuntimeClass" {
        class(&subject.field(), errors);
    }
}

/// `ValidateRuntimeClass`.
fn class(root: &Field<'_, '_>, errors: &mut Errors) {
    let handler = root.field("handler");
    if handler.text().is_empty() {
        errors.push(handler.required(""));
    } else {
        // Worded as newer validation does.
        let messages = names::label(handler.text()).into_iter();
        let messages = messages
            .map(|message| if message == names::max_len(names::LABEL_LENGTH) { names::max_bytes(names::LABEL_LENGTH) } else { message });
        errors.invalid(&handler, messages.collect(), Concern::ObjectName);
    }
    if let Some(fixed) = root.field("overhead.podFixed").node() {
        core::resources::overhead(&root.field("overhead").of(fixed), errors);
    }
    let tolerations = root.field("scheduling.tolerations");
    labels::labels(&root.field("scheduling.nodeSelector"), errors);
    core::scheduling::tolerations(&tolerations, errors);
    let mut seen = std::collections::HashSet::new();
    for toleration in tolerations.items() {
        let parts = ["key", "operator", "value", "effect"].map(|name| toleration.field(name).text());
        if !seen.insert(parts) {
            let [key, operator, value, effect] = parts.map(shown_text);
            let seconds = toleration.field("tolerationSeconds").int().map_or_else(|| "null".to_owned(), |seconds| seconds.to_string());
            let shown =
                format!("{{\"Key\":{key},\"Operator\":{operator},\"Value\":{value},\"Effect\":{effect},\"TolerationSeconds\":{seconds}}}");
            errors.push(toleration.duplicate_value(&shown));
        }
    }
}
