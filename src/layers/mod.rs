//! The environment's layers of values: which one form and editor write to, their order and names.

use crate::browser::charts::Given;
use crate::browser::dom;
use crate::shell::{Menu, icon, use_link};
use crate::view::{any, each};
use chartwright_configure::protocol::{Action, LayerView};
use leptos::html;
use leptos::prelude::*;

/// The strip of layers, lowest first.
#[component]
pub(crate) fn Layers() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let input = NodeRef::<html::Input>::new();
    let layers = move || {
        store.layers.with(|layers| layers.iter().cloned().enumerate().map(|(at, layer)| (at, layers.len(), layer)).collect::<Vec<_>>())
    };
    any! {
        <div class="layers">
            <ol aria-label="Layers of values, lowest first">
                <li class="base" title="The chart's defaults are below all layers">"values.yaml"</li>
                {each(layers, |(at, count, layer)| format!("{at} {count} {} {} {} {}", layer.edited, layer.changed, layer.id, layer.name), |(at, count, layer)| any! { <Layer at count layer/> })}
            </ol>
            <button type="button" class="ghost small" title="Or drop it anywhere on the page" on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
                {icon("plus")}"Add values file"
            </button>
            <input node_ref=input id="add-layer" type="file" accept=".yaml,.yml,.json,text/yaml" multiple hidden
                on:change=move |_| if let Some(input) = input.get_untracked() { link.add(Given::chosen(&input)) }/>
        </div>
    }
}

/// One layer and its menu.
#[component]
fn Layer(at: usize, count: usize, layer: LayerView) -> impl IntoView {
    let link = use_link();
    let id = StoredValue::new(layer.id.clone());
    let act = move |action: Action| {
        dom::close_menus(None);
        link.send(action);
    };
    let name = layer.name.clone();
    let rename = format!("rename-{}", layer.id);
    any! {
        <li class="layer" class:mine=layer.changed>
            <button type="button" class="layer-name" aria-pressed=layer.edited.to_string() title=if layer.edited { "The form and the editor write to this file" } else { "Write to this file" }
                on:click=move |_| link.send(Action::SelectLayer(id.get_value()))>
                {layer.name.clone()}{layer.changed.then(|| any! { <span class="sr">" (changed)"</span> })}
            </button>
            <Menu name=format!("Layer {}", layer.name) class="ghost tiny" summary=|| icon("more")>
                <label for=rename.clone()>"Name"</label>
                <input id=rename type="text" data-own-undo="" autocomplete="off" spellcheck="false" value=name
                    on:change=move |event| link.send(Action::RenameLayer { id: id.get_value(), name: event_target_value(&event) })/>
                <button type="button" class="choice" on:click=move |_| act(Action::DuplicateLayer(id.get_value()))>"Duplicate"</button>
                <button type="button" class="choice" disabled=at + 1 == count on:click=move |_| act(Action::MoveLayer { id: id.get_value(), to: at + 1 })>"Move up: it wins over the next"</button>
                <button type="button" class="choice" disabled={at == 0} on:click=move |_| act(Action::MoveLayer { id: id.get_value(), to: at.saturating_sub(1) })>"Move down"</button>
                <button type="button" class="choice" on:click=move |_| act(Action::RemoveLayer(id.get_value()))>"Remove"</button>
            </Menu>
        </li>
    }
}
