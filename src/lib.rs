//! What the page and its workers share: the messages between them. The page is in `main.rs`, each worker's start in `bin/`.
//!
//! The page names the worker types only to talk to them: it never makes one, so nothing of the engine is linked into it.

pub mod checks;
pub mod engine;
