//! A menu: a button that unfolds a panel. Closes by Escape, by a click elsewhere, and when one of its choices is made.

use crate::view::any;
use leptos::prelude::*;

/// A menu. `name` is what a screen reader hears; `summary` what the button shows.
#[component]
pub(crate) fn Menu(
    /// What it is for.
    #[prop(into)]
    name: Signal<String>,
    /// The button's class.
    #[prop(default = "ghost")]
    class: &'static str,
    /// What the button shows.
    #[prop(into)]
    summary: ViewFn,
    /// The panel's content.
    children: Children,
) -> impl IntoView {
    any! {
        <details class="menu" name="menu">
            <summary class=class aria-label=name>{summary.run()}</summary>
            <div class="panel">{children()}</div>
        </details>
    }
}
