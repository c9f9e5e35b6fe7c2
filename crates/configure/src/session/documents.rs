//! Rendered documents as the page shows them: identified, masked, each line with its source.

use crate::protocol::{DocumentView, Source};
use crate::share::base64;
use crate::text::diff::{lines, matches};
use crate::values::secret::MASK;
use chartwright_helm::{Document, Rendered};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Secrets at least this long are masked wherever they stand in a manifest.
const TELLING: usize = 4;

/// A document with its id and the text that is shown.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) source: Arc<str>,
    pub(crate) kind: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) hook: Vec<String>,
    pub(crate) text: Rc<str>,
}

/// The documents' ids: kind and name, with an ordinal where that is not unique.
pub(crate) fn ids(rendered: &Rendered) -> Vec<String> {
    let mut count: HashMap<String, usize> = HashMap::with_capacity(rendered.documents.len());
    let id = |document: &Document| {
        let id = match (&*document.kind, &*document.name) {
            ("", "") => document.source.to_string(),
            (kind, name) => format!("{kind}/{name}"),
        };
        let times = count.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 { format!("{id}#{times}") } else { id }
    };
    rendered.documents.iter().map(id).collect()
}

/// All documents of a render, in order, as they are shown.
pub(crate) fn shown(rendered: &Rendered, secrets: &[String]) -> Vec<Shown> {
    let masks = masks(secrets);
    ids(rendered).into_iter().zip(&rendered.documents).map(|(id, document)| one(id, document, &masks)).collect()
}

fn one(id: String, document: &Document, masks: &[String]) -> Shown {
    let mut text = String::with_capacity(document.source.len() + document.content.len() + 12);
    text.push_str("# Source: ");
    text.push_str(&document.source);
    text.push('\n');
    text.push_str(&document.content);
    for mask in masks {
        if text.contains(mask.as_str()) {
            text = text.replace(mask.as_str(), MASK);
        }
    }
    if &*document.kind == "Secret" {
        text = mask_secret(&text);
    }
    Shown {
        id,
        source: Arc::clone(&document.source),
        kind: Arc::clone(&document.kind),
        name: Arc::clone(&document.name),
        hook: document.hook.as_ref().map(|hook| hook.events.clone()).unwrap_or_default(),
        text: text.into(),
    }
}

/// What is looked for: each secret, as it is and as Kubernetes writes it in a Secret; the longest first.
fn masks(secrets: &[String]) -> Vec<String> {
    let mut all: Vec<String> =
        secrets.iter().filter(|text| text.len() >= TELLING).flat_map(|text| [text.clone(), base64::standard(text.as_bytes())]).collect();
    chartwright_go::sort::by(&mut all, |a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    all.dedup();
    all
}

/// A Secret's values, whatever they are.
fn mask_secret(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut nested = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let indent = body.len() - body.trim_start().len();
        if indent == 0 && !body.is_empty() {
            inside = body == "data:" || body == "stringData:";
            nested = 0;
        } else if inside && !body.trim().is_empty() && !body.trim_start().starts_with('#') {
            if nested == 0 {
                nested = indent;
            }
            if indent > nested {
                continue;
            }
            if let Some((key, value)) = body.split_once(':').filter(|(_, value)| !value.trim().is_empty()) {
                let _ = value;
                out.push_str(key);
                out.push_str(": ");
                out.push_str(MASK);
                out.push('\n');
                continue;
            }
        }
        out.push_str(line);
    }
    if !text.ends_with('\n') && out.ends_with('\n') {
        out.pop();
    }
    out
}

/// The documents that lines are compared with: those without me, each line with its source.
#[derive(Default)]
pub(crate) struct Baseline {
    by_id: HashMap<String, usize>,
    by_place: HashMap<(Arc<str>, Arc<str>), usize>,
    documents: Vec<(Rc<str>, Vec<Source>)>,
}

impl Baseline {
    /// `came`: as the environment's files came; `defaults`: with the chart's values alone, where those can be rendered.
    pub(crate) fn new(came: &[Shown], defaults: Option<&[Shown]>) -> Baseline {
        let lowest = defaults.map(|defaults| {
            let documents =
                defaults.iter().map(|shown| (Rc::clone(&shown.text), vec![Source::Default; lines(&shown.text).len()])).collect();
            Baseline::of(defaults, documents)
        });
        let documents = came
            .iter()
            .map(|shown| {
                let sources = match &lowest {
                    Some(lowest) => lowest.sources(shown, Source::File),
                    // With nothing to compare with, everything counts as the chart's own.
                    None => vec![Source::Default; lines(&shown.text).len()],
                };
                (Rc::clone(&shown.text), sources)
            })
            .collect();
        Baseline::of(came, documents)
    }

    fn of(all: &[Shown], documents: Vec<(Rc<str>, Vec<Source>)>) -> Baseline {
        let by_id = all.iter().enumerate().map(|(at, shown)| (shown.id.clone(), at)).collect();
        let by_place = all.iter().enumerate().map(|(at, shown)| ((Arc::clone(&shown.source), Arc::clone(&shown.kind)), at)).collect();
        Baseline { by_id, by_place, documents }
    }

    /// The source of each line: that of the same line in the baseline, else `new`. A document that was renamed is found by its template.
    pub(crate) fn sources(&self, shown: &Shown, new: Source) -> Vec<Source> {
        let place = (Arc::clone(&shown.source), Arc::clone(&shown.kind));
        let found = self.by_id.get(&shown.id).or_else(|| self.by_place.get(&place)).and_then(|at| self.documents.get(*at));
        let Some((text, sources)) = found else { return vec![new; lines(&shown.text).len()] };
        if **text == *shown.text {
            return sources.clone();
        }
        let found = matches(&lines(text), &lines(&shown.text));
        let mut all: Vec<Source> = found.iter().map(|at| at.and_then(|at| sources.get(at)).copied().unwrap_or(new)).collect();
        if let Some(first) = all.first_mut() {
            // The line that names the template is Helm's.
            *first = Source::Default;
        }
        all
    }
}

/// Run-length form.
pub(crate) fn runs(sources: &[Source]) -> Vec<(u32, Source)> {
    let mut runs: Vec<(u32, Source)> = Vec::new();
    for source in sources {
        match runs.last_mut() {
            Some((count, last)) if last == source => *count += 1,
            _ => runs.push((1, *source)),
        }
    }
    runs
}

/// A document for the page.
pub(crate) fn view(shown: &Shown, sources: &[Source], changed: Vec<u32>) -> DocumentView {
    DocumentView {
        id: shown.id.clone(),
        source: shown.source.to_string(),
        kind: shown.kind.to_string(),
        name: shown.name.to_string(),
        hook: shown.hook.clone(),
        text: shown.text.to_string(),
        sources: runs(sources),
        changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked() {
        let text = "# Source: a\nkind: Secret\ndata:\n  a: QUJD\n  b: |\n    QUJD\n    QUJD\n  c: x\ntype: Opaque";
        assert_eq!(mask_secret(text), "# Source: a\nkind: Secret\ndata:\n  a: ••••••\n  b: ••••••\n  c: ••••••\ntype: Opaque");
        assert_eq!(mask_secret("metadata:\n  a: b\nstringData:\n  c: d"), "metadata:\n  a: b\nstringData:\n  c: ••••••");
    }

    #[test]
    fn long_secrets_first() {
        assert_eq!(masks(&["abcd".into(), "abc".into()]), ["YWJjZA==", "abcd"]);
    }
}
