//! The head of an ordinary document by its lines: block mappings and lists of plain and quoted scalars, literal blocks, nothing else.
//! What this accepts, the full parser accepts with the same head; everything it is not sure of it declines.

use super::Head;
use crate::resolve::{Scalar, resolve};

/// One open block collection.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Level {
    indent: usize,
    list: bool,
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Root,
    Metadata,
    Annotations,
    Other,
}

/// How a scalar that stands alone on its line may go on.
enum Value<'a> {
    /// Nothing after the colon or dash: a deeper collection may follow.
    Nothing,
    Scalar(&'a str),
    /// `{}` or `[]`.
    Empty,
    /// `|`, `|-`, `>` and the like.
    Block,
}

/// Deeper documents are the full parser's.
const MAX_LEVELS: usize = 64;

pub(super) fn scan(document: &str) -> Option<Head> {
    let mut head = Head::default();
    let mut levels: Vec<Level> = Vec::new();
    let mut lines = document.split('\n').peekable();
    // Whether the last key or dash may still take a collection, and at what indentation it stands.
    let mut awaits: Option<Level> = None;
    let (mut seen_metadata, mut seen_annotations) = (false, false);
    let (mut metadata_indent, mut annotations_indent) = (usize::MAX, usize::MAX);
    while let Some(line) = lines.next() {
        if !is_ordinary(line) {
            return None;
        }
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let mut rest = &line[indent..];
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        if matches!(rest.as_bytes(), [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..] | [b'%', ..]) {
            return None;
        }
        let mut column = indent;
        // Each dash opens or continues a list; what follows it on the line stands deeper.
        loop {
            let list = rest == "-" || rest.starts_with("- ");
            enter(&mut levels, &mut awaits, Level { indent: column, list })?;
            if !list {
                break;
            }
            // The head's own parts must be mappings.
            let (in_metadata, in_annotations) = (metadata_indent != usize::MAX, annotations_indent != usize::MAX);
            if levels.len() == 1 || in_metadata && levels.len() == 2 || in_annotations && levels.len() == 3 {
                return None;
            }
            awaits = Some(Level { indent: column, list: true });
            let after = rest[1..].trim_start_matches(' ');
            column += rest.len() - after.len();
            rest = after;
            if rest.is_empty() || rest.starts_with('#') {
                break;
            }
            if split_key(rest).is_none() && !(rest == "-" || rest.starts_with("- ")) {
                // A scalar item.
                match scan_value(rest)? {
                    Value::Nothing => return None,
                    Value::Block => skip_block(&mut lines, levels.last()?.indent)?,
                    Value::Scalar(_) | Value::Empty => {}
                }
                awaits = None;
                rest = "";
                break;
            }
        }
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        let (key, after) = split_key(rest)?;
        let value = scan_value(after)?;
        awaits = match value {
            Value::Nothing => Some(Level { indent: column, list: false }),
            _ => None,
        };
        let root = levels.len() == 1;
        let place = if root {
            Section::Root
        } else if column > metadata_indent && levels.len() == 2 {
            Section::Metadata
        } else if column > annotations_indent && levels.len() == 3 {
            Section::Annotations
        } else {
            Section::Other
        };
        if let Value::Block = value {
            // A block scalar as part of the head is rare.
            if place == Section::Annotations || (root && matches!(key, "kind" | "apiVersion" | "metadata")) {
                return None;
            }
            skip_block(&mut lines, column)?;
        }
        match (place, key) {
            (Section::Root, "kind") => head.kind = take(&head.kind, &value)?,
            (Section::Root, "apiVersion") => head.api_version = take(&head.api_version, &value)?,
            (Section::Root, "metadata") => {
                if seen_metadata || !matches!(value, Value::Nothing) {
                    return None;
                }
                seen_metadata = true;
                metadata_indent = column;
                annotations_indent = usize::MAX;
            }
            (Section::Root, _) => {
                // Go's JSON takes a key whatever its case.
                if matches!(key.to_ascii_lowercase().as_str(), "kind" | "apiversion" | "metadata") {
                    return None;
                }
                (metadata_indent, annotations_indent) = (usize::MAX, usize::MAX);
            }
            (Section::Metadata, "name") => {
                head.name = take(&head.name, &value)?;
                annotations_indent = usize::MAX;
            }
            (Section::Metadata, "annotations") => {
                if seen_annotations || !matches!(value, Value::Nothing | Value::Empty) {
                    return None;
                }
                seen_annotations = true;
                annotations_indent = column;
            }
            (Section::Metadata, _) => {
                if matches!(key.to_ascii_lowercase().as_str(), "name" | "annotations") {
                    return None;
                }
                annotations_indent = usize::MAX;
            }
            (Section::Annotations, _) => {
                let Value::Scalar(text) = value else {
                    return None;
                };
                if head.annotations.iter().any(|(known, _)| known == key) {
                    return None;
                }
                head.annotations.push((key.to_string(), plain_text(text)?));
            }
            (Section::Other, _) => {}
        }
    }
    chartwright_go::sort::plain(&mut head.annotations);
    Some(head)
}

/// Finds or opens the collection that a line at this place belongs to.
fn enter(levels: &mut Vec<Level>, awaits: &mut Option<Level>, here: Level) -> Option<()> {
    if let Some(opener) = awaits.take() {
        let deeper = here.indent > opener.indent;
        // A list may stand right under its key.
        let same = here.indent == opener.indent && here.list && !opener.list;
        if deeper || same {
            if levels.len() >= MAX_LEVELS {
                return None;
            }
            levels.push(here);
            return Some(());
        }
    } else if levels.is_empty() {
        levels.push(here);
        return Some(());
    } else if levels.last().is_some_and(|last| here.indent > last.indent) {
        // A continued scalar, or a mistake.
        return None;
    }
    while let Some(last) = levels.last() {
        let under_key = last.list && !here.list && last.indent == here.indent;
        if last.indent > here.indent || under_key {
            levels.pop();
        } else {
            break;
        }
    }
    (levels.last() == Some(&here)).then_some(())
}

/// Printable ASCII and common text, no tabs, no carriage returns, nothing that YAML takes for a break.
fn is_ordinary(line: &str) -> bool {
    let ascii = line.bytes().fold(true, |fine, byte| fine & (byte.wrapping_sub(0x20) <= 0x5E));
    ascii || line.chars().all(|c| matches!(c, ' '..='~' | '\u{A1}'..='\u{1FFF}' | '\u{2030}'..='\u{D7FF}' | '\u{10000}'..))
}

/// A plain or quoted key and what follows its colon.
fn split_key(rest: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = rest.strip_prefix('"') {
        let end = quoted.find('"')?;
        let (key, after) = (&quoted[..end], quoted[end + 1..].strip_prefix(':')?);
        let simple = !key.contains('\\') && key.len() < 512 && (after.is_empty() || after.starts_with(' '));
        return simple.then_some((key, after));
    }
    if !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_')) {
        return None;
    }
    let end = rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'_' | b'-')))?;
    let (key, after) = (&rest[..end], rest[end..].strip_prefix(':')?);
    // Keys such as `on` and `1` have other names in JSON.
    let simple = key.len() < 512 && resolve(key) == Scalar::Text && (after.is_empty() || after.starts_with(' '));
    simple.then_some((key, after))
}

/// What stands after a colon or a dash.
fn scan_value(after: &str) -> Option<Value<'_>> {
    let text = after.trim_matches(' ');
    let first = match text.bytes().next() {
        None | Some(b'#') => return Some(Value::Nothing),
        Some(first) => first,
    };
    match first {
        b'{' | b'[' => matches!(text, "{}" | "[]").then_some(Value::Empty),
        b'|' | b'>' => matches!(text, "|" | "|-" | "|+" | ">" | ">-" | ">+").then_some(Value::Block),
        b'"' => {
            let inner = text[1..].strip_suffix('"')?;
            (!has_unsafe_escape(inner)).then_some(Value::Scalar(text))
        }
        b'\'' => {
            let inner = text[1..].strip_suffix('\'')?;
            (!inner.contains('\'')).then_some(Value::Scalar(text))
        }
        b'-' | b'?' | b':' | b',' | b']' | b'}' | b'#' | b'&' | b'*' | b'!' | b'%' | b'@' | b'`' => {
            // A dash begins numbers and options too.
            let fine = first == b'-' && text.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
            (fine && is_plain(text)).then_some(Value::Scalar(text))
        }
        _ => is_plain(text).then_some(Value::Scalar(text)),
    }
}

/// Whether a scalar without quotes is just that. Infinities are no JSON.
fn is_plain(text: &str) -> bool {
    let pairs = text.as_bytes().windows(2);
    !text.ends_with(':')
        && !pairs.fold(false, |found, pair| found | matches!(pair, b": " | b" #"))
        && !matches!(resolve(text), Scalar::Float(float) if !float.is_finite())
}

/// Whether the text between double quotes has quotes or escapes beyond the common ones.
fn has_unsafe_escape(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'"' || byte == b'\\' && !matches!(bytes.next(), Some(b'n' | b't' | b'\\' | b'r' | b'"')) {
            return true;
        }
    }
    false
}

/// Goes over the lines of a block scalar: all that are deeper than its key.
fn skip_block<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>, indent: usize) -> Option<()> {
    let mut own = None;
    while let Some(line) = lines.peek() {
        let depth = line.bytes().take_while(|byte| *byte == b' ').count();
        let text = &line[depth..];
        if !text.is_empty() {
            if depth <= indent {
                return Some(());
            }
            match own {
                None if text.starts_with('\t') => return None,
                None => own = Some(depth),
                // Shallower than the first line: the full parser knows.
                Some(own) if depth < own => return None,
                Some(_) => {}
            }
            if !text.split('\t').all(is_ordinary) {
                return None;
            }
        } else if own.is_none() && depth > 0 {
            return None;
        }
        lines.next();
    }
    Some(())
}

/// A head's text from a value, once.
fn take(known: &str, value: &Value<'_>) -> Option<String> {
    match value {
        Value::Scalar(text) if known.is_empty() => plain_text(text),
        _ => None,
    }
}

fn plain_text(text: &str) -> Option<String> {
    let inner = if text.starts_with('"') || text.starts_with('\'') {
        let inner = &text[1..text.len() - 1];
        if inner.contains('\\') && text.starts_with('"') {
            return None;
        }
        return Some(inner.to_string());
    } else {
        text
    };
    matches!(resolve(inner), Scalar::Text | Scalar::Timestamp).then(|| inner.to_string())
}
