//! The effective values: each with its source, and what it overrode.

use crate::browser::marks;
use crate::session::Link;
use crate::shell::use_link;
use crate::state::{source_class, source_word};
use crate::view::{any, each, memo};
use chartwright_configure::protocol::{Source, ValueRow};
use leptos::prelude::*;

/// How many values are shown at once: a chart with subcharts has thousands.
const MOST: usize = 500;

/// The pointer or the focus has come to a row: its lines are marked, and stay so when another tab shows them.
fn point(link: Link, event: &web_sys::Event) {
    if let Some(id) = marks::told(event, "data-value") {
        link.point_at_field(id);
    }
}

/// The tab.
#[component]
pub(crate) fn Values() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let words = RwSignal::new(String::new());
    let only_mine = RwSignal::new(false);
    let rows = memo(move || {
        let words = words.get().to_lowercase();
        let only_mine = only_mine.get();
        store.values.with(|values| {
            let fits = |row: &&ValueRow| {
                (!only_mine || row.source == Source::Mine)
                    && (words.is_empty() || row.key.to_lowercase().contains(&words) || row.value.to_lowercase().contains(&words))
            };
            values.iter().filter(fits).cloned().collect::<Vec<_>>()
        })
    });
    let row = move |row: ValueRow| {
        let id = row.id.clone();
        let place = if row.line == 0 { row.file.clone() } else { format!("{}:{}", row.file, row.line) };
        any! {
            <tr class=source_class(row.source) data-value=row.id.clone()>
                <th scope="row"><button type="button" class="link" on:click=move |_| link.go_to_field(&id)><code>{row.key}</code></button></th>
                <td><code>{row.value}</code>{row.over.into_iter().map(|(value, file)| any! { " "<s title=file.clone()><span class="sr">"over "</span><code>{value}</code>" "{file.clone()}</s> }).collect::<Vec<_>>()}</td>
                <td><span class=format!("chip {}", source_class(row.source))>{source_word(row.source, &row.file)}</span><small>{place}</small></td>
            </tr>
        }
    };
    any! {
        <div class="compare-bar">
            <input type="search" data-own-undo="" aria-label="Filter values" placeholder="Filter by key or value" autocomplete="off" spellcheck="false" on:input=move |event| words.set(event_target_value(&event))/>
            <label class="check"><input type="checkbox" on:change=move |event| only_mine.set(event_target_checked(&event))/>"Only mine"</label>
            <span class="grow"></span>
            <span class="counts" role="status">{move || rows.with(|rows| if rows.len() == 1 { "1 value".to_owned() } else { format!("{} values", rows.len()) })}</span>
        </div>
        <div class="scroll" tabindex="0" role="region" aria-label="Effective values" on:pointerover=move |event| point(link, &event) on:focusin=move |event| point(link, &event)>
            <table class="effective">
                <thead class="sr"><tr><th scope="col">"Key"</th><th scope="col">"Value"</th><th scope="col">"Source"</th></tr></thead>
                <tbody>{each(move || rows.with(|rows| rows.iter().take(MOST).cloned().collect()), |row| format!("{} {} {} {}", row.id, source_class(row.source), row.line, row.value), row)}</tbody>
            </table>
            {move || rows.with(Vec::len).checked_sub(MOST).filter(|more| *more > 0).map(|more| any! { <p class="empty">{format!("{more} more values: filter to see them")}</p> })}
        </div>
    }
}
