//! What is worked out while nothing else is to be done, one after the other: the analysis, as long as its tab is open, what is known of the chart itself, which the checks
//! judge, and the releases of Kubernetes, as long as they are looked at. And what a line that is being typed would need.

use super::Link;
use crate::browser::dom;
use crate::manifests::edit::Draft;
use crate::state::Tab;
use chartwright_configure::protocol::{Action, LineEdit};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long nothing may have happened before an analysis begins, in milliseconds.
const QUIET: u32 = 150;

/// How long nothing may have been typed before a line is asked about.
const TYPED: u32 = 120;

/// What is worked out, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Study {
    /// The insights.
    Insights,
    /// The chart itself, and values.
    Chart,
    /// The releases of Kubernetes.
    Releases,
}

impl Link {
    /// Works things out.
    pub(crate) fn study(self) {
        self.study_in(0, Study::Insights);
    }

    /// The same once it is quiet, for what changed.
    pub(super) fn study_later(self) {
        self.study_in(QUIET, Study::Insights);
    }

    /// Goes on with something, unless what comes before it is about to begin: a tab may have been opened, or a value set, since this was asked for.
    pub(super) fn study_on(self, study: Study) {
        let earlier = self.inner().studying.borrow().as_ref().is_some_and(|(next, _)| *next < study);
        if !earlier {
            self.study_in(0, study);
        }
    }

    fn study_in(self, wait: u32, from: Study) {
        let study = move || {
            self.inner().studying.borrow_mut().take();
            if !self.inner().waiting.borrow().is_empty() {
                return self.study_in(QUIET, from);
            }
            let tab = self.store.tab.get_untracked();
            match from {
                Study::Insights if tab == Tab::Insights => self.send(Action::Analyse),
                Study::Insights | Study::Chart => self.send(Action::Inspect),
                Study::Releases if tab == Tab::Findings && self.store.sweeping.get_untracked() => self.send(Action::Sweep),
                Study::Releases => {}
            }
        };
        *self.inner().studying.borrow_mut() = Some((from, Timeout::new(wait, study)));
    }

    /// Begins to edit a line (from 1) of a document.
    pub(crate) fn begin_line(self, document: &str, line: u32, text: &str) {
        let draft = Draft::new(document, line, text);
        self.store.edit.set(None);
        self.ask_line(&draft);
        self.store.draft.set(Some(draft));
        dom::soon(|| {
            dom::focus("edit-line");
            dom::select_all("edit-line");
        });
    }

    /// Takes what was typed into the line.
    pub(crate) fn type_line(self, typed: &str) {
        self.store.draft.update(|draft| {
            if let Some(draft) = draft {
                typed.clone_into(&mut draft.typed);
                draft.wanted = false;
            }
        });
        let ask = move || {
            if let Some(draft) = self.store.draft.get_untracked() {
                self.ask_line(&draft);
            }
        };
        *self.inner().asking_line.borrow_mut() = Some(Timeout::new(TYPED, ask));
    }

    fn ask_line(self, draft: &Draft) {
        self.send(Action::EditLine { document: draft.document.clone(), line: draft.line, text: draft.text() });
    }

    /// Sets what the line needs; if that is not known yet, as soon as it is.
    pub(crate) fn set_line(self) {
        let Some(draft) = self.store.draft.get_untracked() else { return };
        match self.store.edit.get_untracked().filter(|edit| edit.text == draft.text()) {
            Some(edit) if edit.refused.is_none() && !edit.json.is_empty() => {
                self.end_line();
                self.send(Action::Set { path: edit.path, json: edit.json });
            }
            Some(_) => {}
            None => {
                self.inner().asking_line.borrow_mut().take();
                self.store.draft.update(|draft| {
                    if let Some(draft) = draft {
                        draft.wanted = true;
                    }
                });
                self.ask_line(&draft);
            }
        }
    }

    /// Leaves the line as it is.
    pub(crate) fn end_line(self) {
        self.inner().asking_line.borrow_mut().take();
        self.store.draft.set(None);
        self.store.edit.set(None);
        dom::soon(|| dom::focus("manifests"));
    }

    /// What a line needs that was asked about.
    pub(super) fn take_line(self, edit: LineEdit) {
        let Some(draft) = self.store.draft.get_untracked() else { return };
        if edit.text != draft.text() || edit.document != draft.document || edit.line != draft.line {
            return;
        }
        // What changes along is shown before it is done.
        let at_once = draft.wanted && edit.along == 0;
        self.store.edit.set(Some(edit));
        if at_once {
            self.set_line();
        }
    }
}
