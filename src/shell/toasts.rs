//! Passing messages.

use super::{icon, use_link};
use crate::view::{any, each};
use leptos::prelude::*;

/// The messages, newest below.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let store = use_link().store;
    any! {
        <div class="toasts" role="status" aria-live="polite">
            {each(move || store.toasts.get(), |toast| toast.number.to_string(), move |toast| any! {
                <div class="toast" class:bad=toast.bad>
                    <p>{toast.text}</p>
                    <button type="button" class="ghost square" aria-label="Dismiss" on:click=move |_| store.toasts.update(|toasts| toasts.retain(|one| one.number != toast.number))>{icon("close")}</button>
                </div>
            })}
        </div>
    }
}
