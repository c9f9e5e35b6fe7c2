//! The list of keys.

use super::keyboard::{KEYS, letters};
use super::{icon, use_link};
use crate::browser::dom;
use crate::view::any;
use leptos::prelude::*;

/// The dialog that `?` opens.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let store = use_link().store;
    any! {
        <dialog id="help" aria-labelledby="help-title">
            <div class="dialog-head">
                <h2 id="help-title">"Keys"</h2>
                <button type="button" class="ghost square" aria-label="Close" on:click=move |_| dom::toggle_dialog("help")>{icon("close")}</button>
            </div>
            <dl class="keys">
                {KEYS.into_iter().map(|(keys, does)| any! { <dt><kbd>{keys}</kbd></dt><dd>{does}</dd> }).collect::<Vec<_>>()}
                {move || letters(store).into_iter().map(|(letter, title)| any! { <dt><kbd>{format!("g {letter}")}</kbd></dt><dd>{title}</dd> }).collect::<Vec<_>>()}
            </dl>
        </dialog>
    }
}
