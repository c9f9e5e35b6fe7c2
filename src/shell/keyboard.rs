//! What the keys do. The list that `?` shows is here too, so that the two cannot drift apart.

use crate::browser::{dom, keys};
use crate::session::{Link, Then};
use crate::state::{ALL, Store};
use chartwright_configure::protocol::{Action, Export};
use leptos::prelude::*;

/// Keys and what they do, for the list.
pub(super) const KEYS: [(&str, &str); 10] = [
    ("/", "Search all values"),
    ("g then a letter", "Go to a section"),
    ("[ and ]", "Previous and next of my changes"),
    ("Ctrl+S", "Download the values file"),
    ("Ctrl+Z", "Undo"),
    ("Ctrl+Shift+Z", "Redo"),
    ("Enter, arrows", "In the manifests: where a line comes from"),
    ("Enter again", "There: another value for the line"),
    ("Ctrl+Enter", "In a field: the next line that it makes"),
    ("?", "This list"),
];

/// The letter that leads to each section after `g`: the first of its letters that is still free.
pub(super) fn letters(store: Store) -> Vec<(char, String)> {
    let mut taken: Vec<(char, String)> = Vec::new();
    let titles: Vec<String> = store.form.with(|form| form.sections.iter().map(|section| section.title.clone()).collect());
    for title in titles.into_iter().chain([ALL.to_owned()]) {
        let free =
            title.to_lowercase().chars().filter(char::is_ascii_alphabetic).find(|letter| !taken.iter().any(|(other, _)| other == letter));
        if let Some(letter) = free {
            taken.push((letter, title));
        }
    }
    taken
}

/// Listens to the keys of the whole page.
pub(super) fn listen(link: Link) {
    let store = link.store;
    let going = StoredValue::new(false);
    let at = StoredValue::new(None::<String>);
    keys::on_press(move |press| {
        let was_going = going.get_value();
        going.set_value(false);
        if press.command {
            return match press.key.to_ascii_lowercase().as_str() {
                "s" => {
                    link.export(Export::Values, Then::Download);
                    true
                }
                "z" if !press.own_undo => {
                    link.send(if press.shift { Action::Redo } else { Action::Undo });
                    true
                }
                "y" if !press.own_undo => {
                    link.send(Action::Redo);
                    true
                }
                "enter" if store.marks.with_untracked(|marks| !marks.id.is_empty()) => {
                    link.go_to_made_line();
                    true
                }
                _ => false,
            };
        }
        if press.key == "Escape" {
            dom::close_menus(None);
            return false;
        }
        if press.typing {
            return false;
        }
        if was_going {
            let letter = press.key.to_lowercase();
            let section = untrack(|| letters(store)).into_iter().find(|(one, _)| letter == one.to_string());
            if let Some((_, title)) = section {
                store.search.set(String::new());
                store.result_first.set(false);
                store.section.set(title.clone());
                dom::soon(move || {
                    dom::reveal(&format!("[data-section=\"{}\"]", dom::quoted(&title)));
                });
            }
            return true;
        }
        match press.key.as_str() {
            "/" => {
                store.result_first.set(false);
                dom::focus("search");
            }
            "g" => going.set_value(true),
            "?" => dom::toggle_dialog("help"),
            "[" | "]" => {
                let mine = store.mine();
                let now = at.get_value().and_then(|at| mine.iter().position(|id| *id == at));
                let next = match (now, press.key.as_str()) {
                    (None, "[") => mine.len().checked_sub(1),
                    (None, _) => (!mine.is_empty()).then_some(0),
                    (Some(now), "[") => Some((now + mine.len() - 1) % mine.len()),
                    (Some(now), _) => Some((now + 1) % mine.len()),
                };
                match next.and_then(|next| mine.get(next)) {
                    Some(id) => {
                        at.set_value(Some(id.clone()));
                        link.go_to_field(id);
                    }
                    None => link.toast("Nothing is changed yet", false),
                }
            }
            _ => return false,
        }
        true
    });
}
