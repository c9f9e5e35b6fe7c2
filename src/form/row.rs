//! A field with a value of its own: label, control, source, and what is to be said about it.

use super::controls::control;
use super::{dom_id, part};
use crate::shell::{icon, use_link};
use crate::state::{FieldSignal, source_class, source_word};
use crate::view::any;
use chartwright_configure::protocol::{Action, Control, Source};
use leptos::prelude::*;

/// The ids by which a row's elements name each other.
#[derive(Clone)]
pub(super) struct Ids {
    /// The control.
    pub(super) input: String,
    /// The label.
    pub(super) label: String,
    /// What is said about it.
    pub(super) help: String,
}

/// A row of the form.
#[component]
pub(super) fn Row(signal: FieldSignal, depth: usize) -> impl IntoView {
    let field = signal.get_untracked();
    let ids = Ids { input: dom_id("field", &field.id), label: dom_id("label", &field.id), help: dom_id("help", &field.id) };
    let source = part(&signal, |field| field.source);
    let label = part(&signal, |field| field.label.clone());
    let inert = part(&signal, |field| field.inert.is_some());
    let key = field.path.join(".");
    // Below a heading that has the rest of the path, the last part is enough.
    let shown = if depth == 0 { key.as_str() } else { field.path.last().map_or("", String::as_str) };
    // A group of radio buttons is named by the label's text; a single control by the label itself.
    let names_group = matches!(field.control, Control::Choice { ref options } if options.len() <= super::controls::FEW);
    let name = if names_group {
        any! { <span class="label" id=ids.label.clone()>{label}</span> }
    } else {
        any! { <label id=ids.label.clone() for=ids.input.clone()>{label}</label> }
    };
    any! {
        <div class=move || format!("field {}", source_class(source.get())) class:inert=move || inert.get() data-field=field.id.clone()>
            <div class="name">{name}<code title=key.clone()>{breakable(shown)}</code></div>
            <div class="control">{control(&signal, &ids)}</div>
            <div class="origin"><Chip signal=signal.clone()/></div>
            <Help signal id=ids.help/>
        </div>
    }
}

/// A key in which a browser may break the line after dots.
fn breakable(key: &str) -> impl IntoView + use<> {
    key.split_inclusive('.').map(|part| any! { {part.to_owned()}<wbr/> }).collect::<Vec<_>>()
}

/// Where the value comes from; mine can be taken back.
#[component]
pub(super) fn Chip(signal: FieldSignal) -> impl IntoView {
    let link = use_link();
    let state = part(&signal, |field| (field.source, field.file.clone(), field.label.clone(), field.path.clone()));
    move || {
        let (source, file, label, path) = state.get();
        let word = source_word(source, &file);
        if source == Source::Mine {
            return any! {
                <button type="button" class="chip mine" title="Take my change back" aria-label=format!("{label}: mine. Take my change back")
                    on:click=move |_| link.send(Action::Reset { path: path.clone() })>{word}{icon("close")}</button>
            }
            .into_any();
        }
        any! { <span class=format!("chip {}", source_class(source)) title=file><span class="sr">"Source: "</span>{word}</span> }
    }
}

/// What is said about a field.
#[component]
pub(super) fn Help(signal: FieldSignal, id: String) -> impl IntoView {
    let description = part(&signal, |field| field.description.clone());
    let over = part(&signal, |field| field.over.clone());
    let error = part(&signal, |field| field.error.clone());
    let inert = part(&signal, |field| field.inert.clone());
    let caution = part(&signal, |field| field.caution.clone());
    any! {
        <div class="help" id=id>
            {move || error.get().map(|text| any! { <p class="error" role="alert">{text}</p> })}
            {move || caution.get().map(|text| any! { <p class="caution">{text}</p> })}
            {move || inert.get().map(|text| any! { <p class="why-inert">{text}</p> })}
            {move || over.get().map(|text| any! { <p class="over">{text}</p> })}
            {move || description.with(|text| (!text.is_empty()).then(|| any! { <p>{marked(text)}</p> }))}
        </div>
    }
}

/// A text whose parts between backticks are code.
pub(super) fn marked(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(at, part)| {
            if at % 2 == 1 {
                any! { <code>{part.to_owned()}</code> }
            } else {
                part.to_owned().into_any()
            }
        })
        .collect::<Vec<_>>()
}
