//! What the last edit, or all of mine, would do to a cluster that runs what was before.

use crate::manifests::go_to_line;
use crate::shell::use_link;
use crate::view::{any, memo};
use chartwright_configure::protocol::{Blast, Change, Touched};
use leptos::prelude::*;

/// The section.
#[component]
pub(super) fn Cluster() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let all = RwSignal::new(false);
    let blast = memo(move || {
        store.insights.with(|found| found.as_ref().map(|found| if all.get() { found.mine.clone() } else { found.last_edit.clone() }))
    });
    let choice = move |mine: bool, label: &'static str| {
        any! { <button type="button" aria-pressed=move || (all.get() == mine).to_string() on:click=move |_| all.set(mine)>{label}</button> }
    };
    let content = move || match blast.get() {
        None => any! { <p class="teach">"Looking…"</p> },
        Some(None) => any! { <p class="teach">{if all.get() {
            "This environment is as its files came. What your changes do to a running release stands here: objects, restarts, and what an upgrade is refused on"
        } else {
            "Nothing is edited here yet. What an edit does to a running release stands here: objects, restarts, and what an upgrade is refused on"
        }}</p> },
        Some(Some(Blast { error: Some(error), .. })) => any! { <p class="teach">{error}</p> },
        Some(Some(Blast { objects, .. })) => any! {
            <p class="teach sum">{sum(&objects)}</p>
            <ul class="rows">{objects.into_iter().map(|one| any! { <Object one/> }).collect::<Vec<_>>()}</ul>
        },
    };
    any! {
        <section aria-labelledby="blast">
            <div class="head"><h3 id="blast">"Blast radius"</h3><div class="seg" role="group" aria-label="Of what">{choice(false, "Last edit")}{choice(true, "All of mine")}</div></div>
            {content}
        </section>
    }
}

/// An object that a change touches.
#[component]
fn Object(one: Touched) -> impl IntoView {
    let link = use_link();
    let word = match one.change {
        Change::Left => "goes",
        Change::Right => "is new",
        _ => "changes",
    };
    let id = one.id.clone();
    let name = if one.change == Change::Left {
        any! { <code>{one.id.clone()}</code> }
    } else {
        any! { <button type="button" class="link" on:click=move |_| go_to_line(link, &id, 1)><code>{one.id.clone()}</code></button> }
    };
    any! {
        <li data-touched=one.id.clone()>
            <div>
                {name}" "{word}
                {one.restarts.then(|| any! { " "<span class="chip mine">"restarts its pods"</span> })}
                {one.refused.into_iter().map(|(field, says)| any! { <p class="refused"><b>"Upgrade refused: "</b><code>{field}</code>": "{says}</p> }).collect::<Vec<_>>()}
                {one.notes.into_iter().map(|note| any! { <p>{note}</p> }).collect::<Vec<_>>()}
            </div>
        </li>
    }
}

/// The whole in a sentence.
fn sum(objects: &[Touched]) -> String {
    let count = |fits: fn(&Touched) -> bool| objects.iter().filter(|one| fits(one)).count();
    let some = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let parts = [
        some(count(|one| one.change == Change::Changed), "object changes", "objects change"),
        some(count(|one| one.change == Change::Right), "is new", "are new"),
        some(count(|one| one.change == Change::Left), "goes", "go"),
        some(count(|one| one.restarts), "workload restarts", "workloads restart"),
        some(count(|one| !one.refused.is_empty()), "object would be refused", "objects would be refused"),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if text.is_empty() { "No object changes".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_sentence() {
        let one = |change: Change, restarts: bool| Touched {
            id: "Deployment/a".into(),
            kind: "Deployment".into(),
            change,
            restarts,
            notes: Vec::new(),
            refused: Vec::new(),
        };
        assert_eq!(sum(&[]), "No object changes");
        assert_eq!(
            sum(&[one(Change::Changed, true), one(Change::Changed, false), one(Change::Left, false)]),
            "2 objects change · 1 goes · 1 workload restarts"
        );
    }
}
