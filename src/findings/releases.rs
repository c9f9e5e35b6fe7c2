//! The releases of Kubernetes: what each of them makes of each environment, and what breaks in some of them. Each release is a way to be checked against it.

use super::entry::{dot, rule};
use crate::browser::dom;
use crate::session::Link;
use crate::shell::use_link;
use crate::state::Tab;
use crate::view::{When, any, memo};
use chartwright_configure::protocol::{Action, BreakView};
use leptos::prelude::*;

impl Link {
    /// Shows the releases, and looks at them.
    pub(crate) fn show_releases(self) {
        self.store.tab.set(Tab::Findings);
        self.store.result_first.set(true);
        self.store.sweeping.set(true);
        dom::soon(|| {
            dom::reveal("#releases > summary");
            dom::focus("releases-summary");
        });
        self.study();
    }

    fn choose_release(self, version: &str) {
        let (name, namespace) = self.store.header.with_untracked(|header| (header.release.clone(), header.namespace.clone()));
        self.send(Action::Release { name, namespace, kube_version: version.to_owned() });
    }
}

/// `1.33` of `v1.33.2`.
fn short(version: &str) -> String {
    version.trim_start_matches('v').split('.').take(2).collect::<Vec<_>>().join(".")
}

/// The releases, folded away until they are asked for: they are not looked at before.
#[component]
pub(super) fn Releases() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    if store.sweeping.get_untracked() {
        // What has changed since is looked at again.
        link.study();
    }
    let chosen = memo(move || store.header.with(|header| header.environment.clone()));
    let names = memo(move || super::environments::environments(store).into_iter().map(|report| report.environment).collect::<Vec<_>>());
    let versions = memo(move || store.header.with(|header| header.kube_versions.clone()));
    let current = memo(move || store.header.with(|header| short(&header.kube_version)));
    let own = move || {
        let chosen = chosen.get();
        store.sweep.with(|all| all.iter().find(|view| view.environment == chosen).cloned())
    };
    let told = move || {
        let Some(view) = own() else { return "What breaks in which".to_owned() };
        let bad = view.releases.iter().filter(|release| release.failed.is_some() || release.breaks > 0).count();
        match (view.is_whole, bad) {
            (false, _) => format!("Looked at {} of {}…", view.releases.len(), versions.with(Vec::len)),
            (true, 0) => format!("{} works in each of {}", chosen.get(), view.releases.len()),
            (true, bad) => format!("{} breaks in {bad} of {}", chosen.get(), view.releases.len()),
        }
    };
    let cell = move |environment: String, version: String| {
        let content = move || {
            store.sweep.with(|all| {
                let view = all.iter().find(|view| view.environment == environment);
                let known = view.and_then(|view| view.releases.iter().find(|release| release.version == version));
                let Some(release) = known else { return any! { <span class="none">"…"</span> } };
                let class = if release.failed.is_some() || release.breaks > 0 { "bad" } else { "good" };
                any! { <span class=class title=release.failed.clone()>{release.words.clone()}</span><small>{release.compared.clone()}</small> }
            })
        };
        any! { <td>{content}</td> }
    };
    let row = move |version: String| {
        let (to, own, label) = (version.clone(), short(&version), format!("Check against Kubernetes {version}"));
        let mark = own.clone();
        let is_current = move || current.with(|current| *current == own);
        let is_chosen = is_current.clone();
        let cells = names.get().into_iter().map(|name| cell(name, short(&version))).collect::<Vec<_>>();
        any! {
            <tr class:chosen=is_chosen>
                <th scope="row"><button type="button" class="link" data-release=mark title=label aria-current=move || is_current().then_some("true")
                    on:click=move |_| link.choose_release(&to)>{version}</button></th>
                {cells}
            </tr>
        }
    };
    let breaks = move || own().map(|view| view.breaks).unwrap_or_default();
    let toggled = move |event: web_sys::Event| {
        let open = dom::is_open(&event);
        if store.sweeping.get_untracked() != open {
            store.sweeping.set(open);
            link.study();
        }
    };
    any! {
        <details class="fold releases" id="releases" open=move || store.sweeping.get() on:toggle=toggled>
            <summary id="releases-summary"><h3>"Releases of Kubernetes"</h3><span class="what" role="status">{told}</span></summary>
            <div class="table"><table class="tally">
                <caption class="sr">"What each release of Kubernetes makes of each environment"</caption>
                <thead><tr><th scope="col">"Release"</th>{move || names.get().into_iter().map(|name| any! { <th scope="col">{name}</th> }).collect::<Vec<_>>()}</tr></thead>
                <tbody>{move || versions.get().into_iter().map(row).collect::<Vec<_>>()}</tbody>
            </table></div>
            <p class="teach">"Rendered and checked for each release. New and gone: what is found there, and in "{current}" is not; and the other way round"</p>
            <When on=move || !breaks().is_empty()>
                <h4>"In some releases, not in others"</h4>
                <ul class="finds">{move || breaks().into_iter().map(broken).collect::<Vec<_>>()}</ul>
            </When>
        </details>
    }
}

fn broken(one: BreakView) -> AnyView {
    let (class, dot) = dot(one.severity);
    let own = one.rule.clone();
    let objects = if one.objects.is_empty() { String::new() } else { format!(", {}", one.objects.join(", ")) };
    any! {
        <li class=format!("find {class}") data-break=own>
            {dot}
            <div><p>{rule(one.rule)}" "<b>{one.releases}</b>{objects}</p><p>{one.message}</p></div>
        </li>
    }
}
