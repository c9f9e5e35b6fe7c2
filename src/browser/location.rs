//! The page's address: its fragment holds what a link shares.

use super::dom;
use gloo::events::EventListener;

/// The fragment, without `#`; `None` where there is none.
pub(crate) fn fragment() -> Option<String> {
    let hash = dom::window().location().hash().ok()?;
    hash.strip_prefix('#').filter(|fragment| !fragment.is_empty()).map(str::to_owned)
}

/// Puts the fragment into the address without a new entry in the history.
pub(crate) fn replace_fragment(fragment: &str) {
    if let Ok(history) = dom::window().history() {
        // A refusal leaves the address as it was: the storage still has the state.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

/// The address with another fragment.
pub(crate) fn link(fragment: &str) -> String {
    let here = dom::window().location().href().unwrap_or_default();
    format!("{}#{fragment}", here.split('#').next().unwrap_or_default())
}

/// Calls `heard` with the fragment when the user changes it by hand or follows a link within the page.
pub(crate) fn on_change(heard: impl Fn(Option<String>) + 'static) {
    EventListener::new(&dom::window(), "hashchange", move |_| heard(fragment())).forget();
}

/// Calls `leave` before the page goes away or into the background.
pub(crate) fn on_leave(leave: impl Fn() + Clone + 'static) {
    let other = leave.clone();
    EventListener::new(&dom::window(), "pagehide", move |_| leave()).forget();
    EventListener::new(&dom::document(), "visibilitychange", move |_| other()).forget();
}
