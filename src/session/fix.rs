//! Fixes of the listed findings: looked for one after the other while nothing else is to be done, and offered once the checks have found them
//! better.

use super::Link;
use crate::state::Tab;
use chartwright_app::checks::Question;
use chartwright_configure::protocol::{Action, FixView, ManifestChange};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long nothing may have happened before a fix is looked for, in milliseconds.
const QUIET: u32 = 200;
/// How many are looked for: each takes some renders.
const MOST: usize = 40;

impl Link {
    /// Looks for the fixes of the chosen environment's findings, if they are looked at.
    pub(crate) fn look_for_fixes(self) {
        let store = self.store;
        store.fixes.set(Vec::new());
        let inner = self.inner();
        *inner.fixing.borrow_mut() = if store.tab.get_untracked() == Tab::Findings {
            let findings = untrack(|| store.chosen_report()).map(|report| report.findings).unwrap_or_default();
            findings.into_iter().filter_map(|finding| finding.change).take(MOST).collect()
        } else {
            Default::default()
        };
        self.next_fix();
    }

    fn next_fix(self) {
        let inner = self.inner();
        *inner.tried.borrow_mut() = None;
        if inner.fixing.borrow().is_empty() {
            return;
        }
        let ask = move || {
            let inner = self.inner();
            if !inner.waiting.borrow().is_empty() {
                return self.next_fix();
            }
            let change = inner.fixing.borrow_mut().pop_front();
            if let Some(change) = change {
                self.send(Action::Fix(change));
            }
        };
        *inner.fix_timer.borrow_mut() = Some(Timeout::new(QUIET, ask));
    }

    /// A value was found, or none.
    pub(super) fn take_fix(self, fix: FixView) {
        let inner = self.inner();
        match &*inner.checks.borrow() {
            Some(checks) if fix.refused.is_none() => checks.send(Question::Try(fix.trial.clone())),
            _ => return self.next_fix(),
        }
        *inner.tried.borrow_mut() = Some(fix);
    }

    /// The checks have judged what would come of it.
    pub(super) fn take_verdict(self, change: &ManifestChange, better: bool) {
        let fix = self.inner().tried.borrow_mut().take_if(|fix| fix.change == *change);
        if let Some(fix) = fix {
            if better {
                self.store.fixes.update(|fixes| fixes.push(fix));
            }
            self.next_fix();
        }
    }
}
