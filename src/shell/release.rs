//! Release name, namespace and Kubernetes version.

use super::{Menu, icon, use_link};
use crate::browser::dom;
use chartwright_configure::protocol::Action;
use leptos::html;
use leptos::prelude::*;

/// The menu with the three.
#[component]
pub(crate) fn Release() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let short = |version: &str| version.trim_start_matches('v').split('.').take(2).collect::<Vec<_>>().join(".");
    let name_of_menu = Signal::derive(move || {
        store.header.with(|header| {
            let version = short(&header.kube_version);
            format!("Release name, namespace and Kubernetes version: {} · {} · Kubernetes {version}", header.release, header.namespace)
        })
    });
    let summary = move || {
        view! {
            <span>
                {move || store.header.with(|header| header.release.clone())}" · "<b>{move || store.header.with(|header| header.namespace.clone())}</b>
                <span class="wide">" · Kubernetes "{move || store.header.with(|header| short(&header.kube_version))}</span>
            </span>
            {icon("down")}
        }
    };
    let name = NodeRef::<html::Input>::new();
    let namespace = NodeRef::<html::Input>::new();
    let version = NodeRef::<html::Input>::new();
    let changed = move || {
        let (Some(name), Some(namespace), Some(version)) = (name.get_untracked(), namespace.get_untracked(), version.get_untracked())
        else {
            return;
        };
        link.send(Action::Release { name: name.value(), namespace: namespace.value(), kube_version: version.value() });
    };
    let input = move |node: NodeRef<html::Input>, index: usize, id: &'static str, label: &'static str, help: &'static str| {
        let value = Memo::new(move |_| {
            store.header.with(|header| match index {
                0 => header.release.clone(),
                1 => header.namespace.clone(),
                _ => header.kube_version.clone(),
            })
        });
        Effect::new(move |_| {
            let value = value.get();
            if let Some(node) = node.get().filter(|node| node.value() != value && !(link.busy() && dom::has_focus(node))) {
                node.set_value(&value);
            }
        });
        let error = Memo::new(move |_| store.header.with(|header| header.release_errors[index].clone()));
        view! {
            <label for=id>{label}</label>
            <input id=id node_ref=node type="text" autocomplete="off" spellcheck="false" list=(index == 2).then_some("kube-versions")
                aria-describedby=format!("{id}-help") aria-invalid=move || error.get().is_some().then_some("true") on:input=move |_| changed()/>
            <p class="help" id=format!("{id}-help")>
                {move || match error.get() { Some(error) => view! { <span class="error">{error}</span> }.into_any(), None => help.into_any() }}
            </p>
        }
    };
    view! {
        <Menu name=name_of_menu summary=summary>
            <div class="release">
                {input(name, 0, "release-name", "Release name", "What helm install calls it: it begins the names of all objects")}
                {input(namespace, 1, "release-namespace", "Namespace", "Where the objects go")}
                {input(version, 2, "release-version", "Kubernetes version", "What templates see as the cluster's version")}
                <datalist id="kube-versions">
                    {move || store.header.with(|header| header.kube_versions.iter().map(|version| view! { <option value=version.clone()></option> }).collect_view())}
                </datalist>
            </div>
        </Menu>
    }
}
