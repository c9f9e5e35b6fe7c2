//! The manifests on the page: a section for each document, an element for each line. An update touches only the lines that changed,
//! so that the scroll stays and a key press costs the lines it moves.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::dom;
use crate::manifests::lines::{Line, lines, patch};
use chartwright_configure::protocol::DocumentView;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// How many lines of a document flash at most: more are no hint any more.
const MOST_FLASHES: usize = 40;

/// The manifests shown, by document id.
pub(crate) type Documents = HashMap<String, Arc<DocumentView>>;

/// The pane of manifests.
pub(crate) struct Manifests {
    pane: Element,
    shown: Vec<Shown>,
    /// Which document alone is shown; `None` shows all.
    only: Option<String>,
    /// The card beside a line: document, line (from 0), its HTML.
    card: Option<(String, usize, String)>,
}

struct Shown {
    document: Arc<DocumentView>,
    section: Element,
    code: Element,
    lines: Vec<Line>,
}

impl Manifests {
    /// Takes an empty element for the manifests.
    pub(crate) fn new(pane: Element) -> Self {
        Self { pane, shown: Vec::new(), only: None, card: None }
    }

    /// Shows `order`'s documents. `marked` says whether lines that the last action changed are to flash.
    pub(crate) fn update(&mut self, order: &[String], documents: &Documents, marked: &[String]) {
        let card = self.take_card_off();
        for flash in all(&self.pane, ".flash") {
            flash.remove();
        }

        let mut before: HashMap<String, Shown> = self.shown.drain(..).map(|shown| (shown.document.id.clone(), shown)).collect();
        let mut moved = before.len() != order.len();
        for (index, id) in order.iter().enumerate() {
            let Some(document) = documents.get(id) else { continue };
            let shown = match before.remove(id) {
                Some(mut shown) => {
                    if !Arc::ptr_eq(&shown.document, document) {
                        shown.become_(document);
                    }
                    shown
                }
                None => {
                    moved = true;
                    let Some(shown) = Shown::new(document) else { continue };
                    shown
                }
            };
            if marked.contains(id) {
                shown.flash();
            }
            moved = moved || self.pane.children().item(u32::try_from(index).unwrap_or(u32::MAX)).as_ref() != Some(&shown.section);
            self.shown.push(shown);
        }
        for gone in before.into_values() {
            gone.section.remove();
        }
        if moved {
            for shown in &self.shown {
                let _ = self.pane.append_child(&shown.section);
            }
        }
        self.filter();
        if let Some(card) = card {
            self.put_card(card);
        }
    }

    /// Shows one document alone, or all.
    pub(crate) fn only(&mut self, id: Option<String>) {
        self.only = id;
        self.filter();
    }

    fn filter(&self) {
        // A document that is gone must not leave the pane empty.
        let only = self.only.as_ref().filter(|only| self.shown.iter().any(|shown| shown.document.id == **only));
        for shown in &self.shown {
            let hide = only.is_some_and(|only| *only != shown.document.id);
            if hide != shown.section.has_attribute("hidden") {
                let _ = if hide { shown.section.set_attribute("hidden", "") } else { shown.section.remove_attribute("hidden") };
            }
        }
    }

    /// The document and line (from 0) in which an event happened.
    pub(crate) fn line_at(&self, event: &Event) -> Option<(Arc<DocumentView>, usize)> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let line = target.closest(".l").ok()??;
        let mut index = 0;
        let mut before = line.previous_element_sibling();
        let shown = self.shown.iter().find(|shown| shown.code.contains(Some(&line)))?;
        while let Some(element) = before {
            index += usize::from(element.class_list().contains("l"));
            before = element.previous_element_sibling();
        }
        Some((shown.document.clone(), index))
    }

    /// The line that the card stands at, if there is one.
    pub(crate) fn card_at(&self) -> Option<(String, usize)> {
        self.card.as_ref().map(|(id, line, _)| (id.clone(), *line))
    }

    /// The line `step` away from the one with the card (the first one, if there is none).
    pub(crate) fn beside_card(&self, step: isize) -> Option<(Arc<DocumentView>, usize)> {
        let Some((id, line, _)) = &self.card else {
            return self.shown.iter().find(|shown| !shown.section.has_attribute("hidden")).map(|shown| (shown.document.clone(), 0));
        };
        let shown = self.shown.iter().find(|shown| shown.document.id == *id)?;
        let line = line.checked_add_signed(step).filter(|line| *line < shown.lines.len())?;
        Some((shown.document.clone(), line))
    }

    /// Puts a card (HTML, already escaped) below a line; `None` takes it away.
    pub(crate) fn card(&mut self, card: Option<(String, usize, String)>) {
        self.take_card_off();
        if let Some(card) = card {
            self.put_card(card);
        }
    }

    /// Scrolls to a line (from 0) and marks it for a moment.
    pub(crate) fn reveal(&mut self, id: &str, line: usize) {
        self.take_card_off();
        let Some(shown) = self.shown.iter().find(|shown| shown.document.id == id) else { return };
        let Some(element) = shown.line(line) else { return };
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        for marked in all(&self.pane, ".pointed") {
            let _ = marked.class_list().remove_1("pointed");
        }
        let _ = element.class_list().add_1("pointed");
    }

    fn take_card_off(&mut self) -> Option<(String, usize, String)> {
        for element in all(&self.pane, ".why") {
            element.remove();
        }
        for element in all(&self.pane, ".l.sel") {
            let _ = element.class_list().remove_1("sel");
        }
        self.card.take()
    }

    fn put_card(&mut self, card: (String, usize, String)) {
        let Some(line) = self.shown.iter().find(|shown| shown.document.id == card.0).and_then(|shown| shown.line(card.1)) else { return };
        let _ = line.class_list().add_1("sel");
        if line.insert_adjacent_html("afterend", &card.2).is_ok() {
            self.card = Some(card);
        }
    }
}

impl Shown {
    fn new(document: &Arc<DocumentView>) -> Option<Self> {
        let section = dom::document().create_element("section").ok()?;
        section.set_class_name("doc");
        let _ = section.set_attribute("aria-label", &format!("{} {}", document.kind, document.name));
        let _ = section.set_attribute("data-document", &document.id);
        let lines = lines(document);
        section.set_inner_html(&format!("<pre>{}</pre>", all_html(&lines)));
        let code = section.first_element_child()?;
        if let Some(element) = section.dyn_ref::<HtmlElement>() {
            // What `content-visibility: auto` reserves for a document out of sight.
            let _ = element.style().set_property("--lines", &lines.len().to_string());
        }
        Some(Self { document: document.clone(), section, code, lines })
    }

    fn become_(&mut self, document: &Arc<DocumentView>) {
        let new = lines(document);
        if let Some(patch) = patch(&self.lines, &new) {
            let both = patch.old.min(patch.new);
            for (index, (old, now)) in self.lines.iter().zip(&new).enumerate().skip(patch.from).take(both) {
                let Some(element) = self.line(index) else { continue };
                if old.source != now.source {
                    element.set_class_name(now.class());
                }
                if old.html != now.html {
                    element.set_inner_html(&now.html);
                }
            }
            for index in (patch.from + both..patch.from + patch.old).rev() {
                if let Some(element) = self.line(index) {
                    element.remove();
                }
            }
            if patch.new > both {
                let html = all_html(&new[patch.from + both..patch.from + patch.new]);
                let at = patch.from + both;
                let _ = match at.checked_sub(1).and_then(|before| self.line(before)) {
                    Some(before) => before.insert_adjacent_html("afterend", &html),
                    None => self.code.insert_adjacent_html("afterbegin", &html),
                };
            }
            if let (Some(element), true) = (self.section.dyn_ref::<HtmlElement>(), self.lines.len() != new.len()) {
                let _ = element.style().set_property("--lines", &new.len().to_string());
            }
        }
        self.lines = new;
        self.document = document.clone();
    }

    /// Lays a colour that fades over the changed lines: an element of its own, which the browser fades without painting the lines again.
    fn flash(&self) {
        for &line in self.document.changed.iter().take(MOST_FLASHES) {
            if let Some(element) = (line as usize).checked_sub(1).and_then(|line| self.line(line)) {
                let _ = element.insert_adjacent_html("beforeend", "<i class=flash></i>");
            }
        }
    }

    /// A line's element. The card is never on the page while lines are counted.
    fn line(&self, index: usize) -> Option<Element> {
        self.code.children().item(u32::try_from(index).ok()?)
    }
}

fn all_html(lines: &[Line]) -> String {
    let mut out = String::with_capacity(lines.iter().map(|line| line.html.len() + 24).sum());
    for line in lines {
        // Writing to a string cannot fail.
        let _ = write!(out, "<div class=\"{}\">{}</div>", line.class(), line.html);
    }
    out
}

fn all(pane: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = pane.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}
