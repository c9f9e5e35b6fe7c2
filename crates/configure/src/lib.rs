//! A configuring session without a screen: environments, layers of values, form model, comparisons, exports, share links.
