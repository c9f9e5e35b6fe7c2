//! What leaves the page: downloads, the clipboard, the browser's storage, the address, and what is handed to the checks' worker.

use super::study::Study;
use super::{Link, Then};
use crate::browser::workers::Running;
use crate::browser::{clipboard, files, location, storage};
use chartwright_app::checks::{Checker, Question};
use chartwright_configure::protocol::{Action, CheckReport, Export};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Link {
    pub(super) fn hand_out(self, export: Export, name: &str, text: String, then: Then) {
        let text = if export == Export::Link { location::link(&text) } else { text };
        if then == Then::Download {
            files::download(name, &text);
            self.toast(&format!("{name} is in your downloads"), false);
            return;
        }
        let what = match export {
            Export::Values => "The values file",
            Export::Patch => "The patch",
            Export::Manifests => "All manifests",
            Export::Command => "The helm command",
            Export::Link => "The link",
            Export::Project => "The project file",
        };
        spawn_local(async move {
            if clipboard::copy(&text).await {
                let note = if export == Export::Link { ", without secrets" } else { "" };
                self.toast(&format!("{what} is in the clipboard{note}").replace("manifests is", "manifests are"), false);
            } else {
                self.toast("This browser did not let the page write to the clipboard", true);
            }
        });
    }

    /// Puts the state into storage and address.
    pub(super) fn settle(self) {
        let inner = self.inner();
        inner.settle.borrow_mut().take();
        if let Some(save) = &*inner.save.borrow() {
            storage::set(storage::Key::Session, save);
        }
        if let Some(fragment) = inner.fragment.borrow_mut().take() {
            location::replace_fragment(&fragment);
            *inner.own_fragment.borrow_mut() = Some(fragment);
        }
    }

    /// Hands a request on to the checks' worker.
    pub(super) fn check(self, request: String) {
        if let Some(checks) = &*self.inner().checks.borrow() {
            checks.send(Question::Check(request));
        }
    }

    /// Hands what becomes of the chart in a release on to the checks' worker.
    pub(super) fn check_release(self, request: String) {
        if let Some(checks) = &*self.inner().checks.borrow() {
            checks.send(Question::Release(request));
        }
    }

    /// Takes over what the checks say, and hands out the stack where it was asked for.
    fn take_report(self, mut report: CheckReport) {
        if let Some((change, better)) = &report.verdict {
            return self.take_verdict(change, *better);
        }
        if let Some(archive) = report.archive.take() {
            match archive.refused {
                Some(why) => self.toast(&why, true),
                None => {
                    files::download_bytes(&archive.name, &archive.bytes, "application/zip");
                    self.toast(&format!("{} is in your downloads", archive.name), false);
                }
            }
        }
        let sweep = report.sweep.take();
        if report.environments.is_empty() && sweep.is_some() {
            self.store.sweep.set(sweep.unwrap_or_default());
            return self.study_on(Study::Releases);
        }
        self.store.sweep.set(sweep.unwrap_or_default());
        self.store.report.set(report);
        self.look_for_fixes();
    }

    pub(super) fn start_checks(self) {
        let inner = self.inner();
        let crashed = move || self.toast("The checks met a fault: the manifests are right, the findings are not complete", true);
        *inner.checks.borrow_mut() = Running::<Checker>::start("./checks_loader.js", move |report| self.take_report(report), crashed);
        // Without the schemas the rest is told still.
        spawn_local(async move {
            if let (Ok(table), Some(checks)) = (files::fetch_text("kubernetes.txt").await, &*self.inner().checks.borrow()) {
                checks.send(Question::Schemas(table));
            }
            self.send(Action::Recheck);
        });
    }
}
