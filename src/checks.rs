//! The checks' worker: [`Checks`] behind messages. Starts in `bin/checks.rs`, after the first manifest is shown.

use chartwright_configure::Checks;
use chartwright_configure::protocol::CheckReport;
use gloo::worker::{HandlerId, Worker, WorkerScope};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Debug, Serialize, Deserialize)]
pub enum Question {
    /// What the engine's update said to check. It is answered.
    Check(String),
    /// The table of Kubernetes' releases, to judge by.
    Schemas(String),
}

/// The worker: one cache of checked documents.
pub struct Checker(Checks);

impl Worker for Checker {
    type Message = ();
    type Input = Question;
    type Output = CheckReport;

    fn create(_: &WorkerScope<Self>) -> Self {
        Self(Checks::new())
    }

    fn update(&mut self, _: &WorkerScope<Self>, (): ()) {}

    fn received(&mut self, scope: &WorkerScope<Self>, question: Question, id: HandlerId) {
        match question {
            Question::Check(request) => scope.respond(id, self.0.check(&request)),
            Question::Schemas(table) => self.0.set_schemas(&table),
        }
    }
}
