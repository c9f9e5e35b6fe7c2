//! The list of keys.

use super::keyboard::{KEYS, letters};
use super::{icon, use_link};
use crate::browser::dom;
use leptos::prelude::*;

/// The dialog that `?` opens.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let store = use_link().store;
    view! {
        <dialog id="help" aria-labelledby="help-title">
            <div class="dialog-head">
                <h2 id="help-title">"Keys"</h2>
                <button type="button" class="ghost square" aria-label="Close" on:click=move |_| dom::toggle_dialog("help")>{icon("close")}</button>
            </div>
            <dl class="keys">
                {KEYS.into_iter().map(|(keys, does)| view! { <dt><kbd>{keys}</kbd></dt><dd>{does}</dd> }).collect_view()}
                {move || letters(store).into_iter().map(|(letter, title)| view! { <dt><kbd>{format!("g {letter}")}</kbd></dt><dd>{title}</dd> }).collect_view()}
            </dl>
        </dialog>
    }
}
