//! The manifests tab: objects by kind, the rendered lines, why a line is as it is, and what went wrong.

pub(crate) mod edit;
pub(crate) mod lines;
pub(crate) mod why;

use crate::browser::manifest::Manifests;
use crate::browser::{dom, marks};
use crate::session::Link;
use crate::shell::use_link;
use crate::state::{At, Store};
use crate::view::{When, any, each, effect, memo};
use chartwright_configure::protocol::{DocumentView, RenderFault};
use leptos::html;
use leptos::prelude::*;

/// The tab.
#[component]
pub(crate) fn ManifestsTab() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let pane = NodeRef::<html::Div>::new();
    effect(move || {
        let Some(pane) = pane.get() else { return };
        let mut manifests = Manifests::new(pane.into());
        store.order.with_untracked(|order| store.documents.with_value(|documents| manifests.update(order, documents, &[])));
        store.manifests.set_value(Some(manifests));
    });
    effect(move || {
        let only = store.only.get();
        store.manifests.update_value(|manifests| {
            if let Some(manifests) = manifests {
                manifests.only(only);
            }
        });
    });
    let failed = memo(move || store.render.with(|render| render.error.clone()));
    let clicked = move |event: web_sys::MouseEvent| {
        if follow(link, &event) {
            return;
        }
        // What is in the card is no line.
        if dom::is_within(&event, ".why") {
            return;
        }
        // Text that is being selected is to be copied, not explained.
        if dom::selecting() {
            return;
        }
        let at = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.line_at(&event)));
        if let Some((document, line)) = at {
            let same = store.manifests.with_value(|manifests| manifests.as_ref().and_then(Manifests::selected))
                == Some((document.id.clone(), line));
            explain(link, if same { None } else { Some((document.id.clone(), line)) });
        }
    };
    let pressed = move |event: web_sys::KeyboardEvent| {
        // A link of the card does what it says.
        if event.key() == "Enter" && dom::is_within(&event, ".why") {
            return;
        }
        let open = store.manifests.with_value(|manifests| manifests.as_ref().and_then(Manifests::selected)).is_some();
        let step = match event.key().as_str() {
            "Enter" if open => {
                event.prevent_default();
                let at = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.beside(0)));
                return at.into_iter().for_each(|(document, line)| begin(link, &document, line));
            }
            "Enter" => 0,
            "ArrowDown" if open => 1,
            "ArrowUp" if open => -1,
            "Escape" if open => return explain(link, None),
            _ => return,
        };
        event.prevent_default();
        let at = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.beside(step)));
        if let Some((document, line)) = at {
            explain(link, Some((document.id.clone(), line)));
            dom::show_nearest(".l.sel");
        }
    };
    let twice = move |event: web_sys::MouseEvent| {
        let at = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.line_at(&event)));
        if let Some((document, line)) = at {
            begin(link, &document, line);
        }
    };
    // Which line it is, is only worked out where the pointer stays.
    let over = move |event: web_sys::PointerEvent| {
        let at = store.manifests.with_value(|manifests| manifests.as_ref().and_then(|manifests| manifests.line_at(&event)));
        if let Some((document, line)) = at {
            link.point_at_line(At::shown(document.id.clone(), line));
        }
    };
    any! {
        <Objects/>
        {move || failed.get().map(|fault| any! { <Fault fault/> })}
        <Warnings/>
        <div class="scroll manifests" id="manifests" on:pointerover=over on:pointerleave=move |_| link.point_away() class:dimmed=move || failed.get().is_some() node_ref=pane role="region" tabindex="0" on:click=clicked on:dblclick=twice on:keydown=pressed
            aria-label=move || if failed.get().is_some() { "Manifests of the last good render" } else { "Manifests" }></div>
        <edit::EditLine/>
        <When on=move || store.ready.get() && store.order.with(Vec::is_empty) && failed.with(Option::is_none)>
            <p class="empty">"Nothing is rendered: with these values the chart has no objects."</p>
        </When>
    }
}

/// Begins to edit a line (from 0) of a document.
fn begin(link: Link, document: &DocumentView, line: usize) {
    if let Some(text) = document.text.lines().nth(line) {
        link.begin_line(&document.id, u32::try_from(line + 1).unwrap_or(u32::MAX), text);
    }
}

/// Shows where a line (from 0) comes from, or nothing.
fn explain(link: Link, at: Option<(String, usize)>) {
    link.store.manifests.update_value(|manifests| {
        if let Some(manifests) = manifests {
            manifests.select(at.clone());
        }
    });
    match at {
        Some((document, line)) => link.explain(At::shown(document, line)),
        None => link.point_away(),
    }
}

/// Follows the link of a card that was clicked; false where there is none.
pub(crate) fn follow(link: Link, event: &web_sys::Event) -> bool {
    if let Some(id) = marks::told(event, "data-goto") {
        link.go_to_field(&id);
    } else if let Some(file) = marks::told(event, "data-file") {
        let told = |attribute| marks::told(event, attribute).unwrap_or_default();
        link.go_to_place(why::target(&file, &told("data-layer"), &told("data-at")));
    } else if marks::told(event, "data-line").is_some() {
        dom::show_nearest(".l.sel");
    } else {
        return false;
    }
    true
}

/// Shows a line of a document (counted from 1) in the manifests.
pub(crate) fn go_to_line(link: Link, document: &str, line: u32) {
    let store = link.store;
    store.tab.set(crate::state::Tab::Manifests);
    store.result_first.set(true);
    store.only.set(None);
    let document = document.to_owned();
    dom::soon(move || reveal(store, &document, line));
}

/// Shows a line of a document (counted from 1), and where it comes from.
pub(crate) fn explain_line(link: Link, document: &str, line: u32) {
    go_to_line(link, document, line);
    let at = (document.to_owned(), (line as usize).saturating_sub(1));
    dom::soon(move || {
        explain(link, Some(at));
        dom::focus("manifests");
        dom::show_nearest(".l.sel");
    });
}

fn reveal(store: Store, document: &str, line: u32) {
    store.manifests.update_value(|manifests| {
        if let Some(manifests) = manifests {
            manifests.reveal(document, (line as usize).saturating_sub(1));
        }
    });
}

/// The objects by kind: one alone, or all.
#[component]
fn Objects() -> impl IntoView {
    let store = use_link().store;
    // Id, kind, name where the kind is not unique, whether the last edit changed it.
    let chips = memo(move || {
        let changed = store.changed.get();
        store.order.with(|order| {
            let documents: Vec<_> = order.iter().filter_map(|id| store.document(id)).collect();
            documents
                .iter()
                .map(|document| {
                    let unique = documents.iter().filter(|other| other.kind == document.kind).count() == 1;
                    let kind = if document.kind.is_empty() { "(no kind)".to_owned() } else { document.kind.clone() };
                    let label = if unique { kind } else { format!("{kind} {}", document.name) };
                    (document.id.clone(), label, changed.contains(&document.id))
                })
                .collect::<Vec<_>>()
        })
    });
    let select = move |id: Option<String>| {
        store.only.set(id.clone());
        let first = id.as_deref().and_then(|id| store.document(id)).and_then(|document| document.changed.first().copied());
        if let (Some(id), Some(line)) = (id.filter(|id| store.changed.with_untracked(|changed| changed.contains(id))), first) {
            dom::soon(move || reveal(store, &id, line));
        }
    };
    let chip = move |id: Option<String>, label: String, changed: bool| {
        let own = id.clone();
        any! {
            <button type="button" class="obj" aria-pressed=move || (store.only.get() == own).to_string() on:click=move |_| select(id.clone())>
                {label}{changed.then(|| any! { <i aria-hidden="true">" •"</i><span class="sr">" changed"</span> })}
            </button>
        }
    };
    any! {
        <div class="objs" role="group" aria-label="Objects">
            {move || chip(None, format!("All {}", chips.with(Vec::len)), false)}
            {each(move || chips.get(), |(id, label, changed)| format!("{id} {label} {changed}"), move |(id, label, changed)| chip(Some(id), label, changed))}
        </div>
    }
}

/// Why the render failed.
#[component]
fn Fault(fault: RenderFault) -> impl IntoView {
    let link = use_link();
    let place = fault.file.as_ref().map(|file| match (fault.line, fault.column) {
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        (Some(line), None) => format!("{file}:{line}"),
        _ => file.clone(),
    });
    let excerpt = why::fault_excerpt(&fault);
    let chain = why::fault_chain(&fault);
    any! {
        <div class="fault" role="alert" on:click=move |event| { follow(link, &event); }>
            <p class="title"><b>"Helm would fail"</b>{place.map(|place| any! { " at "<code>{place}</code> })}</p>
            <pre class="message">{fault.message}</pre>
            <pre class="excerpt" tabindex="0" aria-label="The lines around it" inner_html=excerpt></pre>
            {fault.hint.map(|hint| any! { <p class="hint">{hint}</p> })}
            <div class="led" role="group" aria-label="What led there" inner_html=chain></div>
            {fault.fields.into_iter().map(|(id, text)| {
                let to = id.clone();
                any! { <p class="at-field"><span>{text}</span><button type="button" class="plain" on:click=move |_| link.go_to_field(&to)>"Go to field"</button></p> }
            }).collect::<Vec<_>>()}
            <When on=move || link.store.order.with(|order| !order.is_empty())><p class="note">"Below is the last good render."</p></When>
        </div>
    }
}

/// What Helm would warn of.
#[component]
fn Warnings() -> impl IntoView {
    let store = use_link().store;
    let warnings = memo(move || store.render.with(|render| render.warnings.clone()));
    any! {
        <When on=move || !warnings.with(Vec::is_empty)>
            <div class="warnings" role="note">{move || warnings.get().into_iter().map(|text| any! { <p>{text}</p> }).collect::<Vec<_>>()}</div>
        </When>
    }
}
