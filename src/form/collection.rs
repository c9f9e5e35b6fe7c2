//! Fields that hold fields: groups, lists and maps.

use super::row::{Chip, Help};
use super::{Fields, dom_id, field, part};
use crate::shell::{icon, use_link};
use crate::state::FieldSignal;
use crate::view::{When, any, each};
use chartwright_configure::protocol::{Action, Source};
use leptos::html;
use leptos::prelude::*;

/// A heading with its source, where it is not the default.
#[component]
fn Heading(signal: FieldSignal) -> impl IntoView {
    let (label, source) = (part(&signal, |field| field.label.clone()), part(&signal, |field| field.source));
    let key = signal.with_untracked(|field| field.path.join("."));
    any! {
        <legend>
            <span class="heading">{label}</span>
            <code>{key}</code>
            <When on=move || source.get() == Source::Mine><Chip signal=signal.clone()/></When>
        </legend>
    }
}

/// Fields under a heading.
#[component]
pub(super) fn Group(signal: FieldSignal, depth: usize) -> impl IntoView {
    let (id, label) = signal.with_untracked(|field| (field.id.clone(), field.label.clone()));
    let children = part(&signal, |field| field.children.clone());
    // What has the section's own name needs no heading of its own to the eye.
    let same = depth == 0 && use_link().store.section_of(&id).is_some_and(|section| section == label);
    any! {
        <fieldset class="group" class:same=same data-field=id.clone()>
            <Heading signal=signal.clone()/>
            <Help signal id=dom_id("help", &id)/>
            <Fields ids=children depth=depth + 1/>
        </fieldset>
    }
}

/// A list: elements can be added, removed and moved.
#[component]
pub(super) fn List(signal: FieldSignal, depth: usize) -> impl IntoView {
    let link = use_link();
    let (id, path, label) = signal.with_untracked(|field| (field.id.clone(), field.path.clone(), field.label.clone()));
    let path = StoredValue::new(path);
    let children = part(&signal, |field| field.children.clone());
    let item = move |(at, count, child): (usize, usize, String)| {
        let of = |action: &str| format!("{action} element {}", at + 1);
        let own = move || {
            let mut path = path.get_value();
            path.push(at.to_string());
            path
        };
        let shift = move |to: usize| link.send(Action::Move { path: path.get_value(), from: at, to });
        any! {
            <li class="item">
                <div class="item-fields">{field(link.store, &child, depth + 1)}</div>
                <div class="item-buttons">
                    <button type="button" class="ghost square" aria-label=of("Move up") disabled={at == 0} on:click=move |_| shift(at.saturating_sub(1))>{icon("up-arrow")}</button>
                    <button type="button" class="ghost square" aria-label=of("Move down") disabled=at + 1 == count on:click=move |_| shift(at + 1)>{icon("down-arrow")}</button>
                    <button type="button" class="ghost square" aria-label=of("Remove") on:click=move |_| link.send(Action::Remove { path: own() })>{icon("close")}</button>
                </div>
            </li>
        }
    };
    let items = move || {
        children.with(|children| children.iter().cloned().enumerate().map(|(at, child)| (at, children.len(), child)).collect::<Vec<_>>())
    };
    any! {
        <fieldset class="group list" data-field=id.clone()>
            <Heading signal=signal.clone()/>
            <Help signal id=dom_id("help", &id)/>
            <ol class="items">{each(items, |(at, count, child)| format!("{at} {count} {child}"), item)}</ol>
            <button type="button" class="plain add" on:click=move |_| link.send(Action::Add { path: path.get_value(), key: None })>
                {icon("plus")}"Add"<span class="sr">{format!(" to {label}")}</span>
            </button>
        </fieldset>
    }
}

/// A map with free keys: they can be added, renamed and removed.
#[component]
pub(super) fn Map(signal: FieldSignal, depth: usize) -> impl IntoView {
    let link = use_link();
    let (id, path, label) = signal.with_untracked(|field| (field.id.clone(), field.path.clone(), field.label.clone()));
    let path = StoredValue::new(path);
    let children = part(&signal, |field| field.children.clone());
    let new_key = NodeRef::<html::Input>::new();
    let add = move || {
        let Some(input) = new_key.get_untracked() else { return };
        let key = input.value().trim().to_owned();
        if key.is_empty() {
            let _ = input.focus();
            return;
        }
        input.set_value("");
        link.send(Action::Add { path: path.get_value(), key: Some(key) });
    };
    let item = move |child: String| {
        let key = link.store.field(&child).and_then(|field| field.with_untracked(|field| field.path.last().cloned())).unwrap_or_default();
        let own = StoredValue::new({
            let mut path = path.get_value();
            path.push(key.clone());
            path
        });
        any! {
            <li class="item keyed">
                <input type="text" class="item-key" data-own-undo="" aria-label=format!("Key {key}") autocomplete="off" spellcheck="false" value=key.clone()
                    on:change=move |event| link.send(Action::Rename { path: own.get_value(), key: event_target_value(&event) })/>
                <div class="item-fields">{field(link.store, &child, depth + 1)}</div>
                <div class="item-buttons">
                    <button type="button" class="ghost square" aria-label=format!("Remove {key}") on:click=move |_| link.send(Action::Remove { path: own.get_value() })>{icon("close")}</button>
                </div>
            </li>
        }
    };
    any! {
        <fieldset class="group map" data-field=id.clone()>
            <Heading signal=signal.clone()/>
            <Help signal id=dom_id("help", &id)/>
            <ul class="items">{each(move || children.get(), String::clone, item)}</ul>
            <div class="add-key">
                <input node_ref=new_key type="text" data-own-undo="" placeholder="new key" autocomplete="off" spellcheck="false" aria-label=format!("New key of {label}")
                    on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); add(); }/>
                <button type="button" class="plain add" on:click=move |_| add()>{icon("plus")}"Add"<span class="sr">{format!(" to {label}")}</span></button>
            </div>
        </fieldset>
    }
}
