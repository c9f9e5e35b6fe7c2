//! Text by lines: differences and patches.

pub(crate) mod diff;
pub(crate) mod patch;
