//! Rendered documents as the page shows them: identified and masked, each line known as the one that the render has.

use crate::protocol::{DocumentView, Source};
use crate::share::base64;
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
    /// The numbers (from 0) of the lines that are left of the text, where masks took any out.
    kept: Option<Vec<u32>>,
}

impl Shown {
    /// The line (from 0) of the document's content that a shown line (from 1) is; nothing for the one that names the template.
    pub(crate) fn content_line(&self, line: u32) -> Option<usize> {
        let at = line.checked_sub(1)? as usize;
        let at = match &self.kept {
            Some(kept) => *kept.get(at)? as usize,
            None => at,
        };
        at.checked_sub(1)
    }
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
    let mut kept = None;
    for mask in masks {
        if text.contains(mask.as_str()) {
            if mask.contains('\n') {
                take_out(&text, mask, kept.get_or_insert_with(|| numbers(&text)));
            }
            text = text.replace(mask.as_str(), MASK);
        }
    }
    if &*document.kind == "Secret" {
        let (masked, left) = mask_secret(&text);
        if left.len() < text.lines().count() {
            let before = kept.unwrap_or_else(|| numbers(&text));
            kept = Some(left.into_iter().filter_map(|at| before.get(at as usize).copied()).collect());
        }
        text = masked;
    }
    Shown {
        id,
        source: Arc::clone(&document.source),
        kind: Arc::clone(&document.kind),
        name: Arc::clone(&document.name),
        hook: document.hook.as_ref().map(|hook| hook.events.clone()).unwrap_or_default(),
        text: text.into(),
        kept,
    }
}

fn numbers(text: &str) -> Vec<u32> {
    (0..text.lines().count() as u32).collect()
}

/// Takes the lines out that a mask over several lines joins to the one that it begins in.
fn take_out(text: &str, mask: &str, kept: &mut Vec<u32>) {
    let breaks = |text: &str| text.matches('\n').count();
    let joined = breaks(mask);
    let begins: Vec<usize> = text.match_indices(mask).map(|(at, _)| breaks(&text[..at])).collect();
    for first in begins.into_iter().rev() {
        let end = (first + 1 + joined).min(kept.len());
        kept.drain((first + 1).min(end)..end);
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

/// A Secret's values, whatever they are; and the numbers of the lines that are left.
fn mask_secret(text: &str) -> (String, Vec<u32>) {
    let mut out = String::with_capacity(text.len());
    let mut left = Vec::new();
    let mut inside = false;
    let mut nested = 0;
    for (at, line) in (0..).zip(text.split_inclusive('\n')) {
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
            left.push(at);
            if let Some((key, _)) = body.split_once(':').filter(|(_, value)| !value.trim().is_empty()) {
                out.push_str(key);
                out.push_str(": ");
                out.push_str(MASK);
                out.push('\n');
                continue;
            }
            out.push_str(line);
            continue;
        }
        left.push(at);
        out.push_str(line);
    }
    if !text.ends_with('\n') && out.ends_with('\n') {
        out.pop();
    }
    (out, left)
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
        let masked = "# Source: a\nkind: Secret\ndata:\n  a: ••••••\n  b: ••••••\n  c: ••••••\ntype: Opaque";
        assert_eq!(mask_secret(text), (masked.to_owned(), vec![0, 1, 2, 3, 4, 7, 8]));
        assert_eq!(mask_secret("metadata:\n  a: b\nstringData:\n  c: d").0, "metadata:\n  a: b\nstringData:\n  c: ••••••");
    }

    #[test]
    fn lines_are_known_under_a_mask() {
        let mut kept = numbers("a\nx\ny\nb\nx\ny");
        take_out("a\nx\ny\nb\nx\ny", "x\ny", &mut kept);
        assert_eq!(kept, [0, 1, 3, 4]);
    }

    #[test]
    fn long_secrets_first() {
        assert_eq!(masks(&["abcd".into(), "abc".into()]), ["YWJjZA==", "abcd"]);
    }
}
