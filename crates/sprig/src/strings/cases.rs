//! Upper, lower, title, camel, snake and kebab: Go's `strings`, `Masterminds/goutils` v1.1.1 and `huandu/xstrings` v1.5.0.

use crate::args::{Outcome, read_slowly, string};
use chartwright_go::{strings, unicode, utf8};
use chartwright_template::Context;
use chartwright_value::Value;

pub(crate) fn upper(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let text = ctx.heap.str(args[0]);
    if text.is_ascii() {
        if !text.iter().any(u8::is_ascii_lowercase) {
            return Ok(args[0]);
        }
        let out = text.to_ascii_uppercase();
        return string(ctx, out);
    }
    let mut out = Vec::with_capacity(text.len());
    strings::map(&mut out, text, unicode::to_upper);
    string(ctx, out)
}

pub(crate) fn lower(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let text = ctx.heap.str(args[0]);
    if text.is_ascii() {
        if !text.iter().any(u8::is_ascii_uppercase) {
            return Ok(args[0]);
        }
        let out = text.to_ascii_lowercase();
        return string(ctx, out);
    }
    let mut out = Vec::with_capacity(text.len());
    strings::map(&mut out, text, unicode::to_lower);
    string(ctx, out)
}

pub(crate) fn title(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read_slowly(ctx, args[0])?;
    let mut out = Vec::new();
    strings::title(&mut out, ctx.heap.str(args[0]));
    string(ctx, out)
}

pub(crate) fn untitle(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read_slowly(ctx, args[0])?;
    let mut out = Vec::new();
    let mut starts = true;
    strings::map(&mut out, ctx.heap.str(args[0]), |code| {
        let lowered = if starts { unicode::to_lower(code) } else { code };
        starts = unicode::is_space(code);
        lowered
    });
    string(ctx, out)
}

pub(crate) fn swapcase(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read_slowly(ctx, args[0])?;
    let mut out = Vec::new();
    let mut space = true;
    strings::map(&mut out, ctx.heap.str(args[0]), |code| {
        if unicode::is_upper(code) || unicode::is_title(code) {
            space = false;
            unicode::to_lower(code)
        } else if unicode::is_lower(code) {
            let raised = if space { unicode::to_title(code) } else { unicode::to_upper(code) };
            space = false;
            raised
        } else {
            space = unicode::is_space(code);
            code
        }
    });
    string(ctx, out)
}

fn is_connector(code: u32) -> bool {
    code == b'-' as u32 || code == b'_' as u32 || unicode::is_space(code)
}

/// `xstrings.ToPascalCase`, which Sprig calls camel case.
pub(crate) fn camelcase(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read_slowly(ctx, args[0])?;
    let out = pascal(ctx.heap.str(args[0]));
    string(ctx, out)
}

fn pascal(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut codes = utf8::runes(text).map(|(_, code, _)| code);
    // Leading connectors stay; the first other character is raised.
    let mut previous = None;
    let mut was_upper = false;
    for code in codes.by_ref() {
        if !is_connector(code) {
            was_upper = unicode::is_upper(code);
            previous = Some(unicode::to_upper(code));
            break;
        }
        previous = Some(code);
        utf8::append(&mut out, code);
    }
    let Some(mut last) = previous.filter(|&code| !is_connector(code)) else {
        // Of a text of nothing but connectors, xstrings writes the last one twice.
        if let Some(code) = previous {
            utf8::append(&mut out, code);
        }
        return out;
    };
    for mut code in codes {
        if is_connector(code) && is_connector(last) {
            utf8::append(&mut out, last);
            last = code;
            continue;
        }
        if is_connector(last) {
            was_upper = unicode::is_upper(code);
            code = unicode::to_upper(code);
        } else {
            if was_upper {
                if unicode::is_upper(code) {
                    code = unicode::to_lower(code);
                } else {
                    was_upper = false;
                }
            }
            utf8::append(&mut out, last);
        }
        last = code;
    }
    utf8::append(&mut out, last);
    out
}

pub(crate) fn snakecase(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read_slowly(ctx, args[0])?;
    let out = separated(ctx.heap.str(args[0]), b'_');
    string(ctx, out)
}

pub(crate) fn kebabcase(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read_slowly(ctx, args[0])?;
    let out = separated(ctx.heap.str(args[0]), b'-');
    string(ctx, out)
}

/// What a run of characters is to `xstrings`.
#[derive(Clone, Copy, PartialEq)]
enum Word {
    Invalid,
    Number,
    Upper,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

/// Source: `xstrings/convert.go`, `camelCaseToLowerCase`.
fn separated(text: &[u8], connector: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 8);
    if text.is_empty() {
        return out;
    }
    let (mut kind, mut word, mut rest) = next_word(text);
    while !rest.is_empty() {
        if kind != Word::Connector {
            lowered(&mut out, kind, word, connector);
        }
        let (previous, last) = (kind, word);
        (kind, word, rest) = next_word(rest);
        match previous {
            Word::Number => {
                while matches!(kind, Word::Alphabet | Word::Number) {
                    lowered(&mut out, kind, word, connector);
                    (kind, word, rest) = next_word(rest);
                }
                if !matches!(kind, Word::Invalid | Word::Punctuation | Word::Connector) {
                    out.push(connector);
                }
            }
            Word::Connector => lowered(&mut out, previous, last, connector),
            Word::Punctuation => {}
            _ => {
                if kind != Word::Number {
                    if !matches!(kind, Word::Connector | Word::Punctuation) {
                        out.push(connector);
                    }
                    continue;
                }
                if rest.is_empty() {
                    continue;
                }
                let number = word;
                (kind, word, rest) = next_word(rest);
                // A number belongs to the word before it, unless lower case follows.
                if kind != Word::Alphabet {
                    lowered(&mut out, Word::Number, number, connector);
                    if !matches!(kind, Word::Connector | Word::Punctuation) {
                        out.push(connector);
                    }
                    continue;
                }
                out.push(connector);
                lowered(&mut out, Word::Number, number, connector);
                while matches!(kind, Word::Alphabet | Word::Number) {
                    lowered(&mut out, kind, word, connector);
                    (kind, word, rest) = next_word(rest);
                }
                if !matches!(kind, Word::Invalid | Word::Connector | Word::Punctuation) {
                    out.push(connector);
                }
            }
        }
    }
    lowered(&mut out, kind, word, connector);
    out
}

/// The first word, its kind, and what remains. Source: `xstrings/convert.go`, `nextWord`.
fn next_word(text: &[u8]) -> (Word, &[u8], &[u8]) {
    let (first, width) = next_valid(text, utf8::ERROR);
    if first == utf8::ERROR {
        let (word, rest) = text.split_at(width);
        return (Word::Invalid, word, rest);
    }
    let run = |start: usize, goes_on: &dyn Fn(u32) -> bool| {
        let (mut at, mut before) = (start, first);
        while at < text.len() {
            let (code, width) = next_valid(&text[at..], before);
            if !goes_on(code) {
                break;
            }
            before = code;
            at += width;
        }
        at
    };
    let lower_alphabet = |code: u32| is_alphabet(code) && !unicode::is_upper(code);
    let (kind, end) = if is_connector(first) {
        (Word::Connector, run(width, &is_connector))
    } else if unicode::is_punct(first) {
        (Word::Punctuation, run(width, &unicode::is_punct))
    } else if unicode::is_upper(first) {
        (Word::Upper, upper_word(text, width, first, &lower_alphabet))
    } else if is_alphabet(first) {
        (Word::Alphabet, run(width, &lower_alphabet))
    } else if unicode::is_number(first) {
        (Word::Number, run(width, &unicode::is_number))
    } else {
        let other = |code: u32| !(is_connector(code) || is_alphabet(code) || unicode::is_number(code) || unicode::is_punct(code));
        (Word::Other, run(width, &other))
    };
    let (word, rest) = text.split_at(end);
    (kind, word, rest)
}

/// Where a word that begins with a capital ends: `HTTPStatus` is `HTTP` and `Status`.
fn upper_word(text: &[u8], width: usize, first: u32, lower_alphabet: &dyn Fn(u32) -> bool) -> usize {
    let mut at = width;
    if at == text.len() {
        return at;
    }
    let (mut code, mut size) = next_valid(&text[at..], first);
    if unicode::is_upper(code) {
        let mut previous = size;
        at += size;
        while at < text.len() {
            (code, size) = next_valid(&text[at..], code);
            if !unicode::is_upper(code) {
                break;
            }
            previous = size;
            at += size;
        }
        if at < text.len() && is_alphabet(code) {
            at -= previous;
        }
    } else if is_alphabet(code) {
        at += size;
        while at < text.len() {
            (code, size) = next_valid(&text[at..], code);
            if !lower_alphabet(code) {
                break;
            }
            at += size;
        }
    }
    at
}

/// The next character that is no replacement, with the width of all that was skipped; `previous` where there is none.
fn next_valid(text: &[u8], previous: u32) -> (u32, usize) {
    let mut at = 0;
    while at < text.len() {
        let (code, width) = utf8::decode(&text[at..]);
        at += width;
        if code != utf8::ERROR {
            return (code, at);
        }
    }
    (previous, at)
}

/// A letter that is not Chinese, Japanese or Korean. Source: `xstrings/count.go`, `isAlphabet`.
fn is_alphabet(code: u32) -> bool {
    unicode::is_letter(code) && !matches!(code, 0x4E00..=0x9FCC | 0x3400..=0x4D85 | 0x20000..=0x2B81D)
}

fn lowered(out: &mut Vec<u8>, kind: Word, word: &[u8], connector: u8) {
    if !matches!(kind, Word::Upper | Word::Connector) {
        return out.extend_from_slice(word);
    }
    for (_, code, _) in utf8::runes(word) {
        if is_connector(code) {
            out.push(connector);
        } else {
            utf8::append(out, if unicode::is_upper(code) { unicode::to_lower(code) } else { code });
        }
    }
}
