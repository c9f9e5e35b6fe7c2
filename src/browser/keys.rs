//! Key presses anywhere on the page, in words.

use super::dom;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, Node};

/// A key press that no control has taken.
pub(crate) struct Press {
    /// The key, as the browser names it: `a`, `/`, `Escape`.
    pub(crate) key: String,
    /// Ctrl, or Command on a Mac.
    pub(crate) command: bool,
    /// Shift.
    pub(crate) shift: bool,
    /// Whether it would type a character into a control.
    pub(crate) typing: bool,
    /// Whether the control keeps its own undo (it is none of the session's).
    pub(crate) own_undo: bool,
}

/// Calls `heard` at each press; where it returns true, the browser does nothing of its own.
pub(crate) fn on_press(heard: impl Fn(Press) -> bool + 'static) {
    let listen = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let target = event.composed_path().get(0).dyn_into::<Element>().ok();
        let press = Press {
            key: event.key(),
            command: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            typing: target.as_ref().is_some_and(takes_text) || event.alt_key(),
            own_undo: target.is_some_and(|target| target.closest("[data-own-undo]").ok().flatten().is_some()),
        };
        if heard(press) {
            event.prevent_default();
        }
    };
    EventListener::new_with_options(&dom::document(), "keydown", EventListenerOptions::enable_prevent_default(), listen).forget();
}

fn takes_text(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => element
            .dyn_ref::<HtmlInputElement>()
            .is_some_and(|input| !matches!(input.type_().as_str(), "checkbox" | "radio" | "button" | "file")),
        _ => element.has_attribute("contenteditable"),
    }
}

/// Closes open menus when something else is clicked.
pub(crate) fn close_menus_on_click() {
    EventListener::new(&dom::document(), "pointerdown", |event| {
        dom::close_menus(event.target().and_then(|target| target.dyn_into::<Node>().ok()).as_ref());
    })
    .forget();
}
