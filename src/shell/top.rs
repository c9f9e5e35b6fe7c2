//! The top bar: which chart, which environment, which release; undo, redo, share, and the download.

use super::release::Release;
use super::{Menu, icon, use_link};
use crate::browser::charts::Given;
use crate::browser::dom;
use crate::session::Then;
use crate::view::{any, each, effect, memo};
use chartwright_configure::protocol::{Action, ChartCard, EnvironmentTab, Export};
use leptos::html;
use leptos::prelude::*;

/// The layers of charts, in the order of use.
const GROUPS: [&str; 4] = ["dropped", "applications", "infrastructure", "library"];

/// The top bar.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let more = move |export, then, label: &'static str| {
        any! {
            <button type="button" class="choice" on:click=move |_| { dom::close_menus(None); link.export(export, then); }>{label}</button>
        }
    };
    any! {
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
                    <p class="menu-title">"Checks"</p>
                    {more(Export::Project, Then::Download, "Download what is silenced (.chartwright.yaml)")}
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
        any! {
            <b>{move || chosen().map_or_else(|| "Choose a chart".to_owned(), |chart| chart.name)}</b>
            <small class="wide said-by-style" data-text=move || chosen().map(|chart| format!("{} · {}", chart.version, chart.kind))></small>
            {icon("down")}
        }
    };
    // The session's list is the one that the build has prepared, mostly: its cards then stay as they are, under a hand that is about to choose one.
    let groups = memo(move || {
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
    });
    let card = move |chart: ChartCard| {
        let (id, own, gone) = (chart.id.clone(), chart.id.clone(), chart.id.clone());
        let remove = format!("Remove {}", chart.name);
        let current = move || store.header.with(|header| header.chart == own).then_some("true");
        let pick = any! {
            <button type="button" class="choice card" data-chart=chart.id aria-current=current on:click=move |_| { dom::close_menus(None); link.send(Action::Chart(id.clone())); }>
                <span><b>{chart.name}</b><small>{chart.version}</small></span>
                <small>{chart.description}</small>
            </button>
        };
        if !chart.dropped {
            return pick;
        }
        any! {
            <div class="own">
                {pick}
                <button type="button" class="ghost square" title="Remove it, with what I changed in it" aria-label=remove on:click=move |_| link.remove_chart(gone.clone())>{icon("close")}</button>
            </div>
        }
    };
    let (folder, archive) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    effect(move || {
        if let Some(folder) = folder.get() {
            folder.set_webkitdirectory(true);
        }
    });
    let add = move |input: NodeRef<html::Input>, label: &'static str| {
        any! { <button type="button" class="ghost small" on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>{icon("plus")}{label}</button> }
    };
    let chosen_files = move |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            dom::close_menus(None);
            link.add(Given::chosen(&input));
        }
    };
    any! {
        <Menu name=Signal::derive(move || format!("Chart: {}", chosen().map(|chart| chart.name).unwrap_or_default())) class="pick" summary=summary>
            <div class="charts">
                <div class="add-chart">{add(folder, "Add a chart's folder")}{add(archive, "Add a .tgz")}</div>
                <input node_ref=folder id="add-folder" type="file" hidden on:change=move |_| chosen_files(folder)/>
                <input node_ref=archive id="add-archive" type="file" accept=".tgz,.gz" multiple hidden on:change=move |_| chosen_files(archive)/>
                {move || groups.get().into_iter().map(|(group, cards)| any! { <p class="menu-title">{if group == "dropped" { "From outside".to_owned() } else { group }}</p>{cards.into_iter().map(card).collect::<Vec<_>>()} }).collect::<Vec<_>>()}
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
    let chosen = memo(move || store.header.with(|header| header.environment.clone()));
    let tab = move |EnvironmentTab { id, mine }: EnvironmentTab| {
        let (own, to, name) = (id.clone(), id.clone(), id.clone());
        any! {
            <button type="button" data-environment=name aria-pressed=move || chosen.with(|chosen| *chosen == own).to_string() on:click=move |_| link.send(Action::Environment(to.clone()))>
                {id}
                {(mine > 0).then(|| any! { <i class="n" title=format!("{mine} mine")>{mine.to_string()}<span class="sr">" mine"</span></i> })}
            </button>
        }
    };
    any! {
        <div class="seg" role="group" aria-label="Environment">
            {each(environments, |environment| format!("{} {}", environment.mine, environment.id), tab)}
        </div>
    }
}
