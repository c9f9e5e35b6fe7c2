//! A session's state as text: the fragment of a link, and what the browser keeps. Neither holds a secret.

pub(crate) mod base64;
mod redact;
mod saved;

pub(crate) use redact::redact;
pub(crate) use saved::{Saved, SavedEnvironment, SavedLayer, SavedSilence, SavedStack, apply, fragment, read_fragment, read_saved, script};
