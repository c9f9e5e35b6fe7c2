//! Lines that Helm logs to stderr, as Go's `slog` text handler writes them without the time (`internal/logging/logging.go`).

use chartwright_go::quote::quoted;

/// A line: `level=WARN msg="…" key=value`.
pub(crate) fn line(level: &str, message: &str, attributes: &[(&str, &str)]) -> String {
    let mut out = format!("level={level} msg={}", value(message));
    for (key, text) in attributes {
        out.push_str(&format!(" {}={}", value(key), value(text)));
    }
    out
}

/// Quoted where `slog` quotes: empty, or with blanks, quotes, `=`, or what does not print.
fn value(text: &str) -> String {
    let plain = |c: char| c > ' ' && c != '"' && c != '=' && chartwright_go::unicode::is_print(c as u32);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { quoted(text.as_bytes()) }
}

/// What goes through Go's old `log` package arrives as information.
pub(crate) fn information(message: &str) -> String {
    line("INFO", message, &[])
}
