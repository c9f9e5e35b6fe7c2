//! The lines of the comparison on the page: marks on both sides, and the card at one.

use super::{dom, marks};
use chartwright_configure::protocol::Marks;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// The class of the line whose card is shown.
const SELECTED: &str = "sel";

/// Marks the lines that a value makes, in the chosen environment (right) and in the other (left).
pub(crate) fn mark(pane: &Element, all: &Marks) {
    marks::clear(pane, ".dl");
    for (environment, side) in all.environments.iter().zip(["data-right", "data-left"]) {
        for document in &environment.documents {
            let resource = format!("[data-resource=\"{}\"]", dom::quoted(&document.document));
            let Some(resource) = pane.query_selector(&resource).ok().flatten() else { continue };
            // Folded lines are not there: each line says its number.
            let mut lines = Vec::new();
            for element in marks::all(&resource, ".dl") {
                let number: usize = element.get_attribute(side).and_then(|number| number.parse().ok()).unwrap_or_default();
                if number > 0 {
                    lines.resize(lines.len().max(number), None);
                    lines[number - 1] = Some(element);
                }
            }
            marks::lines(&lines, document);
        }
    }
}

/// Selects the line that an event happened in, or none.
pub(crate) fn select(event: &Event, on: bool) {
    let Some(root) = dom::root() else { return };
    for element in marks::all(&root, ".dl.sel") {
        let _ = element.class_list().remove_1(SELECTED);
    }
    for element in marks::all(&root, ".compare .why") {
        element.remove();
    }
    let line = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|target| target.closest(".dl").ok().flatten());
    if let Some(line) = line.filter(|_| on) {
        let _ = line.class_list().add_1(SELECTED);
    }
}

/// Puts a card (HTML, already escaped) below the selected line.
pub(crate) fn card(html: &str) {
    let Some(root) = dom::root() else { return };
    for element in marks::all(&root, ".compare .why") {
        element.remove();
    }
    if let Some(line) = root.query_selector(".dl.sel").ok().flatten() {
        let _ = line.insert_adjacent_html("afterend", html);
    }
}
