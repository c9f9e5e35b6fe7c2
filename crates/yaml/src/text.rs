//! A file's bytes as the text that they are.

use crate::scan::reader;
use crate::{ParseError, decode};
use chartwright_value::Heap;
use std::borrow::Cow;

/// The text of a YAML file: UTF-8 as it is, UTF-16 recoded.
///
/// # Errors
/// Go's text where the bytes are no text, unless another fault comes before: then that one's.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, ParseError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    decode(&mut Heap::default(), bytes)?;
    let (text, _) = reader::read(bytes);
    Ok(text)
}
