//! What a value is edited with.

use super::part;
use super::quantity::Quantity;
use super::row::Ids;
use super::storage_class::StorageClasses;
use crate::browser::dom;
use crate::session::Link;
use crate::shell::use_link;
use crate::state::FieldSignal;
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
            let kind = if field.secret { "password" } else { "text" };
            view! { <TextInput signal ids placeholder kind unit=String::new() numeric=None/> }.into_any()
        }
        Control::Number { integer, minimum, maximum, unit } => {
            let range = match (minimum, maximum) {
                (Some(low), Some(high)) => format!("{low} to {high}"),
                (Some(low), None) => format!("{low} or more"),
                (None, Some(high)) => format!("{high} or less"),
                (None, None) => "not set".to_owned(),
            };
            view! { <TextInput signal ids placeholder=range kind="text" unit numeric=Some(integer)/> }.into_any()
        }
        Control::Quantity { units } => view! { <Quantity signal ids units/> }.into_any(),
        Control::Toggle => {
            let on = part(&signal, |field| field.input == "true");
            let path = field.path;
            let (invalid, described) = described(&signal, &ids);
            view! {
                <input id=ids.input class="switch" type="checkbox" role="switch" aria-invalid=invalid aria-describedby=described prop:checked=move || on.get()
                    on:change=move |event| link.set(path.clone(), event_target_checked(&event).to_string())/>
            }
            .into_any()
        }
        Control::Choice { options } if options.len() <= FEW => view! { <Segments signal ids options/> }.into_any(),
        Control::Choice { options } => {
            let chosen = part(&signal, |field| field.input.clone());
            let path = field.path;
            let all = options.clone();
            let (invalid, described) = described(&signal, &ids);
            view! {
                <select id=ids.input aria-invalid=invalid aria-describedby=described on:change=move |event| link.set(path.clone(), event_target_value(&event))
                    prop:value=move || chosen.with(|chosen| all.iter().find(|option| *option == chosen).cloned().unwrap_or_default())>
                    {options.into_iter().map(|option| {
                        let own = option.clone();
                        view! { <option value=option.clone() selected=move || chosen.with(|chosen| own == *chosen)>{words(&option)}</option> }
                    }).collect_view()}
                </select>
            }
            .into_any()
        }
        Control::StorageClass { classes } => view! { <StorageClasses signal ids classes/> }.into_any(),
        Control::Multiline | Control::Yaml | Control::Group | Control::List | Control::Map => view! { <TextArea signal ids/> }.into_any(),
    }
}

/// `aria-invalid` and `aria-describedby` of a control.
pub(super) fn described(signal: &FieldSignal, ids: &Ids) -> (Signal<Option<&'static str>>, String) {
    let error = part(signal, |field| field.error.is_some());
    (Signal::derive(move || error.get().then_some("true")), ids.help.clone())
}

/// An option's JSON text as a person reads it.
pub(super) fn plain(option: &str) -> String {
    serde_json::from_str::<String>(option).unwrap_or_else(|_| option.to_owned())
}

fn words(option: &str) -> String {
    match plain(option) {
        text if option == "null" || text.is_empty() => "not set".to_owned(),
        text => text,
    }
}

/// Writes a new text into a control unless the user is typing there and newer than it.
pub(super) fn show_in(
    link: Link,
    value: Memo<String>,
    now: impl Fn() -> Option<(String, web_sys::Element)> + 'static,
    set: impl Fn(&str) + 'static,
) {
    Effect::new(move |_| {
        let value = value.get();
        if let Some((shown, element)) = now()
            && shown != value
            && !(link.busy() && dom::has_focus(&element))
        {
            set(&value);
        }
    });
}

/// One line of text. `numeric` says whether it is a number, and then whether a whole one.
#[component]
fn TextInput(signal: FieldSignal, ids: Ids, placeholder: String, kind: &'static str, unit: String, numeric: Option<bool>) -> impl IntoView {
    let link = use_link();
    let node = NodeRef::<html::Input>::new();
    let path = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let value = part(&signal, |field| field.input.clone());
    show_in(
        link,
        value,
        move || node.get().map(|node| (node.value(), node.into())),
        move |text| {
            if let Some(node) = node.get_untracked() {
                node.set_value(text);
            }
        },
    );
    let (invalid, described) = described(&signal, &ids);
    let mode = numeric.map(|integer| if integer { "numeric" } else { "decimal" });
    let step = move |event: web_sys::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        let Some(node) = node.get_untracked().filter(|_| numeric == Some(true)) else { return };
        if let Ok(number) = node.value().trim().parse::<i64>() {
            event.prevent_default();
            let text = number.saturating_add(by).to_string();
            node.set_value(&text);
            link.input(path.get_value(), text);
        }
    };
    let input = view! {
        <input id=ids.input node_ref=node type=kind inputmode=mode placeholder=placeholder autocomplete="off" spellcheck="false" aria-invalid=invalid aria-describedby=described
            value=value.get_untracked() on:input=move |event| link.input(path.get_value(), event_target_value(&event)) on:keydown=step/>
    };
    if unit.is_empty() { input.into_any() } else { view! { <div class="unit">{input}<span>{unit}</span></div> }.into_any() }
}

/// Several lines of text.
#[component]
fn TextArea(signal: FieldSignal, ids: Ids) -> impl IntoView {
    let link = use_link();
    let node = NodeRef::<html::Textarea>::new();
    let path = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let value = part(&signal, |field| field.input.clone());
    show_in(
        link,
        value,
        move || node.get().map(|node| (node.value(), node.into())),
        move |text| {
            if let Some(node) = node.get_untracked() {
                node.set_value(text);
            }
        },
    );
    let rows = part(&signal, |field| field.input.lines().count().clamp(2, 12));
    let (invalid, described) = described(&signal, &ids);
    view! {
        <textarea id=ids.input node_ref=node rows=move || rows.get().to_string() autocomplete="off" spellcheck="false" aria-invalid=invalid aria-describedby=described
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
    view! {
        <div class="segments" role="radiogroup" id=ids.input.clone() aria-labelledby=ids.label aria-describedby=described>
            {options.into_iter().map(|option| {
                let (own, json) = (option.clone(), option.clone());
                view! {
                    <label>
                        <input type="radio" name=ids.input.clone() value=plain(&option) prop:checked=move || chosen.with(|chosen| *chosen == own)
                            on:change=move |_| link.set(path.get_value(), json.clone())/>
                        <span>{words(&option)}</span>
                    </label>
                }
            }).collect_view()}
        </div>
    }
}
