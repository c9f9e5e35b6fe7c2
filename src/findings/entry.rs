//! One finding: the rule and its page, the places, why it matters, what to do, and the ways to line, template and field.

use super::silence::SilenceForm;
use crate::browser::dom;
use crate::shell::use_link;
use crate::view::{When, any};
use chartwright_configure::protocol::{Action, FindingView, FixView, PlaceView, Severity, Silence};
use leptos::prelude::*;

/// How many further places are named before the rest is folded away.
const NAMED: usize = 3;

/// What tells an entry from others: it is made anew where something of it is another.
pub(super) fn key(finding: &FindingView) -> String {
    let change = finding.change.as_ref().map(|change| change.pointer.as_str()).unwrap_or_default();
    let mut key = format!("{} {} {} {change}", finding.rule, finding.message, finding.field.as_deref().unwrap_or_default());
    for place in std::iter::once(&finding.place).chain(&finding.places) {
        key.push_str(&format!(" {}{}:{}", place.document, place.file, place.line));
    }
    key
}

/// The dot with the severity in words.
pub(super) fn dot(severity: Severity) -> (&'static str, AnyView) {
    let (class, word) = match severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Info => ("info", "Information"),
    };
    (class, any! { <span class="dot" title=word><span class="sr">{word}": "</span></span> })
}

/// The rule's name, which opens its page.
pub(super) fn rule(id: String) -> AnyView {
    let link = use_link();
    let title = format!("What {id} checks, and why");
    let (to, own) = (id.clone(), id.clone());
    any! { <button type="button" class="link rule" title=title data-rule-page=own on:click=move |_| link.open_rule(&to)>{id}</button> }
}

/// A place, which leads to the line.
pub(super) fn place(environment: &str, place: &PlaceView) -> AnyView {
    let link = use_link();
    let (environment, at) = (environment.to_owned(), place.clone());
    let name = [&place.object, &place.document, &place.file].into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    any! {
        <button type="button" class="link at" on:click=move |_| link.go_to_finding(&environment, &at, false)>{format!("{name}, line {}", place.line)}</button>
    }
}

/// What a fix does, and the button that does it.
fn fixed_by(fix: FixView) -> AnyView {
    let link = use_link();
    let was = if fix.was.is_empty() { "not set before".to_owned() } else { format!("was {}", fix.was) };
    let lines = if fix.lines == 1 { "1 line changes".to_owned() } else { format!("{} lines change", fix.lines) };
    let (path, json) = (fix.path, fix.json);
    any! {
        <p class="fix">
            <button type="button" class="plain" on:click=move |_| { link.send(Action::Set { path: path.clone(), json: json.clone() }); dom::focus("found"); }>
                "Fix: set "<code>{fix.key}</code>" to "<code>{fix.value}</code>
            </button>
            <small>{format!("{was}, in {}; {lines}", fix.file)}</small>
        </p>
    }
}

/// The entry, of a finding in an environment.
#[component]
pub(super) fn Entry(environment: String, finding: FindingView) -> impl IntoView {
    let link = use_link();
    let (class, dot) = dot(finding.severity);
    let silencing = RwSignal::new(false);
    let places: Vec<AnyView> = finding.places.iter().map(|at| any! { <li>{place(&environment, at)}</li> }).collect();
    let more = places.len();
    let places = match more {
        0 => None,
        1..=NAMED => Some(any! { <div class="also"><span>"Also at"</span><ul>{places}</ul></div> }),
        _ => Some(any! { <details class="also"><summary>{format!("At {more} more places")}</summary><ul>{places}</ul></details> }),
    };
    let change = finding.change.clone();
    let fix = move || {
        let change = change.as_ref().filter(|_| link.store.listed.of.with(Option::is_none))?;
        link.store.fixes.with(|fixes| fixes.iter().find(|fix| fix.change == *change).cloned()).map(fixed_by)
    };
    let (trace, at) = (environment.clone(), finding.place.clone());
    let field = finding
        .field
        .clone()
        .map(|id| any! { <button type="button" class="ghost small" on:click=move |_| link.go_to_field(&id)>"Go to field"</button> });
    // What stands in a file of the chart was written by no template.
    let template = finding.place.file.is_empty().then(|| {
        any! { <button type="button" class="ghost small" title="The values and the template's line that made it" on:click=move |_| link.go_to_finding(&trace, &at, true)>"Template line"</button> }
    });
    let can_be_silenced = !(finding.place.object.is_empty() && finding.place.file.is_empty());
    let offer = can_be_silenced.then(|| {
        any! { <button type="button" class="ghost small" aria-expanded=move || silencing.get().to_string() on:click=move |_| silencing.update(|open| *open = !*open)>"Silence"</button> }
    });
    let own = finding.rule.clone();
    let silence = Silence { rule: finding.rule.clone(), objects: finding.objects(), files: finding.files(), ..Silence::default() };
    let named = environment.clone();
    any! {
        <li class=format!("find {class}") data-rule=own>
            {dot}
            <div>
                <p>{rule(finding.rule)}" "{place(&environment, &finding.place)}</p>
                <p>{finding.message}</p>
                <p class="reason">{finding.reason}</p>
                <p class="cure"><span>"Cure: "</span>{finding.cure}</p>
                {places}
                {fix}
                <div class="ways">
                    {template}
                    {field}
                    {offer}
                </div>
                <When on=move || silencing.get()>
                    <SilenceForm silence=silence.clone() environment=named.clone() open=silencing/>
                </When>
            </div>
        </li>
    }
}
