//! The card at a line: the values in it, the files that set them and what they overrode, the template's line; each step a link.

use std::fmt::Write as _;

use super::lines::escape;
use crate::chain::{place, word};
use crate::state::source_class;
use chartwright_configure::protocol::{Chain, ChainValue, FilePlace, RenderFault, TemplateLine};

/// How many values are told in full, and how many conditions are named, before the rest is folded away.
const MOST: usize = 3;
const MOST_CONDITIONS: usize = 6;

/// The card's HTML. `text` is the line's.
pub(crate) fn card(chain: &Chain, text: &str) -> String {
    let source = chain.origins.iter().map(|value| value.source).max().unwrap_or_default();
    let mut out =
        format!("<div class=\"why {}\" role=\"group\" aria-label=\"Where line {} comes from\">", source_class(source), chain.line);
    match chain.origins.split_at_checked(MOST).filter(|(_, more)| !more.is_empty()) {
        None => chain.origins.iter().for_each(|value| values(value, &mut out)),
        Some((first, more)) => {
            first.iter().for_each(|value| values(value, &mut out));
            fold(more.len(), "value", &mut out);
            more.iter().for_each(|value| values(value, &mut out));
            out.push_str("</details>");
        }
    }
    if chain.origins.is_empty() {
        let none = match &chain.template {
            Some(template) if chain.line > 1 || !template.template.is_empty() => "none: this is the template's own text",
            Some(_) => "none: Helm names the template here",
            None => "none: no template wrote this",
        };
        row("value", none, &mut out);
    }
    if let Some(line) = &chain.template {
        template(line, &mut out);
    }
    conditions(&chain.conditions, &mut out);
    let line = format!(
        "<button type=button class=link data-line>{}, line {}</button> <code class=text>{}</code>",
        escape(&chain.document),
        chain.line,
        escape(text.trim())
    );
    row("line", &line, &mut out);
    out.push_str("</div>");
    out
}

/// A row of the card; `content` is HTML.
fn row(label: &str, content: &str, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "<div><span class=a>{label}</span><span>{content}</span></div>");
}

fn fold(count: usize, what: &str, out: &mut String) {
    let _ = write!(out, "<details><summary>{count} more {what}{}</summary>", if count == 1 { "" } else { "s" });
}

fn values(value: &ChainValue, out: &mut String) {
    row("value", &format!("{} {}", field(value), chip(value)), out);
    if let Some(place) = &value.place {
        row("set in", &link(place), out);
    }
    if !value.over.is_empty() {
        let mut over = String::new();
        for (was, place) in &value.over {
            let file = if place.line == 0 { format!("{} as it came", escape(&place.file)) } else { link(place) };
            let _ = write!(over, "<s><code>{}</code></s> <small>{file}</small> ", escape(was));
        }
        row("over", &over, out);
    }
}

/// The key and the value, which lead to the field.
fn field(value: &ChainValue) -> String {
    let text = if value.value.is_empty() { value.key.clone() } else { format!("{}: {}", value.key, value.value) };
    format!("<button type=button class=link data-goto=\"{}\"><code>{}</code></button>", escape(&value.id), escape(&text))
}

fn chip(value: &ChainValue) -> String {
    format!("<span class=\"chip {}\">{}</span>", source_class(value.source), escape(&word(value)))
}

fn link(at: &FilePlace) -> String {
    format!(
        "<button type=button class=link data-file=\"{}\" data-layer=\"{}\" data-at=\"{}:{}\"><code>{}</code></button>",
        escape(&at.file),
        escape(at.layer.as_deref().unwrap_or_default()),
        at.line,
        at.column,
        escape(&place(at))
    )
}

fn template(line: &TemplateLine, out: &mut String) {
    let name = if line.template.is_empty() || line.template == line.place.file {
        String::new()
    } else {
        format!(" in <code>{}</code>", escape(&line.template))
    };
    row("template", &format!("{}{name}", link(&line.place)), out);
    if !line.excerpt.is_empty() {
        out.push_str("<pre class=excerpt tabindex=0 aria-label=\"The template around it\">");
        for (number, text) in &line.excerpt {
            let class = if *number == line.place.line { "l at" } else { "l" };
            let _ = write!(out, "<div class=\"{class}\"><u>{number}</u>{}</div>", escape(text));
        }
        out.push_str("</pre>");
    }
    if !line.calls.is_empty() {
        let calls: Vec<String> = line.calls.iter().rev().map(link).collect();
        row("called at", &calls.join(",<br>from "), out);
    }
}

fn conditions(values: &[ChainValue], out: &mut String) {
    let one = |value: &ChainValue| format!("<span class=cond>{} {}</span>", field(value), chip(value));
    let html = |values: &[ChainValue]| values.iter().map(one).collect::<Vec<_>>().join(" ");
    if values.is_empty() {
        return;
    }
    let (first, more) = values.split_at(values.len().min(MOST_CONDITIONS));
    let mut content = html(first);
    if !more.is_empty() {
        fold(more.len(), "condition", &mut content);
        content.push_str(&html(more));
        content.push_str("</details>");
    }
    row("decided by", &content, out);
}

/// The lines around a failure as HTML, what is at fault underlined.
pub(crate) fn fault_excerpt(fault: &RenderFault) -> String {
    let mut out = String::new();
    for (number, text) in &fault.excerpt {
        let (class, html) = match fault.underline.filter(|_| fault.at == Some(*number)) {
            Some((begins, length)) => {
                let mut chars = text.chars();
                let mut part = |count: u32| escape(&chars.by_ref().take(count as usize).collect::<String>());
                let (before, at) = (part(begins), part(length));
                ("l at", format!("{before}<mark>{at}</mark>{}", escape(chars.as_str())))
            }
            None => (if fault.at == Some(*number) { "l at" } else { "l" }, escape(text)),
        };
        let _ = write!(out, "<div class=\"{class}\"><u>{number}</u>{html}</div>");
    }
    out
}

/// The values and the calls that led to a failure, as rows.
pub(crate) fn fault_chain(fault: &RenderFault) -> String {
    let mut out = String::new();
    fault.origins.iter().take(MOST).for_each(|value| values(value, &mut out));
    for call in fault.calls.iter().rev() {
        let at = if call.expression.is_empty() { String::new() } else { format!(" at <code>{}</code>", escape(&call.expression)) };
        row("template", &format!("{}{at}", link(&call.place)), &mut out);
    }
    conditions(&fault.conditions, &mut out);
    out
}

/// Where a link of a card leads.
pub(crate) fn target(file: &str, layer: &str, at: &str) -> FilePlace {
    let (line, column) = at.split_once(':').unwrap_or((at, ""));
    let number = |text: &str| text.parse().unwrap_or_default();
    FilePlace { layer: (!layer.is_empty()).then(|| layer.to_owned()), file: file.to_owned(), line: number(line), column: number(column) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_configure::protocol::{FaultCall, Source};

    fn value(key: &str, source: Source) -> ChainValue {
        let place = FilePlace { layer: Some("l".into()), file: "values-production.yaml".into(), line: 12, column: 5 };
        ChainValue { id: format!("/{key}"), key: key.into(), value: "<2>".into(), source, place: Some(place), over: Vec::new() }
    }

    #[track_caller]
    fn has(html: &str, parts: &[&str]) {
        for part in parts {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn each_step_is_a_link() {
        let mut memory = value("memory", Source::Mine);
        memory.over.push(("1".into(), FilePlace { file: "values.yaml".into(), line: 4, column: 3, layer: None }));
        let place = FilePlace { file: "a/templates/_h.tpl".into(), line: 2, column: 1, layer: None };
        let call = FilePlace { file: "a/templates/a.yaml".into(), line: 9, column: 3, layer: None };
        let template =
            TemplateLine { place, template: "a.h".into(), excerpt: vec![(1, "x".into()), (2, "{{ < }}".into())], calls: vec![call] };
        let chain = Chain {
            document: "Deployment/a".into(),
            line: 7,
            template: Some(template),
            origins: vec![memory],
            conditions: vec![value("on", Source::Default)],
            ..Chain::default()
        };
        let html = card(&chain, "  memory: 2");
        has(&html, &["class=\"why mine\"", "data-goto=\"/memory\"><code>memory: &lt;2&gt;</code>", "data-layer=\"l\" data-at=\"12:5\""]);
        has(&html, &["<s><code>1</code></s>", "data-file=\"values.yaml\" data-layer=\"\" data-at=\"4:3\"", "in <code>a.h</code>"]);
        has(&html, &["<div class=\"l at\"><u>2</u>{{ &lt; }}</div>", "a/templates/a.yaml:9:3", "data-goto=\"/on\"", "line 7"]);
        assert_eq!(target("f", "", "12:5"), FilePlace { layer: None, file: "f".into(), line: 12, column: 5 });
    }

    #[test]
    fn what_is_at_fault_is_underlined() {
        let call = FaultCall { expression: ".Values.<a>".into(), ..FaultCall::default() };
        let excerpt = vec![(1, "x".to_owned()), (2, "ü: {{ <a> }}".to_owned())];
        let fault = RenderFault {
            excerpt,
            at: Some(2),
            underline: Some((6, 3)),
            calls: vec![call],
            origins: vec![ChainValue { key: "a".into(), ..ChainValue::default() }],
            ..RenderFault::default()
        };
        has(
            &fault_excerpt(&fault),
            &["<div class=\"l at\"><u>2</u>ü: {{ <mark>&lt;a&gt;</mark> }}</div>", "<div class=\"l\"><u>1</u>x</div>"],
        );
        has(&fault_chain(&fault), &["not set", "at <code>.Values.&lt;a&gt;</code>"]);
    }

    #[test]
    fn many_values_are_folded() {
        let chain = Chain { origins: (0..5).map(|at| value(&at.to_string(), Source::File)).collect(), ..Chain::default() };
        has(&card(&chain, ""), &["2 more values", "class=\"why file\""]);
        has(&card(&Chain { line: 3, ..Chain::default() }, ""), &["no template wrote this"]);
    }
}
