//! Watches that the engine answers. One that does not is ended, and another goes on with the state before the actions that it left open.

use super::Link;
use crate::browser::workers::Running;
use crate::state::Tab;
use chartwright_app::engine::{Engine, Response};
use chartwright_configure::protocol::Action;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long the engine may take for one action before it is ended. Renders take milliseconds, on a starved machine a second; the engine's own limits end
/// nearly all that do not. A change that is taken back without need costs more than some seconds of an old preview.
const PATIENCE: u32 = 5_000;
/// How long it may take to start after it was ended, and to take a chart in: it then loads, compiles and renders anew.
const PATIENCE_AT_START: u32 = 30_000;

impl Link {
    pub(super) fn start_engine(self) {
        let inner = self.inner();
        inner.answered.set(false);
        let engine = Running::<Engine>::start("./engine_loader.js", move |response| self.answer(response), move || self.crashed());
        *inner.engine.borrow_mut() = engine;
    }

    pub(super) fn watch(self) {
        let inner = self.inner();
        let patience = match inner.waiting.borrow().front() {
            None => None,
            // The first engine takes as long as the network does; not so one that was here before, or that has charts from outside to render.
            Some((number, Action::Start { dropped, .. })) => {
                (inner.answered.get() || *number > 1 || !dropped.is_empty()).then_some(PATIENCE_AT_START)
            }
            Some((_, Action::AddChart(_))) => inner.answered.get().then_some(PATIENCE_AT_START),
            Some(_) => inner.answered.get().then_some(PATIENCE),
        };
        self.wait(patience);
    }

    /// Ends the engine unless it answers in so many milliseconds.
    fn wait(self, patience: Option<u32>) {
        let stop = move |patience| self.stop(&format!("did not end within {} seconds", patience / 1000));
        *self.inner().watchdog.borrow_mut() = patience.map(|patience| Timeout::new(patience, move || stop(patience)));
    }

    fn crashed(self) {
        let inner = self.inner();
        let outside = inner.waiting.borrow().iter().any(|(_, action)| has_outside(action));
        if inner.answered.get() || outside {
            self.stop("ran out of memory or met a fault");
        } else {
            self.store.fatal.set(Some(
                "The engine could not be started: it needs WebAssembly in a web worker. Reload the page to try again.".to_owned(),
            ));
        }
    }

    /// Ends the engine and starts another with the state before the actions it did not answer. Those are kept.
    fn stop(self, why: &str) {
        let inner = self.inner();
        let dropped: Vec<Action> =
            inner.waiting.borrow_mut().drain(..).map(|(_, action)| action).filter(|action| !action.is_question()).collect();
        inner.exports.borrow_mut().clear();
        if dropped.iter().any(has_outside) {
            // Those that the page ships with have been rendered before: it must be one from outside. The browser keeps them all the same.
            inner.dropped.borrow_mut().clear();
            self.toast(&format!("A render {why}. The charts from outside are left aside; they are there again after a reload."), true);
            self.start_engine();
            return self.restart(None);
        }
        if dropped.iter().any(|action| matches!(action, Action::Start { .. })) {
            *inner.engine.borrow_mut() = None;
            self.store
                .fatal
                .set(Some(format!("The render {why}, and there is no earlier state to go back to. Your text is kept in this browser.")));
            return;
        }
        if dropped.is_empty() {
            // What was asked would only be asked again.
            self.store.tab.set(Tab::Manifests);
            self.end_line();
            self.toast(&format!("What was worked out {why} and was stopped. Nothing was changed."), true);
            self.start_engine();
            return self.restart(None);
        }
        self.store.stopped.set(dropped.len());
        *inner.stopped.borrow_mut() = dropped;
        self.toast(&format!("The render {why} and was stopped. The change was taken back, and is kept."), true);
        self.start_engine();
        self.restart(None);
    }

    /// Sends the actions of an ended engine again.
    pub(crate) fn retry_stopped(self) {
        self.store.stopped.set(0);
        let actions = std::mem::take(&mut *self.inner().stopped.borrow_mut());
        for action in actions {
            self.send(action);
        }
    }

    /// Lets the actions of an ended engine go.
    pub(crate) fn forget_stopped(self) {
        self.store.stopped.set(0);
        self.inner().stopped.borrow_mut().clear();
    }

    fn answer(self, response: Response) {
        let inner = self.inner();
        inner.answered.set(true);
        if response.update.loading {
            // The same action will be answered again, by an engine that is still to be fetched.
            self.store.doing.set(Some("Loading the full engine…"));
            return self.wait(Some(PATIENCE_AT_START));
        }
        self.store.doing.set(None);
        let mut action = None;
        {
            let mut waiting = inner.waiting.borrow_mut();
            while let Some((sequence, first)) = waiting.pop_front() {
                if sequence == response.sequence {
                    action = Some(first);
                    break;
                }
            }
        }
        self.watch();
        self.take(response.update, action.as_ref());
    }
}

/// Whether a start has charts from outside.
fn has_outside(action: &Action) -> bool {
    matches!(action, Action::Start { dropped, .. } if !dropped.is_empty())
}
