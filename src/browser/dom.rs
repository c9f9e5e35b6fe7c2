//! Elements: finding, focusing, scrolling.

use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, HtmlDetailsElement, HtmlDialogElement, HtmlElement, HtmlInputElement, Node, ScrollIntoViewOptions,
    ScrollLogicalPosition, Window,
};

/// The window.
#[expect(clippy::expect_used, reason = "the page runs in a window or not at all")]
pub(crate) fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The document.
#[expect(clippy::expect_used, reason = "the page runs in a document or not at all")]
pub(crate) fn document() -> Document {
    window().document().expect("a window of a page has a document")
}

/// `<html>`.
pub(crate) fn root() -> Option<Element> {
    document().document_element()
}

/// Whether the element has the focus.
pub(crate) fn has_focus(element: &Element) -> bool {
    document().active_element().is_some_and(|active| active.is_same_node(Some(element)))
}

/// Puts the focus on the element with an id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            input.select();
        }
    }
}

/// Whether an event happened inside of what a selector finds.
pub(crate) fn is_within(event: &web_sys::Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

/// Scrolls an element into the middle of its pane, opening what it is folded into, and focuses its first control.
/// False where there is no such element.
pub(crate) fn reveal(selector: &str) -> bool {
    let Some(element) = document().query_selector(selector).ok().flatten() else { return false };
    let mut above = element.parent_element();
    while let Some(parent) = above {
        if let Some(details) = parent.dyn_ref::<HtmlDetailsElement>() {
            details.set_open(true);
        }
        above = parent.parent_element();
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    let _ = element.class_list().remove_1("pointed");
    // Reading a size lets the animation begin anew where the class was there already.
    let _ = element.get_bounding_client_rect();
    let _ = element.class_list().add_1("pointed");
    let control = element.query_selector("input:not([type=hidden]):not(:disabled), select, textarea, button").ok().flatten();
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        let _ = control.focus();
    }
    true
}

/// Opens the folded element that a selector finds, and scrolls it into sight.
pub(crate) fn unfold(selector: &str) {
    if let Some(details) =
        document().query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlDetailsElement>().ok())
    {
        details.set_open(true);
        reveal(selector);
        if let Some(summary) = details.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
            let _ = summary.focus();
        }
    }
}

/// Sets the select that an event happened in back to its first option.
pub(crate) fn reset_select(event: &web_sys::Event) {
    if let Some(select) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok()) {
        select.set_selected_index(0);
    }
}

/// A string for use inside a selector's double quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\a "),
            _ => out.push(character),
        }
    }
    out
}

/// Opens or closes the dialog with an id.
pub(crate) fn toggle_dialog(id: &str) {
    let Some(dialog) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if dialog.open() {
        dialog.close();
    } else {
        let _ = dialog.show_modal();
    }
}

/// Opens the dialog with an id, if it is not open.
pub(crate) fn open_dialog(id: &str) {
    if let Some(dialog) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok())
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Shows the dialog with a file once its text is there, its marked line in the middle.
pub(crate) fn show_file() {
    soon(|| {
        if let Some(dialog) = document().get_element_by_id("file").and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
            if let Some(line) = dialog.query_selector(".l.at").ok().flatten() {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Center);
                line.scroll_into_view_with_scroll_into_view_options(&options);
            }
        }
    });
}

/// Closes every open menu (`details.menu`) that does not hold `inside`.
pub(crate) fn close_menus(inside: Option<&Node>) {
    let Ok(open) = document().query_selector_all("details.menu[open]") else { return };
    for index in 0..open.length() {
        let Some(menu) = open.item(index).and_then(|node| node.dyn_into::<HtmlDetailsElement>().ok()) else { continue };
        if !inside.is_some_and(|inside| menu.contains(Some(inside))) {
            let held = document().active_element().is_some_and(|active| menu.contains(Some(&active)));
            menu.set_open(false);
            if held
                && inside.is_none()
                && let Some(summary) = menu.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok())
            {
                let _ = summary.focus();
            }
        }
    }
}

/// Selects all text of the input with an id.
pub(crate) fn select_all(id: &str) {
    if let Some(input) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.select();
    }
}

/// Runs `later` when the page has caught up with the signals.
pub(crate) fn soon(later: impl FnOnce() + 'static) {
    gloo::timers::callback::Timeout::new(0, later).forget();
}

/// Whether text is selected on the page.
pub(crate) fn selecting() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// Whether the details that an event comes from are open.
pub(crate) fn is_open(event: &web_sys::Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<HtmlDetailsElement>().ok()).is_some_and(|details| details.open())
}

/// Scrolls an element into sight, no further than needed.
pub(crate) fn show_nearest(selector: &str) {
    if let Some(element) = document().query_selector(selector).ok().flatten() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
