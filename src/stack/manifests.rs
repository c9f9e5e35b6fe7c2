//! The manifests of all releases, one below the other.

use super::{member, part};
use crate::manifests::lines::lines;
use crate::shell::use_link;
use crate::state::Store;
use crate::view::{any, each};
use chartwright_configure::protocol::DocumentView;
use leptos::prelude::*;

/// All manifests, folded to their names until they are asked for.
#[component]
pub(super) fn Manifests() -> impl IntoView {
    let store = use_link().store;
    let all = RwSignal::new(false);
    let members = move || (0..part(store, |stack| stack.members.len())).collect::<Vec<_>>();
    any! {
        <div class="part manifests-head">
            <h3>"Manifests"</h3>
            <div class="seg" role="group" aria-label="Show of the manifests">
                <button type="button" aria-pressed=move || (!all.get()).to_string() on:click=move |_| all.set(false)>"Names"</button>
                <button type="button" aria-pressed=move || all.get().to_string() on:click=move |_| all.set(true)>"All"</button>
            </div>
        </div>
        {each(members, ToString::to_string, move |at| any! { <Member at all/> })}
    }
}

/// One release's.
#[component]
fn Member(at: usize, all: RwSignal<bool>) -> impl IntoView {
    let store = use_link().store;
    let ids = move || {
        store.stack_documents.with(|members| {
            members.get(at).map(|documents| documents.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>()).unwrap_or_default()
        })
    };
    let document = move |id: String| {
        let own = id.clone();
        any! {
            <details class="fold diff" prop:open=move || all.get() data-stack-document=format!("{at} {id}")>
                <summary><h4>{id.clone()}</h4><span class="what">{move || member(store, at, |member| member.release.clone())}</span></summary>
                <pre tabindex="0" aria-label=format!("Manifest of {id}") inner_html=move || html(store, at, &own)></pre>
            </details>
        }
    };
    each(ids, Clone::clone, document)
}

/// A manifest's lines with their colours.
fn html(store: Store, at: usize, id: &str) -> String {
    let text = store.stack_documents.with(|members| {
        let document = members.get(at).and_then(|documents| documents.iter().find(|(known, _)| known == id));
        document.map(|(_, text)| text.clone()).unwrap_or_default()
    });
    let document = DocumentView { text, ..DocumentView::default() };
    lines(&document).into_iter().map(|line| line.html).collect::<Vec<_>>().join("\n")
}
