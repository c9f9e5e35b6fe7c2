//! A configuring session: takes what the user does, answers with what changed. The layers' texts are its only truth; the form is a view of
//! them, and each of its edits touches only the bytes that it must.

mod act;
mod carry;
mod chain;
mod check;
mod chrome;
mod compare;
mod derived;
mod documents;
mod edit;
mod export;
mod file;
mod hygiene;
mod insight;
mod layers;
mod library;
mod open;
mod render;
mod silence;
mod stack;
mod start;
mod state;
mod sweep;
mod texts;
mod update;

use crate::library::Library;
use crate::names;
use crate::protocol::{Action, Exported, Helm, StorageClass, Update};
use open::Open;
use render::{Inputs, Outcome, Renders};
use state::{Environment, History, Key, Layer, Release, State};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use texts::Reading;

pub(crate) use documents::ids;
pub(crate) use texts::Texts;

/// One user's session.
pub struct Session {
    library: Library,
    classes: Vec<StorageClass>,
    charts: HashMap<Rc<str>, Open>,
    texts: Texts,
    renders: Renders,
    /// The last render of each environment that succeeded, and what it was made from.
    good: HashMap<Key, (Inputs, Outcome)>,
    state: State,
    /// The environment that was left for a chart that has none of its name: the next chart that has it opens in it.
    left: Option<Rc<str>>,
    history: History,
    /// The parts of the release that were valid last.
    release: Release,
    compare: Option<Rc<str>>,
    checks: check::Memory,
    stack: stack::Memory,
    insight: insight::Memory,
    hygiene: hygiene::Memory,
    sweep: sweep::Memory,
    chain: chain::Memory,
    sent: update::Sent,
    /// Counts layers that come from outside.
    layers: u32,
    /// Something was asked for that this engine leaves out, and the full one has.
    needs_full: bool,
}

/// The host's clock, in microseconds.
type Clock<'c> = &'c mut dyn FnMut() -> f64;

/// What an action says beside the changes that it makes.
#[derive(Default)]
struct Said {
    notice: Option<String>,
    export: Option<Exported>,
    /// The id of a chart that was taken in.
    added: Option<String>,
    from_editor: bool,
    /// What is asked about the render that is shown.
    question: Option<chain::Question>,
    /// Another chart or environment: nothing counts as changed by the user.
    moved: bool,
}

impl Default for Session {
    fn default() -> Session {
        Session::new()
    }
}

impl Session {
    /// An empty session; [`Action::Start`] fills it.
    pub fn new() -> Session {
        let release =
            Release { name: "rel".into(), namespace: "data".into(), kube_version: names::KUBE_VERSIONS[0].into(), helm: Helm::default() };
        Session {
            library: Library::default(),
            classes: Vec::new(),
            charts: HashMap::new(),
            texts: Texts::default(),
            renders: Renders::default(),
            good: HashMap::new(),
            state: State {
                chart: "".into(),
                environment: "".into(),
                release: release.clone(),
                open: BTreeMap::new(),
                stack: None,
                silences: BTreeMap::new(),
                projects: BTreeMap::new(),
                profile: None,
            },
            left: None,
            history: History::default(),
            release,
            compare: None,
            checks: check::Memory::default(),
            stack: stack::Memory::default(),
            insight: insight::Memory::default(),
            hygiene: hygiene::Memory::default(),
            sweep: sweep::Memory::default(),
            chain: chain::Memory::default(),
            sent: update::Sent::default(),
            layers: 0,
            needs_full: false,
        }
    }

    /// Does what the user did, and says what changed by it. `micros` is the host's clock in microseconds.
    pub fn act(&mut self, action: Action, micros: &mut dyn FnMut() -> f64) -> Update {
        // Questions change nothing, and are answered by themselves.
        match action {
            Action::Analyse => return Update { insights: Some(self.analyse(micros)), ..Update::default() },
            Action::Sweep => return Update { sweep: Some(self.sweep()), ..Update::default() },
            Action::Inspect => return self.inspect(micros),
            Action::EditLine { document, line, text } => {
                return Update { edit: Some(self.edit_line(&document, line, &text)), ..Update::default() };
            }
            Action::Fix(change) => return Update { fix: Some(self.find_fix(change)), ..Update::default() },
            _ => {}
        }
        let said = self.perform(action, micros);
        self.update(said, micros)
    }

    /// Opens a chart if it is not open yet.
    fn open(&mut self, id: &Rc<str>) -> Result<(), String> {
        if !self.charts.contains_key(id) {
            let open = Open::new(&self.library, id, &mut self.texts)?;
            self.charts.insert(Rc::clone(id), open);
        }
        Ok(())
    }

    /// An environment of an open chart, as it is now.
    fn environment_of(&self, chart: &Rc<str>, environment: &Rc<str>) -> Rc<Environment> {
        if let Some(known) = self.state.open.get(&(Rc::clone(chart), Rc::clone(environment))) {
            return Rc::clone(known);
        }
        Rc::new(self.charts.get(chart).map(|open| open.environment(environment)).unwrap_or_default())
    }

    /// The chosen environment.
    fn environment(&self) -> Rc<Environment> {
        self.environment_of(&self.state.chart, &self.state.environment)
    }

    /// What a render of an environment is made from; `pick` chooses each layer's text.
    fn inputs(&self, environment: &Environment, pick: fn(&Layer) -> &Rc<str>) -> Inputs {
        let layers = environment.layers.iter().map(|layer| (Rc::clone(&layer.name), Rc::clone(pick(layer)))).collect();
        Inputs { release: self.release.clone(), layers }
    }

    /// The layers' values: the chart's defaults first, then each file as it is and as it came.
    fn readings(&mut self, defaults: Reading, environment: &Environment) -> Vec<(Rc<str>, Reading, Reading)> {
        let mut all = vec![("values.yaml".into(), Rc::clone(&defaults), defaults)];
        for layer in &environment.layers {
            all.push((Rc::clone(&layer.name), self.texts.read(&layer.good), self.texts.read(&layer.original)));
        }
        all
    }
}
