//! Questions to the session about what the pointer, or the focus, is at: which lines a field makes, and where a line came from.

use super::Link;
use crate::browser::{compared, dom, marks};
use crate::chain::{field_words, line_words};
use crate::state::{At, Pointed, Side, Tab};
use chartwright_configure::protocol::{Action, Chain, FilePlace, Marks, PlaceView};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long the pointer stays before anything is asked, in milliseconds: it crosses much that nobody means.
const HOVER: u32 = 90;
/// How long after an edit what is marked is asked anew: not at each key press.
const SETTLED: u32 = 150;

impl Link {
    /// The pointer or the focus is at a field.
    pub(crate) fn point_at_field(self, id: String) {
        self.point(Some(Pointed::Field(id)), HOVER);
    }

    /// The pointer is at a line.
    pub(crate) fn point_at_line(self, at: At) {
        self.point(Some(Pointed::Line(at)), HOVER);
    }

    /// A line was chosen: its chain is shown.
    pub(crate) fn explain(self, at: At) {
        self.point(Some(Pointed::Line(at)), 0);
    }

    /// The pointer is at nothing any more; what a card is open for, or else what has the focus, is marked again.
    pub(crate) fn point_away(self) {
        let store = self.store;
        let card = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.selected()));
        let pointed = match card {
            Some((document, line)) => Some(Pointed::Line(At::shown(document, line))),
            None => marks::focused_field().map(Pointed::Field),
        };
        self.point(pointed, HOVER);
    }

    fn point(self, pointed: Option<Pointed>, after: u32) {
        let inner = self.inner();
        *inner.asking.borrow_mut() = None;
        *inner.awaited.borrow_mut() = None;
        let open = matches!(&pointed, Some(Pointed::Line(_))) && after == 0;
        if !open && self.store.pointed.with_untracked(|now| *now == pointed) {
            return;
        }
        if after == 0 {
            return self.ask(pointed);
        }
        *inner.awaited.borrow_mut() = Some(pointed.clone());
        *inner.asking.borrow_mut() = Some(Timeout::new(after, move || self.ask(pointed)));
    }

    fn ask(self, pointed: Option<Pointed>) {
        *self.inner().awaited.borrow_mut() = None;
        self.store.pointed.set(pointed.clone());
        match pointed {
            Some(Pointed::Field(id)) => self.send(Action::Point(id)),
            Some(Pointed::Line(At { environment, document, line })) => self.send(Action::Explain { environment, document, line }),
            None => {
                self.take_marks(Marks::default());
                self.store.told.set(String::new());
            }
        }
    }

    /// After an edit: what is marked, and the card, may be others.
    pub(super) fn ask_again(self) {
        let store = self.store;
        // What has just been pointed at is not forgotten because somebody types.
        let awaited = self.inner().awaited.borrow().clone();
        let pointed = awaited.unwrap_or_else(|| store.pointed.get_untracked());
        let card = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.selected()));
        if pointed.is_none() && card.is_none() {
            return;
        }
        *self.inner().asking.borrow_mut() = Some(Timeout::new(SETTLED, move || {
            let card = card.map(|(document, line)| At::shown(document, line));
            if let Some(at) = card.filter(|at| pointed != Some(Pointed::Line(at.clone()))) {
                self.send(Action::Explain { environment: at.environment, document: at.document, line: at.line });
            }
            self.ask(pointed);
        }));
    }

    /// Another chart: what was pointed at is of the one before.
    pub(super) fn forget_pointed(self) {
        *self.inner().asking.borrow_mut() = None;
        self.store.compared.set(None);
        self.ask(None);
    }

    /// Takes over which lines a field makes.
    pub(super) fn take_marks(self, new: Marks) {
        let store = self.store;
        marks::clear_fields();
        if !new.id.is_empty() {
            if !store.pointed.with_untracked(|pointed| matches!(pointed, Some(Pointed::Field(id)) if *id == new.id)) {
                return;
            }
            store.told.set(field_words(&new, &self.name_of(&new.id)));
        }
        let chosen = new.environments.first().map(|one| one.documents.clone()).unwrap_or_default();
        store.manifests.with_value(|manifests| {
            if let Some(manifests) = manifests {
                manifests.mark(&chosen);
            }
        });
        store.marks.set(new);
    }

    /// Takes over where a line came from: into its card, if it has one, and to the fields.
    pub(super) fn take_chain(self, chain: Chain) {
        let store = self.store;
        let at = At { environment: chain.environment.clone(), document: chain.document.clone(), line: chain.line };
        let is_chosen = store.header.with_untracked(|header| header.environment == chain.environment);
        if is_chosen {
            let text =
                store.document(&chain.document).and_then(|document| document.text.lines().nth(chain.line as usize - 1).map(str::to_owned));
            store.manifests.update_value(|manifests| {
                if let Some(manifests) = manifests
                    && manifests.selected() == Some((chain.document.clone(), chain.line as usize - 1))
                {
                    manifests.card(crate::manifests::why::card(&chain, text.as_deref().unwrap_or_default()));
                }
            });
        }
        let is_at = |known: &At| {
            let same = known.document == at.document && known.line == at.line;
            same && (known.environment == at.environment || is_chosen && known.environment.is_empty())
        };
        if store.compared.with_untracked(|known| known.as_ref().is_some_and(is_at)) {
            compared::card(&crate::manifests::why::card(&chain, ""));
        }
        let pointed = store.pointed.with_untracked(|pointed| match pointed {
            Some(Pointed::Line(known)) => is_at(known),
            _ => false,
        });
        if pointed {
            self.take_marks(Marks::default());
            marks::fields(self.rows_of(&chain.origins), "makes");
            marks::fields(self.rows_of(&chain.conditions), "steers");
            store.told.set(line_words(&chain));
        }
    }

    /// The fields that show values, or the nearest around them that are there.
    fn rows_of(self, values: &[chartwright_configure::protocol::ChainValue]) -> Vec<String> {
        let near = |id: &str| {
            let mut at = id.to_owned();
            while self.store.field(&at).is_none() {
                at.truncate(at.rfind('/').filter(|cut| *cut > 0)?);
            }
            Some(at)
        };
        values.iter().flat_map(|value| [Some(value.id.clone()), near(&value.id)]).flatten().collect()
    }

    fn name_of(self, id: &str) -> String {
        self.store
            .field(id)
            .map_or_else(|| id.trim_start_matches('/').replace('/', "."), |field| field.with_untracked(|field| field.path.join(".")))
    }

    /// The next line that the marked value makes, or decides about where it makes none: shown with its card.
    pub(crate) fn go_to_made_line(self) {
        let store = self.store;
        let all = store.marks.with_untracked(crate::chain::targets);
        let now = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.selected()));
        let at = now.and_then(|(document, line)| all.iter().position(|one| *one == (document.clone(), line as u32 + 1)));
        let Some((document, line)) = all.get(at.map_or(0, |at| (at + 1) % all.len())).cloned() else {
            return self.toast("No line comes of this value", false);
        };
        store.tab.set(Tab::Manifests);
        store.result_first.set(true);
        store.only.set(None);
        dom::soon(move || {
            store.manifests.update_value(|manifests| {
                if let Some(manifests) = manifests {
                    manifests.reveal(&document, line as usize - 1);
                    manifests.select(Some((document.clone(), line as usize - 1)));
                }
            });
            dom::focus("manifests");
            // The marks stay those of the value: only the card is asked for.
            self.send(Action::Explain { environment: String::new(), document, line });
        });
    }

    /// Shows a line of a file of the chart or of a layer of the chosen environment.
    pub(super) fn go_to_file(self, place: &PlaceView) {
        let layer =
            self.store.layers.with_untracked(|layers| layers.iter().find(|layer| layer.name == place.file).map(|layer| layer.id.clone()));
        self.go_to_place(FilePlace { layer, file: place.file.clone(), line: place.line, column: 1 });
    }

    /// Shows a place that a chain names: in the editor, if it is in a layer, else the file by itself.
    pub(crate) fn go_to_place(self, place: FilePlace) {
        let store = self.store;
        let Some(layer) = place.layer else {
            self.inner().looking.set(place.line);
            return self.send(Action::Look(place.file));
        };
        store.editor_at.set(Some((layer.clone(), place.line.max(1), place.column.max(1))));
        store.side.set(Side::Yaml);
        store.result_first.set(false);
        if !store.layers.with_untracked(|layers| layers.iter().any(|one| one.edited && one.id == layer)) {
            self.send(Action::SelectLayer(layer));
        }
    }
}
