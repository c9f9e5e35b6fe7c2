//! Floating-point numbers as Go's `strconv.FormatFloat(x, 'g', -1, …)` prints them, with YAML 1.1's names for the odd ones.

/// The shortest digits that read back as the number, in 64 bits or (`short`, for keys of maps) in 32.
pub(crate) fn format(float: f64, short: bool) -> String {
    if float.is_nan() {
        return ".nan".to_string();
    }
    if float.is_infinite() || (short && (float as f32).is_infinite()) {
        return if float < 0.0 { "-.inf" } else { ".inf" }.to_string();
    }
    let scientific = if short { format!("{:e}", float as f32) } else { format!("{float:e}") };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // Go decides by six digits of precision when it prints the shortest form.
    if !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.abs());
    }
    if short { format!("{}", float as f32) } else { format!("{float}") }
}

/// As `%#v` prints a float64: exponents from 21 digits on.
pub(crate) fn format_go(float: f64) -> String {
    if float.is_nan() {
        return "NaN".to_string();
    }
    if float.is_infinite() {
        return if float < 0.0 { "-Inf" } else { "+Inf" }.to_string();
    }
    let scientific = format!("{float:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..21).contains(&exponent) {
        return format!("{float}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}
