//! What credentials look like: names that speak of them, and texts of known forms. Which places are looked at, is not known here.
//!
//! The forms follow what the services document of their tokens: AWS "IAM identifiers", GitHub "About authentication to GitHub", GitLab
//! "Token overview", Slack "Token types", Stripe "API keys", Google Cloud "Manage API keys", npm "About access tokens", Vault "Tokens".

mod names;

pub use names::{names_password, names_secret, speaks};

/// Whether a text is meant as it stands: neither empty nor a template, a variable, a placeholder or a path.
#[must_use]
pub fn is_literal(text: &str) -> bool {
    let text = text.trim();
    let is_blank = text.len() > 4 && text.starts_with("__") && text.ends_with("__");
    let is_reference = ["$", "/", "<", "%"].iter().any(|start| text.starts_with(start))
        || text.contains("{{")
        || text.contains("${")
        || text.contains("://");
    let is_switch = matches!(text, "" | "true" | "false" | "null" | "none" | "None");
    !is_reference && !is_blank && !is_switch && !text.contains(char::is_whitespace)
}

/// Whether a text is made as names of objects are, of words and numbers between hyphens: `api-webhook-secret`.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        let all = |kind: fn(&u8) -> bool| part.bytes().all(|byte| kind(&byte));
        !part.is_empty() && (all(u8::is_ascii_lowercase) || all(u8::is_ascii_digit))
    };
    text.contains('-')
        && text.split(['-', '.']).all(|word| part(word) || word.len() <= 5 && word.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Words that whoever wants to get in would try first.
const GUESSES: &[&str] = &[
    "admin",
    "administrator",
    "password",
    "passwd",
    "secret",
    "changeme",
    "change-me",
    "change_me",
    "default",
    "root",
    "test",
    "token",
    "letmein",
];

/// Whether a text is one of the words that everyone would try first, with or without a number behind it.
#[must_use]
pub fn is_first_guess(text: &str) -> bool {
    let word = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '!').to_ascii_lowercase();
    GUESSES.contains(&word.as_str())
}

/// A form of token: how it begins, how many characters follow at least, and what it is called.
struct Form {
    start: &'static str,
    least: usize,
    name: &'static str,
}

const FORMS: &[Form] = &[
    Form { start: "AKIA", least: 16, name: "an AWS access key" },
    Form { start: "ASIA", least: 16, name: "an AWS access key" },
    Form { start: "AIza", least: 35, name: "a Google API key" },
    Form { start: "ghp_", least: 36, name: "a GitHub token" },
    Form { start: "gho_", least: 36, name: "a GitHub token" },
    Form { start: "ghs_", least: 36, name: "a GitHub token" },
    Form { start: "ghu_", least: 36, name: "a GitHub token" },
    Form { start: "github_pat_", least: 50, name: "a GitHub token" },
    Form { start: "glpat-", least: 20, name: "a GitLab token" },
    Form { start: "hvs.", least: 24, name: "a Vault token" },
    Form { start: "npm_", least: 36, name: "an npm token" },
    Form { start: "sk_live_", least: 24, name: "a Stripe key" },
    Form { start: "rk_live_", least: 24, name: "a Stripe key" },
    Form { start: "xoxb-", least: 24, name: "a Slack token" },
    Form { start: "xoxp-", least: 24, name: "a Slack token" },
];

/// What begins a private key of PEM's form, and how much of the key has to follow.
const PEM: &str = "-----BEGIN ";
const PEM_END: &str = "PRIVATE KEY-----";
const PEM_BODY: usize = 40;
/// The parts of a JSON Web Token begin so: `{"` in base 64.
const JWT: &str = "eyJ";
const JWT_PART: usize = 16;

/// What credential of a known form a text is or contains.
#[must_use]
pub fn known(text: &str) -> Option<&'static str> {
    let mut after_word = false;
    for (at, byte) in text.bytes().enumerate() {
        let kind = KINDS[usize::from(byte)];
        if kind & START != 0
            && !after_word
            && let Some(found) = text.get(at..).and_then(known_start)
        {
            return Some(found);
        }
        after_word = kind & WORD != 0;
    }
    None
}

/// A byte that a name or token is made of.
const WORD: u8 = 1;
/// One that some form begins with.
const START: u8 = 2;
/// What each byte may be; texts are looked through byte by byte, and long ones are common.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let one = byte as u8;
        if is_word(one) {
            kinds[byte] |= WORD;
        }
        if matches!(one, b'-' | b'A' | b'g' | b'h' | b'n' | b'r' | b's' | b'x' | b'e') {
            kinds[byte] |= START;
        }
        byte += 1;
    }
    kinds
};

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn known_start(text: &str) -> Option<&'static str> {
    if let Some(rest) = text.strip_prefix(PEM) {
        let (kind, body) = rest.split_once(PEM_END)?;
        let body = body.trim_start_matches([' ', '\t', '\r', '\n', '\\', 'n']);
        let is_key =
            !kind.contains('\n') && run(body, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')) >= PEM_BODY;
        return is_key.then_some("a private key");
    }
    if text.starts_with(JWT) {
        return is_web_token(text).then_some("a JSON Web Token");
    }
    let form = FORMS.iter().find(|form| text.starts_with(form.start))?;
    let rest = &text[form.start.len()..];
    let length = run(rest, is_word);
    let token = rest.get(..length)?;
    let long_enough = length >= form.least && (form.start.len() > 4 || form.start.ends_with(['_', '.']) || length <= form.least + 4);
    (long_enough && is_mixed(token) && !token.ends_with("EXAMPLE")).then_some(form.name)
}

fn is_web_token(text: &str) -> bool {
    let mut parts = text.splitn(3, '.');
    let (Some(header), Some(claims), Some(signature)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let whole = |part: &str| part.len() >= JWT_PART && run(part, is_word) == part.len();
    whole(header) && claims.starts_with(JWT) && whole(claims) && run(signature, is_word) >= JWT_PART
}

/// How many bytes of a text's start are of a kind.
fn run(text: &str, kind: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| kind(*byte)).count()
}

/// Whether a text has letters and digits, and more than a few different ones: a placeholder such as `xxxx` has not.
fn is_mixed(text: &str) -> bool {
    let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    letters && digits && entropy(text) >= 3.0
}

const SHORTEST: usize = 12;
const LONGEST: usize = 512;
/// Bits a character; words of a language have less than 3.
const RANDOM: f64 = 3.4;

/// Whether a text looks as if drawn by chance: one line of letters and digits without meaning. Paths, addresses and references to
/// variables do not.
#[must_use]
pub fn is_random(text: &str) -> bool {
    let text = text.trim();
    let is_plain = (SHORTEST..=LONGEST).contains(&text.len()) && !text.contains(char::is_whitespace);
    let is_reference =
        ["$", "{{", "<", "/", "%"].iter().any(|start| text.starts_with(start)) || text.contains("://") || text.contains("${");
    is_plain && !is_reference && is_mixed(text) && entropy(text) >= RANDOM
}

/// Shannon's entropy of a text's bytes, in bits a byte.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let total = text.len() as f64;
    counts.iter().filter(|count| **count > 0).map(|&count| f64::from(count) / total).map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_meant_as_they_stand() {
        for text in ["hunter2", "changeme", "admin123"] {
            assert!(is_literal(text), "{text}");
        }
        for text in [
            "",
            "{{ .Values.x }}",
            "$(PASSWORD)",
            "${PASSWORD}",
            "<password>",
            "/run/secrets/password",
            "https://example.com",
            "true",
            "a text of words",
            "__REQUIRED__",
        ] {
            assert!(!is_literal(text), "{text}");
        }
        assert!(is_name("11009103-tekton-pipeline-pull-secret") && is_name("do101-github-webhook-secret"));
        assert!(!is_name("3f2b9d7e-4c6a-8135-bd9e-0f2b9d7e4c6a") && !is_name("q8Zr2vLx7Tn0bWk1"));
        assert!(is_first_guess("Admin123!") && is_first_guess("changeme") && !is_first_guess("grafana"));
    }

    #[test]
    fn tokens_of_known_forms() {
        let random = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        assert_eq!(known(&format!("token: ghp_{random}")), Some("a GitHub token"));
        assert_eq!(known("AKIAQ3EGRTZ7WLM2NXYK"), Some("an AWS access key"));
        assert_eq!(known(&format!("{{\"jwt\":\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{random}\"}}")), Some("a JSON Web Token"));
        assert_eq!(
            known("-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA0m59l2u9iDnMbrXHfqkOrn2dVQ3vfBJqcDuFUK03"),
            Some("a private key")
        );
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "my_ghp_thing",
            "-----BEGIN PRIVATE KEY-----\n...",
            "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA0m59l2u9iDnMbrXHfqkOrn2dVQ3vfBJqcDuFUK03",
            "eyJust a word",
        ] {
            assert_eq!(known(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_drawn_by_chance() {
        for text in ["q8Zr!2vLx7Tn0bWk", "0f2b9d7e4c6a8135bd9e"] {
            assert!(is_random(text), "{text}");
        }
        for text in
            ["changeme", "change-me-please", "admin123", "${TOKEN_OF_SOMETHING_1}", "/run/secrets/a1b2c3d4", "my secret is 1234567 long"]
        {
            assert!(!is_random(text), "{text}");
        }
    }
}
