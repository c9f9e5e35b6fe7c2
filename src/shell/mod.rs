//! The frame: top bar, three columns, status bar, and what floats above them.

mod help;
mod icon;
mod keyboard;
mod menu;
mod release;
mod status;
mod toasts;
mod top;

pub(crate) use icon::icon;
pub(crate) use menu::Menu;

use crate::browser::{dom, files, keys};
use crate::chain::FileDialog;
use crate::editor::{Editor, Unreadable};
use crate::findings::RuleDialog;
use crate::form::FormPane;
use crate::layers::Layers;
use crate::result::ResultPane;
use crate::sections::Sections;
use crate::session::Link;
use crate::state::{Side, Store};
use crate::view::{When, any};
use chartwright_configure::protocol::Action;
use leptos::prelude::*;

/// The session's link, from the context.
#[expect(clippy::expect_used, reason = "the app provides it before it makes any component")]
pub(crate) fn use_link() -> Link {
    use_context().expect("the app provides the link")
}

/// The whole page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let store = Store::new();
    let link = Link::new(store);
    provide_context(link);
    keyboard::listen(link);
    keys::close_menus_on_click();
    files::on_drop(
        move |over| {
            if store.dragging.get_untracked() != over {
                store.dragging.set(over);
            }
        },
        move |given| link.add(given),
    );
    link.open();

    any! {
        <a class="skip" href="#configure" on:click=move |event| { event.prevent_default(); dom::focus("configure"); }>"Skip to the form"</a>
        <top::TopBar/>
        <div class="switch-panes" role="navigation" aria-label="Panes">
            <button type="button" aria-pressed=move || (!store.result_first.get()).to_string() on:click=move |_| store.result_first.set(false)>"Configure"</button>
            <button type="button" aria-pressed=move || store.result_first.get().to_string() on:click=move |_| store.result_first.set(true)>"Result"</button>
        </div>
        <main class:result-first=move || store.result_first.get() aria-busy=move || (!store.ready.get()).to_string()>
            <Sections/>
            <section class="pane configure" id="configure" tabindex="-1" aria-label="Configure">
                <SideBar/>
                <Layers/>
                <Stopped/>
                <Unreadable/>
                <div class="fill" hidden=move || store.side.get() != Side::Form><FormPane/></div>
                <div class="fill" hidden=move || store.side.get() != Side::Yaml><Editor/></div>
            </section>
            <ResultPane/>
        </main>
        <status::StatusBar/>
        <toasts::Toasts/>
        <help::Help/>
        <FileDialog/>
        <RuleDialog/>
        <When on=move || store.dragging.get()>
            <div class="drop"><p><b>"Drop a chart or a values file"</b><br/>"A chart's folder or .tgz is added to the charts; a values file becomes a layer on top of this environment"</p></div>
        </When>
        <When on=move || store.fatal.get().is_some()>
            <div class="fatal" role="alert"><p>{move || store.fatal.get()}</p></div>
        </When>
    }
}

/// Form or YAML, and how much is mine.
#[component]
fn SideBar() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let tab = move |side: Side, label: &'static str| {
        any! {
            <button type="button" class="tab" role="tab" aria-selected=move || (store.side.get() == side).to_string() on:click=move |_| store.side.set(side)>
                {label}
            </button>
        }
    };
    let counts = move || {
        store.header.with(|header| {
            let files = (header.from_files > 0).then(|| format!("{} from {}", header.from_files, header.environment));
            let mine = (header.mine > 0).then(|| format!("{} mine", header.mine));
            [mine, files].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        })
    };
    any! {
        <div class="bar">
            <div role="tablist" aria-label="Configure by" class="tabs">{tab(Side::Form, "Form")}{tab(Side::Yaml, "YAML")}</div>
            <span class="grow"></span>
            <span class="counts">{counts}</span>
            <When on=move || store.header.with(|header| header.mine > 0)>
                <button type="button" class="ghost small" on:click=move |_| link.send(Action::ResetAll)>"Take all back"</button>
            </When>
        </div>
    }
}

/// What to do with changes whose render was stopped.
#[component]
fn Stopped() -> impl IntoView {
    let link = use_link();
    any! {
        <When on=move || { link.store.stopped.get() > 0 }>
            <div class="banner" role="alert">
                <p><b>"A render was stopped."</b>" It did not end. Your last change is kept but not applied."</p>
                <button type="button" class="plain" on:click=move |_| link.retry_stopped()>"Try again"</button>
                <button type="button" class="plain" on:click=move |_| link.forget_stopped()>"Let it go"</button>
            </div>
        </When>
    }
}
