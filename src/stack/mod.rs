//! The stack: several charts rendered together, with what they come to as one, and a download for who installs them.

mod manifests;
mod members;
mod whole;

use crate::shell::use_link;
use crate::state::Store;
use crate::view::{When, any, memo};
use chartwright_configure::protocol::{Action, Flavour, MemberView, Severity, StackReport, StackView};
use leptos::prelude::*;

/// Who can install a stack, as they call themselves.
const TOOLS: [(Flavour, &str); 3] = [(Flavour::ArgoCd, "Argo CD"), (Flavour::Flux, "Flux"), (Flavour::Helmfile, "Helmfile")];

/// The tab. While it is open, the session works the stack out.
#[component]
pub(crate) fn StackTab() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    link.send(Action::Stack(true));
    on_cleanup(move || {
        link.send(Action::Stack(false));
        store.stack.set(None);
        store.stack_documents.set(Vec::new());
    });
    let count = move || {
        let (members, objects) =
            part(store, |stack| (stack.members.len(), stack.members.iter().map(|member| member.objects).sum::<usize>()));
        let findings = said(store, |report| report.findings.iter().filter(|(_, finding)| finding.severity != Severity::Info).count());
        let text = format!("{}, {}", counted(members, "release"), counted(objects, "object"));
        findings.map_or_else(|| text.clone(), |findings| format!("{text}, {}", counted(findings, "finding")))
    };
    let ready = memo(move || said(store, |_| ()).is_some());
    let is_empty = memo(move || part(store, |stack| stack.members.is_empty()));
    let tool = move |(flavour, name): (Flavour, &'static str)| {
        any! {
            <button type="button" class="plain" data-tool=flavour.name() disabled=move || !ready.get() || is_empty.get() aria-label=format!("Download the stack for {name}")
                on:click=move |_| link.send(Action::ExportStack(flavour))>{name}</button>
        }
    };
    any! {
        <div class="scroll stack" tabindex="0" role="region" aria-label="Stack" aria-busy=move || (!ready.get()).to_string()>
            <h2 class="sr">"Stack"</h2>
            <div class="compare-bar">
                <span class="counts" role="status">{count}</span>
                <span class="grow"></span>
                <div class="downloads" role="group" aria-labelledby="stack-download">
                    <span id="stack-download">"Download for"</span>
                    <div class="tools">{TOOLS.map(tool).into_iter().collect::<Vec<_>>()}</div>
                </div>
            </div>
            <When on=move || is_empty.get()>
                <p class="empty">"Charts that are installed together: their references to each other, what they ask of the cluster, and what is wrong are shown as one. Add the first chart below."</p>
            </When>
            <members::Members/>
            <whole::Whole/>
            <manifests::Manifests/>
        </div>
    }
}

/// Something of the stack; its default before there is any.
fn part<T: Default>(store: Store, pick: impl FnOnce(&StackView) -> T) -> T {
    store.stack.with(|stack| stack.as_ref().map(pick)).unwrap_or_default()
}

/// Something of a release of the stack; its default where there is none.
fn member<T: Default>(store: Store, at: usize, pick: impl FnOnce(&MemberView) -> T) -> T {
    part(store, |stack| stack.members.get(at).map(pick)).unwrap_or_default()
}

/// Something of what the checks say of the stack.
fn said<T>(store: Store, pick: impl FnOnce(&StackReport) -> T) -> Option<T> {
    store.report.with(|report| report.stack.as_ref().map(pick))
}

/// `1 object`, `3 objects`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!([counted(0, "object"), counted(1, "object"), counted(2, "object")], ["0 objects", "1 object", "2 objects"]);
    }
}
