//! What can be found out from renders and their traces: pure functions over what was rendered, read and written in files.
//! When it is worked out, and on what, is the session's business (`session/insight`).

pub(crate) mod blast;
pub(crate) mod distance;
pub(crate) mod edit_line;
pub(crate) mod effective;
pub(crate) mod noop;
pub(crate) mod reads;
pub(crate) mod unreached;
pub(crate) mod unused;
