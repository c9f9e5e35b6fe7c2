//! The page's address: its fragment holds what a link shares.

use super::dom;
use gloo::events::EventListener;

/// What stands before the rule whose page is open, behind the state.
const RULE: &str = "rule=";

/// The state and the rule that a fragment, without `#`, names.
fn parts(fragment: &str) -> (&str, Option<&str>) {
    match fragment.split_once(RULE) {
        Some((state, rule)) => (state.strip_suffix('&').unwrap_or(state), Some(rule)),
        None => (fragment, None),
    }
}

fn whole() -> String {
    let hash = dom::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// The fragment's state, without `#`; `None` where there is none.
pub(crate) fn fragment() -> Option<String> {
    let whole = whole();
    Some(parts(&whole).0.to_owned()).filter(|state| !state.is_empty())
}

/// The rule whose page the address asks for.
pub(crate) fn rule() -> Option<String> {
    parts(&whole()).1.map(str::to_owned)
}

/// Names the rule whose page is open in the address, or none.
pub(crate) fn set_rule(rule: Option<&str>) {
    write(&fragment().unwrap_or_default(), rule);
}

/// Puts the state into the address without a new entry in the history; a rule stays.
pub(crate) fn replace_fragment(fragment: &str) {
    write(fragment, rule().as_deref());
}

fn write(state: &str, rule: Option<&str>) {
    let rule = rule.map_or_else(String::new, |rule| format!("{}{RULE}{rule}", if state.is_empty() { "" } else { "&" }));
    if let Ok(history) = dom::window().history() {
        // A refusal leaves the address as it was: the storage still has the state.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("#{state}{rule}")));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_and_rule() {
        for (fragment, state, rule) in [
            ("", "", None),
            ("1.abc", "1.abc", None),
            ("1.abc&rule=latest-tag", "1.abc", Some("latest-tag")),
            ("rule=latest-tag", "", Some("latest-tag")),
        ] {
            assert_eq!(parts(fragment), (state, rule));
        }
    }
}
