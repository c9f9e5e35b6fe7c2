//! The form: a section's fields, all of them, or those that a search finds.

mod collection;
mod controls;
mod quantity;
mod row;
mod storage_class;

use crate::shell::use_link;
use crate::state::{ALL, FieldSignal, Store, is_leaf};
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
    let store = use_link().store;
    let pane = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        store.section.track();
        store.search.track();
        if let Some(pane) = pane.get_untracked() {
            pane.set_scroll_top(0);
        }
    });
    let sections = move || {
        store.generation.track();
        let chosen = store.section.get();
        store.form.with(|form| form.sections.iter().filter(|section| chosen == ALL || section.title == chosen).cloned().collect::<Vec<_>>())
    };
    view! {
        <div class="scroll" node_ref=pane>
            <form class="form" autocomplete="off" aria-label="Values" on:submit=|event| event.prevent_default()>
                <Show when=move || store.search.with(|search| !search.trim().is_empty()) fallback=move || view! {
                    <For each=sections key=move |section| (store.generation.get_untracked(), section.title.clone()) let:section><SectionView section/></For>
                    <Show when=move || store.ready.get() && store.form.with(|form| form.sections.is_empty())>
                        <p class="empty">"This chart has no values to set."</p>
                    </Show>
                }>
                    <Hits/>
                </Show>
            </form>
        </div>
    }
}

/// A section: title, sentence, fields; what is rarely needed is folded away.
#[component]
fn SectionView(section: Section) -> impl IntoView {
    let store = use_link().store;
    let title = StoredValue::new(section.title.clone());
    let ids = Memo::new(move |_| {
        store.form.with(|form| {
            form.sections
                .iter()
                .find(|section| title.with_value(|title| section.title == *title))
                .map(|section| section.fields.clone())
                .unwrap_or_default()
        })
    });
    view! {
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
    let split = Memo::new(move |_| {
        ids.get()
            .into_iter()
            .partition::<Vec<String>, _>(|id| !store.field(id).is_some_and(|field| field.with_untracked(|field| field.advanced)))
    });
    let each = move |advanced: bool| {
        let ids = move || split.with(|(first, more)| if advanced { more.clone() } else { first.clone() });
        view! { <For each=ids key=|id| id.clone() let:id>{field(store, &id, depth)}</For> }
    };
    view! {
        {each(false)}
        <Show when=move || split.with(|(_, more)| !more.is_empty())>
            <details class="advanced">
                <summary>{move || split.with(|(_, more)| if more.len() == 1 { "1 more setting".to_owned() } else { format!("{} more settings", more.len()) })}</summary>
                {each(true)}
            </details>
        </Show>
    }
}

/// A field with all inside of it.
pub(crate) fn field(store: Store, id: &str, depth: usize) -> AnyView {
    let Some(signal) = store.field(id) else { return ().into_any() };
    if depth > DEEPEST {
        return view! { <p class="help">"What is nested deeper is in the YAML."</p> }.into_any();
    }
    // A field keeps its elements while its value changes; another control needs others.
    let control = {
        let signal = signal.clone();
        Memo::new(move |_| signal.with(|field| std::mem::discriminant(&field.control)))
    };
    (move || {
        control.track();
        let signal = signal.clone();
        match signal.with_untracked(|field| field.control.clone()) {
            Control::Group => view! { <collection::Group signal depth/> }.into_any(),
            Control::List => view! { <collection::List signal depth/> }.into_any(),
            Control::Map => view! { <collection::Map signal depth/> }.into_any(),
            _ => view! { <row::Row signal depth/> }.into_any(),
        }
    })
    .into_any()
}

/// What a search finds, as fields to edit right there.
#[component]
fn Hits() -> impl IntoView {
    let store = use_link().store;
    let hits = Memo::new(move |_| {
        store.generation.track();
        let words: Vec<String> = store.search.get().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let mut hits: Vec<(usize, String)> = Vec::new();
        store.form.with(|form| {
            for section in &form.sections {
                store.walk(&section.fields, |field| {
                    if is_leaf(field) || field.children.is_empty() {
                        hits.extend(rank(field, &section.title, &words).map(|rank| (rank, field.id.clone())));
                    }
                });
            }
        });
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    });
    let shown = move || hits.with(|hits| hits.iter().take(MOST_HITS).cloned().collect::<Vec<_>>());
    let count = move || match hits.with(Vec::len) {
        0 => "No value has these words in its key, label or description".to_owned(),
        1 => "1 value".to_owned(),
        count if count > MOST_HITS => format!("{count} values, the first {MOST_HITS} shown"),
        count => format!("{count} values"),
    };
    view! {
        <section aria-label="Found values">
            <h2>"Search"</h2>
            <p class="lead" role="status">{count}</p>
            <For each=shown key=|id| id.clone() let:id>{field(store, &id, 0)}</For>
        </section>
    }
}

/// How well a field fits the words: 0 is best, `None` does not fit. Every word must be found.
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
            2
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
pub(crate) fn part<T: Clone + PartialEq + Send + Sync + 'static>(
    signal: &FieldSignal,
    part: impl Fn(&Field) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let signal = signal.clone();
    Memo::new(move |_| signal.with(&part))
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
