//! A line of a manifest as the user would have it: the value that made it is found by the trace, a new one is guessed, and a render has to
//! show exactly the line that was typed.

use super::super::documents::{ids, shown};
use super::super::render::Inputs;
use super::super::state::Environment;
use super::{Rc, Session};
use crate::insight::edit_line::{Part, guesses, meant};
use crate::pointer;
use crate::protocol::{LineEdit, Path};
use crate::text::diff::{lines, matches};
use crate::values::secret::MASK;
use crate::values::{Node, to_json, to_line};
use chartwright_helm::{Document, Rendered, Step};
use std::fmt::Write;

/// How many values are tried.
const MOST_TRIALS: usize = 12;

/// How many other lines are shown that change along.
const MOST_OTHERS: usize = 12;

/// A line of the last render, and what made it.
struct Line {
    rendered: Rendered,
    /// The document's place.
    document: usize,
    /// The line's place in its text.
    at: usize,
    text: String,
    parts: Vec<Part>,
    /// The paths that parts name by their number.
    paths: Vec<Path>,
    /// All paths of each part, for what is made of several.
    origins: Vec<(std::ops::Range<usize>, Vec<String>)>,
    /// What decided over each part that no value made.
    conditions: Vec<(usize, Vec<Path>)>,
    /// The template line that wrote it.
    place: String,
}

impl Session {
    /// What would make a line of a document read so. The same text asks whether anything would.
    pub(in crate::session) fn edit_line(&mut self, document: &str, line: u32, text: &str) -> LineEdit {
        let mut edit = LineEdit { document: document.to_owned(), line, text: text.to_owned(), ..LineEdit::default() };
        if let Err(reason) = self.find_edit(&mut edit) {
            edit.refused = Some(reason);
        }
        edit
    }

    fn find_edit(&mut self, edit: &mut LineEdit) -> Result<(), String> {
        self.keep_valid_release();
        let mut environment = (*self.environment()).clone();
        if environment.layers.is_empty() {
            environment.layers.push(super::super::open::own_layer(&self.state.environment));
        }
        environment.edited = environment.edited.min(environment.layers.len() - 1);
        let inputs = self.inputs(&environment, |layer| &layer.good);
        let mut line = self.traced_line(&inputs, &edit.document, edit.line)?;
        self.take_defaults(&environment, &mut line);
        if edit.text.contains(MASK) || line.rendered.documents.get(line.document).is_some_and(|document| &*document.kind == "Secret") {
            return Err("Secrets are not shown here: change the value in the form".to_owned());
        }
        edit.file = environment.layer().map(|layer| layer.name.to_string()).unwrap_or_default();
        if edit.text == line.text {
            let mut keys: Vec<String> = line.parts.iter().filter_map(|part| Some(pointer::dotted(line.paths.get(part.path?)?))).collect();
            keys.dedup();
            edit.key = keys.join(", ");
            return if keys.is_empty() { Err(why_not(&line, 0..line.text.len())) } else { Ok(()) };
        }
        let candidates = meant(&line.text, &edit.text, &line.parts);
        if candidates.is_empty() {
            return Err(why_not(&line, changed(&line.text, &edit.text)));
        }
        let mut reason = None;
        let mut trials = 0;
        for (part, typed) in candidates {
            let Some(path) = part.path.and_then(|path| line.paths.get(path)) else { continue };
            if let Some(above) = self.hidden_by(&environment, path) {
                reason = Some(format!("{above} lies above {} and sets {} too", edit.file, pointer::dotted(path)));
                continue;
            }
            let value = self.look(&environment, |layers| layers.at(path).whole());
            for guess in guesses(value.as_ref(), &line.text[part.range.clone()], &typed) {
                trials += 1;
                if trials > MOST_TRIALS {
                    break;
                }
                match self.try_edit(&environment, &line, path, &guess, &edit.text) {
                    Ok(rendered) => {
                        self.propose(edit, &line, &rendered, path, value.as_ref(), &guess);
                        return Ok(());
                    }
                    Err(why) => reason = reason.or(why),
                }
            }
        }
        let keys: Vec<String> = line.paths.iter().map(|path| pointer::dotted(path)).collect();
        Err(reason.unwrap_or_else(|| format!("No value of {} was found that gives exactly this line", keys.join(" or "))))
    }

    /// Renders with a trace, and finds the line.
    fn traced_line(&mut self, inputs: &Inputs, id: &str, number: u32) -> Result<Line, String> {
        let chart = Rc::clone(&self.state.chart);
        let open = self.charts.get_mut(&chart).ok_or("There is no chart")?;
        let rendered = self.renders.fresh(open, inputs, true);
        let rendered = rendered.map_err(|_| "The render fails: what is shown is the last good one".to_owned())?;
        let document = ids(&rendered).iter().position(|known| known == id).ok_or("This object is no longer there")?;
        // The first line shown is Helm's own, which names the template.
        let at = (number as usize).checked_sub(2).ok_or("Helm writes this line: it names the template")?;
        let content = &rendered.documents[document].content;
        let start = content.split_inclusive('\n').take(at).map(str::len).sum();
        let text = content.get(start..).and_then(|rest| rest.lines().next()).ok_or("There is no such line")?.to_owned();
        let engine = open.engine(inputs.release.helm).map_err(|error| error.message)?;
        let trace = engine.trace().ok_or("No template wrote this line")?;
        let range = start..start + text.len();
        let mut line = Line {
            document,
            at,
            parts: Vec::new(),
            paths: Vec::new(),
            origins: Vec::new(),
            conditions: Vec::new(),
            place: trace
                .range(&rendered.documents[document], range.clone())
                .and_then(|told| told.site)
                .map(|site| format!("{}, line {}", site.position.file, site.position.line))
                .unwrap_or_default(),
            rendered,
            text,
        };
        for part in trace.parts(&line.rendered.documents[document], range) {
            let within = |at: usize| at.saturating_sub(start).min(line.text.len());
            let range = within(part.range.start)..within(part.range.end);
            if range.is_empty() || !line.text.is_char_boundary(range.start) || !line.text.is_char_boundary(range.end) {
                continue;
            }
            let paths: Vec<Path> = part.origins.iter().map(|path| path_of(&trace.steps(*path))).collect();
            line.origins.push((range.clone(), paths.iter().map(|path| pointer::dotted(path)).collect()));
            if paths.is_empty() {
                line.conditions.push((line.parts.len(), part.conditions.iter().map(|path| path_of(&trace.steps(*path))).collect()));
            }
            let path = <[Path; 1]>::try_from(paths).ok().map(|[path]| line.number(path));
            line.parts.push(Part { range, path });
        }
        Ok(line)
    }

    /// A part that the template gives where a value is missing is that value's: setting it may change the part.
    fn take_defaults(&mut self, environment: &Environment, line: &mut Line) {
        for (part, paths) in std::mem::take(&mut line.conditions) {
            let is_missing = |path: &Path| self.look(environment, |layers| layers.at(path).value().is_none_or(is_empty));
            let missing: Vec<Path> = paths.into_iter().filter(is_missing).collect();
            if let Ok([path]) = <[Path; 1]>::try_from(missing) {
                line.parts[part].path = Some(line.number(path));
            }
        }
    }

    /// The render with a value set, if it shows the line as it was typed; else why not, where that can be said.
    fn try_edit(
        &mut self,
        environment: &Environment,
        line: &Line,
        path: &[String],
        value: &Node,
        typed: &str,
    ) -> Result<Rendered, Option<String>> {
        let mut trial = environment.clone();
        self.write(&mut trial, path, value.clone()).map_err(Some)?;
        let inputs = self.inputs(&trial, |layer| &layer.good);
        let chart = Rc::clone(&self.state.chart);
        let open = self.charts.get_mut(&chart).ok_or(None)?;
        let rendered = self.renders.fresh(open, &inputs, false).map_err(|error| match &error.kind {
            chartwright_helm::RenderErrorKind::Schema(all) => {
                all.first().map(|violation| format!("The schema refuses {}: {}", to_line(value), violation.message))
            }
            _ => None,
        })?;
        let old = line.rendered.documents.get(line.document).ok_or(None)?;
        let new = twin(&line.rendered, line.document, &rendered).ok_or(None)?;
        let (old, new) = (lines(&old.content), lines(&new.content));
        if new.get(moved(&old, &new, line.at)).is_some_and(|new| *new == typed) { Ok(rendered) } else { Err(None) }
    }

    /// Fills in what was found.
    fn propose(&mut self, edit: &mut LineEdit, line: &Line, rendered: &Rendered, path: &[String], was: Option<&Node>, value: &Node) {
        edit.path = path.to_vec();
        edit.key = pointer::dotted(path);
        edit.json = to_json(value);
        edit.value = to_line(value);
        edit.was = was.map(to_line).unwrap_or_default();
        let secrets = self.sent.secrets();
        let (old, new) = (shown(&line.rendered, &secrets), shown(rendered, &secrets));
        let own = old.get(line.document).map(|shown| shown.id.clone());
        let mut tell = |id: &str, before: &str, after: &str| {
            edit.along += 1;
            if edit.others.len() < MOST_OTHERS {
                edit.others.push((id.to_owned(), before.trim().to_owned(), after.trim().to_owned()));
            }
        };
        for shown in &new {
            let Some(before) = old.iter().find(|before| before.id == shown.id) else {
                tell(&shown.id, "", "The whole object is new");
                continue;
            };
            let (a, b) = (lines(&before.text), lines(&shown.text));
            let found = matches(&a, &b);
            let mut gone = (0..a.len()).filter(|at| !found.contains(&Some(*at)));
            for at in (0..b.len()).filter(|at| found[*at].is_none()) {
                let before = gone.next();
                // The line itself was asked for.
                if own.as_deref() != Some(&*shown.id) || before != Some(line.at + 1) {
                    tell(&shown.id, before.and_then(|at| a.get(at)).copied().unwrap_or_default(), b[at]);
                }
            }
            for at in gone {
                tell(&shown.id, a[at], "");
            }
        }
        for gone in old.iter().filter(|before| !new.iter().any(|shown| shown.id == before.id)) {
            tell(&gone.id, "The whole object goes", "");
        }
    }
}

impl Line {
    /// A path's number.
    fn number(&mut self, path: Path) -> usize {
        self.paths.iter().position(|known| *known == path).unwrap_or_else(|| {
            self.paths.push(path);
            self.paths.len() - 1
        })
    }
}

/// Whether a value is none for `default`.
fn is_empty(node: &Node) -> bool {
    node.is_null() || node.str() == Some("")
}

/// The document of another render that stands where this one does: the same template's, by its number there.
fn twin<'r>(old: &Rendered, at: usize, new: &'r Rendered) -> Option<&'r Document> {
    let source = &old.documents.get(at)?.source;
    let ordinal = old.documents[..at].iter().filter(|document| document.source == *source).count();
    new.documents.iter().filter(|document| document.source == *source).nth(ordinal)
}

/// Where a line of the old text stands in the new one.
fn moved(old: &[&str], new: &[&str], at: usize) -> usize {
    if old.len() == new.len() {
        return at;
    }
    let found = matches(old, new);
    let last = found.iter().enumerate().rev().find_map(|(new, old)| old.filter(|old| *old < at).map(|old| (old, new)));
    last.map_or(at, |(old, new)| new + at - old)
}

fn path_of(steps: &[Step]) -> Path {
    steps
        .iter()
        .map(|step| match step {
            Step::Key(key) => String::from_utf8_lossy(key).into_owned(),
            Step::Item(item) => item.to_string(),
        })
        .collect()
}

/// The bytes of a text that an edit changed.
fn changed(old: &str, new: &str) -> std::ops::Range<usize> {
    let head = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let tail = old[..].bytes().skip(head).rev().zip(new.bytes().skip(head).rev()).take_while(|(a, b)| a == b).count();
    head..old.len() - tail
}

/// Why no value makes a part of a line read otherwise.
fn why_not(line: &Line, range: std::ops::Range<usize>) -> String {
    let touched = || line.origins.iter().filter(|(part, _)| part.start < range.end.max(range.start + 1) && range.start < part.end);
    let mut keys: Vec<&String> = Vec::new();
    for key in touched().flat_map(|(_, keys)| keys) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let constant = touched().any(|(_, keys)| keys.is_empty());
    let names = || keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
    let mut text = match (keys.len(), constant) {
        (0, _) => "No value makes this: it stands in the template".to_owned(),
        (1, _) => format!("Part of this stands in the template; only what {} gives can be changed", names()),
        _ => format!("Several values make this: {}. Change what one of them gives", names()),
    };
    if !line.place.is_empty() {
        let _ = write!(text, " ({})", line.place);
    }
    text
}
