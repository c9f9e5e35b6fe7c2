//! Events of the group `events.k8s.io`: `ValidateEventCreate` (`pkg/apis/core/validation/events.go`). Fields have the names that they have in
//! the core group, which is what the API server calls them in its errors.

use super::concern::Concern;
use super::field::{Errors, Field};
use super::{Subject, names};

/// The longest text of each.
const MAX_TEXT: usize = 128;
const MAX_NOTE: usize = 1024;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "Event" {
        event(&subject.field(), errors);
    }
}

fn event(root: &Field<'_, '_>, errors: &mut Errors) {
    let (time, kind) = (root.field("eventTime"), root.field("type"));
    let involved = root.field("regarding.namespace");
    let at = root.field("involvedObject.namespace");
    let involved_at = involved.node().map_or(at, |node| at.of(node));
    let namespace = root.field("metadata.namespace");
    // Without one the request says which; it is that of the object, or `default`.
    let own = namespace.text();
    if time.is_set() {
        if involved.text().is_empty() && !matches!(own, "" | "default" | "kube-system") {
            errors.push(involved_at.invalid_value("\"\"", "does not match event.namespace"));
        }
        modern(root, errors);
    } else {
        let is_other = if involved.text().is_empty() { !matches!(own, "" | "default") } else { !own.is_empty() && own != involved.text() };
        if is_other {
            errors.push(involved_at.invalid_value(&super::shown_text(involved.text()), "does not match event.namespace"));
        }
    }
    let series = root.field("series");
    if series.is_set() {
        let (count, last) = (root.field("series.count"), root.field("series.lastObservedTime"));
        if count.int().unwrap_or_default() < 2 {
            errors.push(count.invalid_value("\"\"", "should be at least 2"));
        }
        if !last.is_set() {
            errors.push(last.required(""));
        }
    }
    if !time.is_set() {
        errors.push(time.required(""));
    }
    if !matches!(kind.text(), "Normal" | "Warning") {
        errors.push(kind.invalid_value("\"\"", &format!("has invalid value: {}", kind.text())));
    }
    let unset = [
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("count", "deprecatedCount"),
        ("source", "deprecatedSource"),
    ];
    for (name, own) in unset {
        let field = root.field(own);
        let is_there = match own {
            "deprecatedCount" => field.int().unwrap_or_default() != 0,
            "deprecatedSource" => ["component", "host"].iter().any(|part| !field.field(part).text().is_empty()),
            _ => field.is_set(),
        };
        if is_there {
            errors.push(root.field(name).of(field.near()).invalid_value("\"\"", "needs to be unset"));
        }
    }
}

/// What events say since they have a time of their own.
fn modern(root: &Field<'_, '_>, errors: &mut Errors) {
    let controller = root.field("reportingController");
    if controller.text().is_empty() {
        errors.push(controller.required(""));
    }
    errors.invalid(&controller, names::qualified(controller.text()), Concern::Other);
    for name in ["reportingInstance", "action", "reason"] {
        let field = root.field(name);
        if field.text().is_empty() {
            errors.push(field.required(""));
        }
        if field.text().len() > MAX_TEXT {
            errors.push(field.invalid_value("\"\"", &format!("can have at most {MAX_TEXT} characters")));
        }
    }
    let note = root.field("note");
    if note.text().len() > MAX_NOTE {
        errors.push(root.field("message").of(note.near()).invalid_value("\"\"", &format!("can have at most {MAX_NOTE} characters")));
    }
}
