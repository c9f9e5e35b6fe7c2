//! Release name, namespace and Kubernetes version; and which Helm renders.

use super::{Menu, icon, use_link};
use crate::browser::dom;
use crate::view::{any, effect, memo};
use chartwright_configure::protocol::{Action, Helm, Profile};
use leptos::html;
use leptos::prelude::*;

/// A Helm's version as people write it.
pub(super) fn helm_version(helm: Helm) -> &'static str {
    match helm {
        Helm::V3 => "3.22",
        Helm::V4 => "4.3",
    }
}

/// What a profile asks for.
fn told(profile: Profile) -> &'static str {
    match profile {
        Profile::Api => "Only what the API server refuses",
        Profile::Default => "What most teams want to hear",
        Profile::Baseline => "What the API server refuses, and a namespace of the baseline standard",
        Profile::Restricted => "What the API server refuses, and a namespace of the restricted standard",
        Profile::All => "Every rule",
    }
}

/// The menu with the three, and with the Helm that renders.
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
        any! {
            <span>
                {move || store.header.with(|header| header.release.clone())}" · "<b>{move || store.header.with(|header| header.namespace.clone())}</b>
                {move || store.header.with(|header| (header.helm != Helm::default()).then(|| format!(" · Helm {}", helm_version(header.helm))))}
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
        let value = memo(move || {
            store.header.with(|header| match index {
                0 => header.release.clone(),
                1 => header.namespace.clone(),
                _ => header.kube_version.clone(),
            })
        });
        effect(move || {
            let value = value.get();
            if let Some(node) = node.get().filter(|node| node.value() != value && !(link.busy() && dom::has_focus(node))) {
                node.set_value(&value);
            }
        });
        let error = memo(move || store.header.with(|header| header.release_errors[index].clone()));
        any! {
            <label for=id>{label}</label>
            <input id=id node_ref=node type="text" autocomplete="off" spellcheck="false" list=(index == 2).then_some("kube-versions")
                aria-describedby=format!("{id}-help") aria-invalid=move || error.get().is_some().then_some("true") on:input=move |_| changed()/>
            <p class="help" id=format!("{id}-help")>
                {move || match error.get() { Some(error) => any! { <span class="error">{error}</span> }, None => help.into_any() }}
            </p>
        }
    };
    let helm = move |helm: Helm| {
        any! {
            <label>
                <input type="radio" name="helm" value=helm_version(helm) prop:checked=move || store.header.with(|header| header.helm == helm) on:change=move |_| link.send(Action::Helm(helm))/>
                <span>{helm_version(helm)}</span>
            </label>
        }
    };
    let profile = move |profile: Profile| {
        any! { <option value=profile.name() selected=move || store.header.with(|header| header.profile == profile)>{profile.name()}</option> }
    };
    any! {
        <Menu name=name_of_menu summary=summary>
            <div class="release">
                {input(name, 0, "release-name", "Release name", "What helm install calls it: it begins the names of all objects")}
                {input(namespace, 1, "release-namespace", "Namespace", "Where the objects go")}
                {input(version, 2, "release-version", "Kubernetes version", "What templates see as the cluster's version")}
                <p class="help"><button type="button" class="link" on:click=move |_| { dom::close_menus(None); link.show_releases(); }>"What breaks in which release"</button></p>
                <span class="label" id="helm-label">"Helm"</span>
                <div class="segments" role="radiogroup" aria-labelledby="helm-label" aria-describedby="helm-help">{[Helm::V4, Helm::V3].into_iter().map(helm).collect::<Vec<_>>()}</div>
                <p class="help" id="helm-help">"Whose behaviour the manifests follow"</p>
                <label for="checks-profile">"Checks"</label>
                <select id="checks-profile" aria-describedby="checks-profile-help" on:change=move |event| if let Some(profile) = Profile::find(&event_target_value(&event)) { link.send(Action::Profile(profile)) }>
                    {Profile::ALL.map(profile).into_iter().collect::<Vec<_>>()}
                </select>
                <p class="help" id="checks-profile-help">{move || store.header.with(|header| told(header.profile))}</p>
                <datalist id="kube-versions">
                    {move || store.header.with(|header| header.kube_versions.iter().map(|version| any! { <option value=version.clone()></option> }).collect::<Vec<_>>())}
                </datalist>
            </div>
        </Menu>
    }
}
