//! What the stack comes to as a whole: totals, workloads with their classes, references, findings, prerequisites.

use super::{release, said};
use crate::browser::dom;
use crate::shell::use_link;
use crate::view::{When, any, each, memo};
use chartwright_configure::protocol::{FindingView, Severity, TieView, Totals, WorkloadView};
use leptos::prelude::*;

/// All of it.
#[component]
pub(super) fn Whole() -> impl IntoView {
    let store = use_link().store;
    let partial = memo(move || said(store, |report| report.partial) == Some(true));
    any! {
        <When on=move || partial.get()>
            <div class="banner bad" role="note"><p><b>"A render failed."</b>" The sums are without it, and nothing is said to be missing."</p></div>
        </When>
        <Together/>
        <Ties/>
        <Findings/>
        <Prerequisites/>
    }
}

/// What all of it asks of the cluster, and each workload by itself.
#[component]
fn Together() -> impl IntoView {
    let store = use_link().store;
    let totals = memo(move || said(store, |report| report.totals.clone()));
    let workloads = memo(move || said(store, |report| report.workloads.clone()).unwrap_or_default());
    let rows = |totals: Totals| {
        let both = |cpu: String, memory: String| format!("{cpu} · {memory}");
        let rows = [
            ("Pods", totals.replicas),
            ("Requests", both(totals.requests_cpu, totals.requests_memory)),
            ("Limits", both(totals.limits_cpu, totals.limits_memory)),
            ("Storage", totals.storage),
            ("Exposure", totals.exposure),
            ("Security level", totals.security),
            ("QoS class", totals.qos),
        ];
        rows.into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| any! { <div><dt>{name}</dt><dd>{text}</dd></div> })
            .collect::<Vec<_>>()
    };
    let row = move |one: WorkloadView| {
        let own = one.object.clone();
        any! {
            <tr data-workload=own>
                <th scope="row">{one.object}<small>{release(store, one.member)}</small></th>
                <td>{one.pods}</td><td>{one.requests}</td><td>{one.limits}</td><td>{one.qos}</td>
            </tr>
        }
    };
    any! {
        <details class="fold" open>
            <summary><h3>"Together"</h3></summary>
            <When on=move || totals.with(Option::is_none)><p class="teach">"The checks are being loaded."</p></When>
            <dl class="sums">{move || totals.get().map(rows)}</dl>
            <When on=move || !workloads.with(Vec::is_empty)>
                <div class="table" tabindex="0" role="region" aria-label="Workloads"><table class="workloads">
                    <thead><tr><th scope="col">"Workload"</th><th scope="col">"Pods"</th><th scope="col">"Requests a pod"</th><th scope="col">"Limits a pod"</th><th scope="col">"QoS class"</th></tr></thead>
                    <tbody>{move || workloads.get().into_iter().map(row).collect::<Vec<_>>()}</tbody>
                </table></div>
            </When>
        </details>
    }
}

/// A part of what is said, with its count; `teach` stands there where there is nothing.
fn section(title: &'static str, count: Memo<usize>, teach: &'static str, content: AnyView) -> AnyView {
    any! {
        <details class="fold" open>
            <summary><h3>{title}</h3><span class="what">{move || Some(count.get()).filter(|count| *count > 0)}</span></summary>
            <When on=move || count.get() == 0><p class="teach">{teach}</p></When>
            {content}
        </details>
    }
}

/// References across releases.
#[component]
fn Ties() -> impl IntoView {
    let store = use_link().store;
    let ties = memo(move || said(store, |report| report.ties.clone()).unwrap_or_default());
    let row = move |tie: TieView| {
        let (from, to) = (release(store, tie.from_member), release(store, tie.to_member));
        let own = format!("{} {}", tie.from, tie.to);
        any! { <li data-tie=own><div><code>{tie.from}</code><small>{from}</small>" needs "<code>{tie.to}</code><small>{to}</small></div></li> }
    };
    let rows = any! { <ul class="rows">{move || ties.get().into_iter().map(row).collect::<Vec<_>>()}</ul> };
    section("References between releases", memo(move || ties.with(Vec::len)), "No release needs an object of another", rows)
}

/// What is wrong, release by release.
#[component]
fn Findings() -> impl IntoView {
    let store = use_link().store;
    let findings = memo(move || said(store, |report| report.findings.clone()).unwrap_or_default());
    let row = move |(member, finding): (u32, FindingView)| {
        let (class, word) = match finding.severity {
            Severity::Error => ("error", "Error"),
            Severity::Warning => ("warning", "Warning"),
            Severity::Info => ("info", "Information"),
        };
        let rule = finding.rule.clone();
        let to = format!("[data-stack-document=\"{}\"]", dom::quoted(&format!("{member} {}", finding.document)));
        any! {
            <li class=format!("find {class}") data-stack-rule=rule data-of=member>
                <span class="dot" title=word><span class="sr">{word}": "</span></span>
                <div>
                    <p><b>{finding.rule}</b>" "<button type="button" class="link" on:click=move |_| dom::unfold(&to)>{finding.object}", line "{finding.line}</button>" "<small>{release(store, member)}</small></p>
                    <p>{finding.message}</p>
                    <p class="cure"><span>"Cure: "</span>{finding.cure}</p>
                </div>
            </li>
        }
    };
    let rows = any! {
        <ul class="finds">
            {each(move || findings.get(), |(member, finding)| format!("{member} {} {} {} {}", finding.rule, finding.document, finding.line, finding.message), row)}
        </ul>
    };
    section("Findings", memo(move || findings.with(Vec::len)), "No finding: every check passes over all releases", rows)
}

/// What the cluster has to bring.
#[component]
fn Prerequisites() -> impl IntoView {
    let store = use_link().store;
    let needed = memo(move || said(store, |report| report.prerequisites.clone()).unwrap_or_default());
    let row = |(what, who): (String, String)| any! { <li><div><code>{what}</code>" for "<code>{who}</code></div></li> };
    let rows = any! { <ul class="rows">{move || needed.get().into_iter().map(row).collect::<Vec<_>>()}</ul> };
    let teach = "Nothing that the charts do not bring themselves. What they refer to and no chart could make would stand here";
    section("Prerequisites", memo(move || needed.with(Vec::len)), teach, rows)
}
