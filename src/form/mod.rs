//! The form: a section's fields, all of them, or those that a search finds.

mod collection;
mod controls;
mod entry;
mod quantity;
mod row;
mod storage_class;

use crate::browser::marks;
use crate::session::Link;
use crate::shell::use_link;
use crate::state::{ALL, FieldSignal, Store, is_leaf};
use crate::view::{When, any, each, effect, memo};
use chartwright_configure::protocol::{Control, Field, Section};
use leptos::html;
use leptos::prelude::*;

/// Fields nested deeper are left to the YAML.
const DEEPEST: usize = 12;
/// How many hits a search shows.
const MOST_HITS: usize = 60;

/// What the form's pane shows.
#[component]
pub(crate) fn FormPane() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let pane = NodeRef::<html::Div>::new();
    effect(move || {
        store.section.track();
        store.search.track();
        if let Some(pane) = pane.get_untracked() {
            pane.set_scroll_top(0);
        }
    });
    let searching = memo(move || store.search.with(|search| !search.trim().is_empty()));
    let sections = move || {
        // Another chart's fields are others, even below the same title.
        let generation = store.generation.get();
        let chosen = store.section.get();
        let shown = |section: &&Section| chosen == ALL || section.title == chosen;
        store.form.with(|form| form.sections.iter().filter(shown).map(|section| (generation, section.clone())).collect::<Vec<_>>())
    };
    any! {
        <div class="scroll" node_ref=pane>
            <form class="form" autocomplete="off" aria-label="Values" on:submit=|event| event.prevent_default()
                on:pointerover=move |event| point(link, &event) on:focusin=move |event| point(link, &event) on:pointerleave=move |_| link.point_away()>
                {move || if searching.get() {
                    any! { <Hits/> }
                } else {
                    any! {
                        {each(sections, |(generation, section)| format!("{generation} {}", section.title), |(_, section)| any! { <SectionView section/> })}
                        <When on=move || store.ready.get() && store.form.with(|form| form.sections.is_empty())>
                            <p class="empty">"This chart has no values to set."</p>
                        </When>
                    }
                }}
            </form>
        </div>
    }
}

/// The pointer or the focus has come to a field: its lines are marked.
fn point(link: Link, event: &web_sys::Event) {
    if let Some(id) = marks::told(event, "data-field") {
        link.point_at_field(id);
    }
}

/// A section: title, sentence, fields; what is rarely needed is folded away.
#[component]
fn SectionView(section: Section) -> impl IntoView {
    let store = use_link().store;
    let title = StoredValue::new(section.title.clone());
    let ids = memo(move || {
        store.form.with(|form| {
            form.sections
                .iter()
                .find(|section| title.with_value(|title| section.title == *title))
                .map(|section| section.fields.clone())
                .unwrap_or_default()
        })
    });
    any! {
        <section aria-labelledby=dom_id("section", &section.title)>
            <h2 id=dom_id("section", &section.title)>{section.title.clone()}</h2>
            <p class="lead">{section.description}</p>
            <Fields ids=ids depth=0/>
        </section>
    }
}

/// Fields by id, the rarely needed ones folded away.
#[component]
pub(crate) fn Fields(ids: Memo<Vec<String>>, depth: usize) -> impl IntoView {
    let store = use_link().store;
    let split = memo(move || {
        ids.get()
            .into_iter()
            .partition::<Vec<String>, _>(|id| !store.field(id).is_some_and(|field| field.with_untracked(|field| field.advanced)))
    });
    let each = move |advanced: bool| {
        let ids = move || split.with(|(first, more)| if advanced { more.clone() } else { first.clone() });
        each(ids, String::clone, move |id| field(store, &id, depth))
    };
    any! {
        {each(false)}
        <When on=move || split.with(|(_, more)| !more.is_empty())>
            <details class="advanced">
                <summary>{move || split.with(|(_, more)| if more.len() == 1 { "1 more setting".to_owned() } else { format!("{} more settings", more.len()) })}</summary>
                {each(true)}
            </details>
        </When>
    }
}

/// A field with all inside of it.
pub(crate) fn field(store: Store, id: &str, depth: usize) -> AnyView {
    let Some(signal) = store.field(id) else { return ().into_any() };
    if depth > DEEPEST {
        return any! { <p class="help">"What is nested deeper is in the YAML."</p> };
    }
    // A field keeps its elements while its value changes; another control needs others.
    let control = {
        let signal = signal.clone();
        memo(move || signal.with(|field| std::mem::discriminant(&field.control)))
    };
    (move || {
        control.track();
        let signal = signal.clone();
        match signal.with_untracked(|field| field.control.clone()) {
            Control::Group => any! { <collection::Group signal depth/> },
            Control::List => any! { <collection::List signal depth/> },
            Control::Map => any! { <collection::Map signal depth/> },
            _ => any! { <row::Row signal depth/> },
        }
    })
    .into_any()
}

/// What a search finds, as fields to edit right there.
#[component]
fn Hits() -> impl IntoView {
    let store = use_link().store;
    let hits = memo(move || {
        store.generation.track();
        let words: Vec<String> = store.search.get().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let mut hits = [const { Vec::new() }; WORST + 1];
        store.form.with(|form| {
            for section in &form.sections {
                store.walk(&section.fields, |field| {
                    if (is_leaf(field) || field.children.is_empty())
                        && let Some(rank) = rank(field, &section.title, &words)
                    {
                        hits[rank].push(field.id.clone());
                    }
                });
            }
        });
        hits.concat()
    });
    let shown = move || hits.with(|hits| hits.iter().take(MOST_HITS).cloned().collect::<Vec<_>>());
    let count = move || match hits.with(Vec::len) {
        0 => "No value has these words in its key, label or description".to_owned(),
        1 => "1 value".to_owned(),
        count if count > MOST_HITS => format!("{count} values, the first {MOST_HITS} shown"),
        count => format!("{count} values"),
    };
    any! {
        <section aria-label="Found values">
            <h2>"Search"</h2>
            <p class="lead" role="status">{count}</p>
            {each(shown, String::clone, move |id| field(store, &id, 0))}
        </section>
    }
}

/// The worst rank that still fits.
const WORST: usize = 2;

/// How well a field fits the words: 0 is best, [`WORST`] the last, `None` does not fit. Every word must be found.
fn rank(field: &Field, section: &str, words: &[String]) -> Option<usize> {
    let key = field.path.join(".").to_lowercase();
    let label = field.label.to_lowercase();
    let description = field.description.to_lowercase();
    let section = section.to_lowercase();
    let mut worst = 0;
    for word in words {
        let rank = if label.starts_with(word) || key.rsplit('.').next().is_some_and(|last| last.starts_with(word.as_str())) {
            0
        } else if label.contains(word) || key.contains(word) {
            1
        } else if description.contains(word) || section.contains(word) {
            WORST
        } else {
            return None;
        };
        worst = worst.max(rank);
    }
    Some(worst)
}

/// An element id from a field's id or a title: white space would end it.
pub(crate) fn dom_id(prefix: &str, id: &str) -> String {
    let mut out = format!("{prefix}:");
    out.extend(id.chars().map(|character| if character.is_whitespace() { '_' } else { character }));
    out
}

/// A signal of one part of a field.
pub(crate) fn part<T: PartialEq + Send + Sync + 'static>(signal: &FieldSignal, part: fn(&Field) -> T) -> Memo<T> {
    let signal = signal.clone();
    memo(move || signal.with(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_configure::protocol::Source;

    #[test]
    fn search_ranks() {
        let field = Field {
            id: "/resources/limits/cpu".into(),
            path: vec!["resources".into(), "limits".into(), "cpu".into()],
            label: "CPU limit".into(),
            description: "What a container may use at most.".into(),
            control: Control::Text { placeholder: String::new() },
            input: String::new(),
            unset: false,
            source: Source::Default,
            file: String::new(),
            over: None,
            error: None,
            inert: None,
            caution: None,
            advanced: false,
            secret: false,
            children: Vec::new(),
            cures: Vec::new(),
        };
        #[track_caller]
        fn check(field: &Field, words: &str, expected: Option<usize>) {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            assert_eq!(rank(field, "Resources", &words), expected, "{words:?}");
        }
        check(&field, "cpu", Some(0));
        check(&field, "limits", Some(1));
        check(&field, "resources.limits", Some(1));
        check(&field, "most", Some(2));
        check(&field, "cpu most", Some(2));
        check(&field, "cpu absent", None);
    }
}
