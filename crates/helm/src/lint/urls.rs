//! Addresses as the linter takes them (`asaskevich/govalidator`), by that library's own expressions.

use chartwright_go::regexp::{Regexp, Work};
use chartwright_go::url::Url;

/// How much work an expression may be for one address.
const MOST_WORK: u64 = 20_000_000;

/// From so many characters on, nothing is an address.
const LONGEST: usize = 2083;

/// Letters beyond ASCII.
const BEYOND: &str = r"\x{00A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}";

/// `IsRequestURL`: an address with a scheme.
pub(super) fn is_request_url(text: &str) -> bool {
    Url::parse_request(text.as_bytes()).is_ok_and(|url| !url.scheme.is_empty())
}

/// `IsEmail`.
pub(super) fn is_email(text: &str) -> bool {
    let atom = format!(r"([a-zA-Z]|\d|[!#\$%&'\*\+\-\/=\?\^_`{{\|}}~]|[{BEYOND}])+");
    let space = r"(((\x20|\x09)*(\x0d\x0a))?(\x20|\x09)+)?";
    let quoted = format!(
        r"(\x22)({space}(([\x01-\x08\x0b\x0c\x0e-\x1f\x7f]|\x21|[\x23-\x5b]|[\x5d-\x7e]|[{BEYOND}])|(\([\x01-\x09\x0b\x0c\x0d-\x7f]|[{BEYOND}])))*{space}(\x22)"
    );
    let label = format!(r"([a-zA-Z]|\d|[{BEYOND}])|(([a-zA-Z]|\d|[{BEYOND}])([a-zA-Z]|\d|-|\.|_|~|[{BEYOND}])*([a-zA-Z]|\d|[{BEYOND}]))");
    let last = format!(r"([a-zA-Z]|[{BEYOND}])|(([a-zA-Z]|[{BEYOND}])([a-zA-Z]|\d|-|_|~|[{BEYOND}])*([a-zA-Z]|[{BEYOND}]))");
    matches(&format!(r"^(({atom}(\.{atom})*)|({quoted}))@(({label})\.)+({last})\.?$"), text)
}

/// `IsURL`: an address with or without a scheme.
pub(super) fn is_url(text: &str) -> bool {
    if text.chars().count() >= LONGEST || text.len() <= 3 || text.starts_with('.') {
        return false;
    }
    let whole = if text.contains(':') && !text.contains("://") { format!("http://{text}") } else { text.to_owned() };
    let Ok(url) = Url::parse(whole.as_bytes()) else {
        return false;
    };
    if url.host.starts_with(b".") || (url.host.is_empty() && !url.path.is_empty() && !url.path.contains(&b'.')) {
        return false;
    }
    let hex = "[0-9a-fA-F]{1,4}";
    let byte = r"(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])";
    let four = format!(r"({byte}\.){{3,3}}{byte}");
    let ip = format!(
        "(({hex}:){{7,7}}{hex}|({hex}:){{1,7}}:|({hex}:){{1,6}}:{hex}|({hex}:){{1,5}}(:{hex}){{1,2}}|({hex}:){{1,4}}(:{hex}){{1,3}}|\
         ({hex}:){{1,3}}(:{hex}){{1,4}}|({hex}:){{1,2}}(:{hex}){{1,5}}|{hex}:((:{hex}){{1,6}})|:((:{hex}){{1,7}}|:)|\
         fe80:(:[0-9a-fA-F]{{0,4}}){{0,4}}%[0-9a-zA-Z]{{1,}}|::(ffff(:0{{1,4}}){{0,1}}:){{0,1}}{four}|({hex}:){{1,4}}:{four})"
    );
    let scheme = r"((ftp|tcp|udp|wss?|https?):\/\/)";
    let user = r"(\S+(:\S*)?@)";
    let path = r"((\/|\?|#)[^\s]*)";
    let port = r"(:(\d{1,5}))";
    let numbers =
        r"([1-9]\d?|1\d\d|2[01]\d|22[0-3]|24\d|25[0-5])(\.(\d{1,2}|1\d\d|2[0-4]\d|25[0-5])){2}(?:\.([0-9]\d?|1\d\d|2[0-4]\d|25[0-5]))";
    let subdomain = r"((www\.)|([a-zA-Z0-9]+([-_\.]?[a-zA-Z0-9])*[a-zA-Z0-9]\.[a-zA-Z0-9]+))";
    let letters = r"a-zA-Z\x{00a1}-\x{ffff}";
    let host = format!(
        r"(([a-zA-Z0-9]([a-zA-Z0-9-_]+)?[a-zA-Z0-9]([-\.][a-zA-Z0-9]+)*)|({subdomain}?))?(([{letters}0-9]+-?-?)*[{letters}0-9]+)(?:\.([{letters}]{{1,}}))?"
    );
    matches(&format!(r"^{scheme}?{user}?(({numbers}|(\[{ip}\])|({host}))\.?{port}?{path}?)$"), text)
}

fn matches(pattern: &str, text: &str) -> bool {
    let mut work = Work::new(MOST_WORK);
    Regexp::compile(pattern.as_bytes()).is_ok_and(|expression| expression.is_match(text.as_bytes(), &mut work) && !work.is_spent())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(is: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        good.iter().for_each(|text| assert!(is(text), "{text:?} is one"));
        bad.iter().for_each(|text| assert!(!is(text), "{text:?} is none"));
    }

    #[test]
    fn addresses_are_told_from_what_looks_like_them() {
        check(is_email, &["a@b.co", "a.b+c@d-e.example.com", "\"a b\"@example.com"], &["a", "a@b", "a@b.c1", "a b@c.de", "a@@b.co"]);
        check(
            is_url,
            &["https://example.com", "example.com/a?b#c", "localhost:80", "http://[::1]:80/", "ftp://user:pass@example.com"],
            &["", "abc", "foo", "https://", ".example.com", "mailto:a@b.co/x y"],
        );
        check(is_request_url, &["https://example.com/a", "mailto:a", "x:y"], &["", "/a", "example.com", "https://a b", "https://%zz/"]);
    }
}
