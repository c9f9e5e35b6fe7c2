//! The right column: what comes of the values.

use crate::compare::Compare;
use crate::findings::Findings;
use crate::insights::InsightsTab;
use crate::manifests::ManifestsTab;
use crate::notes::Notes;
use crate::session::Then;
use crate::shell::use_link;
use crate::stack::StackTab;
use crate::state::Tab;
use crate::values::Values;
use crate::view::{When, any, memo};
use chartwright_configure::protocol::{Export, Severity};
use leptos::prelude::*;

/// The tabs in order.
const TABS: [Tab; 7] = [Tab::Manifests, Tab::Compare, Tab::Findings, Tab::Values, Tab::Stack, Tab::Insights, Tab::Notes];

/// The column.
#[component]
pub(crate) fn ResultPane() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let findings = memo(move || {
        store
            .chosen_report()
            .map(|report| report.findings.iter().filter(|finding| finding.severity != Severity::Info).count())
            .unwrap_or_default()
    });
    let with = move || {
        store.comparison.with(|comparison| comparison.as_ref().map(|comparison| format!(" with {}", comparison.left))).unwrap_or_default()
    };
    let tab = move |tab: Tab| {
        let label = move || match tab {
            Tab::Manifests => "Manifests".to_owned(),
            Tab::Compare => format!("Compare{}", with()),
            Tab::Findings => "Findings".to_owned(),
            Tab::Values => "Values".to_owned(),
            Tab::Stack => "Stack".to_owned(),
            Tab::Insights => "Insights".to_owned(),
            Tab::Notes => "Notes".to_owned(),
        };
        let on_key = move |event: web_sys::KeyboardEvent| {
            let now = TABS.iter().position(|&one| one == tab).unwrap_or_default();
            let next = match event.key().as_str() {
                "ArrowRight" => (now + 1) % TABS.len(),
                "ArrowLeft" => (now + TABS.len() - 1) % TABS.len(),
                _ => return,
            };
            event.prevent_default();
            store.tab.set(TABS[next]);
            crate::browser::dom::soon(move || crate::browser::dom::focus(tab_id(TABS[next])));
        };
        any! {
            <button type="button" class="tab" role="tab" id=tab_id(tab) aria-controls=format!("{}-panel", tab_id(tab)) aria-selected=move || (store.tab.get() == tab).to_string()
                tabindex=move || if store.tab.get() == tab { "0" } else { "-1" } on:click=move |_| store.tab.set(tab) on:keydown=on_key>
                {label}
                {move || (tab == Tab::Findings && findings.get() > 0).then(|| any! { <span class="badge">{findings.get()}</span> })}
            </button>
        }
    };
    let panel = move |tab: Tab, content: AnyView| {
        any! {
            <div class="fill" role="tabpanel" id=format!("{}-panel", tab_id(tab)) aria-labelledby=tab_id(tab) hidden=move || store.tab.get() != tab>{content}</div>
        }
    };
    // What is not looked at is not kept up to date: only the open tab's elements exist, but for the manifests.
    let lazily = move |tab: Tab, content: fn() -> AnyView| panel(tab, any! { <When on=move || store.tab.get() == tab>{content()}</When> });
    any! {
        <section class="pane result" id="result" aria-label="Result">
            <div class="bar">
                <div role="tablist" aria-label="Result" class="tabs">{TABS.map(tab).into_iter().collect::<Vec<_>>()}</div>
                <span class="grow"></span>
                <When on=move || store.tab.get() == Tab::Manifests>
                    <button type="button" class="ghost" title="Copy all manifests" on:click=move |_| link.export(Export::Manifests, Then::Copy)>"Copy"</button>
                </When>
            </div>
            {panel(Tab::Manifests, any! { <ManifestsTab/> })}
            {lazily(Tab::Compare, || any! { <Compare/> })}
            {lazily(Tab::Findings, || any! { <Findings/> })}
            {lazily(Tab::Values, || any! { <Values/> })}
            {lazily(Tab::Stack, || any! { <StackTab/> })}
            {lazily(Tab::Insights, || any! { <InsightsTab/> })}
            {lazily(Tab::Notes, || any! { <Notes/> })}
        </section>
    }
}

fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Manifests => "tab-manifests",
        Tab::Compare => "tab-compare",
        Tab::Findings => "tab-findings",
        Tab::Values => "tab-values",
        Tab::Stack => "tab-stack",
        Tab::Insights => "tab-insights",
        Tab::Notes => "tab-notes",
    }
}
