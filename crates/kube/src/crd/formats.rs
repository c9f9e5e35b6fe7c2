//! Formats of text that a schema may ask for. Those that are not told here are not checked.

use chartwright_go::base64;

use crate::validate::ip;

/// Whether a text is of a format, as `k8s.io/kube-openapi/pkg/validation/strfmt` sees it. In doubt it is.
pub(crate) fn is_of(format: &str, text: &str) -> bool {
    match format.replace('-', "").as_str() {
        "datetime" => is_date(text.get(..10).unwrap_or(text)),
        "date" => is_date(text),
        // Zeros before numbers are ignored.
        "ipv4" => text.contains('.') && ip::is_v6(text).is_some(),
        "ipv6" => text.contains(':') && ip::is_v6(text).is_some(),
        "cidr" => ip::is_v6_network(text).is_some(),
        "byte" => !text.is_empty() && base64::decode64(text.as_bytes()).is_ok(),
        "uuid" => {
            let digits = text.bytes().filter(|byte| *byte != b'-');
            digits.clone().count() == 32 && digits.clone().all(|byte| byte.is_ascii_hexdigit())
        }
        _ => true,
    }
}

/// `2006-01-02`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, width: usize| {
        let part = parts.get(at).filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<u32>().ok())
    };
    parts.len() == 3
        && number(0, 4).is_some()
        && number(1, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(2, 2).is_some_and(|day| (1..=31).contains(&day))
}
