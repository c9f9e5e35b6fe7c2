//! Lines that Helm logs to stderr, as Go's `slog` text handler writes them without the time (`internal/logging/logging.go`),
//! or as Helm 3's `log` package does.

use crate::HelmVersion;
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

/// What goes through Go's old `log` package: Helm 4 catches it as information, Helm 3 prints it with the place in its own source.
pub(crate) fn printed(helm: HelmVersion, place: &str, message: &str) -> String {
    match helm {
        // A line that ends already is not ended again.
        HelmVersion::V3 => format!("{place}: {}", message.strip_suffix('\n').unwrap_or(message)),
        HelmVersion::V4 => line("INFO", message, &[]),
    }
}
