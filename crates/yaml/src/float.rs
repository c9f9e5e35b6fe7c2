//! Floating-point numbers as Go prints them (`strconv.FormatFloat(x, 'g', -1, …)`), with YAML 1.1's names for the odd ones.

use chartwright_go::float::{self, Bits};

/// The shortest digits, as `%#v` prints a float64.
pub(crate) fn format_go(number: f64) -> String {
    let mut out = Vec::new();
    float::format(&mut out, number, b'g', None, Bits::Double);
    String::from_utf8_lossy(&out).into_owned()
}

/// The shortest digits that read back as the number, in 64 bits or (`short`, for keys of maps) in 32.
pub(crate) fn format(number: f64, short: bool) -> String {
    let mut out = Vec::new();
    float::format(&mut out, number, b'g', None, if short { Bits::Single } else { Bits::Double });
    match out.as_slice() {
        b"+Inf" => ".inf".to_string(),
        b"-Inf" => "-.inf".to_string(),
        b"NaN" => ".nan".to_string(),
        _ => String::from_utf8_lossy(&out).into_owned(),
    }
}
