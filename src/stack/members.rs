//! The releases of the stack: chart, name, namespace, environment; and the repository that they come from.

use super::{member, part, said};
use crate::browser::dom;
use crate::shell::{icon, use_link};
use crate::view::{When, any, each, effect, memo};
use chartwright_configure::protocol::Action;
use leptos::html;
use leptos::prelude::*;

/// All releases, and what adds another.
#[component]
pub(super) fn Members() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let members =
        move || part(store, |stack| stack.members.iter().enumerate().map(|(at, member)| (at, member.chart.clone())).collect::<Vec<_>>());
    let charts =
        memo(move || store.charts.with(|charts| charts.iter().filter(|chart| chart.kind != "library").cloned().collect::<Vec<_>>()));
    let add = move |event: web_sys::Event| {
        let id = event_target_value(&event);
        if !id.is_empty() {
            link.send(Action::AddMember(id));
            dom::reset_select(&event);
        }
    };
    any! {
        <ol class="members" aria-label="Releases">
            {each(members, |(at, chart)| format!("{at} {chart}"), |(at, _)| any! { <Member at/> })}
        </ol>
        <div class="add-member">
            <label class="sr" for="add-member">"Add a chart to the stack"</label>
            <select id="add-member" on:change=add>
                <option value="">"Add a chart…"</option>
                {move || charts.get().into_iter().map(|chart| any! { <option value=chart.id>{chart.name}</option> }).collect::<Vec<_>>()}
            </select>
        </div>
        <Source/>
    }
}

/// A text field that keeps what is typed until the session has answered.
fn input(
    id: String,
    label: &'static str,
    value: Memo<String>,
    error: Memo<Option<String>>,
    node: NodeRef<html::Input>,
    typed: impl Fn() + Clone + Send + 'static,
) -> AnyView {
    let link = use_link();
    effect(move || {
        let value = value.get();
        if let Some(node) = node.get().filter(|node| node.value() != value && !(link.busy() && dom::has_focus(node))) {
            node.set_value(&value);
        }
    });
    let fault = format!("{id}-error");
    any! {
        <div class="entry">
            <label for=id.clone()>{label}</label>
            <input id=id node_ref=node type="text" autocomplete="off" spellcheck="false" aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=fault.clone() on:input=move |_| typed()/>
            <p class="error" id=fault>{move || error.get()}</p>
        </div>
    }
}

/// One release.
#[component]
fn Member(at: usize) -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let (release, namespace) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let environment = NodeRef::<html::Select>::new();
    let changed = move || {
        let (Some(release), Some(namespace), Some(environment)) =
            (release.get_untracked(), namespace.get_untracked(), environment.get_untracked())
        else {
            return;
        };
        link.send(Action::SetMember { at, release: release.value(), namespace: namespace.value(), environment: environment.value() });
    };
    let error = move |which: usize| memo(move || member(store, at, |member| member.errors.get(which).cloned().flatten()));
    // Environments, the one that it has, and whether that is the page's.
    let choices = memo(move || member(store, at, |member| (member.environments.clone(), member.environment.clone(), member.follows)));
    let name = memo(move || member(store, at, |member| member.title.clone()));
    let facts = move || {
        let (objects, mine) = member(store, at, |member| (member.objects, member.mine));
        let mine = (mine > 0).then(|| format!("{mine} mine"));
        let wave = said(store, |report| report.waves.get(at).copied()).flatten().map(|wave| format!("wave {wave}"));
        [wave, Some(super::counted(objects, "object")), mine].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let show = move |_| {
        let (chart, environment) = store.stack.with_untracked(|stack| {
            let member = stack.as_ref().and_then(|stack| stack.members.get(at));
            member.map(|member| (member.chart.clone(), member.environment.clone())).unwrap_or_default()
        });
        store.result_first.set(false);
        link.send(Action::Chart(chart));
        link.send(Action::Environment(environment));
    };
    let failed = memo(move || member(store, at, |member| member.failed.clone()));
    any! {
        <li class="member" data-member=at>
            <div class="head">
                <button type="button" class="link" title="Configure this chart" on:click=show>{move || name.get()}</button>
                <span class="counts">{facts}</span>
                <span class="grow"></span>
                <button type="button" class="ghost square" title="Take it out of the stack" aria-label=move || format!("Take {} out of the stack", member(store, at, |member| member.release.clone()))
                    on:click=move |_| link.send(Action::RemoveMember(at))>{icon("close")}</button>
            </div>
            <div class="entries">
                {input(format!("member-{at}-release"), "Release", memo(move || member(store, at, |member| member.release.clone())), error(0), release, changed)}
                {input(format!("member-{at}-namespace"), "Namespace", memo(move || member(store, at, |member| member.namespace.clone())), error(1), namespace, changed)}
                <div class="entry">
                    <label for=format!("member-{at}-environment")>"Environment"</label>
                    <select id=format!("member-{at}-environment") node_ref=environment on:change=move |_| changed()>
                        {move || {
                            let (all, chosen, follows) = choices.get();
                            let page = if follows { format!("{chosen}, as the page") } else { "As the page".to_owned() };
                            let one = |name: String| {
                                let selected = !follows && name == chosen;
                                any! { <option value=name.clone() selected=selected>{name.clone()}</option> }
                            };
                            let mut options = vec![any! { <option value="" selected=follows>{page}</option> }];
                            options.extend(all.into_iter().map(one));
                            options
                        }}
                    </select>
                </div>
            </div>
            <When on=move || failed.with(Option::is_some)>
                <div class="banner bad" role="alert"><p><b>"Helm would fail: "</b>{move || failed.get()}</p></div>
            </When>
        </li>
    }
}

/// What the stack is called, and the repository that a download is for.
#[component]
fn Source() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let nodes: [NodeRef<html::Input>; 3] = std::array::from_fn(|_| NodeRef::new());
    let changed = move || {
        let [Some(name), Some(repository), Some(revision)] = nodes.map(|node| node.get_untracked().map(|node| node.value())) else {
            return;
        };
        link.send(Action::StackSource { name, repository, revision });
    };
    let value = move |which: usize| {
        memo(move || {
            part(store, |stack| match which {
                0 => stack.name.clone(),
                1 => stack.repository.clone(),
                _ => stack.revision.clone(),
            })
        })
    };
    let error = move |which: usize| memo(move || part(store, |stack| stack.errors[which].clone()));
    any! {
        <details class="fold">
            <summary><h3>"Repository of the charts"</h3><span class="what">{move || part(store, |stack| stack.repository.clone())}</span></summary>
            <div class="entries source">
                {input("stack-name".to_owned(), "Name of the stack", value(0), error(0), nodes[0], changed)}
                {input("stack-repository".to_owned(), "Git repository", value(1), error(1), nodes[1], changed)}
                {input("stack-revision".to_owned(), "Branch", value(2), error(2), nodes[2], changed)}
            </div>
            <p class="teach">"A download is a folder of this name for the root of the repository: each release's values files as they are edited here, and what installs them."</p>
        </details>
    }
}
