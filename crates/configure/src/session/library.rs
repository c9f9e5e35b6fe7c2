//! Charts from outside: taken in, replaced, taken away. They are no steps that undo takes back: the browser keeps them apart from the state.

use super::{Said, Session};
use crate::dropped::Refusal;
use crate::protocol::Dropped;
use std::rc::Rc;

impl Session {
    /// Takes a chart in and chooses it. One of the same name goes, but not what was changed in its environments.
    pub(super) fn add_chart(&mut self, dropped: Dropped) -> Said {
        let name = dropped.name.clone();
        let id = match self.library.add(dropped) {
            Ok(id) => id,
            Err(Refusal::Fault(what)) => return Said { notice: Some(what), ..Said::default() },
            Err(Refusal::NeedsFull) => {
                self.needs_full = true;
                return Said::default();
            }
        };
        let chart: Rc<str> = id.as_str().into();
        let replaced = self.forget(&chart);
        self.classes = self.library.storage_classes();
        self.history.pause();
        if let Err(what) = self.choose(&chart) {
            self.library.remove(&id);
            return Said { notice: Some(format!("{name} is not taken in: {what}")), ..Said::default() };
        }
        let notice = replaced.then(|| format!("{name} takes the place of the one before."));
        Said { notice, added: Some(id), moved: true, ..Said::default() }
    }

    /// Takes a chart from outside away, with what was changed in it.
    pub(super) fn remove_chart(&mut self, id: &Rc<str>) -> Said {
        if !self.library.remove(id) {
            return Said { notice: Some(format!("There is no chart {id:?} that could be removed.")), ..Said::default() };
        }
        self.forget(id);
        self.state.open.retain(|(chart, _), _| chart != id);
        self.state.silences.remove(id);
        self.state.projects.remove(id);
        self.history.forget(id);
        self.classes = self.library.storage_classes();
        let mut said = Said { moved: true, ..Said::default() };
        if self.state.chart == *id {
            self.state.chart = "".into();
            self.state.environment = "".into();
            if let Some(first) = self.library.first().map(Rc::from) {
                said.notice = self.choose(&first).err();
            }
        }
        said
    }

    /// Forgets what was made of a chart's files; says whether there was anything.
    fn forget(&mut self, id: &Rc<str>) -> bool {
        self.renders.forget(id);
        self.good.retain(|(chart, _), _| chart != id);
        self.charts.remove(id).is_some()
    }
}
