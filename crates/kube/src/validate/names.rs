//! Names and their like: what is wrong with a text that is to be one, in the API server's words. Nothing where all is well.
//!
//! Follows `k8s.io/apimachinery/pkg/util/validation/validation.go` and `pkg/api/validation/generic.go`.

/// What a text is to be: the messages of what it is not.
pub type NameRule = fn(&str) -> Vec<String>;

/// `must be no more than N characters`.
#[must_use]
pub fn max_len(most: usize) -> String {
    format!("must be no more than {most} characters")
}

/// The same as newer validation words it: `must be no more than N bytes`.
#[must_use]
pub fn max_bytes(most: usize) -> String {
    format!("must be no more than {most} bytes")
}

/// `must be between LOW and HIGH, inclusive`.
#[must_use]
pub fn inclusive(low: i64, high: i64) -> String {
    format!("must be between {low} and {high}, inclusive")
}

/// What Go's `RegexError` makes of a message, a pattern and examples.
#[must_use]
pub fn pattern(message: &str, pattern: &str, examples: &[&str]) -> String {
    if examples.is_empty() {
        return format!("{message} (regex used for validation is '{pattern}')");
    }
    let examples: Vec<String> = examples.iter().map(|example| format!("'{example}', ")).collect();
    format!("{message} (e.g. {}regex used for validation is '{pattern}')", examples.join(" or "))
}

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Whether a text has these ends, and this between them.
fn is_made_of(text: &str, first: fn(u8) -> bool, inner: fn(u8) -> bool, last: fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| first(*byte)) && bytes.last().is_some_and(|byte| last(*byte)) && bytes.iter().all(|byte| inner(*byte))
}

/// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`, without a bound of its length.
#[must_use]
pub fn is_dns_part(text: &str) -> bool {
    is_made_of(text, is_lower, |byte| is_lower(byte) || byte == b'-', is_lower)
}

const LABEL_PATTERN: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN_PATTERN: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
/// The length of a DNS label.
pub const LABEL_LENGTH: usize = 63;
/// The length of a DNS subdomain.
pub const SUBDOMAIN_LENGTH: usize = 253;

/// Parts with dots between them.
fn is_subdomain(text: &str) -> bool {
    let mut before = b'.';
    for &byte in text.as_bytes() {
        let fits = match byte {
            b'.' => is_lower(before),
            b'-' => before != b'.',
            _ => is_lower(byte),
        };
        if !fits {
            return false;
        }
        before = byte;
    }
    is_lower(before)
}

/// `IsDNS1123Label`: at most 63 lower-case letters, digits and `-`.
#[must_use]
pub fn label(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > LABEL_LENGTH {
        found.push(max_len(LABEL_LENGTH));
    }
    if !is_dns_part(text) {
        found.push(if is_subdomain(text) {
            "must not contain dots".to_owned()
        } else {
            pattern(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                LABEL_PATTERN,
                &["my-name", "123-abc"],
            )
        });
    }
    found
}

/// `IsDNS1123Subdomain`: labels with dots between them.
#[must_use]
pub fn subdomain(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > SUBDOMAIN_LENGTH {
        found.push(max_len(SUBDOMAIN_LENGTH));
    }
    if !is_subdomain(text) {
        found.push(pattern(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            SUBDOMAIN_PATTERN,
            &["example.com"],
        ));
    }
    found
}

/// `IsDNS1123SubdomainWithUnderscore`.
#[must_use]
pub fn subdomain_with_underscore(text: &str) -> Vec<String> {
    const PATTERN: &str = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
    let is_part = |part: &str| {
        let part = part.strip_prefix('_').unwrap_or(part);
        is_made_of(part, is_lower, |byte| is_lower(byte) || matches!(byte, b'-' | b'_'), is_lower)
    };
    let mut found = Vec::new();
    if text.len() > SUBDOMAIN_LENGTH {
        found.push(max_len(SUBDOMAIN_LENGTH));
    }
    if !text.split('.').all(is_part) {
        found.push(pattern(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
            PATTERN,
            &["example.com"],
        ));
    }
    found
}

/// `IsWildcardDNS1123Subdomain`: `*.` and a subdomain.
#[must_use]
pub fn wildcard_subdomain(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > SUBDOMAIN_LENGTH {
        found.push(max_len(SUBDOMAIN_LENGTH));
    }
    if !text.strip_prefix("*.").is_some_and(is_subdomain) {
        found.push(pattern(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
            &format!("\\*\\.{SUBDOMAIN_PATTERN}"),
            &["*.example.com"],
        ));
    }
    found
}

/// `IsDNS1035Label`: as a label, but it begins with a letter.
#[must_use]
pub fn label_1035(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > LABEL_LENGTH {
        found.push(max_len(LABEL_LENGTH));
    }
    if !is_made_of(text, |byte| byte.is_ascii_lowercase(), |byte| is_lower(byte) || byte == b'-', is_lower) {
        found.push(pattern(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
            "[a-z]([-a-z0-9]*[a-z0-9])?",
            &["my-name", "abc-123"],
        ));
    }
    found
}

const KEY_MESSAGE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const KEY_PATTERN: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

/// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`.
fn is_key_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    is_made_of(text, plain, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'), plain)
}

/// `IsQualifiedName`, which is a label's key: a name, after a subdomain and `/` if need be.
#[must_use]
pub fn qualified(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let name = match text.split_once('/') {
        None => text,
        Some((prefix, name)) if !name.contains('/') => {
            if prefix.is_empty() {
                found.push("prefix part must be non-empty".to_owned());
            } else {
                let messages = subdomain(prefix).into_iter();
                found.extend(
                    messages
                        .map(|message| if message == max_len(SUBDOMAIN_LENGTH) { max_bytes(SUBDOMAIN_LENGTH) } else { message })
                        .map(|message| format!("prefix part {message}")),
                );
            }
            name
        }
        _ => {
            let message = pattern(KEY_MESSAGE, KEY_PATTERN, &["MyName", "my.name", "123-abc"]);
            return vec![format!("a valid label key {message} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')")];
        }
    };
    if name.is_empty() {
        found.push("name part must be non-empty".to_owned());
    } else if name.len() > LABEL_LENGTH {
        found.push(format!("name part {}", max_bytes(LABEL_LENGTH)));
    }
    if !is_key_name(name) {
        found.push(format!("name part {}", pattern(KEY_MESSAGE, KEY_PATTERN, &["MyName", "my.name", "123-abc"])));
    }
    found
}

/// `IsValidLabelValue`.
#[must_use]
pub fn label_value(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > LABEL_LENGTH {
        found.push(max_bytes(LABEL_LENGTH));
    }
    if !text.is_empty() && !is_key_name(text) {
        found.push(pattern(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
            &format!("({KEY_PATTERN})?"),
            &["MyValue", "my_value", "12345"],
        ));
    }
    found
}

/// `IsCIdentifier`.
#[must_use]
pub fn c_identifier(text: &str) -> Vec<String> {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    if is_made_of(text, letter, |byte| byte.is_ascii_alphanumeric() || byte == b'_', |byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Vec::new();
    }
    vec![pattern(
        "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
        "[A-Za-z_][A-Za-z0-9_]*",
        &["my_name", "MY_NAME", "MyName"],
    )]
}

fn parent_folder(text: &str) -> Option<String> {
    match text {
        "." => Some("must not be '.'".to_owned()),
        ".." => Some("must not be '..'".to_owned()),
        _ if text.starts_with("..") => Some("must not start with '..'".to_owned()),
        _ => None,
    }
}

/// `IsConfigMapKey`.
#[must_use]
pub fn config_key(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > SUBDOMAIN_LENGTH {
        found.push(max_len(SUBDOMAIN_LENGTH));
    }
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !is_made_of(text, inner, inner, inner) {
        found.push(pattern(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            "[-._a-zA-Z0-9]+",
            &["key.name", "KEY_NAME", "key-name"],
        ));
    }
    found.extend(parent_folder(text));
    found
}

/// `IsEnvVarName`: what a variable may be called before Kubernetes 1.30.
#[must_use]
pub fn env_var(text: &str) -> Vec<String> {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b'.');
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let mut found = Vec::new();
    if !is_made_of(text, letter, inner, inner) {
        found.push(pattern(
            "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
            "[-._a-zA-Z][-._a-zA-Z0-9]*",
            &["my.env-name", "MY_ENV.NAME", "MyEnvName1"],
        ));
    }
    found.extend(parent_folder(text));
    found
}

/// `IsRelaxedEnvVarName`: printable ASCII without `=`.
#[must_use]
pub fn relaxed_env_var(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.is_empty() {
        found.push("environment variable name must be non-empty".to_owned());
    }
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=') {
        found.push("a valid environment variable name must consist only of printable ASCII characters other than '='".to_owned());
    }
    found
}

/// `IsHTTPHeaderName`.
#[must_use]
pub fn http_header(text: &str) -> Vec<String> {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if is_made_of(text, inner, inner, inner) {
        return Vec::new();
    }
    vec![pattern("a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", &["X-Header-Name"])]
}

/// `IsValidPortName`.
#[must_use]
pub fn port_name(text: &str) -> Vec<String> {
    const MOST: usize = 15;
    let mut found = Vec::new();
    if text.len() > MOST {
        found.push(max_len(MOST));
    }
    if text.is_empty() || !text.bytes().all(|byte| is_lower(byte) || byte == b'-') {
        found.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)".to_owned());
    }
    if !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        found.push("must contain at least one letter (a-z)".to_owned());
    }
    if text.contains("--") {
        found.push("must not contain consecutive hyphens".to_owned());
    }
    if text.starts_with('-') || text.ends_with('-') {
        found.push("must not begin or end with a hyphen".to_owned());
    }
    found
}

/// `IsValidPathSegmentName` (`pkg/api/validation/path/name.go`): what may stand between the slashes of a URL.
#[must_use]
pub fn path_segment(text: &str) -> Vec<String> {
    if matches!(text, "." | "..") {
        return vec![format!("may not be '{text}'")];
    }
    ["/", "%"].iter().filter(|part| text.contains(**part)).map(|part| format!("may not contain '{part}'")).collect()
}

/// What a `generateName` is held to: its last `-` is made a letter before its rule looks at it (`maskTrailingDash`).
#[must_use]
pub fn without_trailing_dash(prefix: &str) -> String {
    let cut = prefix.len().saturating_sub(2);
    match prefix.get(..cut) {
        Some(start) if prefix.len() > 1 && prefix.ends_with('-') => format!("{start}a"),
        _ => prefix.to_owned(),
    }
}
