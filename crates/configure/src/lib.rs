//! A configuring session without a screen: environments, layers of values, form model, comparisons, exports, share links.
//! Holds no browser API: the page and the workers are thin around it.

pub mod protocol;
