//! Marks on what belongs to what is pointed at: fields, rows of the values, lines of the comparison.

use super::dom;
use chartwright_configure::protocol::DocumentMarks;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// The classes of marks: what makes, or is made; what only decides, or is decided about.
const CLASSES: [&str; 2] = ["makes", "steers"];

/// The elements below one that a selector finds.
pub(crate) fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Takes the marks of elements off.
pub(crate) fn clear(within: &Element, selector: &str) {
    for class in CLASSES {
        for element in all(within, &format!("{selector}.{class}")) {
            let _ = element.class_list().remove_1(class);
        }
    }
}

/// Marks the lines of a document among elements, one for each line that is there.
pub(crate) fn lines(elements: &[Option<Element>], marks: &DocumentMarks) {
    for (runs, class) in [&marks.makes, &marks.steers].into_iter().zip(CLASSES) {
        for line in runs.iter().flat_map(|(first, count)| *first..first.saturating_add(*count)) {
            if let Some(Some(element)) = elements.get((line as usize).saturating_sub(1)) {
                let _ = element.class_list().add_1(class);
            }
        }
    }
}

/// Takes the marks off all fields and rows.
pub(crate) fn clear_fields() {
    if let Some(root) = dom::root() {
        clear(&root, "[data-field]");
        clear(&root, "[data-value]");
    }
}

/// Marks the rows of values in form and list.
pub(crate) fn fields(ids: Vec<String>, class: &str) {
    let Some(root) = dom::root() else { return };
    for id in ids {
        let id = dom::quoted(&id);
        for element in all(&root, &format!("[data-field=\"{id}\"], [data-value=\"{id}\"]")) {
            if !CLASSES.iter().any(|class| element.class_list().contains(class)) {
                let _ = element.class_list().add_1(class);
            }
        }
    }
}

/// What an attribute says at the element that an event happened in, or at the nearest around it that has one.
pub(crate) fn told(event: &Event, attribute: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)
}

/// The field that has the focus.
pub(crate) fn focused_field() -> Option<String> {
    let active = dom::document().active_element()?;
    active.closest("[data-field]").ok()??.get_attribute("data-field")
}
