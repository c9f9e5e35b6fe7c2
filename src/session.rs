//! The page's side of the session: sends actions to the engine's worker, takes its updates over, and watches that it answers.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use crate::browser::{clipboard, dom, files, location, storage, workers::Running};
use crate::state::{ALL, Side, Store, Toast};
use chartwright_app::checks::Checker;
use chartwright_app::engine::{Engine, Request, Response};
use chartwright_configure::protocol::{self, Action, Export, Path};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long the engine may take for one action before it is ended. Renders take milliseconds; the engine's own limits end nearly all that do not.
const PATIENCE: u32 = 2_000;
/// How long it may take to start after it was ended: it then loads, compiles and renders anew.
const PATIENCE_AT_START: u32 = 30_000;
/// How long state waits before it goes to storage and address: browsers throttle pages that write the address too often.
const SETTLED: u32 = 300;

/// What is to be done with an export when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Save it as a file.
    Download,
    /// Put it into the clipboard.
    Copy,
}

/// Sends actions and takes answers. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    pub(crate) store: Store,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    engine: RefCell<Option<Running<Engine>>>,
    checks: RefCell<Option<Running<Checker>>>,
    bundle: RefCell<String>,
    sequence: Cell<u32>,
    /// Actions that are not answered yet.
    waiting: RefCell<VecDeque<(u32, Action)>>,
    watchdog: RefCell<Option<Timeout>>,
    /// Whether the running engine has answered once: before, it may still be loading.
    answered: Cell<bool>,
    /// The actions of an engine that was ended.
    stopped: RefCell<Vec<Action>>,
    save: RefCell<Option<String>>,
    fragment: RefCell<Option<String>>,
    settle: RefCell<Option<Timeout>>,
    exports: RefCell<VecDeque<Then>>,
    /// The fragment that the page itself wrote last.
    own_fragment: RefCell<Option<String>>,
}

impl Link {
    pub(crate) fn new(store: Store) -> Self {
        let inner = Inner {
            engine: RefCell::default(),
            checks: RefCell::default(),
            bundle: RefCell::default(),
            sequence: Cell::default(),
            waiting: RefCell::default(),
            watchdog: RefCell::default(),
            answered: Cell::default(),
            stopped: RefCell::default(),
            save: RefCell::default(),
            fragment: RefCell::default(),
            settle: RefCell::default(),
            exports: RefCell::default(),
            own_fragment: RefCell::default(),
        };
        Self { store, inner: StoredValue::new_local(Rc::new(inner)) }
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// Loads the charts and starts the session.
    pub(crate) fn open(self) {
        self.start_engine();
        location::on_change(move |fragment| {
            if fragment.is_some() && fragment != *self.inner().own_fragment.borrow() {
                self.restart(fragment);
            }
        });
        location::on_leave(move || self.settle());
        spawn_local(async move {
            match files::fetch_text("charts.json").await {
                Ok(bundle) => {
                    *self.inner().bundle.borrow_mut() = bundle.clone();
                    let saved = storage::get(storage::Key::Session);
                    self.send(Action::Start { bundle, dropped: Vec::new(), fragment: location::fragment(), saved });
                }
                Err(why) => self.store.fatal.set(Some(format!("{why}. Reload the page to try again."))),
            }
        });
    }

    fn restart(self, fragment: Option<String>) {
        let inner = self.inner();
        let (bundle, saved) = (inner.bundle.borrow().clone(), inner.save.borrow().clone());
        self.send(Action::Start { bundle, dropped: Vec::new(), fragment, saved });
    }

    fn start_engine(self) {
        let inner = self.inner();
        inner.answered.set(false);
        let engine = Running::<Engine>::start("./engine_loader.js", move |response| self.answer(response), move || self.crashed());
        *inner.engine.borrow_mut() = engine;
    }

    /// Tells the session what the user did.
    pub(crate) fn send(self, action: Action) {
        let inner = self.inner();
        let sequence = inner.sequence.get().wrapping_add(1);
        inner.sequence.set(sequence);
        let first = inner.waiting.borrow().is_empty();
        inner.waiting.borrow_mut().push_back((sequence, action.clone()));
        if let Some(engine) = &*inner.engine.borrow() {
            engine.send(Request { sequence, action });
        }
        if first {
            self.watch();
        }
    }

    /// Whether an answer is still to come: what a control shows may then be newer than what the session said.
    pub(crate) fn busy(self) -> bool {
        !self.inner().waiting.borrow().is_empty()
    }

    /// Whether the editor has sent text that is not answered yet.
    pub(crate) fn editing(self) -> bool {
        self.inner().waiting.borrow().iter().any(|(_, action)| matches!(action, Action::Yaml(_)))
    }

    /// A scalar field's text, as typed.
    pub(crate) fn input(self, path: Path, text: String) {
        self.send(Action::Input { path, text });
    }

    /// A field that is chosen.
    pub(crate) fn set(self, path: Path, json: impl Into<String>) {
        self.send(Action::Set { path, json: json.into() });
    }

    /// Asks for an export.
    pub(crate) fn export(self, export: Export, then: Then) {
        self.inner().exports.borrow_mut().push_back(then);
        self.send(Action::Export(export));
    }

    /// Takes a dropped or chosen file in as a layer.
    pub(crate) fn add_files(self, files: Vec<gloo::file::File>) {
        for file in files {
            spawn_local(async move {
                match files::read(file).await {
                    Ok((name, text)) => self.send(Action::AddLayer { name, text }),
                    Err(why) => self.toast(&why, true),
                }
            });
        }
    }

    /// Shows a passing message.
    pub(crate) fn toast(self, text: &str, bad: bool) {
        let inner = self.inner();
        let number = inner.sequence.get().wrapping_add(1);
        inner.sequence.set(number);
        let text = text.to_owned();
        self.store.toasts.update(|toasts| {
            toasts.retain(|toast| toast.text != text);
            toasts.push(Toast { number, text, bad });
        });
        Timeout::new(if bad { 9_000 } else { 4_000 }, move || {
            self.store.toasts.update(|toasts| toasts.retain(|toast| toast.number != number))
        })
        .forget();
    }

    fn watch(self) {
        let inner = self.inner();
        let patience = match inner.waiting.borrow().front() {
            None => None,
            Some((_, Action::Start { .. })) => inner.answered.get().then_some(PATIENCE_AT_START),
            Some(_) => inner.answered.get().then_some(PATIENCE),
        };
        *inner.watchdog.borrow_mut() = patience.map(|patience| Timeout::new(patience, move || self.stop("did not end within 2 seconds")));
    }

    fn crashed(self) {
        if self.inner().answered.get() {
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
        let dropped: Vec<Action> = inner.waiting.borrow_mut().drain(..).map(|(_, action)| action).collect();
        inner.exports.borrow_mut().clear();
        if dropped.iter().any(|action| matches!(action, Action::Start { .. })) {
            *inner.engine.borrow_mut() = None;
            self.store
                .fatal
                .set(Some(format!("The render {why}, and there is no earlier state to go back to. Your text is kept in this browser.")));
            return;
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

    /// Takes over what changed.
    fn take(self, update: protocol::Update, action: Option<&Action>) {
        let store = self.store;
        let inner = self.inner();
        let started = matches!(action, Some(Action::Start { .. }));
        let mut new_chart = false;
        if let Some(charts) = update.charts {
            store.charts.set(charts);
        }
        if let Some(header) = update.header {
            new_chart = new_chart || store.header.with_untracked(|before| before.chart != header.chart);
            store.header.set(header);
        }

        // The manifests first: they are what a key press waits for.
        let rendered = update.render.is_some();
        let marked: Vec<String> =
            update.documents.iter().filter(|document| !document.changed.is_empty()).map(|document| document.id.clone()).collect();
        let moved = update.order.is_some() || !update.documents.is_empty();
        store.documents.update_value(|documents| {
            for document in update.documents {
                documents.insert(document.id.clone(), Arc::new(document));
            }
            if let Some(order) = &update.order {
                documents.retain(|id, _| order.contains(id));
            }
        });
        if let Some(order) = update.order {
            store.order.set(order);
        }
        if moved || rendered {
            store.order.with_untracked(|order| {
                store.documents.with_value(|documents| {
                    store.manifests.update_value(|manifests| {
                        if let Some(manifests) = manifests {
                            manifests.update(order, documents, &marked);
                        }
                    });
                });
            });
            if new_chart {
                store.changed.set(Vec::new());
                store.only.set(None);
            } else {
                store.changed.set(marked);
            }
        }

        if let Some(form) = update.form {
            let gone = store.section.with_untracked(|section| section != ALL && !form.sections.iter().any(|one| one.title == *section));
            if gone {
                store.section.set(form.sections.first().map(|section| section.title.clone()).unwrap_or_default());
            }
            store.take_fields(update.fields, new_chart);
            store.form.set(form);
        } else {
            store.take_fields(update.fields, false);
        }
        if let Some(layers) = update.layers {
            store.layers.set(layers);
        }
        if let Some(yaml) = update.yaml {
            store.yaml.set(yaml);
        }
        if let Some(render) = update.render {
            store.render.set(render);
        }
        if let Some(notes) = update.notes {
            store.notes.set(notes);
        }
        if let Some(values) = update.values {
            store.values.set(values);
        }
        if !update.rows.is_empty() {
            store.values.update(|values| {
                for row in update.rows {
                    if let Some(old) = values.iter_mut().find(|old| old.id == row.id) {
                        *old = row;
                    }
                }
            });
        }
        if let Some(comparison) = update.comparison {
            store.comparison.set(Some(comparison));
        }
        if let (Some(Action::AddLayer { name, .. }), Some(fault)) = (action, store.yaml.with_untracked(|yaml| yaml.error.clone())) {
            self.toast(&format!("{name} cannot be read, line {}: {}", fault.line, fault.message), true);
        }
        if let Some(notice) = update.notice {
            self.toast(&notice, false);
        }
        if let Some(export) = update.export {
            let then = inner.exports.borrow_mut().pop_front().unwrap_or(Then::Download);
            self.hand_out(export.export, &export.name, export.text, then);
        }
        if update.save.is_some() || update.fragment.is_some() {
            if let Some(save) = update.save {
                *inner.save.borrow_mut() = Some(save);
            }
            if let Some(fragment) = update.fragment {
                *inner.fragment.borrow_mut() = Some(fragment);
            }
            *inner.settle.borrow_mut() = Some(Timeout::new(SETTLED, move || self.settle()));
        }
        if let Some(check) = update.check {
            self.check(check);
        }
        if started {
            store.ready.set(true);
            // The checks come after the first manifest is painted; a session that starts anew has to be told of them again.
            if inner.checks.borrow().is_some() {
                self.send(Action::Recheck);
            } else {
                Timeout::new(50, move || self.start_checks()).forget();
            }
        }
    }

    fn hand_out(self, export: Export, name: &str, text: String, then: Then) {
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
    fn settle(self) {
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
    fn check(self, request: String) {
        if let Some(checks) = &*self.inner().checks.borrow() {
            checks.send(request);
        }
    }

    fn start_checks(self) {
        let inner = self.inner();
        let store = self.store;
        let crashed = move || self.toast("The checks met a fault: the manifests are right, the findings are not complete", true);
        *inner.checks.borrow_mut() = Running::<Checker>::start("./checks_loader.js", move |report| store.report.set(report), crashed);
        self.send(Action::Recheck);
    }

    /// Shows a field in the form and puts the focus on it.
    pub(crate) fn go_to_field(self, id: &str) {
        let store = self.store;
        // The field itself may have no row of its own (an element of a list shown as YAML): then the nearest around it has.
        let mut at = id.to_owned();
        while store.field(&at).is_none() {
            match at.rfind('/') {
                Some(cut) if cut > 0 => at.truncate(cut),
                _ => return self.toast("This value has no field: it is in the YAML", false),
            }
        }
        if let Some(section) = store.section_of(&at) {
            store.section.set(section);
        }
        store.search.set(String::new());
        store.side.set(Side::Form);
        store.result_first.set(false);
        dom::soon(move || {
            dom::reveal(&format!("[data-field=\"{}\"]", dom::quoted(&at)));
        });
    }
}
