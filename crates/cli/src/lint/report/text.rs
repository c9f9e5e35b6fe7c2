//! The report for people: each finding with the lines that it leads to, underlined, why it matters and what to do.

use super::locations::title;
use crate::lint::found::{Found, Report, Role, Spot};
use chartwright_lint::{Severity, releases};
use std::fmt::Write;

/// How many values are named besides the first: conditions are many.
const MOST_VALUES: usize = 3;

/// How many further places are named.
const MOST_PLACES: usize = 5;

/// About how many bytes a finding takes.
const USUAL_BYTES: usize = 768;

pub(super) fn write(report: &Report, colour: bool) -> String {
    let paint = Paint { on: colour };
    let mut out = String::with_capacity(report.findings.len() * USUAL_BYTES);
    for found in report.open() {
        finding(&mut out, found, &report.swept, paint);
        out.push('\n');
    }
    for (rule, cure) in &report.mended {
        let _ = writeln!(out, "{}: {}", paint.with(GREEN, &format!("mended[{rule}]")), cure.words);
    }
    if !report.mended.is_empty() {
        out.push('\n');
    }
    out.push_str(&summary(report, paint));
    out.push_str(&sweep(report));
    out
}

/// How many findings break each release of a sweep; neighbours with as many stand together.
fn sweep(report: &Report) -> String {
    let count = |minor: &u32| report.open().filter(|found| found.releases.binary_search(minor).is_ok()).count();
    let counts: Vec<(u32, usize)> = report.swept.iter().map(|minor| (*minor, count(minor))).collect();
    let mut out = String::new();
    for run in counts.chunk_by(|one, next| one.1 == next.1) {
        let (Some((first, count)), Some((last, _))) = (run.first(), run.last()) else { continue };
        let releases = if first == last { format!("1.{first}") } else { format!("1.{first} to 1.{last}") };
        let what = if *count == 0 { "nothing breaks".to_owned() } else { plural(*count, "finding", "findings") };
        let _ = writeln!(out, "  Kubernetes {releases}: {what}");
    }
    out
}

/// Colours of a terminal.
#[derive(Clone, Copy)]
struct Paint {
    on: bool,
}

const BLUE: &str = "1;34";
const BOLD: &str = "1";
const GREEN: &str = "1;32";

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        let mut out = String::new();
        self.put(&mut out, code, &[text]);
        out
    }

    /// Writes a text that may be in pieces.
    fn put(self, out: &mut String, code: &str, text: &[&str]) {
        let on = self.on && text.iter().any(|piece| !piece.is_empty());
        if on {
            out.extend(["\x1b[", code, "m"]);
        }
        out.extend(text.iter().copied());
        if on {
            out.push_str("\x1b[0m");
        }
    }

    /// The colour of a severity.
    fn of(severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        }
    }
}

fn finding(out: &mut String, found: &Found, swept: &[u32], paint: Paint) {
    let head = [found.severity.name(), "[", found.rule, "]"];
    paint.put(out, Paint::of(found.severity), &head);
    let mut message = found.message.lines();
    paint.put(out, BOLD, &[": ", message.next().unwrap_or_default()]);
    out.push('\n');
    for more in message {
        out.extend([more, "\n"]);
    }
    let numbers =
        [Some(found.home()), Some(&found.spot)].into_iter().flatten().chain(found.values.iter().filter_map(|value| value.place.as_ref()));
    let gutter = numbers.map(|spot| spot.line).max().unwrap_or(0).to_string().len();
    let block = Block { gutter, paint, severity: found.severity };
    block.open(out, "-->", found.home(), "");
    if found.template.is_some() && !found.spot.file.is_empty() && found.spot.text.is_some() {
        block.open(out, ":::", &found.spot, &format!("{} of the render{}", object(found), environments(found)));
    } else if !found.object.kind.is_empty() {
        block.note(out, "in", &[object(found), environments(found)].concat());
    }
    let origins = found.values.iter().any(|value| value.role == Role::Origin);
    let mut shown = 0;
    for value in found.values.iter().filter(|value| !origins || value.role == Role::Origin).take(MOST_VALUES) {
        match &value.place {
            Some(place) if place.text.is_some() => block.open(out, ":::", place, &format!("sets {}", value.path)),
            Some(place) if place.line > 0 => block.note(out, "value", &format!("{} is set in {}:{}", value.path, place.file, place.line)),
            Some(place) => block.note(out, "value", &format!("{} is set by {}", value.path, place.file)),
            None => block.note(out, "value", &format!("{} is not set", value.path)),
        }
        shown += 1;
    }
    let left = found.values.iter().filter(|value| !origins || value.role == Role::Origin).count() - shown;
    if left > 0 {
        block.note(out, "value", &format!("and {left} more"));
    }
    for place in found.places.iter().take(MOST_PLACES) {
        let name = title(&place.object);
        let name = if place.object == found.object { String::new() } else { format!("{name} in ") };
        block.note(out, "also", &format!("{name}{}:{}", place.spot.file, place.spot.line));
    }
    if found.places.len() > MOST_PLACES {
        block.note(out, "also", &format!("{} more places", found.places.len() - MOST_PLACES));
    }
    if !found.releases.is_empty() {
        block.note(out, "breaks", &releases(swept, &found.releases));
    }
    block.note(out, "why", found.reason);
    block.note(out, "cure", &found.cure);
}

/// What the finding is about: `Deployment/api`, and the pointer in it.
fn object(found: &Found) -> String {
    let name = format!("{}/{}", found.object.kind, found.object.name);
    let name = name.trim_matches('/');
    if found.pointer.is_empty() { name.to_owned() } else { format!("{name} {}", found.pointer) }
}

fn environments(found: &Found) -> String {
    if found.environments.is_empty() { String::new() } else { format!(" for {}", found.environments.join(", ")) }
}

/// How a finding's lines are laid out.
struct Block {
    /// The width of line numbers.
    gutter: usize,
    paint: Paint,
    severity: Severity,
}

impl Block {
    /// A place, and its line where it is known.
    fn open(&self, out: &mut String, arrow: &str, spot: &Spot, what: &str) {
        blank(out, self.gutter);
        self.paint.put(out, BLUE, &[arrow]);
        out.extend([" ", &spot.file]);
        let line = spot.line.to_string();
        if spot.line > 0 {
            out.extend([":", &line]);
            if spot.column > 0 {
                out.extend([":", &spot.column.to_string()]);
            }
        }
        if !what.is_empty() {
            out.extend(["  ", what]);
        }
        out.push('\n');
        let Some(text) = &spot.text else { return };
        let mut number = String::new();
        blank(&mut number, self.gutter.saturating_sub(line.len()));
        self.paint.put(out, BLUE, &[&number, &line]);
        out.push(' ');
        self.paint.put(out, BLUE, &["|"]);
        out.push(' ');
        let shown = text.trim_end();
        for (at, piece) in shown.split('\t').enumerate() {
            out.extend([if at > 0 { " " } else { "" }, piece]);
        }
        out.push('\n');
        blank(out, self.gutter + 1);
        self.paint.put(out, BLUE, &["|"]);
        let (start, width) = underlined(text, spot);
        blank(out, start + 1);
        let code = if arrow == "-->" { Paint::of(self.severity) } else { BLUE };
        self.paint.put(out, code, &["^".repeat(width).as_str()]);
        out.push('\n');
    }

    fn note(&self, out: &mut String, word: &str, text: &str) {
        let mut lines = text.lines();
        blank(out, self.gutter + 1);
        self.paint.put(out, BLUE, &["="]);
        out.push(' ');
        self.paint.put(out, BOLD, &[word]);
        out.extend([": ", lines.next().unwrap_or_default(), "\n"]);
        for more in lines {
            blank(out, self.gutter + 3);
            out.extend([more, "\n"]);
        }
    }
}

/// So many blanks.
fn blank(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// Which characters of a line are underlined: those that the place names, or all but what is blank.
fn underlined(text: &str, spot: &Spot) -> (usize, usize) {
    let trimmed = text.trim_end();
    let length = trimmed.chars().count();
    let blank = trimmed.chars().take_while(|c| c.is_whitespace()).count();
    match spot.column as usize {
        0 => (blank, (length - blank).max(1)),
        column => ((column - 1).min(length), (spot.width as usize).max(1)),
    }
}

fn summary(report: &Report, paint: Paint) -> String {
    let count = |severity| report.open().filter(|found| found.severity == severity).count();
    let mut looked = Vec::new();
    if !report.charts.is_empty() {
        looked.push(plural(report.charts.len(), "chart", "charts"));
    }
    if !report.files.is_empty() {
        looked.push(plural(report.files.len(), "manifest file", "manifest files"));
    }
    if looked.is_empty() {
        return "Nothing to lint was found.\n".to_owned();
    }
    let looked = looked.join(" and ");
    let silenced = match report.silenced().count() {
        0 => String::new(),
        count => format!(", {count} silenced"),
    };
    let mended = match report.mended.len() {
        0 => String::new(),
        count => format!("Mended {}. ", plural(count, "finding", "findings")),
    };
    if report.open().next().is_none() {
        return format!("{mended}Nothing found in {looked}{silenced}.\n");
    }
    let offered = match report.open().filter(|found| found.has_fix).count() {
        count if count > 0 && mended.is_empty() && report.swept.is_empty() => format!(" {count} of them may be mended with --fix."),
        _ => String::new(),
    };
    let all = [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings"), (Severity::Info, "info", "infos")];
    let counts = all.into_iter().filter(|(severity, ..)| count(*severity) > 0);
    let counts: Vec<String> =
        counts.map(|(severity, one, many)| paint.with(Paint::of(severity), &plural(count(severity), one, many))).collect();
    format!("{mended}Found {} in {looked}{silenced}.{offered}\n", counts.join(", "))
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
