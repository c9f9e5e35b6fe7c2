//! Light and dark: the system's choice until the user makes one.

use super::{dom, storage};

/// Applies the theme chosen earlier, if any.
pub(crate) fn restore() {
    if let Some(theme) = storage::get(storage::Key::Theme) {
        apply(&theme);
    }
}

/// Changes to the other theme and remembers it.
pub(crate) fn toggle() {
    let dark = match dom::root().and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => dom::window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches()),
    };
    let theme = if dark { "light" } else { "dark" };
    apply(theme);
    storage::set(storage::Key::Theme, theme);
}

fn apply(theme: &str) {
    if let (Some(root), "light" | "dark") = (dom::root(), theme) {
        // Fails only for names that are no attribute names.
        let _ = root.set_attribute("data-theme", theme);
    }
}
