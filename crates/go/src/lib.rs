//! Twins of Go's own library where its bytes show: strconv, fmt, unicode, encoding/json's escapes, path, time, regexp syntax.
//! Nothing here knows of templates, values or Helm, and nothing reads a clock, a file or an environment.

pub mod base64;
pub mod duration;
pub mod float;
pub mod fmt;
pub mod json;
pub mod netip;
pub mod number;
pub mod path;
pub mod quote;
pub mod regexp;
pub mod sort;
pub mod strings;
pub mod time;
pub mod unicode;
pub mod url;
pub mod utf8;
