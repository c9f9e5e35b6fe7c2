//! Texts that the browser writes and reads for us: its own code for numbers and JSON weighs nothing.

use js_sys::JSON;
use wasm_bindgen::JsValue;

/// The text of a JSON string; `None` where it is none.
pub(crate) fn of_json(json: &str) -> Option<String> {
    JSON::parse(json).ok()?.as_string()
}

/// A text as a JSON string.
pub(crate) fn to_json(text: &str) -> String {
    JSON::stringify(&JsValue::from_str(text)).map(String::from).unwrap_or_default()
}

/// A number as people write it.
pub(crate) fn number(number: f64) -> String {
    JSON::stringify(&JsValue::from_f64(number)).map(String::from).unwrap_or_default()
}
