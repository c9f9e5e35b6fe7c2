//! NOTES.txt, as Helm would print it after an install.

use crate::shell::use_link;
use leptos::prelude::*;

/// The tab.
#[component]
pub(crate) fn Notes() -> impl IntoView {
    let store = use_link().store;
    view! {
        <div class="scroll notes" tabindex="0" role="region" aria-label="Notes">
            <Show when=move || store.notes.with(|notes| !notes.trim().is_empty()) fallback=|| view! { <p class="empty">"This chart has no notes."</p> }>
                <pre>{move || store.notes.get()}</pre>
            </Show>
        </div>
    }
}
