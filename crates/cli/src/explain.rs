//! `chartwright explain`: where each line of `helm template`'s output came from: the template line that wrote it, the values that it holds,
//! those that steered it, and where they are set.

use crate::flags::known::{GLOBAL, IDLE, NO_NOTES, TEMPLATE};
use crate::flags::{Flag, Has, Parsed, Takes};
use crate::{Outcome, help, template};
use chartwright_helm::{Document, HelmVersion, LineTrace, PathId, Rendered, Source, Sources, Step, Trace};
use chartwright_yaml::Tree;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::RangeInclusive;

const FLAGS: &[Flag] = &[
    Flag { name: "format", letter: None, takes: Takes::Value, has: Has::Both, help: "text or json (text)" },
    Flag { name: "line", letter: None, takes: Takes::Int, has: Has::Both, help: "explain this line of the output alone" },
    Flag { name: "pointer", letter: None, takes: Takes::Value, has: Has::Both, help: "explain this node alone: KIND/NAME#/spec/replicas" },
];

/// One line of the output.
pub(crate) struct Line {
    /// Which document it belongs to.
    pub(crate) document: usize,
    /// Its number in the output, from 1.
    pub(crate) number: usize,
    pub(crate) text: String,
    /// Where its text stands in the document; nothing for what Helm writes around it.
    pub(crate) range: Option<std::ops::Range<usize>>,
}

/// The lines of a manifest, as [`Rendered::manifest`] writes it.
pub(crate) fn lines(rendered: &Rendered) -> Vec<Line> {
    let mut lines = Vec::new();
    let plain = rendered.documents.iter().take_while(|document| document.hook.is_none()).count();
    if plain == 0 && !rendered.documents.is_empty() {
        // The manifests that are no hooks end with a line break, though there be none.
        lines.push(Line { document: 0, number: 1, text: String::new(), range: None });
    }
    for (number, document) in rendered.documents.iter().enumerate() {
        let mut content: &str = &document.content;
        // What is blank between the last manifest and the hooks is trimmed away.
        let is_last = number + 1 == plain;
        if is_last {
            content = content.trim_end();
        }
        let mut add = |text: &str, range| {
            lines.push(Line { document: number, number: lines.len() + 1, text: text.to_owned(), range });
        };
        add("---", None);
        add(&format!("# Source: {}", document.source), None);
        let mut at = 0;
        for text in content.split('\n') {
            // Blanks that were trimmed from the line's end belong to it.
            let end = document.content[at..].find('\n').map_or(document.content.len(), |end| at + end);
            add(text, Some(at..end));
            at = end + 1;
        }
    }
    lines
}

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[FLAGS, TEMPLATE, NO_NOTES, IDLE, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("explain", &[FLAGS, TEMPLATE])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let json = match parsed.value("format").unwrap_or("text") {
        "text" => false,
        "json" => true,
        other => return Outcome::failed(format!("--format is text or json, not {other:?}")),
    };
    if parsed.value("line").is_some() && parsed.value("pointer").is_some() {
        return Outcome::failed("--line and --pointer exclude each other".to_owned());
    }
    let asked = template::render_with(&parsed, helm, true, |engine, layers, rendered| {
        let lines = lines(rendered);
        let wanted = wanted(&parsed, rendered, &lines)?;
        let Some(trace) = engine.trace() else { return Err("no line of the output came from a template".to_owned()) };
        let chart = engine.chart();
        let sources = Sources::new(chart, layers, helm);
        let mut told = Told { trace, sources, known: HashMap::new() };
        let chosen: Vec<&Line> = lines.iter().filter(|line| wanted.contains(&line.number)).collect();
        Ok(if json { told.json(rendered, &chosen) } else { told.text(rendered, &chosen) })
    });
    match asked {
        Ok((asked, told)) => {
            let mut outcome = Outcome { stdout: String::new(), warnings: asked.warnings, error: None, code: crate::FAILED };
            match (asked.result, told) {
                (Ok(rendered), told) => {
                    outcome.warnings.extend(rendered.warnings.iter().cloned());
                    match told {
                        Some(Ok(text)) => outcome.stdout = text,
                        Some(Err(error)) => outcome.error = Some(error),
                        None => {}
                    }
                }
                (Err(error), _) => {
                    outcome.warnings.extend(error.warnings.iter().cloned());
                    outcome.error = Some(error.message);
                }
            }
            outcome
        }
        Err((warnings, error)) => Outcome::refused(warnings, error),
    }
}

/// The numbers of the lines that were asked for.
fn wanted(parsed: &Parsed, rendered: &Rendered, lines: &[Line]) -> Result<RangeInclusive<usize>, String> {
    if let Some(pointer) = parsed.value("pointer") {
        return pointed(pointer, rendered, lines);
    }
    let Some(line) = parsed.value("line") else { return Ok(1..=lines.len()) };
    match line.parse::<usize>() {
        Ok(line) if (1..=lines.len()).contains(&line) => Ok(line..=line),
        _ => Err(format!("--line is a line of the output, from 1 to {}, not {line}", lines.len())),
    }
}

/// The lines of a node: `KIND/NAME#/JSON/POINTER`.
fn pointed(pointer: &str, rendered: &Rendered, lines: &[Line]) -> Result<RangeInclusive<usize>, String> {
    let form = || format!("--pointer is KIND/NAME#/JSON/POINTER, not {pointer}");
    let (object, node) = pointer.split_once('#').ok_or_else(form)?;
    let (kind, name) = object.split_once('/').filter(|_| node.is_empty() || node.starts_with('/')).ok_or_else(form)?;
    let same = |document: &Document| document.kind.eq_ignore_ascii_case(kind) && *document.name == *name;
    let number = rendered.documents.iter().position(same).ok_or_else(|| {
        let all: Vec<String> = rendered.documents.iter().map(|document| format!("{}/{}", document.kind, document.name)).collect();
        format!("the chart makes no {kind}/{name}, but {}", all.join(", "))
    })?;
    let tree = Tree::parse(&rendered.documents[number].content).map_err(|error| error.message)?;
    let id = tree.pointer(node).ok_or_else(|| format!("{kind}/{name} has nothing at {node}"))?;
    let span = tree.span(id);
    // A node under a key begins with its key.
    let first = tree.key_of(id).map_or(span.line, |key| tree.span(key).line);
    let offset = lines.iter().find(|line| line.document == number && line.range.is_some()).map_or(1, |line| line.number);
    Ok(offset + first as usize - 1..=offset + span.end_line as usize - 1)
}

struct Told<'a> {
    trace: Trace<'a>,
    sources: Sources<'a>,
    known: HashMap<PathId, (Vec<Step>, Vec<Source>)>,
}

impl Told<'_> {
    fn line(&self, rendered: &Rendered, line: &Line) -> LineTrace {
        let range = line.range.clone();
        range.and_then(|range| self.trace.range(&rendered.documents[line.document], range)).unwrap_or_default()
    }

    fn place(&mut self, path: PathId) -> &(Vec<Step>, Vec<Source>) {
        let (trace, sources) = (&self.trace, &self.sources);
        self.known.entry(path).or_insert_with(|| {
            let steps = trace.steps(path);
            let places = sources.of(&steps);
            (steps, places)
        })
    }

    fn text(&mut self, rendered: &Rendered, lines: &[&Line]) -> String {
        let mut out = String::new();
        for line in lines {
            let told = self.line(rendered, line);
            let _ = writeln!(out, "{:>5}  {}", line.number, line.text);
            if let Some(site) = &told.site {
                let position = &site.position;
                let _ =
                    write!(out, "       template   {}:{}:{}", position.file, position.line, position.column.map_or(0, |column| column + 1));
                for call in site.calls.iter().rev() {
                    let _ = write!(out, ", called at {}:{}", call.file, call.line);
                }
                out.push('\n');
            }
            for (word, paths) in [("value", &told.origins), ("condition", &told.conditions)] {
                for &path in paths {
                    let (steps, places) = self.place(path);
                    let _ = write!(out, "       {word:<10} {}", dotted(steps));
                    let mut places = places.iter();
                    match places.next() {
                        Some(place) => {
                            let _ = write!(out, "  from {}", written(place));
                        }
                        None => out.push_str("  not set"),
                    }
                    for (at, place) in places.enumerate() {
                        let _ = write!(out, "{}{}", if at == 0 { ", over " } else { ", " }, written(place));
                    }
                    out.push('\n');
                }
            }
        }
        out
    }

    fn json(&mut self, rendered: &Rendered, lines: &[&Line]) -> String {
        let mut out = String::from("[");
        for (at, line) in lines.iter().enumerate() {
            let told = self.line(rendered, line);
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            let _ = write!(
                out,
                "{{\"file\":{},\"line\":{},\"text\":{}",
                quoted(&rendered.documents[line.document].source),
                line.number,
                quoted(&line.text)
            );
            match &told.site {
                None => out.push_str(",\"template\":null"),
                Some(site) => {
                    out.push_str(",\"template\":{");
                    position(&mut out, &site.position);
                    let _ = write!(out, ",\"name\":{},\"calls\":[", quoted(&site.template));
                    for (at, call) in site.calls.iter().enumerate() {
                        out.push_str(if at == 0 { "{" } else { ",{" });
                        position(&mut out, call);
                        out.push('}');
                    }
                    out.push_str("]}");
                }
            }
            self.paths(&mut out, "origins", &told.origins);
            self.paths(&mut out, "conditions", &told.conditions);
            out.push('}');
        }
        out.push_str("\n]\n");
        out
    }

    fn paths(&mut self, out: &mut String, name: &str, paths: &[PathId]) {
        let _ = write!(out, ",\"{name}\":[");
        for (at, &path) in paths.iter().enumerate() {
            let (steps, places) = self.place(path);
            let steps: Vec<String> = steps
                .iter()
                .map(|step| match step {
                    Step::Key(key) => quoted(&String::from_utf8_lossy(key)),
                    Step::Item(item) => item.to_string(),
                })
                .collect();
            let _ = write!(out, "{}{{\"path\":[{}]", if at == 0 { "" } else { "," }, steps.join(","));
            match places.first() {
                None => out.push_str(",\"source\":null,\"line\":null"),
                Some(place) => source(out, place),
            }
            out.push_str(",\"overrides\":[");
            for (at, place) in places.iter().skip(1).enumerate() {
                let mut one = String::new();
                source(&mut one, place);
                let _ = write!(out, "{}{{{}}}", if at == 0 { "" } else { "," }, one.trim_start_matches(','));
            }
            out.push_str("]}");
        }
        out.push(']');
    }
}

fn position(out: &mut String, position: &chartwright_template::Position) {
    let column = position.column.map_or(0, |column| column + 1);
    let _ = write!(out, "\"file\":{},\"line\":{},\"column\":{column}", quoted(&position.file), position.line);
}

fn source(out: &mut String, place: &Source) {
    let _ = write!(out, ",\"source\":{}", quoted(&place.file));
    match place.line {
        0 => out.push_str(",\"line\":null,\"column\":null"),
        line => {
            let _ = write!(out, ",\"line\":{line},\"column\":{}", place.column);
        }
    }
}

fn written(place: &Source) -> String {
    match place.line {
        0 => place.file.clone(),
        line => format!("{}:{line}", place.file),
    }
}

/// A path as templates write it: `a.b[0].c`.
pub(crate) fn dotted(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&String::from_utf8_lossy(key));
            }
            Step::Item(item) => {
                let _ = write!(text, "[{item}]");
            }
        }
    }
    if text.is_empty() { ".Values".to_owned() } else { text }
}

fn quoted(text: &str) -> String {
    let mut out = Vec::new();
    chartwright_go::json::string(&mut out, text.as_bytes(), false);
    String::from_utf8_lossy(&out).into_owned()
}
