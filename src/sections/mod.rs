//! The left column: search, and the sections with what is mine and where a warning is.

use crate::shell::{icon, use_link};
use crate::state::{ALL, Side, is_leaf, within};
use crate::view::{any, each, memo};
use chartwright_configure::protocol::Source;
use leptos::prelude::*;

/// The column.
#[component]
pub(crate) fn Sections() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    // One walk over all fields for all counts: (title, mine, warnings).
    let counts = memo(move || {
        store.fields_changed.track();
        let at_fault: Vec<String> = store
            .chosen_report()
            .map(|report| report.findings.into_iter().filter_map(|finding| finding.field).collect())
            .unwrap_or_default();
        store.form.with(|form| {
            form.sections
                .iter()
                .map(|section| {
                    let (mut mine, mut errors) = (0_usize, 0_usize);
                    store.walk(&section.fields, |field| {
                        mine += usize::from(is_leaf(field) && field.source == Source::Mine);
                        errors += usize::from(field.error.is_some());
                    });
                    let warnings = at_fault.iter().filter(|id| section.fields.iter().any(|top| within(id, top))).count();
                    (section.title.clone(), mine, errors, warnings)
                })
                .collect::<Vec<_>>()
        })
    });
    let total = move || store.form.with(|form| form.total);
    let row = move |title: String, mine: usize, errors: usize, warnings: usize| {
        let (own, to) = (title.clone(), title.clone());
        let current = move || (store.section.with(|section| *section == own) && store.search.with(String::is_empty)).then_some("true");
        any! {
            <button type="button" class="section" data-section=title.clone() aria-current=current
                on:click=move |_| {
                    store.search.set(String::new());
                    store.side.set(Side::Form);
                    store.section.set(to.clone());
                }>
                <span class="title">{title.clone()}</span>
                {(mine > 0).then(|| any! { <span class="n" title=format!("{mine} mine")>{mine}<span class="sr">" mine"</span></span> })}
                {(errors > 0).then(|| any! { <span class="e" title="Invalid value"><span class="sr">"invalid value"</span></span> })}
                {(errors == 0 && warnings > 0).then(|| {
                    let text = if warnings == 1 { "1 warning".to_owned() } else { format!("{warnings} warnings") };
                    any! { <span class="w" title=text.clone()><span class="sr">{text.clone()}</span></span> }
                })}
            </button>
        }
    };
    any! {
        <nav aria-label="Sections">
            <div class="search" role="search" data-own-undo="">
                {icon("search")}
                <input id="search" type="search" autocomplete="off" spellcheck="false" aria-label="Search all values"
                    placeholder=move || format!("Search {} values", total()) prop:value=move || store.search.get()
                    on:input=move |event| { store.side.set(Side::Form); store.search.set(event_target_value(&event)); }
                    on:keydown=move |event| if event.key() == "Escape" { store.search.set(String::new()) }/>
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            <div class="list">
                {each(move || counts.get(), |(title, mine, errors, warnings)| format!("{title} {mine} {errors} {warnings}"), move |(title, mine, errors, warnings)| row(title, mine, errors, warnings))}
                <hr/>
                {row(ALL.to_owned(), 0, 0, 0)}
            </div>
        </nav>
    }
}
