//! What survives a reload: one enum of keys over the browser's local storage. A browser that refuses storage loses nothing else.

use gloo::storage::{LocalStorage, Storage};

/// The keys.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    /// The session, as `Update::save` gave it.
    Session,
    /// `light` or `dark`, where it was chosen.
    Theme,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::Session => "chartwright.session",
            Self::Theme => "chartwright.theme",
        }
    }
}

/// The text under a key.
pub(crate) fn get(key: Key) -> Option<String> {
    LocalStorage::raw().get_item(key.name()).ok().flatten()
}

/// Keeps a text under a key. False where the browser refuses.
pub(crate) fn set(key: Key, text: &str) -> bool {
    LocalStorage::raw().set_item(key.name(), text).is_ok()
}
