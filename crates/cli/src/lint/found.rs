//! Findings as reports tell them: with the files and lines that they lead to.

use super::mend::Cure;
use chartwright_kube::object::ObjectRef;
use chartwright_lint::{Finding, Linter, Severity};

/// A place in a file. Lines and columns count from 1; a column of 0 is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) column: u32,
    /// How many characters of the line it is about; 0 where that is not known.
    pub(super) width: u32,
    /// The line, as it stands there; nothing where the file cannot be read.
    pub(super) text: Option<String>,
}

impl Spot {
    /// A place that is known by its line and column alone; `text` is the line.
    pub(super) fn new(file: String, line: u32, column: u32, text: Option<String>) -> Spot {
        let rest = text.as_deref().filter(|_| column > 0).map(|text| text.trim_end().chars().skip(column as usize - 1).collect::<String>());
        let width = rest.map_or(0, |rest| u32::try_from(token(&rest)).unwrap_or(0));
        Spot { file, line, column, width, text }
    }
}

/// How long what stands at the beginning is: an action of a template or what is left of one, a key, or the rest of the line.
fn token(text: &str) -> usize {
    let part = match text.find("}}") {
        Some(end) if text.starts_with("{{") => &text[..end + 2],
        Some(end) if !text[..end].contains("{{") => text[..end].trim_end_matches('-').trim_end(),
        _ => text.split(':').next().unwrap_or(text),
    };
    part.chars().count()
}

/// A value that the place was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// `image.tag`, from the root chart's values.
    pub(super) path: String,
    /// Whether it stands in the output, or decided that something does.
    pub(super) role: Role,
    /// Where it is set; nothing where it is not.
    pub(super) place: Option<Spot>,
}

/// What a value was to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Origin,
    Condition,
}

/// One more place of the same cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Another {
    pub(super) object: ObjectRef,
    pub(super) pointer: String,
    pub(super) spot: Spot,
    /// The template line that wrote it.
    pub(super) template: Option<Spot>,
}

/// All findings of a run, with the annotations that silence some.
pub(super) fn all(report: chartwright_lint::Report) -> impl Iterator<Item = (Finding, Option<Silence>)> {
    let silenced = report.suppressed.into_iter();
    let silenced = silenced.map(|one| (one.finding, Some(Silence { by: one.by, reason: one.reason, inside: true })));
    report.findings.into_iter().map(|finding| (finding, None)).chain(silenced)
}

/// What silences a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Silence {
    /// An annotation's key, or the project file and its line.
    pub(super) by: String,
    pub(super) reason: Option<String>,
    /// Whether it stands in the manifest itself.
    pub(super) inside: bool,
}

/// A finding.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) severity: Severity,
    pub(super) object: ObjectRef,
    pub(super) pointer: String,
    /// The line of the manifest; of a chart that of its render.
    pub(super) spot: Spot,
    pub(super) message: String,
    pub(super) reason: &'static str,
    pub(super) cure: String,
    /// The chart that made it.
    pub(super) chart: Option<String>,
    /// The environments that it is found in, where some were asked for.
    pub(super) environments: Vec<String>,
    /// The template line that wrote it.
    pub(super) template: Option<Spot>,
    /// Where that template was called, the outermost first.
    pub(super) calls: Vec<Spot>,
    pub(super) values: Vec<Setting>,
    pub(super) places: Vec<Another>,
    pub(super) silenced: Option<Silence>,
    /// Whether a rule offers a fix, be it one for the file or not.
    pub(super) has_fix: bool,
    /// What mends it in the file, where that was looked for and found.
    pub(super) cure_in_file: Option<Cure>,
    /// In a sweep over releases: the minor versions of Kubernetes 1.x that it breaks in, in ascending order.
    pub(super) releases: Vec<u32>,
}

impl Found {
    /// A finding that leads nowhere else, of no object and of no chart.
    pub(super) fn new(rule: &'static str, severity: Severity, spot: Spot, message: String, reason: &'static str, cure: String) -> Found {
        Found {
            rule,
            severity,
            object: ObjectRef::default(),
            pointer: String::new(),
            spot,
            message,
            reason,
            cure,
            chart: None,
            environments: Vec::new(),
            template: None,
            calls: Vec::new(),
            values: Vec::new(),
            places: Vec::new(),
            silenced: None,
            has_fix: false,
            cure_in_file: None,
            releases: Vec::new(),
        }
    }

    /// The place to open: of a chart the template, if it is known.
    pub(super) fn home(&self) -> &Spot {
        self.template.as_ref().unwrap_or(&self.spot)
    }

    /// What makes two findings of different renders the same: what is said, of which line, by which template and values.
    pub(super) fn is_same(&self, other: &Found) -> bool {
        let key = |found: &Found| (found.rule, found.home().clone(), found.message.clone(), found.pointer.clone());
        key(self) == key(other) && self.object == other.object
    }
}

impl Found {
    /// Whether another object's finding has the same cause: the same is said of the same template line.
    pub(super) fn is_cause_of(&self, other: &Found) -> bool {
        let key = |found: &Found| (found.rule, found.template.clone(), found.message.clone(), found.silenced.is_some());
        self.template.is_some() && self.silenced.is_none() && key(self) == key(other)
    }
}

/// What a target came to, or all of them.
#[derive(Default)]
pub(super) struct Report {
    /// Those that count, and those that are silenced.
    pub(super) findings: Vec<Found>,
    /// The charts that were judged.
    pub(super) charts: Vec<String>,
    /// The manifest files that were.
    pub(super) files: Vec<String>,
    /// What was mended: the rule, and how.
    pub(super) mended: Vec<(&'static str, Cure)>,
    /// What is worth a line besides.
    pub(super) notes: Vec<String>,
    /// The releases of a sweep; none where there was none.
    pub(super) swept: Vec<u32>,
    /// What manifest files were judged with, to be taken apart with the report or not at all.
    pub(super) linters: Vec<Linter>,
}

impl Report {
    /// Notes something, once however often it is met.
    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The findings that count.
    pub(super) fn open(&self) -> impl Iterator<Item = &Found> {
        self.findings.iter().filter(|found| found.silenced.is_none())
    }

    /// Those that are silenced.
    pub(super) fn silenced(&self) -> impl Iterator<Item = (&Found, &Silence)> {
        self.findings.iter().filter_map(|found| Some((found, found.silenced.as_ref()?)))
    }
}
