//! Words of an expression. Source: `parser/gen/CEL.g4`.

use std::rc::Rc;

use super::literal;

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, with the words of the language that are no operators: `true`, `null`.
    Name(Rc<str>),
    /// A name between backticks.
    Quoted(Rc<str>),
    /// An integer without its sign, which may be as large as the lowest one.
    Int(u64),
    Uint(u64),
    Double(f64),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// Longer ones first.
const SIGNS: [&str; 26] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":", "+", "*", "/", "%", "=", "|",
];

/// The words of an expression, and where each begins, in bytes; nothing where it is not of the language.
pub(super) fn words(text: &str) -> Option<(Vec<Token>, Vec<usize>)> {
    let (mut tokens, mut places) = (Vec::new(), Vec::new());
    let mut rest = skip(text);
    while !rest.is_empty() {
        let (token, after) = word(rest)?;
        tokens.push(token);
        places.push(text.len() - rest.len());
        rest = skip(after);
    }
    Some((tokens, places))
}

/// Without white space and comments.
fn skip(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(['\t', ' ', '\r', '\n', '\u{c}']);
        let Some(comment) = text.strip_prefix("//") else { return text };
        text = comment.find('\n').and_then(|end| comment.get(end..)).unwrap_or_default();
    }
}

fn run(text: &str, fits: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| fits(*byte)).count()
}

fn word(text: &str) -> Option<(Token, &str)> {
    if let Some(found) = literal::quoted(text) {
        return found;
    }
    let first = text.bytes().next()?;
    if first == b'_' || first.is_ascii_alphabetic() {
        let (name, rest) = text.split_at(run(text, |byte| byte == b'_' || byte.is_ascii_alphanumeric()));
        return Some((Token::Name(name.into()), rest));
    }
    if let Some(inner) = text.strip_prefix('`') {
        let (name, rest) = inner.split_once('`')?;
        return Some((Token::Quoted(name.into()), rest));
    }
    if first.is_ascii_digit() || first == b'.' && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
        return number(text);
    }
    SIGNS.iter().find_map(|sign| text.strip_prefix(sign).map(|rest| (Token::Sign(sign), rest)))
}

fn number(text: &str) -> Option<(Token, &str)> {
    let whole = |digits: &str, base| u64::from_str_radix(digits, base).ok();
    let integer = |value: u64, rest: &str| match rest.strip_prefix(['u', 'U']) {
        Some(_) => (Token::Uint(value), 1),
        None => (Token::Int(value), 0),
    };
    if let Some(hex) = text.strip_prefix("0x") {
        let (digits, rest) = hex.split_at(run(hex, |byte| byte.is_ascii_hexdigit()));
        let (token, taken) = integer(whole(digits, 16)?, rest);
        return Some((token, rest.get(taken..)?));
    }
    let mut end = run(text, |byte| byte.is_ascii_digit());
    let mut is_double = false;
    if let Some(fraction) = text.get(end..).and_then(|rest| rest.strip_prefix('.')) {
        let digits = run(fraction, |byte| byte.is_ascii_digit());
        if digits > 0 {
            is_double = true;
            end += 1 + digits;
        }
    }
    if let Some(exponent) = text.get(end..).and_then(|rest| rest.strip_prefix(['e', 'E'])) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        let digits = run(exponent.get(sign..)?, |byte| byte.is_ascii_digit());
        if digits > 0 {
            is_double = true;
            end += 1 + sign + digits;
        }
    }
    let (digits, rest) = text.split_at(end);
    if is_double {
        return Some((Token::Double(digits.parse().ok()?), rest));
    }
    let (token, taken) = integer(whole(digits, 10)?, rest);
    Some((token, rest.get(taken..)?))
}
