//! The checks' worker: [`Checks`] behind messages. Starts in `bin/checks.rs`, after the first manifest is shown.

use chartwright_configure::Checks;
use chartwright_configure::protocol::CheckReport;
use gloo::worker::{HandlerId, Worker, WorkerScope};

/// The worker: one cache of checked documents.
pub struct Checker(Checks);

impl Worker for Checker {
    type Message = ();
    /// What the engine's update said to check.
    type Input = String;
    type Output = CheckReport;

    fn create(_: &WorkerScope<Self>) -> Self {
        Self(Checks::new())
    }

    fn update(&mut self, _: &WorkerScope<Self>, (): ()) {}

    fn received(&mut self, scope: &WorkerScope<Self>, request: String, id: HandlerId) {
        scope.respond(id, self.0.check(&request));
    }
}
