//! Fixes: the change of a manifest that a rule wants, and whether what came of it is better.

use super::request::{DocumentRequest, TrialRequest};
use super::{Checks, laid};
use crate::fix::{known, only_less};
use crate::protocol::{CheckReport, ManifestChange};
use crate::values::{Node, Value, read_yaml, to_json};
use chartwright_lint::fix::{Change, NewValue};
use chartwright_lint::{Finding, Input, Report};
use chartwright_yaml::Tree;

/// The change that cures a finding. Several at once would have to come from one value: there is none then.
pub(super) fn change(finding: &Finding, document: Option<&DocumentRequest>) -> Option<ManifestChange> {
    let [change] = finding.fix.as_ref()?.changes.as_slice() else { return None };
    let json = match change {
        Change::Set(_, value) => Some(json(value)?),
        Change::Remove(_) => None,
    };
    Some(ManifestChange { document: document?.id.clone(), pointer: change.pointer().to_owned(), json })
}

fn json(value: &NewValue) -> Option<String> {
    let node: Node = match value {
        NewValue::Null => Value::Null.into(),
        NewValue::Bool(value) => Value::Bool(*value).into(),
        NewValue::Int(value) => Value::Int(*value).into(),
        NewValue::Float(value) => Value::Float(*value).into(),
        NewValue::String(text) => Node::string(text),
        NewValue::Json(value) => return Some(value.to_string()),
        NewValue::Yaml(text) => read_yaml(&Tree::parse(text).ok()?).ok()?,
    };
    Some(to_json(&node))
}

impl Checks {
    /// Judges a [`FixView::trial`](crate::protocol::FixView::trial) in [`CheckReport::verdict`].
    pub fn judge(&mut self, trial: &str) -> CheckReport {
        let Ok(trial) = serde_json::from_str::<TrialRequest>(trial) else { return CheckReport::default() };
        let (document, pointer, json) = trial.change.clone();
        let verdict = Some((ManifestChange { document, pointer, json }, self.is_better(&trial)));
        CheckReport { verdict, ..CheckReport::default() }
    }

    fn is_better(&mut self, trial: &TrialRequest) -> bool {
        let minor = self.settings.1;
        let Some(found) = self.lint_release(&trial.environment, &trial.documents, minor) else { return false };
        self.answers.get(&trial.environment).is_some_and(|(_, answer)| only_less(&answer.known, &known(&found.findings)))
    }

    /// What is found in other documents of an environment that is known, for a release of Kubernetes. Nothing where a text is missing.
    pub(super) fn lint_release(&mut self, environment: &str, documents: &[DocumentRequest], minor: u32) -> Option<Report> {
        let (asked, _) = self.answers.get(environment)?;
        let text = |document: &DocumentRequest| {
            let text = document.text.clone().or_else(|| self.texts.get(&document.hash).cloned());
            text.map(|text| (document.source.clone(), text))
        };
        let all = |documents: &[DocumentRequest]| documents.iter().map(text).collect::<Option<Vec<_>>>();
        let (own, context) = (all(documents)?, all(&asked.context)?);
        let (namespace, _, profile) = &self.settings;
        let (own, context) = (laid(&own, namespace), laid(&context, namespace));
        let input = Input {
            documents: &own,
            context: &context,
            kubernetes_minor: minor,
            partial: false,
            apart: false,
            profile: *profile,
            disabled: &[],
        };
        Some(self.linter.lint(&input))
    }
}
