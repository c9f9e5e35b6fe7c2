//! A quantity: a number and its unit. Whoever types the unit into the number is understood as well.

use super::controls::described;
use super::entry::{Holder, follow};
use super::part;
use super::row::Ids;
use crate::shell::use_link;
use crate::state::FieldSignal;
use crate::view::{any, memo};
use leptos::html;
use leptos::prelude::*;

/// The unit that stands for no suffix.
const WHOLE: [&str; 3] = ["core", "cores", "bytes"];

/// The control.
#[component]
pub(super) fn Quantity(signal: FieldSignal, ids: Ids, units: Vec<String>) -> impl IntoView {
    let link = use_link();
    let number = NodeRef::<html::Input>::new();
    let chosen = NodeRef::<html::Select>::new();
    let path = StoredValue::new(signal.with_untracked(|field| field.path.clone()));
    let label = part(&signal, |field| field.label.clone());
    let all = StoredValue::new(units.clone());
    let parts = {
        let signal = signal.clone();
        memo(move || signal.with(|field| all.with_value(|units| split(&field.input, units))))
    };
    let text = memo(move || parts.with(|(number, _)| number.clone()));
    let unit = memo(move || parts.with(|(_, unit)| unit.clone()));
    follow(link, text, Holder::Line(number));
    follow(link, unit, Holder::Choice(chosen));
    let changed = move || {
        let (Some(number), Some(chosen)) = (number.get_untracked(), chosen.get_untracked()) else { return };
        link.input(path.get_value(), join(&number.value(), &chosen.value()));
    };
    let (invalid, described) = described(&signal, &ids);
    let (first_text, first_unit) = parts.get_untracked();
    any! {
        <div class="unit">
            <input id=ids.input node_ref=number type="text" inputmode="decimal" placeholder="not set" autocomplete="off" spellcheck="false" aria-invalid=move || invalid.get()
                aria-describedby=described value=first_text on:input=move |_| changed()/>
            <select node_ref=chosen aria-label=move || format!("{}: unit", label.get()) on:change=move |_| changed()>
                {units.into_iter().map(|unit| {
                    let selected = unit == first_unit;
                    any! { <option value=unit.clone() selected=selected>{unit.clone()}</option> }
                }).collect::<Vec<_>>()}
            </select>
        </div>
    }
}

/// A quantity's number and unit. What is no number with a known unit stays whole in the first part.
fn split(text: &str, units: &[String]) -> (String, String) {
    let first = || units.first().cloned().unwrap_or_default();
    let text = text.trim();
    let end = text.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    if text.is_empty() {
        // The larger unit is what most people mean.
        return (String::new(), units.iter().find(|unit| *unit == "Mi").cloned().unwrap_or_else(first));
    }
    let unit = units.iter().find(|unit| if suffix.is_empty() { WHOLE.contains(&unit.as_str()) } else { *unit == suffix });
    match unit {
        Some(unit) if !number.is_empty() => (number.to_owned(), unit.clone()),
        _ => (text.to_owned(), units.iter().find(|unit| WHOLE.contains(&unit.as_str())).cloned().unwrap_or_else(first)),
    }
}

/// Number and unit as one quantity; a number that carries its own unit keeps it.
fn join(number: &str, unit: &str) -> String {
    let bare = number.trim();
    let plain = !bare.is_empty() && bare.chars().all(|character| character.is_ascii_digit() || character == '.');
    if plain && !WHOLE.contains(&unit) { format!("{bare}{unit}") } else { number.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        #[track_caller]
        fn check(text: &str, units: &[&str], expected: (&str, &str)) {
            let units: Vec<String> = units.iter().map(|&unit| unit.to_owned()).collect();
            assert_eq!(split(text, &units), (expected.0.to_owned(), expected.1.to_owned()));
        }
        let (cpu, memory) = (["m", "core"], ["Ki", "Mi", "Gi"]);
        check("500m", &cpu, ("500", "m"));
        check("1.5", &cpu, ("1.5", "core"));
        check("", &cpu, ("", "m"));
        check("", &memory, ("", "Mi"));
        check("2Gi", &memory, ("2", "Gi"));
        check("2G", &memory, ("2G", "Ki"));
        check("lots", &memory, ("lots", "Ki"));
        check("1e3", &cpu, ("1e3", "core"));
    }

    #[test]
    fn joins() {
        #[track_caller]
        fn check(number: &str, unit: &str, expected: &str) {
            assert_eq!(join(number, unit), expected);
        }
        check("500", "m", "500m");
        check("1.5", "core", "1.5");
        check("2Gi", "Mi", "2Gi");
        check("", "Mi", "");
        check("lots", "Mi", "lots");
    }
}
