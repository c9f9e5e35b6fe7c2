//! A manifest's lines as HTML: syntax colours, the colour of the source, and what to change on the page when the manifest changes.
//! Pure text; the page's elements are in `browser::manifest`.

use chartwright_configure::protocol::{DocumentView, Source};

/// A line as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// What is inside its element; escaped.
    pub(crate) html: String,
    /// Where it comes from.
    pub(crate) source: Source,
}

impl Line {
    /// The element's class for the source's colour.
    pub(crate) fn class(&self) -> &'static str {
        match self.source {
            // A comment is of no source.
            _ if self.html.trim_start().starts_with("<span class=c>") => "l quiet",
            Source::Default => "l",
            Source::File => "l file",
            Source::Mine => "l mine",
        }
    }
}

/// The lines of a document.
pub(crate) fn lines(document: &DocumentView) -> Vec<Line> {
    let mut sources = document.sources.iter().flat_map(|&(count, source)| std::iter::repeat_n(source, count as usize));
    let mut block = None;
    document.text.lines().map(|text| Line { html: html(text, &mut block), source: sources.next().unwrap_or_default() }).collect()
}

/// What to do to turn one list of lines into another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Patch {
    /// The first line that differs.
    pub(crate) from: usize,
    /// How many lines there were from there.
    pub(crate) old: usize,
    /// How many there are from there.
    pub(crate) new: usize,
}

/// The stretch in which two lists differ; `None` where they do not.
pub(crate) fn patch(old: &[Line], new: &[Line]) -> Option<Patch> {
    let from = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let shared = old[from..].iter().rev().zip(new[from..].iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (old.len() - from - shared, new.len() - from - shared);
    (old + new > 0).then_some(Patch { from, old, new })
}

/// A text as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(text, &mut out);
    out
}

fn escape_into(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
}

fn span(class: &str, text: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    out.push_str("<span class=");
    out.push_str(class);
    out.push('>');
    escape_into(text, out);
    out.push_str("</span>");
}

/// One line's HTML. `block` is the indentation of the key whose block scalar the line may be in.
fn html(text: &str, block: &mut Option<usize>) -> String {
    let mut out = String::with_capacity(text.len() + 48);
    let body = text.trim_start_matches(' ');
    let indent = text.len() - body.len();
    if let Some(parent) = *block {
        if body.is_empty() || indent > parent {
            span("s", text, &mut out);
            return out;
        }
        *block = None;
    }
    out.push_str(&text[..indent]);
    if body.starts_with('#') || body.starts_with("---") {
        span("c", body, &mut out);
        return out;
    }
    let mut rest = body;
    let mut key_indent = indent;
    while let Some(after) = rest.strip_prefix("- ") {
        out.push_str("- ");
        rest = after;
        key_indent += 2;
    }
    let value = match key(rest) {
        Some((key, value)) => {
            span("k", key, &mut out);
            out.push(':');
            value
        }
        None => {
            key_indent = key_indent.saturating_sub(2);
            rest
        }
    };
    let scalar = value.trim();
    if matches!(scalar.as_bytes().first(), Some(b'|' | b'>')) && scalar.len() <= 3 {
        *block = Some(key_indent);
    }
    let class = if scalar.starts_with('#') {
        "c"
    } else if plain_other(scalar) {
        "n"
    } else {
        "s"
    };
    span(class, value, &mut out);
    out
}

/// Splits `key: value`; the value keeps its space.
pub(crate) fn key(text: &str) -> Option<(&str, &str)> {
    let end = match text.as_bytes().first()? {
        quote @ (b'"' | b'\'') => text[1..].find(*quote as char)? + 2,
        _ => text.match_indices(':').map(|(at, _)| at).find(|&at| matches!(text.as_bytes().get(at + 1), None | Some(b' ')))?,
    };
    let value = text[end..].strip_prefix(':')?;
    (value.is_empty() || value.starts_with(' ')).then_some((&text[..end], value))
}

/// Whether a plain scalar is a number, a boolean or null.
fn plain_other(scalar: &str) -> bool {
    matches!(scalar, "true" | "false" | "null" | "~" | "{}" | "[]") || is_number(scalar.strip_prefix('-').unwrap_or(scalar))
}

/// Whether a text without its sign is a number: digits, a fraction, an exponent.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    digits(whole) && fraction.is_none_or(digits) && exponent.is_none_or(|exponent| digits(exponent.trim_start_matches(['+', '-'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = DocumentView { text: text.to_owned(), ..DocumentView::default() };
        let got: Vec<String> = lines(&document).into_iter().map(|line| line.html).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn tokens() {
        check("replicas: 3", &["<span class=k>replicas</span>:<span class=n> 3</span>"]);
        check("  - name: \"a<b\"", &["  - <span class=k>name</span>:<span class=s> &quot;a&lt;b&quot;</span>"]);
        check("# Source: a", &["<span class=c># Source: a</span>"]);
        check(
            "a: |\n  b: 1\n\n  c\nd: x",
            &[
                "<span class=k>a</span>:<span class=s> |</span>",
                "<span class=s>  b: 1</span>",
                "",
                "<span class=s>  c</span>",
                "<span class=k>d</span>:<span class=s> x</span>",
            ],
        );
        check("a: -1.5e+3", &["<span class=k>a</span>:<span class=n> -1.5e+3</span>"]);
        check("a: 1.4.0", &["<span class=k>a</span>:<span class=s> 1.4.0</span>"]);
        check("- http://x:80/", &["- <span class=s>http://x:80/</span>"]);
        check("\"a: b\": c", &["<span class=k>&quot;a: b&quot;</span>:<span class=s> c</span>"]);
        check("ü:", &["<span class=k>ü</span>:"]);
    }

    #[test]
    fn patches() {
        let make = |text: &str| lines(&DocumentView { text: text.to_owned(), ..DocumentView::default() });
        #[track_caller]
        fn check(old: &[Line], new: &[Line], expected: Option<(usize, usize, usize)>) {
            assert_eq!(patch(old, new).map(|patch| (patch.from, patch.old, patch.new)), expected);
        }
        check(&make("a\nb\nc"), &make("a\nb\nc"), None);
        check(&make("a\nb\nc"), &make("a\nx\nc"), Some((1, 1, 1)));
        check(&make("a\nb\nc"), &make("a\nb\nb\nc"), Some((2, 0, 1)));
        check(&make("a\na"), &make("a"), Some((1, 1, 0)));
        check(&make(""), &make("a"), Some((0, 0, 1)));
    }

    #[test]
    fn sources() {
        let document =
            DocumentView { text: "a\nb\nc".to_owned(), sources: vec![(1, Source::File), (1, Source::Mine)], ..DocumentView::default() };
        let classes: Vec<_> = lines(&document).iter().map(Line::class).collect();
        assert_eq!(classes, ["l file", "l mine", "l"]);
    }
}
