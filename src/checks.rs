//! The checks' worker: [`Checks`] behind messages. Starts in `bin/checks.rs`, after the first manifest is shown.

use chartwright_configure::Checks;
use chartwright_configure::protocol::CheckReport;
use gloo::worker::{HandlerId, Worker, WorkerScope};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// What the page sends.
#[derive(Debug, Serialize, Deserialize)]
pub enum Question {
    /// What the engine's update said to check. It is answered.
    Check(String),
    /// What would come of a fix, as the engine's update said. It is answered by a verdict.
    Try(String),
    /// What becomes of the chart in a release of Kubernetes, as the engine's update said. It is answered by what is known of the releases.
    Release(String),
    /// The table of Kubernetes' releases, to judge by.
    Schemas(String),
}

/// The worker: one cache of checked documents.
pub struct Checker {
    checks: Checks,
    /// What was asked last, and by whom: it is answered anew when there is more to judge by.
    last: Option<(HandlerId, String)>,
    /// Whether the definitions of common operators were fetched already, or are on their way.
    fetched: bool,
}

/// The definitions of common operators, which few charts need: from beside the worker's own script.
async fn definitions() -> Option<String> {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().dyn_into().ok()?;
    let response: web_sys::Response = JsFuture::from(scope.fetch_with_str("definitions.txt")).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

impl Worker for Checker {
    /// The definitions of common operators, if they could be fetched.
    type Message = Option<String>;
    type Input = Question;
    type Output = CheckReport;

    fn create(_: &WorkerScope<Self>) -> Self {
        Self { checks: Checks::new(), last: None, fetched: false }
    }

    fn update(&mut self, scope: &WorkerScope<Self>, definitions: Option<String>) {
        if let (Some(definitions), Some((id, request))) = (definitions, &self.last) {
            self.checks.set_definitions(&definitions);
            // A download was handed out with the first answer.
            scope.respond(*id, CheckReport { archive: None, ..self.checks.check(request) });
        }
    }

    fn received(&mut self, scope: &WorkerScope<Self>, question: Question, id: HandlerId) {
        match question {
            Question::Check(request) => {
                scope.respond(id, self.checks.check(&request));
                self.last = Some((id, request));
                if self.checks.wants_definitions() && !self.fetched {
                    self.fetched = true;
                    scope.send_future(definitions());
                }
            }
            Question::Try(trial) => scope.respond(id, self.checks.judge(&trial)),
            Question::Release(request) => scope.respond(id, self.checks.sweep(&request)),
            Question::Schemas(table) => self.checks.set_schemas(&table),
        }
    }
}
