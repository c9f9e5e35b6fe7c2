//! How what is typed and what the session says meet in a control.

use super::controls::described;
use super::part;
use super::row::Ids;
use crate::browser::dom;
use crate::session::Link;
use crate::shell::use_link;
use crate::state::FieldSignal;
use crate::view::{any, effect};
use leptos::html;
use leptos::prelude::*;

/// A control of the browser's that holds a text.
#[derive(Clone, Copy)]
pub(super) enum Holder {
    /// One line.
    Line(NodeRef<html::Input>),
    /// Several lines.
    Lines(NodeRef<html::Textarea>),
    /// One of a few.
    Choice(NodeRef<html::Select>),
}

impl Holder {
    /// The text and the element; tracked, until the element is there.
    fn get(self) -> Option<(String, web_sys::Element)> {
        match self {
            Self::Line(node) => node.get().map(|node| (node.value(), node.into())),
            Self::Lines(node) => node.get().map(|node| (node.value(), node.into())),
            Self::Choice(node) => node.get().map(|node| (node.value(), node.into())),
        }
    }

    fn set(self, text: &str) {
        match self {
            Self::Line(node) => node.get_untracked().map(|node| node.set_value(text)),
            Self::Lines(node) => node.get_untracked().map(|node| node.set_value(text)),
            Self::Choice(node) => node.get_untracked().map(|node| node.set_value(text)),
        };
    }
}

/// Shows a value in a control as it changes, unless the user is typing there and newer than it.
pub(super) fn follow(link: Link, value: Memo<String>, holder: Holder) {
    effect(move || {
        let value = value.get();
        if let Some((shown, element)) = holder.get()
            && shown != value
            && !(link.busy() && dom::has_focus(&element))
        {
            holder.set(&value);
        }
    });
}

/// One line of text: each key press goes to the session.
#[component]
pub(super) fn Entry(
    /// The field.
    signal: FieldSignal,
    /// Its ids.
    ids: Ids,
    /// What stands in it while it is empty.
    #[prop(into)]
    placeholder: Signal<String>,
    /// Whether the text is not to be seen.
    #[prop(default = false)]
    secret: bool,
    /// Whether it is a number, and then whether a whole one: those are stepped by the arrow keys.
    #[prop(default = None)]
    number: Option<bool>,
) -> impl IntoView {
    let link = use_link();
    let node = NodeRef::<html::Input>::new();
    let path = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let value = part(&signal, |field| field.input.clone());
    follow(link, value, Holder::Line(node));
    let step = move |event: web_sys::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        let Some(node) = node.get_untracked().filter(|_| number == Some(true)) else { return };
        if let Ok(number) = node.value().trim().parse::<i64>() {
            event.prevent_default();
            let text = number.saturating_add(by).to_string();
            node.set_value(&text);
            link.input(path.get_value(), text);
        }
    };
    let mode = number.map(|whole| if whole { "numeric" } else { "decimal" });
    let (invalid, described) = described(&signal, &ids);
    any! {
        <input id=ids.input node_ref=node type=if secret { "password" } else { "text" } inputmode=mode placeholder=move || placeholder.get() autocomplete="off" spellcheck="false"
            aria-invalid=move || invalid.get() aria-describedby=described value=value.get_untracked()
            on:input=move |event| link.input(path.get_value(), event_target_value(&event)) on:keydown=step/>
    }
}
