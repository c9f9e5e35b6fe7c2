//! A chart as its rules see it: its values files, what Helm's linter says of it, what its schema refuses and what nobody reads. Who worked that
//! out, and how, is not known here. Findings of a chart stand in its files, not in what it renders to.

use crate::finding::Severity;
use crate::linter::Linter;
use crate::profile::Profile;
use crate::rule::{Check, Rule};
use crate::rules::RULES;
use chartwright_yaml::{NodeId, NodeView, Tree};

/// A place in a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A file of the chart, `values.yaml`; or one that is given beside it, as its user calls it.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The JSON pointer of the value, where it is about one.
    pub pointer: String,
}

/// Something that another linter has said of the chart, for a rule that takes it up.
#[derive(Clone, Debug)]
pub struct Said {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub place: Place,
    /// The text.
    pub message: String,
}

/// A value that the chart's schema refuses, or a schema that cannot be used.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Where the value is set; or the schema.
    pub place: Place,
    /// What is wrong.
    pub message: String,
}

/// A key that no template reads.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// The key in words: `image.tag`.
    pub key: String,
    /// Whether it stands in the chart's own values.
    pub is_own: bool,
    /// The key that was likely meant.
    pub meant: Option<String>,
}

/// A values file with what it holds.
#[derive(Clone, Debug)]
pub struct ValuesFile {
    /// What it is called.
    pub file: String,
    /// Its document.
    pub tree: Tree,
    /// Whether these are the chart's own values.
    pub is_own: bool,
}

/// A chart with the values that it is to be installed with.
pub struct Chart<'a> {
    /// What Helm's linter says, as far as rules take it up.
    pub said: &'a [Said],
    /// What the schema refuses.
    pub refused: &'a [Refused],
    /// What nobody reads.
    pub unread: &'a [Unread],
    /// The chart's own values, and the files above them.
    pub values: &'a [ValuesFile],
    /// Whether the chart's own value at a path counts: nothing above sets another, and a template has read it.
    pub counts: &'a dyn Fn(&[&str]) -> bool,
}

/// One cause for concern in a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartFinding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub reason: &'static str,
    /// What to do.
    pub cure: String,
    /// What other tools call the rule.
    pub aliases: &'static [&'static str],
}

/// Where a check of a chart puts what it finds.
pub struct ChartSink<'o> {
    rule: &'static Rule,
    out: &'o mut Vec<ChartFinding>,
}

impl ChartSink<'_> {
    /// Reports a cause.
    pub fn report(&mut self, place: Place, message: String) -> ChartReported<'_> {
        self.out.push(ChartFinding {
            rule: self.rule.id,
            severity: self.rule.severity,
            place,
            message,
            reason: self.rule.reason,
            cure: self.rule.cure.to_owned(),
            aliases: self.rule.aliases,
        });
        ChartReported { out: self.out }
    }

    /// Reports what was said for this rule.
    pub fn said(&mut self, chart: &Chart<'_>) {
        let (id, severity) = (self.rule.id, self.rule.severity);
        for said in chart.said.iter().filter(|said| said.rule == id) {
            // Nothing is worse than its rule says.
            self.report(said.place.clone(), said.message.clone()).severity(said.severity.max(severity));
        }
    }
}

/// The finding that was just reported.
pub struct ChartReported<'o> {
    out: &'o mut Vec<ChartFinding>,
}

impl ChartReported<'_> {
    /// Says what to do here, instead of what the rule says in general.
    pub fn cure(self, cure: String) -> Self {
        if let Some(finding) = self.out.last_mut() {
            finding.cure = cure;
        }
        self
    }

    /// Says how bad it is here.
    pub fn severity(self, severity: Severity) -> Self {
        if let Some(finding) = self.out.last_mut() {
            finding.severity = severity;
        }
        self
    }
}

/// A text in a values file, with the keys that lead to it.
pub(crate) struct Leaf<'t> {
    pub(crate) path: Vec<&'t str>,
    pub(crate) text: &'t str,
    node: NodeId,
}

/// How deep values are looked through. Kubernetes' own objects stay below thirty.
const MAX_DEPTH: usize = 100;

impl ValuesFile {
    /// All texts in it that are no keys, in their order. What is an alias is told where it is anchored.
    pub(crate) fn texts(&self) -> Vec<Leaf<'_>> {
        let tree = &self.tree;
        let mut found = Vec::new();
        let mut open = vec![(tree.root(), Vec::new())];
        while let Some((node, path)) = open.pop() {
            if path.len() > MAX_DEPTH {
                continue;
            }
            match tree.view(node) {
                NodeView::String(text) => found.push(Leaf { path, text, node }),
                NodeView::Sequence(items) => {
                    let items = items.iter().filter(|item| tree.resolve_alias(**item) == **item);
                    let items: Vec<_> = items.map(|item| (*item, [path.as_slice(), &["[]"]].concat())).collect();
                    open.extend(items.into_iter().rev());
                }
                NodeView::Mapping(_) => {
                    let pairs = tree.written_pairs(node).iter().filter(|(_, value)| tree.resolve_alias(*value) == *value);
                    let pairs: Vec<_> =
                        pairs.filter_map(|(key, value)| Some((*value, [path.as_slice(), &[tree.str(*key)?]].concat()))).collect();
                    open.extend(pairs.into_iter().rev());
                }
                _ => {}
            }
        }
        found
    }

    /// Where a text stands.
    pub(crate) fn place(&self, leaf: &Leaf<'_>) -> Place {
        let line = self.tree.key_span(leaf.node).line;
        Place { file: self.file.clone(), line, pointer: self.tree.pointer_of(leaf.node) }
    }
}

impl Leaf<'_> {
    /// The keys in words: `auth.password`, `users[].password`.
    pub(crate) fn dotted(&self) -> String {
        self.path.join(".").replace(".[]", "[]")
    }
}

impl Linter {
    /// Looks at a chart with the rules that a profile asks for. Findings stand in the order of the rules, then of their places.
    #[must_use]
    pub fn lint_chart(&self, chart: &Chart<'_>, profile: Profile, disabled: &[&str]) -> Vec<ChartFinding> {
        let mut findings = Vec::new();
        for rule in RULES.iter().filter(|rule| self.wants(rule, profile, disabled)) {
            if let Check::Chart(check) = rule.check {
                check(chart, &mut ChartSink { rule, out: &mut findings });
            }
        }
        for finding in &mut findings {
            finding.severity = self.severity(finding.rule).unwrap_or(finding.severity);
        }
        findings.sort_by(|one, other| {
            let key = |finding: &ChartFinding| (finding.severity, finding.place.file.clone(), finding.place.line);
            key(one).cmp(&key(other))
        });
        findings
    }
}
