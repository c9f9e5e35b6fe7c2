//! Which values of a chart may be behind a place of its manifest. The trace tells what made the place and its surroundings, and what the template read; the rest is guessed by
//! names. Only a render can tell whether a guess is right.

use chartwright_helm::{Document, Step, Trace};
use chartwright_lint::fix::{Change, NewValue};
use chartwright_yaml::edit::PathSegment;
use chartwright_yaml::{NodeId, NodeView, Tree};

/// How many guesses are worth a render each.
const MOST_CANDIDATES: usize = 12;

/// How many parts of a collection are asked where they came from.
const MOST_PARTS: usize = 40;

/// How many paths a place may come from: of more none is the one.
const MOST_ORIGINS: usize = 4;

/// A value that may make a manifest's place read as wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// From the root chart's values.
    pub path: Vec<PathSegment>,
    /// What it is to be.
    pub value: NewValue,
}

/// What may be set for a change of a rendered document, the likeliest first.
#[must_use]
pub fn candidates(trace: &Trace<'_>, document: &Document, change: &Change) -> Vec<Candidate> {
    let Ok(tree) = Tree::parse(&document.content) else { return Vec::new() };
    let looked = Looked { trace, document, tree: &tree };
    let keys = change.path();
    let (node, done) = looked.deepest(&keys);
    let rest = &keys[done..];
    let value = match change {
        Change::Set(_, value) => value.clone(),
        Change::Remove(_) => NewValue::Null,
    };
    let mut paths = if rest.is_empty() { looked.origins(node) } else { Vec::new() };
    paths.extend(looked.bases(node).into_iter().map(|base| joined(base, rest)));
    if !rest.is_empty() {
        paths.extend(looked.by_name(&keys[..done], rest));
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    for path in paths.into_iter().filter(|path| !path.is_empty()) {
        if !candidates.iter().any(|known| known.path == path) && candidates.len() < MOST_CANDIDATES {
            candidates.push(Candidate { path, value: value.clone() });
        }
    }
    candidates
}

struct Looked<'l> {
    trace: &'l Trace<'l>,
    document: &'l Document,
    tree: &'l Tree,
}

impl Looked<'_> {
    /// How far a path leads: the last node that is there, and how many steps it took.
    fn deepest(&self, keys: &[String]) -> (NodeId, usize) {
        let mut at = self.tree.root();
        for (done, key) in keys.iter().enumerate() {
            match self.tree.at_from(at, &[key]) {
                Some(next) if !self.tree.is_null(next) => at = next,
                _ => return (at, done),
            }
        }
        (at, keys.len())
    }

    /// The paths that a scalar was made from.
    fn origins(&self, node: NodeId) -> Vec<Vec<PathSegment>> {
        let span = self.tree.span(node);
        if span.start >= span.end || matches!(self.tree.view(node), NodeView::Mapping(_) | NodeView::Sequence(_)) {
            return Vec::new();
        }
        let made = self.trace.range(self.document, span.start..span.end).unwrap_or_default();
        if made.origins.len() > MOST_ORIGINS {
            return Vec::new();
        }
        made.origins.iter().map(|path| segments(&self.trace.steps(*path))).collect()
    }

    /// The paths of what a collection was made from as a whole: a part of it, `runAsUser`, came from `securityContext.runAsUser`.
    fn bases(&self, node: NodeId) -> Vec<Vec<PathSegment>> {
        let mut bases = Vec::new();
        let mut open = vec![(node, Vec::new())];
        let mut looked = 0;
        while let Some((at, below)) = open.pop() {
            looked += 1;
            if looked > MOST_PARTS {
                break;
            }
            match self.tree.view(at) {
                NodeView::Mapping(pairs) => {
                    for (key, value) in pairs.iter().rev() {
                        let key = PathSegment::Key(self.tree.key_text(*key).into_owned());
                        open.push((*value, below.iter().cloned().chain([key]).collect()));
                    }
                }
                NodeView::Sequence(items) => {
                    for (index, item) in items.iter().enumerate().rev() {
                        open.push((*item, below.iter().cloned().chain([PathSegment::Index(index)]).collect()));
                    }
                }
                _ if below.is_empty() => {}
                _ => {
                    let origins = self.origins(at);
                    bases.extend(origins.iter().filter_map(|origin| origin.strip_suffix(below.as_slice())).map(<[PathSegment]>::to_vec));
                }
            }
        }
        bases
    }

    /// Paths that the template read, and that are called like a missing key or like what it is missing in.
    fn by_name(&self, there: &[String], rest: &[String]) -> Vec<Vec<PathSegment>> {
        let Some(reads) = self.trace.reads(&self.document.source) else { return Vec::new() };
        let read: Vec<Vec<PathSegment>> = reads.deep.iter().chain(&*reads.touched).map(|path| segments(&self.trace.steps(*path))).collect();
        // The names that lead to the missing key, the last of what is there among them: with each what is to be appended.
        let parent = there.last().map(|key| (key.as_str(), rest));
        let names = (0..rest.len()).map(|at| (rest[at].as_str(), &rest[at + 1..])).chain(parent);
        let mut found: Vec<(bool, Vec<PathSegment>)> = Vec::new();
        for (name, appended) in names {
            for path in &read {
                let Some(PathSegment::Key(last)) = path.last() else { continue };
                if is_like(last, name) {
                    found.push((last != name, joined(path.clone(), appended)));
                }
            }
        }
        found.sort_by_key(|(is_other, _)| *is_other);
        found.into_iter().map(|(_, path)| path).collect()
    }
}

/// `podSecurityContext` is like `securityContext`.
fn is_like(known: &str, name: &str) -> bool {
    let (known, name) = (known.to_ascii_lowercase(), name.to_ascii_lowercase());
    known.ends_with(&name) && name.len() > 2
}

fn joined(mut path: Vec<PathSegment>, rest: &[String]) -> Vec<PathSegment> {
    path.extend(rest.iter().map(|key| PathSegment::Key(key.clone())));
    path
}

fn segments(steps: &[Step]) -> Vec<PathSegment> {
    let segment = |step: &Step| match step {
        Step::Key(key) => PathSegment::Key(String::from_utf8_lossy(key).into_owned()),
        Step::Item(item) => PathSegment::Index(*item as usize),
    };
    steps.iter().map(segment).collect()
}
