//! What a value is edited with.

use super::entry::{Entry, Holder, follow};
use super::part;
use super::quantity::Quantity;
use super::row::Ids;
use super::storage_class::StorageClasses;
use crate::browser::text;
use crate::shell::use_link;
use crate::state::FieldSignal;
use crate::view::any;
use chartwright_configure::protocol::{Control, Path};
use leptos::html;
use leptos::prelude::*;

/// Up to how many options stand beside each other; more unfold.
pub(super) const FEW: usize = 4;

/// The control of a field.
pub(super) fn control(signal: &FieldSignal, ids: &Ids) -> AnyView {
    let link = use_link();
    let field = signal.get_untracked();
    let (signal, ids) = (signal.clone(), ids.clone());
    match field.control {
        Control::Text { placeholder } => {
            let placeholder = if placeholder.is_empty() { "not set".to_owned() } else { placeholder };
            any! { <Entry signal ids placeholder secret=field.secret/> }
        }
        Control::Number { integer, minimum, maximum, unit } => {
            let range = match (minimum, maximum) {
                (Some(low), Some(high)) => format!("{} to {}", text::number(low), text::number(high)),
                (Some(low), None) => format!("{} or more", text::number(low)),
                (None, Some(high)) => format!("{} or less", text::number(high)),
                (None, None) => "not set".to_owned(),
            };
            let entry = any! { <Entry signal ids placeholder=range number=Some(integer)/> };
            if unit.is_empty() {
                entry
            } else {
                any! { <div class="unit">{entry}<span>{unit}</span></div> }
            }
        }
        Control::Quantity { units } => any! { <Quantity signal ids units/> },
        Control::Toggle => {
            let on = part(&signal, |field| field.input == "true");
            let path = field.path;
            let (invalid, described) = described(&signal, &ids);
            any! {
                <input id=ids.input class="switch" type="checkbox" role="switch" aria-invalid=move || invalid.get() aria-describedby=described prop:checked=move || on.get()
                    on:change=move |event| link.set(path.clone(), event_target_checked(&event).to_string())/>
            }
        }
        Control::Choice { options } if options.len() <= FEW => any! { <Segments signal ids options/> },
        Control::Choice { options } => {
            let chosen = part(&signal, |field| field.input.clone());
            let path = field.path;
            let all = options.clone();
            let (invalid, described) = described(&signal, &ids);
            any! {
                <select id=ids.input aria-invalid=move || invalid.get() aria-describedby=described on:change=move |event| link.set(path.clone(), event_target_value(&event))
                    prop:value=move || chosen.with(|chosen| all.iter().find(|option| *option == chosen).cloned().unwrap_or_default())>
                    {options.into_iter().map(|option| {
                        let own = option.clone();
                        any! { <option value=option.clone() selected=move || chosen.with(|chosen| own == *chosen)>{words(&option)}</option> }
                    }).collect::<Vec<_>>()}
                </select>
            }
        }
        Control::StorageClass { classes } => any! { <StorageClasses signal ids classes/> },
        Control::Multiline | Control::Yaml | Control::Group | Control::List | Control::Map => any! { <TextArea signal ids/> },
    }
}

/// `aria-invalid` and `aria-describedby` of a control.
pub(super) fn described(signal: &FieldSignal, ids: &Ids) -> (Memo<Option<&'static str>>, String) {
    (part(signal, |field| field.error.as_ref().map(|_| "true")), ids.help.clone())
}

/// An option's JSON text as a person reads it.
pub(super) fn plain(option: &str) -> String {
    text::of_json(option).unwrap_or_else(|| option.to_owned())
}

fn words(option: &str) -> String {
    match plain(option) {
        text if option == "null" || text.is_empty() => "not set".to_owned(),
        text => text,
    }
}

/// Several lines of text.
#[component]
fn TextArea(signal: FieldSignal, ids: Ids) -> impl IntoView {
    let link = use_link();
    let node = NodeRef::<html::Textarea>::new();
    let path = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let value = part(&signal, |field| field.input.clone());
    follow(link, value, Holder::Lines(node));
    let rows = part(&signal, |field| field.input.lines().count().clamp(2, 12));
    let (invalid, described) = described(&signal, &ids);
    any! {
        <textarea id=ids.input node_ref=node rows=move || rows.get().to_string() autocomplete="off" spellcheck="false" aria-invalid=move || invalid.get() aria-describedby=described
            prop:value=value.get_untracked() on:input=move |event| link.input(path.get_value(), event_target_value(&event))></textarea>
    }
}

/// A few options beside each other.
#[component]
fn Segments(signal: FieldSignal, ids: Ids, options: Vec<String>) -> impl IntoView {
    let link = use_link();
    let path: StoredValue<Path> = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let chosen = part(&signal, |field| field.input.clone());
    let described = ids.help.clone();
    any! {
        <div class="segments" role="radiogroup" id=ids.input.clone() aria-labelledby=ids.label aria-describedby=described>
            {options.into_iter().map(|option| {
                let (own, json) = (option.clone(), option.clone());
                any! {
                    <label>
                        <input type="radio" name=ids.input.clone() value=plain(&option) prop:checked=move || chosen.with(|chosen| *chosen == own)
                            on:change=move |_| link.set(path.get_value(), json.clone())/>
                        <span>{words(&option)}</span>
                    </label>
                }
            }).collect::<Vec<_>>()}
        </div>
    }
}
