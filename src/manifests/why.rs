//! The card at a line: where it comes from, as far as the values tell.
//!
//! Whose a line is, is known: the session says so. Which value made it is told by key and value of the line; where that leaves
//! more than one, all are named as possible.

use super::lines::{escape, key};
use crate::state::{source_class, source_word};
use chartwright_configure::protocol::{DocumentView, Source, ValueRow};
use std::fmt::Write as _;

/// How many values are named.
const MOST: usize = 3;

/// The card's HTML for a line (from 0).
pub(crate) fn card(document: &DocumentView, line: usize, values: &[ValueRow]) -> String {
    let source = document
        .sources
        .iter()
        .scan(0, |end, &(count, source)| {
            *end += count as usize;
            Some((*end, source))
        })
        .find(|(end, _)| line < *end)
        .map_or(Source::Default, |(_, source)| source);
    let text = document.text.lines().nth(line).unwrap_or_default();
    let rows = candidates(text, source, values);
    let mut out = format!("<div class=\"why {}\" role=\"note\">", source_class(source));
    let file = rows.first().map(|row| row.file.as_str()).unwrap_or_default();
    let word = match source {
        Source::Default => "the chart's default".to_owned(),
        Source::Mine => "mine".to_owned(),
        Source::File if file.is_empty() => "the environment's file".to_owned(),
        Source::File => source_word(source, file),
    };
    let label = if rows.len() > 1 { "perhaps" } else { "value" };
    // Writing to a string cannot fail.
    for (at, row) in rows.iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        let _ = write!(
            out,
            "<div><span class=a>{label}</span><span><button type=button class=link data-goto=\"{}\"><code>{}: {}</code></button> <span class=\"chip {}\">{}</span> <small>{}</small></span></div>",
            escape(&row.id),
            escape(&row.key),
            escape(&row.value),
            source_class(row.source),
            escape(&source_word(row.source, &row.file)),
            escape(&place(&row.file, row.line)),
        );
        if !row.over.is_empty() {
            out.push_str("<div><span class=a>over</span><span>");
            for (value, file) in &row.over {
                let _ = write!(out, "<s><code>{}</code> {}</s> ", escape(value), escape(file));
            }
            out.push_str("</span></div>");
        }
    }
    let _ = write!(out, "<div><span class=a>source</span><span>{}</span></div>", escape(&word));
    if !document.source.is_empty() {
        let _ = write!(out, "<div><span class=a>template</span><span><code>{}</code></span></div>", escape(&document.source));
    }
    let _ =
        write!(out, "<div><span class=a>object</span><span>{}</span></div></div>", escape(&format!("{}/{}", document.kind, document.name)));
    out
}

fn place(file: &str, line: u32) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

/// The values that may have made a line, best first; empty where none is likely.
fn candidates<'a>(text: &str, source: Source, values: &'a [ValueRow]) -> Vec<&'a ValueRow> {
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix("- ") {
        rest = after;
    }
    let (name, value) = key(rest).unwrap_or(("", rest));
    let value = unquoted(value.trim());
    if value.is_empty() {
        return Vec::new();
    }
    let name = unquoted(name).to_lowercase();
    let mut found: Vec<(usize, &ValueRow)> = Vec::new();
    for row in values.iter().filter(|row| row.source == source) {
        let last = row.key.rsplit('.').next().unwrap_or_default().to_lowercase();
        let last_fits = !name.is_empty() && (last == name || last.ends_with(&name) || name.ends_with(&last) && last.len() > 3);
        let scalar = unquoted(row.value.trim());
        let same = scalar == value;
        let inside = scalar.len() > 2 && value.contains(scalar);
        let score = match (last_fits, same, inside) {
            (true, true, _) => 4,
            (true, false, true) => 3,
            (false, true, _) if value.len() > 3 => 2,
            (false, false, true) if scalar.len() > 3 => 1,
            _ => continue,
        };
        found.push((score, row));
    }
    let best = found.iter().map(|(score, _)| *score).max().unwrap_or_default();
    found.retain(|(score, _)| *score == best);
    found.into_iter().map(|(_, row)| row).take(MOST).collect()
}

fn unquoted(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, source: Source, expected: &[&str]) {
        let row = |key: &str, value: &str, source: Source| ValueRow {
            id: format!("/{}", key.replace('.', "/")),
            key: key.into(),
            value: value.into(),
            source,
            file: "values.yaml".into(),
            line: 3,
            over: Vec::new(),
        };
        let values = [
            row("resources.limits.memory", "2Gi", Source::Mine),
            row("resources.requests.memory", "2Gi", Source::Mine),
            row("replicaCount", "3", Source::Mine),
            row("image.tag", "1.4.0", Source::File),
            row("service.port", "80", Source::Default),
        ];
        let got: Vec<&str> = candidates(line, source, &values).iter().map(|row| row.key.as_str()).collect();
        assert_eq!(got, expected, "{line}");
    }

    #[test]
    fn values_of_a_line() {
        check("  memory: 2Gi", Source::Mine, &["resources.limits.memory", "resources.requests.memory"]);
        check("  replicas: 3", Source::Mine, &[]);
        check("  - image: \"api:1.4.0\"", Source::File, &["image.tag"]);
        check("  - port: 80", Source::Default, &["service.port"]);
        check("  memory: 2Gi", Source::Default, &[]);
        check("spec:", Source::Mine, &[]);
    }
}
