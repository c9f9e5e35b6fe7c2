//! Fixes in manifest files.

use super::{Cure, Key, Mended, Purpose};
use crate::lint::gather::STDIN;
use crate::lint::ground::Ground;
use crate::lint::manifest::Manifest;
use crate::lint::options::{NAMESPACE, Options};
use crate::lint::plain::input;
use crate::lint::terms::Terms;
use chartwright_configure::fix;
use chartwright_lint::{Document, Finding, Input, Linter};
use std::collections::BTreeSet;

/// Looks for fixes of what stands in files that are applied together.
pub(in crate::lint) fn mend(files: &[Manifest], options: &Options, terms: &Terms, ground: &Ground, purpose: Purpose) -> Mended {
    let namespace = options.namespace.as_deref().unwrap_or(NAMESPACE);
    let mut linter = ground.linter(terms);
    let mut texts: Vec<String> = files.iter().map(|file| file.text.clone()).collect();
    let mut mended = Mended::default();
    let mut refused = BTreeSet::new();
    let mut now = find(&mut linter, files, &texts, namespace, terms);
    for _ in 0..purpose.trials() {
        let is_next = |finding: &&Finding| {
            let file = files.get(finding.place.document).filter(|file| file.path != STDIN);
            finding.fix.is_some() && file.is_some_and(|file| !terms.excludes(finding, &file.path)) && !refused.contains(&Key::of(finding))
        };
        let Some(finding) = now.iter().find(is_next) else { break };
        let (key, at) = (Key::of(finding), finding.place.document);
        refused.insert(key.clone());
        let Some(fix) = &finding.fix else { continue };
        let Ok(after) = fix::apply(&texts[at], finding.place.line, fix) else { continue };
        let words = format!("{} in {}", fix.words(), files[at].path);
        let before = std::mem::replace(&mut texts[at], after.clone());
        let then = find(&mut linter, files, &texts, namespace, terms);
        if !fix::only_less(&fix::known(&now), &fix::known(&then)) {
            texts[at] = before;
            continue;
        }
        let file = files[at].path.clone();
        match purpose {
            Purpose::Tell => texts[at] = before.clone(),
            Purpose::Make => {
                mended.files.insert(file.clone(), after.clone());
                now = then;
            }
        }
        mended.cures.push((key, Cure { words, file, before, after }));
    }
    mended
}

fn find(linter: &mut Linter, files: &[Manifest], texts: &[String], namespace: &str, terms: &Terms) -> Vec<Finding> {
    let documents: Vec<Document<'_>> =
        files.iter().zip(texts).map(|(file, text)| Document { source: &file.path, content: text, namespace }).collect();
    linter.lint(&Input { apart: true, ..input(&documents, terms) }).findings
}
