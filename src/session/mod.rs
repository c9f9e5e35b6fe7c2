//! The page's side of the session: what it sends and asks for. What comes back is taken over in `take`, kept and handed out in `keep`; `ask` asks
//! what the pointer is at, `watch` sees to it that the engine answers, and `charts` brings charts in from outside.

mod ask;
mod charts;
mod fix;
mod keep;
mod study;
mod take;
mod watch;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::browser::{charts as outside, dom, files, location, storage, workers::Running};
use crate::manifests;
use crate::state::{Side, Store, Toast};
use chartwright_app::checks::Checker;
use chartwright_app::engine::{Engine, Request};
use chartwright_configure::protocol::{self, Action, Dropped, Export, FixView, ManifestChange, Path, PlaceView, wire};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use study::Study;

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

#[derive(Default)]
struct Inner {
    engine: RefCell<Option<Running<Engine>>>,
    checks: RefCell<Option<Running<Checker>>>,
    bundle: RefCell<String>,
    /// The charts from outside, by id.
    dropped: RefCell<Vec<(String, Dropped)>>,
    sequence: Cell<u32>,
    /// What was done before the session could start: a first visitor sees what the build has prepared before the engine is fetched.
    early: RefCell<Option<Vec<Action>>>,
    /// Actions that are not answered yet.
    waiting: RefCell<VecDeque<(u32, Action)>>,
    watchdog: RefCell<Option<Timeout>>,
    /// Whether the running engine has answered once: before, it may still be loading.
    answered: Cell<bool>,
    /// The actions of an engine that was ended.
    stopped: RefCell<Vec<Action>>,
    /// What goes to storage: holds no secrets.
    save: RefCell<Option<String>>,
    /// The same with the secrets that were typed, for an engine that takes over from one that was ended. Never leaves the page.
    memory: RefCell<Option<String>>,
    fragment: RefCell<Option<String>>,
    settle: RefCell<Option<Timeout>>,
    exports: RefCell<VecDeque<Then>>,
    /// What is worked out next, once it is quiet.
    studying: RefCell<Option<(Study, Timeout)>>,
    /// A line that is asked about once nothing more is typed.
    asking_line: RefCell<Option<Timeout>>,
    /// What is asked once the pointer has stayed.
    asking: RefCell<Option<Timeout>>,
    /// What the pointer is at then.
    awaited: RefCell<Option<Option<crate::state::Pointed>>>,
    /// The line of the file that was asked for.
    looking: Cell<u32>,
    /// Where to go once another environment is chosen: its name, the place, and whether where that comes from is shown.
    going: RefCell<Option<(String, PlaceView, bool)>>,
    /// Fixes that are still to be looked for, what is to be found better, and the pause between two.
    fixing: RefCell<VecDeque<ManifestChange>>,
    tried: RefCell<Option<FixView>>,
    fix_timer: RefCell<Option<Timeout>>,
    /// The fragment that the page itself wrote last.
    own_fragment: RefCell<Option<String>>,
}

impl Link {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, inner: StoredValue::new_local(Rc::default()) }
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// Loads the charts and starts the session. A first visitor sees a first look, made by the build, before the engine is fetched.
    pub(crate) fn open(self) {
        location::on_change(move |fragment| {
            self.open_addressed_rule();
            // Before the charts are there the start is still to come, and reads the address then.
            let inner = self.inner();
            if fragment.is_some() && fragment != *inner.own_fragment.borrow() && !inner.bundle.borrow().is_empty() {
                self.restart(fragment);
            }
        });
        location::on_leave(move || self.settle());
        let inner = self.inner();
        *inner.early.borrow_mut() = Some(Vec::new());
        *inner.save.borrow_mut() = storage::get(storage::Key::Session);
        let first = inner.save.borrow().is_none() && location::fragment().is_none();
        if !first {
            self.start_engine();
        }
        spawn_local(async move {
            let dropped = outside::kept().await;
            if first {
                if dropped.is_empty() {
                    self.first_look().await;
                }
                self.start_engine();
            }
            match files::fetch_text("charts.json").await {
                Ok(bundle) => {
                    let inner = self.inner();
                    *inner.bundle.borrow_mut() = bundle;
                    *inner.dropped.borrow_mut() = dropped;
                    self.restart(location::fragment());
                    for action in inner.early.take().unwrap_or_default() {
                        self.send(action);
                    }
                }
                Err(why) => self.store.fatal.set(Some(format!("{why}. Reload the page to try again."))),
            }
        });
    }

    /// Shows what the build has prepared. Without it the engine will show the same.
    async fn first_look(self) {
        let Ok(bytes) = files::fetch_bytes("first.bin").await else { return };
        let Some(update) = wire::decode::<protocol::Update>(&bytes) else { return };
        self.take(update, None);
        self.store.ready.set(true);
        // The page catches up with the signals first.
        TimeoutFuture::new(0).await;
    }

    fn restart(self, fragment: Option<String>) {
        let inner = self.inner();
        let saved = inner.memory.borrow().clone().or_else(|| inner.save.borrow().clone());
        let dropped = inner.dropped.borrow().iter().map(|(_, chart)| chart.clone()).collect();
        let bundle = inner.bundle.borrow().clone();
        self.send(Action::Start { bundle, dropped, fragment, saved });
    }

    /// Tells the session what the user did.
    pub(crate) fn send(self, action: Action) {
        let inner = self.inner();
        if !matches!(action, Action::Start { .. })
            && let Some(early) = &mut *inner.early.borrow_mut()
        {
            return early.push(action);
        }
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

    /// Whether the answer to a change is still to come: what a control shows may then be newer than what the session said.
    pub(crate) fn busy(self) -> bool {
        self.open_action(|action| !action.is_question())
    }

    /// Whether the editor has sent text that is not answered yet.
    pub(crate) fn editing(self) -> bool {
        self.open_action(|action| matches!(action, Action::Yaml(_)))
    }

    /// Whether an action is open that fits.
    fn open_action(self, fits: impl Fn(&Action) -> bool) -> bool {
        let inner = self.inner();
        let (waiting, early) = (inner.waiting.borrow(), inner.early.borrow());
        waiting.iter().map(|(_, action)| action).chain(early.iter().flatten()).any(fits)
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

    /// Shows the place of a finding of an environment, which becomes the chosen one; with `trace` also where the line comes from.
    pub(crate) fn go_to_finding(self, environment: &str, place: &PlaceView, trace: bool) {
        let chosen = self.store.header.with_untracked(|header| header.environment == environment);
        *self.inner().going.borrow_mut() = Some((environment.to_owned(), place.clone(), trace));
        if chosen {
            self.go_on();
        } else {
            self.store.listed.all();
            self.send(Action::Environment(environment.to_owned()));
        }
    }

    /// Goes to the place that was asked for, if its environment is the chosen one by now.
    fn go_on(self) {
        let is_there = |(environment, ..): &mut (String, PlaceView, bool)| {
            self.store.header.with_untracked(|header| header.environment == *environment)
        };
        let going = self.inner().going.borrow_mut().take_if(is_there);
        match going {
            Some((_, place, _)) if !place.file.is_empty() => self.go_to_file(&place),
            Some((_, place, false)) => manifests::go_to_line(self, &place.document, place.line),
            Some((_, place, true)) => manifests::explain_line(self, &place.document, place.line),
            None => {}
        }
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
