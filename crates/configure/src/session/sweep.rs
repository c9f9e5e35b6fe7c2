//! The releases of Kubernetes: each environment of the chosen chart is rendered for each of them, one at a time while nothing else is to be done, and the checks' worker
//! judges what comes of it. What was rendered of the same texts before is not rendered again.

use super::render::Inputs;
use super::{Rc, Session, names};
use crate::checks::request::{DocumentRequest, SweepRequest, documents};
use crate::protocol::Profile;
use crate::share::SavedSilence;
use std::collections::HashMap;

/// How far it has come with each environment.
#[derive(Default)]
pub(super) struct Memory {
    known: HashMap<Rc<str>, (Question, usize)>,
    /// Whether the engine has rendered something else since the chosen environment.
    is_cold: bool,
}

/// What an environment's part is about: when this changes, it begins anew.
#[derive(PartialEq)]
struct Question {
    chart: Rc<str>,
    /// For no release in particular.
    inputs: Inputs,
    profile: Profile,
    silences: Vec<SavedSilence>,
    project: Rc<str>,
}

impl Session {
    /// What the checks' worker is to judge next; empty where it has been told everything.
    pub(super) fn sweep(&mut self) -> String {
        if self.state.chart.is_empty() || !self.checks.are_wanted() {
            return String::new();
        }
        self.keep_valid_release();
        for name in self.checked_environments() {
            let environment = self.environment_of(&self.state.chart, &name);
            let mut inputs = self.inputs(&environment, |layer| &layer.good);
            inputs.release.kube_version = "".into();
            let question = Question {
                chart: Rc::clone(&self.state.chart),
                inputs: inputs.clone(),
                profile: self.profile(),
                silences: self.silences(),
                project: self.project_text(),
            };
            let done = match self.sweep.known.get(&name) {
                Some((known, done)) if *known == question => *done,
                _ => 0,
            };
            if let Some(version) = names::KUBE_VERSIONS.get(done) {
                inputs.release.kube_version = (*version).into();
                let request = self.sweep_request(&name, &inputs, done == 0);
                self.sweep.known.insert(name, (question, done + 1));
                return serde_json::to_string(&request).unwrap_or_default();
            }
        }
        if std::mem::take(&mut self.sweep.is_cold) {
            // The next key press finds the engine as it was.
            let inputs = self.inputs(&self.environment(), |layer| &layer.good);
            if let Some(open) = self.charts.get_mut(&self.state.chart) {
                self.renders.ask(open, &inputs, |_| ());
            }
        }
        String::new()
    }

    /// Begins anew, for a worker that knows of nothing.
    pub(super) fn forget_sweep(&mut self) {
        self.sweep.known.clear();
    }

    fn sweep_request(&mut self, name: &Rc<str>, inputs: &Inputs, first: bool) -> SweepRequest {
        let minor = names::minor(&inputs.release.kube_version);
        let request = SweepRequest { environment: name.to_string(), minor, first, ..SweepRequest::default() };
        let Some(open) = self.charts.get_mut(&self.state.chart) else { return request };
        self.sweep.is_cold = true;
        match self.renders.fresh(open, inputs, false) {
            Err(error) => SweepRequest { failed: Some(error.message), ..request },
            Ok(rendered) => {
                let tell = |(document, rendered): (DocumentRequest, &chartwright_helm::Document)| {
                    let new = !self.checks.has(document.hash);
                    DocumentRequest { text: new.then(|| rendered.content.to_string()), ..document }
                };
                SweepRequest { documents: documents(&rendered).into_iter().zip(&rendered.documents).map(tell).collect(), ..request }
            }
        }
    }
}
