//! Classes of priority: `pkg/apis/scheduling/validation/validation.go`.

use super::Subject;
use super::field::{Errors, Field};

/// The highest priority of classes that are not the system's own.
const HIGHEST: i64 = 1_000_000_000;
/// The classes of the system with their priorities.
const SYSTEM: [(&str, i64); 2] = [("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000)];

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "PriorityClass" {
        class(&subject.field(), errors);
    }
}

/// `ValidatePriorityClass`.
fn class(root: &Field<'_, '_>, errors: &mut Errors) {
    let (name, value, preemption) = (root.field("metadata.name"), root.field("value"), root.field("preemptionPolicy"));
    let number = value.int().unwrap_or_default();
    if name.text().starts_with("system-") {
        let error = match SYSTEM.iter().find(|(system, _)| *system == name.text()) {
            Some((system, priority)) if *priority != number => Some(format!("value of {system} PriorityClass must be {priority}")),
            Some((system, _)) if root.field("globalDefault").is_on() => {
                Some(format!("globalDefault of {system} PriorityClass must be false"))
            }
            Some(_) => None,
            None => Some(format!("{} is not a known system priority class", name.text())),
        };
        if let Some(error) = error {
            errors.push(
                name.forbidden(&format!("priority class names with 'system-' prefix are reserved for system use only. error: {error}")),
            );
        }
    } else if number > HIGHEST {
        errors.push(value.forbidden(&format!("maximum allowed value of a user defined priority is {HIGHEST}")));
    }
    if preemption.is_set() {
        match preemption.text() {
            "" => errors.push(preemption.required("")),
            "PreemptLowerPriority" | "Never" => {}
            _ => errors.push(preemption.not_supported(&["PreemptLowerPriority", "Never"])),
        }
    }
}
