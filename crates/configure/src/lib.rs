//! A configuring session without a screen: environments, layers of values, form model, comparisons, exports, share links.
//! Holds no browser API: the page and the workers are thin around it.

mod checks;
mod dropped;
pub mod fix;
mod form;
mod host;
pub mod hygiene;
mod insight;
mod library;
mod names;
mod pointer;
pub mod protocol;
mod session;
mod share;
pub mod stack;
mod text;
mod values;

pub use checks::Checks;
pub use session::Session;
