//! What was found out of renders and their traces: what a change does to a cluster, and what in files and templates has no effect.
//! It is worked out while the tab is open and nothing else is to be done.

mod blast;

use crate::shell::use_link;
use crate::state::{Store, field_id};
use crate::view::{any, memo};
use chartwright_configure::protocol::{Action, IdleKey, Insights, Path, UnreachedLines, Unread, UnusedKey};
use leptos::prelude::*;

/// The tab.
#[component]
pub(crate) fn InsightsTab() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    link.study();
    let told = move || {
        store.insights.with(|found| match found {
            None => "Looking…".to_owned(),
            Some(found) if found.pending => "Looking…".to_owned(),
            Some(found) if found.failed.is_empty() => format!("Looked at {}", list(&found.environments)),
            Some(found) if found.environments.is_empty() => {
                "No environment can be rendered: nothing is known of what templates read".to_owned()
            }
            Some(found) => format!("Looked at {}; {} cannot be rendered", list(&found.environments), list(&found.failed)),
        })
    };
    any! {
        <div class="scroll insights" tabindex="0" role="region" aria-label="Insights" aria-busy=move || store.insights.with(|found| found.as_ref().is_none_or(|found| found.pending)).to_string()>
            <p class="looked" role="status">{told}</p>
            <blast::Cluster/>
            <Idle/>
            <Unused/>
            <Unset/>
            <Unreached/>
        </div>
    }
}

/// A part of what was found, kept until it changes.
fn part<T: Clone + PartialEq + Send + Sync + 'static>(store: Store, pick: fn(&Insights) -> T) -> Memo<Option<T>> {
    memo(move || store.insights.with(|found| found.as_ref().map(pick)))
}

/// A section with its count; `teach` stands there where nothing is found.
fn section(title: &'static str, count: usize, ready: bool, teach: &'static str, content: AnyView) -> AnyView {
    any! {
        <details class="fold" open>
            <summary><h3>{title}</h3><span class="what">{(count > 0).then(|| count.to_string())}</span></summary>
            {(count == 0).then(|| any! { <p class="teach">{if ready { teach } else { "Looking…" }}</p> })}
            {content}
        </details>
    }
}

/// `a, b and c`.
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

fn place(file: &str, line: u32) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

/// Whether the analysis has come to its end.
fn is_ready(store: Store) -> bool {
    store.insights.with(|found| found.as_ref().is_some_and(|found| !found.pending))
}

/// A key with the way to its field.
fn key(text: String, path: &Path) -> AnyView {
    let link = use_link();
    let id = field_id(path);
    any! { <button type="button" class="link" on:click=move |_| link.go_to_field(&id)><code>{text}</code></button> }
}

/// Overrides without effect.
#[component]
fn Idle() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let found = part(store, |found| (found.idle.clone(), found.untried));
    let prune = move |keys: Vec<IdleKey>| link.send(Action::Prune(keys.into_iter().map(|key| (key.layer, key.path)).collect()));
    let row = move |one: IdleKey| {
        let own = one.clone();
        let label = format!("Remove {} from {}", one.key, one.file);
        any! {
            <li data-idle=one.key.clone()>
                <div>{key(one.key.clone(), &one.path)}<small>{place(&one.file, one.line)}</small><p>{one.reason}</p></div>
                <button type="button" class="plain" aria-label=label on:click=move |_| prune(vec![own.clone()])>"Remove"</button>
            </li>
        }
    };
    move || {
        let (idle, untried) = found.get().unwrap_or_default();
        let all = idle.clone();
        let content = any! {
            {(idle.len() > 1).then(|| any! { <p class="teach"><button type="button" class="plain" on:click=move |_| prune(all.clone())>{format!("Remove all {}", all.len())}</button>" Not a byte of the output changes"</p> })}
            <ul class="rows">{idle.iter().cloned().map(row).collect::<Vec<_>>()}</ul>
            {(untried > 0).then(|| any! { <p class="teach">{format!("{untried} more keys were not tried")}</p> })}
        };
        let teach = "Every key of this environment's files changes something. A key whose removal leaves each byte of the output as it is would stand here";
        section("Overrides without effect", idle.len(), is_ready(store), teach, content)
    }
}

/// Keys that nobody reads.
#[component]
fn Unused() -> impl IntoView {
    let store = use_link().store;
    let found = part(store, |found| found.unused.clone());
    let chosen = move || store.header.with(|header| header.environment.clone());
    let row = move |one: UnusedKey, chosen: &str| {
        let shown = one.environment.is_empty() || one.environment == chosen;
        let name = if shown {
            key(one.key.clone(), &one.path)
        } else {
            any! { <code>{one.key.clone()}</code> }
        };
        let why = match (one.why, one.nearest) {
            (Unread::Unknown, Some(nearest)) => any! { <p>"No template reads it. Is "<code>{nearest}</code>" meant?"</p> },
            (Unread::Unknown, None) => any! { <p>"No template reads it"</p> },
            (Unread::Asleep, _) => any! { <p>"Read only in branches that no environment takes"</p> },
            (Unread::Declared, _) => any! { <p>"The schema declares it, and no template reads it"</p> },
        };
        any! { <li data-unused=one.key><div>{name}<small>{place(&one.file, one.line)}</small>{why}</div></li> }
    };
    move || {
        let chosen = chosen();
        let (unknown, quiet): (Vec<UnusedKey>, Vec<UnusedKey>) =
            found.get().unwrap_or_default().into_iter().partition(|one| one.why == Unread::Unknown);
        let rows = |all: Vec<UnusedKey>| all.into_iter().map(|one| row(one, &chosen)).collect::<Vec<_>>();
        let (count, more) = (unknown.len(), quiet.len());
        let content = any! {
            <ul class="rows">{rows(unknown)}</ul>
            {(more > 0).then(|| any! { <details class="more"><summary>{format!("{more} that the chart knows and no environment needs")}</summary><ul class="rows">{rows(quiet)}</ul></details> })}
        };
        let teach = "Templates read every key of every file. One that is mistyped would stand here, with the key that was meant";
        section("Keys that nobody reads", count, is_ready(store), teach, content)
    }
}

/// Keys that templates read and no file sets.
#[component]
fn Unset() -> impl IntoView {
    let store = use_link().store;
    let found = part(store, |found| found.unset.clone());
    move || {
        let all = found.get().unwrap_or_default();
        let count = all.len();
        let row =
            |key: String, file: String| any! { <li data-unset=key.clone()><div><code>{key.clone()}</code><small>{file}</small></div></li> };
        let content = any! { <ul class="rows">{all.into_iter().map(|one| row(one.key, one.file)).collect::<Vec<_>>()}</ul> };
        let teach = "Each key that a template reads is set in some file. Options that values.yaml keeps quiet about would stand here";
        section("Read, and set nowhere", count, is_ready(store), teach, content)
    }
}

/// Template lines that no environment reaches.
#[component]
fn Unreached() -> impl IntoView {
    let store = use_link().store;
    let found = part(store, |found| found.unreached.clone());
    let name = |one: &UnreachedLines| match one.last - one.first {
        0 => format!("{}:{}", one.file, one.first),
        _ => format!("{}:{}–{}", one.file, one.first, one.last),
    };
    let row = move |one: UnreachedLines| any! { <li data-unreached=name(&one)><div><code>{one.text.clone()}</code><small>{name(&one)}</small></div></li> };
    move || {
        let (below, own): (Vec<UnreachedLines>, Vec<UnreachedLines>) =
            found.get().unwrap_or_default().into_iter().partition(|one| one.subchart);
        let (count, more) = (own.len(), below.len());
        let content = any! {
            <ul class="rows">{own.into_iter().map(row).collect::<Vec<_>>()}</ul>
            {(more > 0).then(|| any! { <details class="more"><summary>{format!("{more} in subcharts")}</summary><ul class="rows">{below.into_iter().map(row).collect::<Vec<_>>()}</ul></details> })}
        };
        let teach = "Some environment reaches each line of the chart's own templates. Branches that none of them takes would stand here";
        section("Lines never reached", count, is_ready(store), teach, content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row() {
        let check = |words: &[&str], expected: &str| {
            assert_eq!(list(&words.iter().map(ToString::to_string).collect::<Vec<_>>()), expected);
        };
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b", "c"], "a, b and c");
        assert_eq!((place("a.yaml", 0), place("a.yaml", 3)), ("a.yaml".to_owned(), "a.yaml:3".to_owned()));
    }
}
