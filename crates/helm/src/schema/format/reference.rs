//! Formats that lead elsewhere: URLs and JSON pointers.

use super::fail;
use chartwright_go::url::{Url, path_unescape};

pub(super) fn uri(text: &str) -> Result<(), String> {
    if url(text)?.scheme.is_empty() { fail("relative url") } else { Ok(()) }
}

pub(super) fn uri_reference(text: &str) -> Result<(), String> {
    if text.contains('\\') {
        return fail("contains \\");
    }
    url(text).map(drop)
}

pub(super) fn uri_template(text: &str) -> Result<(), String> {
    let url = url(text)?;
    for part in url.raw_path.split(|&byte| byte == b'/') {
        let part = path_unescape(part).map_err(|error| format!("percent decode failed: {error}"))?;
        let mut is_open = false;
        for byte in part {
            match (byte, is_open) {
                (b'{', false) => is_open = true,
                (b'}', true) => is_open = false,
                (b'{' | b'}', _) => return fail("nested curly braces"),
                _ => {}
            }
        }
        if is_open {
            return fail("no matching closing brace");
        }
    }
    Ok(())
}

/// A URL whose host, if it is an IPv6 address, is one (`parseURL`).
fn url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.as_bytes())?;
    let host = url.hostname();
    if host.contains(&b':') {
        let host = String::from_utf8_lossy(host);
        if !url.host.contains(&b'[') || !url.host.contains(&b']') {
            return fail("ipv6 address not enclosed in brackets");
        }
        super::ipv6(&host).map_err(|error| format!("invalid ipv6 address: {error}"))?;
    }
    Ok(url)
}

pub(super) fn json_pointer(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    let Some(tokens) = text.strip_prefix('/') else {
        return fail("not starting with /");
    };
    for token in tokens.split('/') {
        let mut is_escape = false;
        for c in token.chars() {
            match (is_escape, c) {
                (true, '0' | '1') => is_escape = false,
                (true, _) => return fail("~ must be followed by 0 or 1"),
                (false, '~') => is_escape = true,
                _ => {}
            }
        }
        if is_escape {
            return fail("~ must be followed by 0 or 1");
        }
    }
    Ok(())
}

pub(super) fn relative_json_pointer(text: &str) -> Result<(), String> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match text.len() - rest.len() {
        0 => fail("must start with non-negative integer"),
        digits if digits > 1 && text.starts_with('0') => fail("starts with zero"),
        _ if rest == "#" => Ok(()),
        _ => json_pointer(rest),
    }
}
