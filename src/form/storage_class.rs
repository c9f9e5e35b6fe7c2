//! The storage class picker: what is known of each class, and free text for all others.

use super::entry::Entry;
use super::part;
use super::row::Ids;
use crate::browser::{dom, text};
use crate::shell::{Menu, icon, use_link};
use crate::state::FieldSignal;
use crate::view::any;
use chartwright_configure::protocol::{Action, StorageClass};
use leptos::prelude::*;

/// The picker. Leaving the class out and the empty class mean different things: both can be chosen.
#[component]
pub(super) fn StorageClasses(signal: FieldSignal, ids: Ids, classes: Vec<StorageClass>) -> impl IntoView {
    let link = use_link();
    let path = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let value = part(&signal, |field| field.input.clone());
    let state = part(&signal, |field| (field.unset, field.input.is_empty()));
    let set = move |json: String| {
        dom::close_menus(None);
        link.send(Action::Set { path: path.get_value(), json });
    };
    let placeholder = Signal::derive(move || {
        match state.get() {
            (true, _) => "left out: the cluster's default class",
            (false, true) => "\"\": no class, a volume made by hand",
            _ => "",
        }
        .to_owned()
    });
    let known = StoredValue::new(classes.clone());
    let chosen = move || value.with(|value| known.with_value(|known| known.iter().find(|class| class.name == *value).cloned()));
    let card = move |class: StorageClass| {
        let name = class.name.clone();
        let own = class.name.clone();
        let yes_no = |yes: bool, what: &str| if yes { what.to_owned() } else { format!("no {what}") };
        let facts = [
            class.access_modes.join(", "),
            yes_no(class.expansion, "expansion"),
            yes_no(class.snapshots, "snapshots"),
            class.binding.clone(),
        ]
        .join(" · ");
        any! {
            <button type="button" class="choice card" aria-current=move || value.with(|value| *value == own).then_some("true")
                on:click=move |_| set(text::to_json(&name))>
                <span><b>{class.name}</b><small>{class.provisioner}</small></span>
                <small>{class.description}</small>
                <small class="facts">{facts}</small>
            </button>
        }
    };
    any! {
        <div class="classes">
            <div class="unit">
                <Entry signal ids placeholder=placeholder/>
                <Menu name="Known storage classes" class="ghost square" summary=|| icon("down")>
                    <div class="class-list">
                        <button type="button" class="choice card" on:click=move |_| set("null".to_owned())>
                            <span><b>"Leave it out"</b></span><small>"The cluster's default class makes the volume"</small>
                        </button>
                        <button type="button" class="choice card" on:click=move |_| set("\"\"".to_owned())>
                            <span><b>"Empty"</b><small>"storageClassName: \"\""</small></span><small>"No class: binds only to a volume made by hand"</small>
                        </button>
                        {classes.into_iter().map(card).collect::<Vec<_>>()}
                    </div>
                </Menu>
            </div>
            {move || chosen().map(|class| any! {
                <dl class="class-facts">
                    <div><dt>"Provisioner"</dt><dd>{class.provisioner}</dd></div>
                    <div><dt>"Access"</dt><dd>{class.access_modes.join(", ")}</dd></div>
                    <div><dt>"Expansion"</dt><dd>{if class.expansion { "yes" } else { "no" }}</dd></div>
                    <div><dt>"Snapshots"</dt><dd>{if class.snapshots { "yes" } else { "no" }}</dd></div>
                    <div><dt>"Binding"</dt><dd>{class.binding}</dd></div>
                </dl>
            })}
        </div>
    }
}
