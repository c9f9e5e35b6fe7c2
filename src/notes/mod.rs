//! NOTES.txt, as Helm would print it after an install.

use crate::shell::use_link;
use crate::view::any;
use leptos::prelude::*;

/// The tab.
#[component]
pub(crate) fn Notes() -> impl IntoView {
    let store = use_link().store;
    any! {
        <div class="scroll notes" tabindex="0" role="region" aria-label="Notes">
            {move || match store.notes.get() {
                notes if notes.trim().is_empty() => any! { <p class="empty">"This chart has no notes."</p> },
                notes => any! { <pre>{notes}</pre> },
            }}
        </div>
    }
}
