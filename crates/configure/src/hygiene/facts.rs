//! What is known of a chart and of the values that it is installed with: plain data, gathered where charts are rendered and judged where rules are.

use crate::protocol::Severity;
use chartwright_lint::chart::{self, ChartFinding, Place, Refused, Said, Unread, ValuesFile};
use chartwright_lint::rules::RULES;
use chartwright_lint::{Linter, Profile};
use chartwright_yaml::Tree;
use serde::{Deserialize, Serialize};

/// A file of the chart or one above it, a line in it, and the pointer of the value there, if it is one.
pub(crate) type Site = (String, u32, String);

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// What Helm's linter says: the rule that takes it up, whether it is an error (0), a warning (1) or a hint (2), where, and the text.
    pub(crate) said: Vec<(String, u8, Site, String)>,
    /// What the schemas refuse.
    pub(crate) refused: Vec<(Site, String)>,
    /// What nobody reads: where it stands, the key in words, whether it is the chart's own, and what was likely meant.
    pub(crate) unread: Vec<(Site, String, bool, Option<String>)>,
    /// The chart's own passwords that count: nothing above sets another, and a template has read it. Items of lists are `[]`.
    pub(crate) counting: Vec<Vec<String>>,
}

/// The text of a values file.
#[derive(Clone, Copy, Debug)]
pub struct ValuesText<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Whether these are the chart's own values.
    pub is_own: bool,
}

/// How bad something is that Helm's linter says, as [`Facts`] have it.
pub(crate) fn degree(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

fn place((file, line, pointer): &Site) -> Place {
    Place { file: file.clone(), line: *line, pointer: pointer.clone() }
}

/// Judges by the rules that a profile asks for. A file that cannot be read is left out.
#[must_use]
pub fn judge(linter: &Linter, facts: &Facts, files: &[ValuesText<'_>], profile: Profile) -> Vec<ChartFinding> {
    let said = facts.said.iter().filter_map(|(rule, degree, site, message)| {
        let rule = RULES.iter().find(|known| known.id == rule)?.id;
        let severity = match degree {
            0 => chartwright_lint::Severity::Error,
            1 => chartwright_lint::Severity::Warning,
            _ => chartwright_lint::Severity::Info,
        };
        Some(Said { rule, severity, place: place(site), message: message.clone() })
    });
    let said: Vec<Said> = said.collect();
    let refused: Vec<Refused> =
        facts.refused.iter().map(|(site, message)| Refused { place: place(site), message: message.clone() }).collect();
    let unread: Vec<Unread> = facts
        .unread
        .iter()
        .map(|(site, key, is_own, meant)| Unread { place: place(site), key: key.clone(), is_own: *is_own, meant: meant.clone() })
        .collect();
    let read = |file: &ValuesText<'_>| {
        let tree = Tree::parse(file.text).ok()?;
        Some(ValuesFile { file: file.name.to_owned(), tree, is_own: file.is_own })
    };
    let values: Vec<ValuesFile> = files.iter().filter_map(read).collect();
    let counts = |path: &[&str]| facts.counting.iter().any(|known| known.iter().map(String::as_str).eq(path.iter().copied()));
    let chart = chart::Chart { said: &said, refused: &refused, unread: &unread, values: &values, counts: &counts };
    linter.lint_chart(&chart, profile, &[])
}
