//! What can be undone: layers, what was typed into them, and what is chosen. Texts are shared, so that a snapshot costs next to nothing.

use super::stack::Choice;
use crate::protocol::{Helm, Profile, Silence};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many steps back are kept.
const MAX_STEPS: usize = 1_000;

/// Key presses in one field that are further apart than this are steps of their own, in microseconds.
const PAUSE: f64 = 2_000_000.0;

/// A values file in an environment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layer {
    pub(crate) id: Rc<str>,
    pub(crate) name: Rc<str>,
    /// The chart's file that it came as.
    pub(crate) file: Option<Rc<str>>,
    /// Its text as it came.
    pub(crate) original: Rc<str>,
    /// Its text as it is: the truth.
    pub(crate) text: Rc<str>,
    /// The last text that could be read: what form and render show.
    pub(crate) good: Rc<str>,
}

impl Layer {
    pub(crate) fn is_changed(&self) -> bool {
        self.text != self.original
    }
}

/// An environment's layers, lowest first, and what was typed that does not fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Environment {
    pub(crate) layers: Vec<Layer>,
    /// The edited layer's place.
    pub(crate) edited: usize,
    /// Text and reason by field id.
    pub(crate) pending: BTreeMap<String, (String, String)>,
}

impl Environment {
    pub(crate) fn layer(&self) -> Option<&Layer> {
        self.layers.get(self.edited)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<usize> {
        self.layers.iter().position(|layer| &*layer.id == id)
    }
}

/// Release name, namespace and Kubernetes version, and which Helm renders.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Release {
    pub(crate) name: Rc<str>,
    pub(crate) namespace: Rc<str>,
    pub(crate) kube_version: Rc<str>,
    pub(crate) helm: Helm,
}

/// A chart's environment.
pub(crate) type Key = (Rc<str>, Rc<str>);

/// A snapshot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) chart: Rc<str>,
    pub(crate) environment: Rc<str>,
    /// As typed.
    pub(crate) release: Release,
    /// Environments that were opened, by chart and name.
    pub(crate) open: BTreeMap<Key, Rc<Environment>>,
    /// The stack, where it is another than the charts name.
    pub(crate) stack: Option<Rc<Choice>>,
    /// What is silenced, by chart; the objects' names as `silence` keeps them.
    pub(crate) silences: BTreeMap<Rc<str>, Rc<Vec<Silence>>>,
    /// Project files that were dropped in, by chart.
    pub(crate) projects: BTreeMap<Rc<str>, Rc<str>>,
    /// Which rules the checks ask for, if that was chosen.
    pub(crate) profile: Option<Profile>,
}

impl State {
    pub(crate) fn key(&self) -> Key {
        (Rc::clone(&self.chart), Rc::clone(&self.environment))
    }
}

/// The steps back and forward.
#[derive(Default)]
pub(crate) struct History {
    past: Vec<State>,
    future: Vec<State>,
    /// What the last step was made by, and when: the next key press in the same place belongs to it.
    last: Option<(String, f64)>,
}

impl History {
    /// Notes what was before a change. `place` names the field or editor for key presses.
    pub(crate) fn note(&mut self, before: State, place: Option<String>, now: f64) {
        let joins = match (&place, &self.last) {
            (Some(place), Some((last, then))) => place == last && now - then <= PAUSE,
            _ => false,
        };
        if !joins {
            self.past.push(before);
            if self.past.len() > MAX_STEPS {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.last = place.map(|place| (place, now));
    }

    /// One step back; gives the state to show.
    pub(crate) fn undo(&mut self, now: State) -> Option<State> {
        self.last = None;
        let state = self.past.pop()?;
        self.future.push(now);
        Some(state)
    }

    /// One step forward.
    pub(crate) fn redo(&mut self, now: State) -> Option<State> {
        self.last = None;
        let state = self.future.pop()?;
        self.past.push(now);
        Some(state)
    }

    /// Leaves out a chart that is no longer there: steps that stood in it, and what others hold of it.
    pub(crate) fn forget(&mut self, chart: &Rc<str>) {
        for steps in [&mut self.past, &mut self.future] {
            steps.retain(|state| state.chart != *chart);
            for state in steps.iter_mut() {
                state.open.retain(|(known, _), _| known != chart);
                state.silences.remove(chart);
                state.projects.remove(chart);
            }
        }
        self.last = None;
    }

    /// The states back and forward, the oldest and the farthest first.
    pub(crate) fn steps(&self) -> (&[State], &[State]) {
        (&self.past, &self.future)
    }

    /// Takes over another history's states.
    pub(crate) fn go_on(&mut self, past: Vec<State>, future: Vec<State>) {
        *self = History { past, future, last: None };
    }

    /// The next key press begins a step of its own.
    pub(crate) fn pause(&mut self) {
        self.last = None;
    }

    /// What undo would go back to.
    pub(crate) fn last(&self) -> Option<&State> {
        self.past.last()
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(crate) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
