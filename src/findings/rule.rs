//! A rule's page: what it checks, why it matters, an example and its cure, and what other linters call it. The build makes it of the rule's
//! own file; it is fetched when it is opened, and has an address.

use crate::browser::{dom, files, location};
use crate::session::Link;
use crate::shell::{icon, use_link};
use crate::state::Tab;
use crate::view::any;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog's id.
const DIALOG: &str = "rule";

impl Link {
    /// Shows a rule's page.
    pub(crate) fn open_rule(self, id: &str) {
        let page = self.store.rule;
        let id = id.to_owned();
        page.set((id.clone(), String::new()));
        location::set_rule(Some(&id));
        dom::open_dialog(DIALOG);
        spawn_local(async move {
            // An address may hold anything.
            let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            let read = if is_id { files::fetch_text(&format!("rules/{id}.html")).await.ok() } else { None };
            let html = read.unwrap_or_else(|| "<p>There is no page of this rule, or it could not be loaded.</p>".to_owned());
            if page.with_untracked(|(open, _)| *open == id) {
                page.set((id, html));
            }
        });
    }

    /// Shows the page that the address names.
    pub(crate) fn open_addressed_rule(self) {
        if let Some(id) = location::rule() {
            self.store.tab.set(Tab::Findings);
            self.open_rule(&id);
        }
    }
}

/// The dialog.
#[component]
pub(crate) fn RuleDialog() -> impl IntoView {
    let page = use_link().store.rule;
    any! {
        <dialog id=DIALOG class="rule-page" aria-labelledby="rule-name" on:close=move |_| location::set_rule(None)>
            <div class="dialog-head">
                <h2 id="rule-name"><code>{move || page.with(|(id, _)| id.clone())}</code></h2>
                <button type="button" class="ghost square" aria-label="Close" on:click=move |_| dom::toggle_dialog(DIALOG)>{icon("close")}</button>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="rule-name" inner_html=move || page.with(|(_, html)| html.clone())></div>
        </dialog>
    }
}
