//! Silences: the question why, and what is silenced with its reason.

use super::entry::{dot, place, rule};
use crate::browser::dom;
use crate::session::Then;
use crate::shell::use_link;
use crate::view::{When, any, memo};
use chartwright_configure::protocol::{Action, EnvironmentReport, Export, Silence, SilencedBy, SilencedView};
use leptos::html;
use leptos::prelude::*;

/// Asks why, and where. `silence` says what.
#[component]
pub(super) fn SilenceForm(silence: Silence, environment: String, open: RwSignal<bool>) -> impl IntoView {
    let link = use_link();
    let (reason, only_here) = (RwSignal::new(String::new()), RwSignal::new(false));
    let input = NodeRef::<html::Input>::new();
    crate::view::effect(move || {
        if let Some(input) = input.get() {
            dom::soon(move || drop(input.focus()));
        }
    });
    let label = format!("Silence {} in {}", silence.rule, silence.places());
    let here = environment.clone();
    let submitted = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let reason = reason.get_untracked().trim().to_owned();
        if reason.is_empty() {
            return;
        }
        let environment = only_here.get_untracked().then(|| environment.clone());
        link.send(Action::Silence(Silence { environment, reason, ..silence.clone() }));
        // The entry goes, and the focus with it.
        dom::focus("found");
    };
    let pressed = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            open.set(false);
        }
    };
    any! {
        <form class="silence" aria-label=label on:submit=submitted on:keydown=pressed>
            <label><span>"Why it is meant"</span>
                <input node_ref=input type="text" name="reason" required maxlength="500" autocomplete="off" on:input=move |event| reason.set(event_target_value(&event))/>
            </label>
            <label><span>"Where"</span>
                <select on:change=move |event| only_here.set(event_target_value(&event) == "here")>
                    <option value="all">"all environments"</option><option value="here">"only "{here}</option>
                </select>
            </label>
            <button type="submit" class="plain" disabled=move || reason.with(|reason| reason.trim().is_empty())>"Silence"</button>
            <button type="button" class="ghost" on:click=move |_| open.set(false)>"Cancel"</button>
        </form>
    }
}

/// What is silenced, and by whom.
#[component]
pub(super) fn Silenced(listed: Memo<Option<EnvironmentReport>>) -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let silenced = memo(move || {
        listed.with(|report| report.as_ref().map(|report| (report.environment.clone(), report.silenced.clone())).unwrap_or_default())
    });
    let idle = memo(move || store.report.with(|report| report.idle.clone()));
    let count = move || silenced.with(|(_, all)| all.len()) + idle.with(Vec::len);
    any! {
        <When on=move || { count() > 0 }>
            <details class="fold silenced" id="silenced">
                <summary><h3>"Silenced"</h3><span class="what">{count}</span></summary>
                <ul class="finds">{move || silenced.with(|(environment, all)| all.iter().map(|one| row(environment, one.clone())).collect::<Vec<_>>())}</ul>
                <ul class="finds">{move || idle.get().into_iter().map(idle_row).collect::<Vec<_>>()}</ul>
                <When on=move || store.header.with(|header| header.silences > 0)>
                    <p class="ways"><button type="button" class="ghost small" title="What chartwright lint reads beside the chart" on:click=move |_| link.export(Export::Project, Then::Download)>"Download .chartwright.yaml"</button></p>
                </When>
            </details>
        </When>
    }
}

fn row(environment: &str, one: SilencedView) -> AnyView {
    let (class, dot) = dot(one.finding.severity);
    let (who, back) = match one.by {
        SilencedBy::Annotation(key) => (any! { "the chart, by "<code>{key}</code> }, None),
        SilencedBy::Project(line) => (any! { <span>{format!(".chartwright.yaml, line {line}")}</span> }, None),
        SilencedBy::Me(silence) => (where_of(&silence), Some(take_back(silence))),
    };
    let reason = if one.reason.is_empty() { "without a reason".to_owned() } else { one.reason };
    let places: Vec<AnyView> = one.finding.places.iter().map(|at| any! { ", "{place(environment, at)} }).collect();
    any! {
        <li class=format!("find {class}") data-silenced=one.finding.rule.clone()>
            {dot}
            <div>
                <p>{rule(one.finding.rule.clone())}" "{place(environment, &one.finding.place)}{places}</p>
                <p>{one.finding.message}</p>
                <p class="reason">{reason}<small>" — "{who}</small></p>
            </div>
            {back}
        </li>
    }
}

/// A silence that silences nothing now.
fn idle_row(silence: Silence) -> AnyView {
    let back = take_back(silence.clone());
    let (place, places) = (where_of(&silence), silence.places());
    let own = silence.rule.clone();
    any! {
        <li class="find idle" data-idle=own>
            <span></span>
            <div>
                <p>{rule(silence.rule)}" "{places}</p>
                <p class="reason">{silence.reason}<small>" — "{place}", where it silences nothing now"</small></p>
            </div>
            {back}
        </li>
    }
}

fn where_of(silence: &Silence) -> AnyView {
    match &silence.environment {
        Some(environment) => any! { "mine, in "{environment.clone()} },
        None => any! { <span>"mine, in all environments"</span> },
    }
}

fn take_back(silence: Silence) -> AnyView {
    let link = use_link();
    let label = format!("Take back the silence of {} in {}", silence.rule, silence.places());
    any! {
        <button type="button" class="plain" aria-label=label on:click=move |_| { link.send(Action::Unsilence(silence.clone())); dom::focus("found"); }>"Take back"</button>
    }
}
