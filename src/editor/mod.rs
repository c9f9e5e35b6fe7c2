//! The YAML tab: the edited file in CodeMirror, which loads when the tab first opens.

use crate::browser::dom;
use crate::browser::editor::Editor as Mounted;
use crate::shell::use_link;
use crate::state::Side;
use crate::view::{any, effect};
use chartwright_configure::protocol::Action;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The tab.
#[component]
pub(crate) fn Editor() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let host = NodeRef::<html::Div>::new();
    let started = StoredValue::new(false);
    let failed = RwSignal::new(None::<String>);
    let mounted = RwSignal::new(false);

    effect(move || {
        if store.side.get() != Side::Yaml || started.get_value() {
            return;
        }
        let Some(host) = host.get() else { return };
        started.set_value(true);
        spawn_local(async move {
            let text = store.yaml.with_untracked(|yaml| yaml.text.clone());
            let change = move |text| link.send(Action::Yaml(text));
            let undo = move |redo| link.send(if redo { Action::Redo } else { Action::Undo });
            match Mounted::mount(&host, &text, "YAML of the edited values file", change, undo).await {
                Ok(editor) => {
                    store.editor.set_value(Some(editor));
                    mounted.set(true);
                }
                Err(why) => failed.set(Some(why)),
            }
        });
    });
    effect(move || {
        if !mounted.get() {
            return;
        }
        store.yaml.with(|yaml| {
            store.editor.with_value(|editor| {
                let Some(editor) = editor else { return };
                // What was typed since is newer: its own answer is on the way.
                if !yaml.from_editor && !link.editing() {
                    editor.set(&yaml.text);
                }
                editor.mine(&yaml.mine);
                match &yaml.error {
                    Some(fault) => editor.fault(&fault.message, fault.line, fault.column),
                    None => editor.fault("", 1, 1),
                }
            });
        });
    });
    // A link to a place in this layer, once the editor shows it.
    effect(move || {
        let shown = mounted.get() && store.yaml.with(|_| true) && store.side.get() == Side::Yaml;
        let Some((layer, line, column)) = store.editor_at.get().filter(|_| shown) else { return };
        if store.layers.with(|layers| layers.iter().any(|one| one.edited && one.id == layer)) {
            store.editor_at.set(None);
            dom::soon(move || {
                store.editor.with_value(|editor| {
                    if let Some(editor) = editor {
                        editor.focus(line, column);
                    }
                });
            });
        }
    });
    let fault = move || store.yaml.with(|yaml| yaml.error.clone()).filter(|_| store.side.get() == Side::Yaml);
    any! {
        <div class="yaml">
            <div class="yaml-host" node_ref=host data-own-undo=""></div>
            {move || fault().map(|fault| any! {
                <div class="banner bad" role="alert">
                    <p><b>{format!("Line {}: ", fault.line)}</b>{fault.message}<br/><small>"The form shows the last state that could be read."</small></p>
                    <button type="button" class="plain" on:click=move |_| store.editor.with_value(|editor| if let Some(editor) = editor { editor.focus(fault.line, fault.column) })>"Go to line"</button>
                </div>
            })}
            {move || failed.get().map(|why| any! { <p class="empty" role="alert">{why}</p> })}
        </div>
    }
}

/// In the form: the file cannot be read, so the form shows an earlier state.
#[component]
pub(crate) fn Unreadable() -> impl IntoView {
    let store = use_link().store;
    let fault = move || store.yaml.with(|yaml| yaml.error.clone()).filter(|_| store.side.get() == Side::Form);
    move || {
        fault().map(|fault| {
            any! {
                <div class="banner bad" role="alert">
                    <p><b>{format!("The file cannot be read, line {}: ", fault.line)}</b>{fault.message}<br/><small>"The form shows the last state that could be read."</small></p>
                    <button type="button" class="plain" on:click=move |_| store.side.set(Side::Yaml)>"Open YAML"</button>
                </div>
            }
        })
    }
}
