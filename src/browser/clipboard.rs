//! The clipboard.

use super::dom;
use wasm_bindgen_futures::JsFuture;

/// Copies a text. False where the browser refuses.
pub(crate) async fn copy(text: &str) -> bool {
    JsFuture::from(dom::window().navigator().clipboard().write_text(text)).await.is_ok()
}
