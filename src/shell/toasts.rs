//! Passing messages.

use super::{icon, use_link};
use leptos::prelude::*;

/// The messages, newest below.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let store = use_link().store;
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || store.toasts.get() key=|toast| toast.number let:toast>
                <div class="toast" class:bad=toast.bad>
                    <p>{toast.text}</p>
                    <button type="button" class="ghost square" aria-label="Dismiss" on:click=move |_| store.toasts.update(|toasts| toasts.retain(|one| one.number != toast.number))>{icon("close")}</button>
                </div>
            </For>
        </div>
    }
}
