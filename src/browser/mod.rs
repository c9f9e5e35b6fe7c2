//! The browser, as far as the page needs it: every use of `web_sys` stands here.

pub(crate) mod charts;
pub(crate) mod clipboard;
pub(crate) mod compared;
pub(crate) mod dom;
pub(crate) mod editor;
pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod location;
pub(crate) mod manifest;
pub(crate) mod marks;
pub(crate) mod storage;
pub(crate) mod text;
pub(crate) mod theme;
pub(crate) mod workers;
