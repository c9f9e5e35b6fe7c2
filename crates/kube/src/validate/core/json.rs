//! Whether bytes are a JSON object, as Go's `json.Unmarshal` into a map of anything says.

use chartwright_value::json::decode_json;
use chartwright_value::{Heap, Kind};

/// Nothing, or Go's words for what it is instead.
pub(super) fn object(bytes: &[u8]) -> Result<(), String> {
    let kind = match decode_json(&mut Heap::default(), bytes)?.kind() {
        Kind::List => "array",
        Kind::String => "string",
        Kind::Bool => "bool",
        Kind::Int | Kind::Uint | Kind::Float => "number",
        _ => return Ok(()),
    };
    Err(format!("json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"))
}
