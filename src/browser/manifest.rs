//! The manifests on the page: a section for each document, an element for each line. An update touches only the lines that changed,
//! so that the scroll stays and a key press costs the lines it moves.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::marks::all;
use super::{dom, marks};
use crate::manifests::lines::{Line, lines, patch};
use chartwright_configure::protocol::{DocumentMarks, DocumentView};
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
    /// The line that is looked at: document, and line from 0.
    at: Option<(String, usize)>,
    /// The card below it, as HTML, once it is there.
    card: Option<String>,
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
        Self { pane, shown: Vec::new(), only: None, at: None, card: None }
    }

    /// Shows `order`'s documents. `marked` says whether lines that the last action changed are to flash.
    pub(crate) fn update(&mut self, order: &[String], documents: &Documents, marked: &[String]) {
        let (at, card) = (self.at.clone(), self.card.clone());
        self.select(None);
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
        self.select(at);
        if let Some(card) = card {
            self.place(card);
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
        // The card quotes lines of the template.
        if target.closest(".why").ok()?.is_some() {
            return None;
        }
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

    /// The line that is looked at: document, and line from 0.
    pub(crate) fn selected(&self) -> Option<(String, usize)> {
        self.at.clone()
    }

    /// The line `step` away from the one that is looked at (the first one, if there is none).
    pub(crate) fn beside(&self, step: isize) -> Option<(Arc<DocumentView>, usize)> {
        let Some((id, line)) = &self.at else {
            return self.shown.iter().find(|shown| !shown.section.has_attribute("hidden")).map(|shown| (shown.document.clone(), 0));
        };
        let shown = self.shown.iter().find(|shown| shown.document.id == *id)?;
        let line = line.checked_add_signed(step).filter(|line| *line < shown.lines.len())?;
        Some((shown.document.clone(), line))
    }

    /// Marks the line that is looked at, and takes the card of another away.
    pub(crate) fn select(&mut self, at: Option<(String, usize)>) {
        if self.at == at && self.at_element().is_some_and(|line| line.class_list().contains("sel")) {
            return;
        }
        self.card = None;
        for element in all(&self.pane, ".why") {
            element.remove();
        }
        for element in all(&self.pane, ".l.sel") {
            let _ = element.class_list().remove_1("sel");
        }
        self.at = at;
        match self.at_element() {
            Some(line) => drop(line.class_list().add_1("sel")),
            None => self.at = None,
        }
    }

    /// Puts a card (HTML, already escaped) below the line that is looked at; the first one of a line is brought into sight.
    pub(crate) fn card(&mut self, html: String) {
        let is_first = self.card.is_none();
        if self.card.as_ref() != Some(&html) {
            self.place(html);
        }
        if let Some(card) = all(&self.pane, ".why").first().filter(|_| is_first) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            card.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn place(&mut self, html: String) {
        for element in all(&self.pane, ".why") {
            element.remove();
        }
        if let Some(line) = self.at_element()
            && line.insert_adjacent_html("afterend", &html).is_ok()
        {
            self.card = Some(html);
        }
    }

    /// Marks the lines that a value makes, and those that it decides about.
    pub(crate) fn mark(&self, documents: &[DocumentMarks]) {
        marks::clear(&self.pane, ".l");
        for marked in documents {
            if let Some(shown) = self.shown.iter().find(|shown| shown.document.id == marked.document) {
                let lines: Vec<Option<Element>> = all(&shown.code, ":scope > .l").into_iter().map(Some).collect();
                marks::lines(&lines, marked);
            }
        }
    }

    fn at_element(&self) -> Option<Element> {
        let (id, line) = self.at.as_ref()?;
        let shown = self.shown.iter().find(|shown| shown.document.id == *id)?;
        all(&shown.code, ":scope > .l").into_iter().nth(*line)
    }

    /// Scrolls to a line (from 0) and marks it for a moment.
    pub(crate) fn reveal(&mut self, id: &str, line: usize) {
        self.select(None);
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

    /// A line's element. The card is not on the page while a document changes.
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
