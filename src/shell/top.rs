//! The top bar: which chart, which environment, which release; undo, redo, share, and the download.

use super::release::Release;
use super::{Menu, icon, use_link};
use crate::browser::dom;
use crate::session::Then;
use chartwright_configure::protocol::{Action, ChartCard, Export};
use leptos::prelude::*;

/// The layers of charts, in the order of use.
const GROUPS: [&str; 3] = ["applications", "infrastructure", "library"];

/// The top bar.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let more = move |export, then, label: &'static str| {
        view! {
            <button type="button" class="choice" on:click=move |_| { dom::close_menus(None); link.export(export, then); }>{label}</button>
        }
    };
    view! {
        <header>
            <h1 class="mark">
                <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.6"/><path d="M13.4 6.6 11.6 11.6 6.6 13.4 8.4 8.4Z"/></svg>
                <span>"Chartwright"</span>
            </h1>
            <span class="sep"></span>
            <Charts/>
            <Environments/>
            <Release/>
            <span class="grow"></span>
            <button type="button" class="ghost square" aria-label="Undo" title="Undo (Ctrl+Z)" disabled=move || store.header.with(|header| !header.can_undo) on:click=move |_| link.send(Action::Undo)>{icon("undo")}</button>
            <button type="button" class="ghost square" aria-label="Redo" title="Redo (Ctrl+Shift+Z)" disabled=move || store.header.with(|header| !header.can_redo) on:click=move |_| link.send(Action::Redo)>{icon("redo")}</button>
            <button type="button" class="ghost share" title="Copy a link to this state, without secrets" on:click=move |_| link.export(Export::Link, Then::Copy)>"Share"</button>
            <div class="split">
                <button type="button" class="primary" title="Ctrl+S" disabled=move || store.header.with(|header| header.download.is_empty()) on:click=move |_| link.export(Export::Values, Then::Download)>
                    <span class="wide">"Download "</span>{move || store.header.with(|header| header.download.clone())}
                </button>
                <Menu name="More to download and copy" class="primary more" summary=|| icon("down")>
                    <p class="menu-title">"Values file"</p>
                    {more(Export::Values, Then::Copy, "Copy values file")}
                    {more(Export::Patch, Then::Copy, "Copy my change as a patch")}
                    {more(Export::Patch, Then::Download, "Download my change as a patch")}
                    <p class="menu-title">"Manifests"</p>
                    {more(Export::Manifests, Then::Download, "Download all manifests")}
                    {more(Export::Manifests, Then::Copy, "Copy all manifests")}
                    <p class="menu-title">"Deploy"</p>
                    {more(Export::Command, Then::Copy, "Copy helm upgrade --install")}
                </Menu>
            </div>
        </header>
    }
}

/// The chart picker.
#[component]
fn Charts() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let chosen = move || {
        let id = store.header.with(|header| header.chart.clone());
        store.charts.with(|charts| charts.iter().find(|chart| chart.id == id).cloned())
    };
    let summary = move || {
        view! {
            <b>{move || chosen().map_or_else(|| "Choose a chart".to_owned(), |chart| chart.name)}</b>
            <small class="wide said-by-style" data-text=move || chosen().map(|chart| format!("{} · {}", chart.version, chart.kind))></small>
            {icon("down")}
        }
    };
    let groups = move || {
        store.charts.with(|charts| {
            let mut groups: Vec<String> = GROUPS.iter().map(|&group| group.to_owned()).collect();
            groups.extend(charts.iter().map(|chart| chart.group.clone()).filter(|group| !GROUPS.contains(&group.as_str())));
            groups.dedup();
            groups
                .into_iter()
                .map(|group| {
                    let cards: Vec<ChartCard> = charts.iter().filter(|chart| chart.group == group).cloned().collect();
                    (group, cards)
                })
                .filter(|(_, cards)| !cards.is_empty())
                .collect::<Vec<_>>()
        })
    };
    let card = move |chart: ChartCard| {
        let (id, own) = (chart.id.clone(), chart.id.clone());
        let current = move || store.header.with(|header| header.chart == own).then_some("true");
        view! {
            <button type="button" class="choice card" data-chart=chart.id aria-current=current on:click=move |_| { dom::close_menus(None); link.send(Action::Chart(id.clone())); }>
                <span><b>{chart.name}</b><small>{chart.version}</small></span>
                <small>{chart.description}</small>
            </button>
        }
    };
    view! {
        <Menu name=Signal::derive(move || format!("Chart: {}", chosen().map(|chart| chart.name).unwrap_or_default())) class="pick" summary=summary>
            <div class="charts">
                {move || groups().into_iter().map(|(group, cards)| view! { <p class="menu-title">{group}</p>{cards.into_iter().map(card).collect_view()} }).collect_view()}
            </div>
        </Menu>
    }
}

/// The environments, as buttons of which one is pressed.
#[component]
fn Environments() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let environments = move || store.header.with(|header| header.environments.clone());
    let chosen = Memo::new(move |_| store.header.with(|header| header.environment.clone()));
    view! {
        <div class="seg" role="group" aria-label="Environment">
            <For each=environments key=|environment| (environment.id.clone(), environment.mine) let:environment>
                {
                    let (id, own) = (environment.id.clone(), environment.id.clone());
                    let mine = environment.mine;
                    view! {
                        <button type="button" data-environment=environment.id.clone() aria-pressed=move || (chosen.get() == own).to_string() on:click=move |_| link.send(Action::Environment(id.clone()))>
                            {environment.id.clone()}
                            {(mine > 0).then(|| view! { <i class="n" title=format!("{mine} mine")>{mine}<span class="sr">" mine"</span></i> })}
                        </button>
                    }
                }
            </For>
        </div>
    }
}
