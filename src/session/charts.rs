//! Charts and values files from outside: read, handed to the session, and the charts kept in the browser until they are removed.

use super::Link;
use crate::browser::charts as outside;
use crate::browser::files;
use chartwright_configure::protocol::{Action, Dropped};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Link {
    /// Takes in what was dropped or chosen: folders and archives become charts, other files layers of values.
    pub(crate) fn add(self, given: outside::Given) {
        spawn_local(async move {
            self.store.doing.set(Some("Reading files…"));
            let read = given.read().await;
            self.store.doing.set(None);
            for fault in read.faults {
                self.toast(&fault, true);
            }
            for chart in read.charts {
                self.send(Action::AddChart(chart));
            }
            for file in read.files {
                match files::read(file).await {
                    Ok((name, text)) => self.send(Action::AddLayer { name, text }),
                    Err(why) => self.toast(&why, true),
                }
            }
        });
    }

    /// Keeps a chart that the session has taken in.
    pub(super) fn added(self, id: String, chart: &Dropped) {
        let inner = self.inner();
        {
            let mut dropped = inner.dropped.borrow_mut();
            dropped.retain(|(known, _)| *known != id);
            dropped.push((id.clone(), chart.clone()));
        }
        let (name, chart) = (chart.name.clone(), chart.clone());
        spawn_local(async move {
            let kept = outside::keep(&id, &chart).await;
            let text = if kept {
                "is kept in this browser until you remove it"
            } else {
                "is there until the page is closed: this browser does not keep it"
            };
            self.toast(&format!("{name} {text}"), !kept);
        });
    }

    /// Removes a chart from outside.
    pub(crate) fn remove_chart(self, id: String) {
        self.inner().dropped.borrow_mut().retain(|(known, _)| *known != id);
        let forgotten = id.clone();
        spawn_local(async move { outside::forget(&forgotten).await });
        self.send(Action::RemoveChart(id));
    }
}
