//! Strings, numbers, dates and times. Source: `parse.go`, `value` and what it calls.

use super::{Node, Parsed, Parser, shown};
use crate::toml::lexer::{Item, Kind};
use crate::toml::{LOCAL_DATE, LOCAL_DATETIME, LOCAL_TIME};
use chartwright_go::time::{Moment, Zone};
use chartwright_go::{number, quote, time, utf8};
use chartwright_sprig::Time;
use chartwright_value::Value;
use std::sync::Arc;

impl Parser<'_> {
    pub(super) fn scalar(&mut self, item: &Item<'_>) -> Parsed<Node> {
        let value = match item.kind {
            Kind::Bool => Value::bool(item.text == b"true"),
            Kind::Integer => self.integer(item)?,
            Kind::Float => self.float(item)?,
            Kind::Datetime => self.datetime(item)?,
            _ => {
                let text = self.string(item)?;
                self.heap.string(text)
            }
        };
        Ok(Node::Plain(value))
    }

    pub(super) fn string(&self, item: &Item<'_>) -> Parsed<Vec<u8>> {
        match item.kind {
            Kind::StringEscaped => self.unescaped(item, item.text),
            Kind::MultilineString => self.unescaped(item, &without_escaped_breaks(without_first_break(item.text))),
            Kind::RawMultilineString => Ok(without_first_break(item.text).to_vec()),
            _ => Ok(item.text.to_vec()),
        }
    }

    fn integer(&self, item: &Item<'_>) -> Parsed<Value> {
        let text = item.text;
        if !underscores_are_surrounded(text) {
            return self.fail_at(item, &format!("Invalid integer {}: underscores must be surrounded by digits", quote::quoted(text)));
        }
        if has_leading_zero(text) {
            return self.fail_at(item, &format!("Invalid integer {}: cannot have leading zeroes", quote::quoted(text)));
        }
        match number::parse_int(text, 0, 64) {
            Ok(number) => Ok(Value::int64(number)),
            Err(_) => self.fail_at(item, &format!("{} is out of range for int64", shown(text))),
        }
    }

    fn float(&self, item: &Item<'_>) -> Parsed<Value> {
        let (text, quoted) = (item.text, quote::quoted(item.text));
        let parts: Vec<&[u8]> = text.split(|byte| b".eE".contains(byte)).filter(|part| !part.is_empty()).collect();
        if !parts.iter().all(|part| underscores_are_surrounded(part)) {
            return self.fail_at(item, &format!("Invalid float {quoted}: underscores must be surrounded by digits"));
        }
        if parts.first().is_some_and(|part| has_leading_zero(part)) {
            return self.fail_at(item, &format!("Invalid float {quoted}: cannot have leading zeroes"));
        }
        let point_is_last = text.iter().zip(text.iter().skip(1).map(Some).chain([None]));
        if point_is_last.into_iter().any(|(&byte, next)| byte == b'.' && !next.is_some_and(u8::is_ascii_digit)) {
            return self.fail_at(item, &format!("Invalid float {quoted}: '.' must be followed by one or more digits"));
        }
        let digits: Vec<u8> = text.iter().copied().filter(|&byte| byte != b'_').collect();
        let number = match &digits[..] {
            b"nan" | b"+nan" => Ok(f64::NAN),
            b"-nan" => Ok(-f64::NAN),
            digits => number::parse_float(digits),
        };
        match number {
            Ok(number) => Ok(Value::float64(number)),
            Err((number::Failure::Range, _)) => self.fail_at(item, &format!("{} is out of range for float64", shown(text))),
            Err(_) => self.fail_at(item, &format!("Invalid float value: {quoted}")),
        }
    }

    fn datetime(&mut self, item: &Item<'_>) -> Parsed<Value> {
        let zone = |name: &str| Zone { offset: self.local.offset, name: name.to_owned(), local: false };
        let text: Vec<u8> = item
            .text
            .iter()
            .map(|byte| match byte {
                b'z' => b'Z',
                b't' | b' ' => b'T',
                byte => *byte,
            })
            .collect();
        let layouts = [
            ("2006-01-02T15:04:05.999999999Z07:00", self.local.clone()),
            ("2006-01-02T15:04:05.999999999", zone(LOCAL_DATETIME)),
            ("2006-01-02", zone(LOCAL_DATE)),
            ("15:04:05.999999999", zone(LOCAL_TIME)),
            ("2006-01-02T15:04Z07:00", self.local.clone()),
            ("2006-01-02T15:04", zone(LOCAL_DATETIME)),
            ("15:04", zone(LOCAL_TIME)),
        ];
        let invalid = format!("invalid datetime: {}", quote::quoted(&text));
        for (layout, zone) in layouts {
            if let Ok(moment) = time::parse(layout.as_bytes(), &text, &zone) {
                if misses_a_zero(&text, layout) {
                    return self.fail_at(item, &invalid);
                }
                return Ok(self.time(moment));
            }
        }
        self.fail_at(item, &invalid)
    }

    fn time(&mut self, moment: Moment) -> Value {
        self.heap.new_object(Arc::new(Time { moment, local: self.local.clone(), monotonic: None }))
    }

    /// Source: `replaceEscapes`.
    fn unescaped(&self, item: &Item<'_>, text: &[u8]) -> Parsed<Vec<u8>> {
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            at += 1;
            if byte != b'\\' {
                out.push(byte);
                continue;
            }
            let letter = text.get(at).copied().unwrap_or(b' ');
            at += 1;
            let digits = match letter {
                b'b' => return_byte(&mut out, 8),
                b't' => return_byte(&mut out, b'\t'),
                b'n' => return_byte(&mut out, b'\n'),
                b'f' => return_byte(&mut out, 12),
                b'r' => return_byte(&mut out, b'\r'),
                b'e' => return_byte(&mut out, 27),
                b'"' | b'\\' => return_byte(&mut out, letter),
                b'x' => 2,
                b'u' => 4,
                b'U' => 8,
                _ => return self.fail_at(item, &format!("invalid escape: '\\{}'", letter as char)),
            };
            if digits == 0 {
                continue;
            }
            let hex = shown(text.get(at..at + digits).unwrap_or_default());
            at += digits;
            match u32::from_str_radix(&hex, 16).ok().filter(|code| char::from_u32(*code).is_some()) {
                Some(code) => utf8::append(&mut out, code),
                None => return self.fail_at(item, &format!("Escaped character '\\u{hex}' is not valid UTF-8.")),
            }
        }
        Ok(out)
    }
}

/// Writes a byte, which takes no further digits.
fn return_byte(out: &mut Vec<u8>, byte: u8) -> usize {
    out.push(byte);
    0
}

fn without_first_break(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\n").or_else(|| text.strip_prefix(b"\r\n")).unwrap_or(text)
}

/// A backslash at a line's end takes the break and all blanks after it away. Source: `stripEscapedNewlines`.
fn without_escaped_breaks(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte != b'\\' {
            out.push(byte);
            at += 1;
            continue;
        }
        if text.get(at + 1) == Some(&b'\\') {
            out.extend_from_slice(b"\\\\");
            at += 2;
            continue;
        }
        let blanks = text[at + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        if text[at + 1..at + 1 + blanks].contains(&b'\n') {
            at += 1 + blanks;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    out
}

fn has_leading_zero(text: &[u8]) -> bool {
    match text {
        [b'0', next, ..] => !matches!(next, b'b' | b'o' | b'x'),
        [b'-' | b'+', b'0', _, ..] => true,
        _ => false,
    }
}

fn underscores_are_surrounded(text: &[u8]) -> bool {
    if matches!(text, b"nan" | b"+nan" | b"-nan" | b"inf" | b"-inf" | b"+inf") {
        return true;
    }
    let mut accept = false;
    for &byte in text {
        if byte == b'_' && !accept {
            return false;
        }
        accept = byte.is_ascii_hexdigit();
    }
    accept
}

/// Go reads `7:08` where TOML wants `07:08`: the marks must stand where the layout has them. Source: `missingLeadingZero`.
fn misses_a_zero(text: &[u8], layout: &str) -> bool {
    for (index, byte) in layout.bytes().enumerate() {
        if matches!(byte, b'.' | b'Z') {
            return false;
        }
        if !byte.is_ascii_digit() && text.get(index) != Some(&byte) {
            return true;
        }
    }
    false
}
