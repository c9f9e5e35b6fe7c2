//! What the stack comes to as a whole: totals, workloads with their classes, references, findings, prerequisites. As HTML, escaped: views of each row would
//! weigh more than all of this file.

use super::{part, said};
use crate::browser::{dom, marks};
use crate::manifests::lines::escape;
use crate::shell::use_link;
use crate::view::{When, any, memo};
use chartwright_configure::protocol::{Severity, StackReport};
use leptos::prelude::*;
use std::fmt::Write;

/// What makes a part: how many rows it has, and their HTML; of a report and the releases' names.
type Make = fn(&StackReport, &[String]) -> (usize, String);

/// The parts with what stands there where there is nothing.
const PARTS: [(&str, Make, &str); 4] = [
    ("Together", together, "No pods, no claims, no services"),
    ("References between releases", ties, "No release needs an object of another"),
    ("Findings", findings, "No finding: every check passes over all releases"),
    (
        "Prerequisites",
        prerequisites,
        "Nothing that the charts do not bring themselves. What they refer to and no chart could make would stand here",
    ),
];

/// All of it.
#[component]
pub(super) fn Whole() -> impl IntoView {
    let store = use_link().store;
    let partial = memo(move || said(store, |report| report.partial) == Some(true));
    let section = move |(title, make, teach): (&'static str, Make, &'static str)| {
        let made = memo(move || {
            let releases: Vec<String> = part(store, |stack| stack.members.iter().map(|member| member.release.clone()).collect());
            said(store, |report| make(report, &releases))
        });
        let count = move || made.with(|made| made.as_ref().map(|(count, _)| *count).filter(|count| *count > 0 && title != PARTS[0].0));
        let html = move || {
            made.with(|made| match made {
                None => "<p class=teach>The checks are being loaded.</p>".to_owned(),
                Some((0, _)) => format!("<p class=teach>{teach}</p>"),
                Some((_, html)) => html.clone(),
            })
        };
        any! {
            <details class="fold" open>
                <summary><h3>{title}</h3><span class="what">{count}</span></summary>
                <div inner_html=html></div>
            </details>
        }
    };
    let clicked = |event: web_sys::MouseEvent| {
        if let Some(document) = marks::told(&event, "data-unfold") {
            dom::unfold(&format!("[data-stack-document=\"{}\"]", dom::quoted(&document)));
        }
    };
    any! {
        <When on=move || partial.get()>
            <div class="banner bad" role="note"><p><b>"A render failed."</b>" The sums are without it, and nothing is said to be missing."</p></div>
        </When>
        <div on:click=clicked>{PARTS.map(section).into_iter().collect::<Vec<_>>()}</div>
    }
}

/// A release's name, by place.
fn release(releases: &[String], member: u32) -> String {
    releases.get(member as usize).map_or_else(String::new, |name| escape(name))
}

// Writing to a string cannot fail.

/// What all of it asks of the cluster, and each workload by itself.
fn together(report: &StackReport, releases: &[String]) -> (usize, String) {
    let totals = &report.totals;
    let both = |cpu: &str, memory: &str| format!("{cpu} · {memory}");
    let rows = [
        ("Pods", totals.replicas.clone()),
        ("Requests", both(&totals.requests_cpu, &totals.requests_memory)),
        ("Limits", both(&totals.limits_cpu, &totals.limits_memory)),
        ("Storage", totals.storage.clone()),
        ("Exposure", totals.exposure.clone()),
        ("Security level", totals.security.clone()),
        ("QoS class", totals.qos.clone()),
    ];
    let mut out = "<dl class=sums>".to_owned();
    for (name, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
        let _ = write!(out, "<div><dt>{name}</dt><dd>{}</dd></div>", escape(text));
    }
    out.push_str("</dl>");
    if !report.workloads.is_empty() {
        out.push_str("<div class=table tabindex=0 role=region aria-label=Workloads><table class=workloads><thead><tr>");
        for title in ["Workload", "Pods", "Requests a pod", "Limits a pod", "QoS class"] {
            let _ = write!(out, "<th scope=col>{title}</th>");
        }
        out.push_str("</tr></thead><tbody>");
        for one in &report.workloads {
            let object = escape(&one.object);
            let _ =
                write!(out, "<tr data-workload=\"{object}\"><th scope=row>{object}<small>{}</small></th>", release(releases, one.member));
            for cell in [&one.pods, &one.requests, &one.limits, &one.qos] {
                let _ = write!(out, "<td>{}</td>", escape(cell));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>");
    }
    (1, out)
}

/// References across releases.
fn ties(report: &StackReport, releases: &[String]) -> (usize, String) {
    let mut out = "<ul class=rows>".to_owned();
    for tie in &report.ties {
        let (from, to) = (escape(&tie.from), escape(&tie.to));
        let (own, other) = (release(releases, tie.from_member), release(releases, tie.to_member));
        let _ = write!(
            out,
            "<li data-tie=\"{from} {to}\"><div><code>{from}</code><small>{own}</small> needs <code>{to}</code><small>{other}</small></div></li>"
        );
    }
    (report.ties.len(), out + "</ul>")
}

/// What is wrong, release by release.
fn findings(report: &StackReport, releases: &[String]) -> (usize, String) {
    let mut out = "<ul class=finds>".to_owned();
    for (member, finding) in &report.findings {
        let (class, word) = match finding.severity {
            Severity::Error => ("error", "Error"),
            Severity::Warning => ("warning", "Warning"),
            Severity::Info => ("info", "Information"),
        };
        let _ = write!(
            out,
            "<li class=\"find {class}\" data-stack-rule=\"{rule}\" data-of={member}><span class=dot title={word}><span class=sr>{word}: </span></span><div>\
             <p><b>{rule}</b> <button type=button class=link data-unfold=\"{member} {document}\">{object}, line {line}</button> <small>{release}</small></p>\
             <p>{message}</p><p class=cure><span>Cure: </span>{cure}</p></div></li>",
            rule = escape(&finding.rule),
            document = escape(&finding.place.document),
            object = escape(&finding.place.object),
            line = finding.place.line,
            release = release(releases, *member),
            message = escape(&finding.message),
            cure = escape(&finding.cure),
        );
    }
    (report.findings.len(), out + "</ul>")
}

/// What the cluster has to bring.
fn prerequisites(report: &StackReport, _: &[String]) -> (usize, String) {
    let mut out = "<ul class=rows>".to_owned();
    for (what, who) in &report.prerequisites {
        let _ = write!(out, "<li><div><code>{}</code> for <code>{}</code></div></li>", escape(what), escape(who));
    }
    (report.prerequisites.len(), out + "</ul>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_configure::protocol::{FindingView, PlaceView, TieView, WorkloadView};

    #[test]
    fn what_charts_say_is_escaped() {
        let odd = "<b>\"&".to_owned();
        let finding = FindingView {
            rule: odd.clone(),
            severity: Severity::Error,
            place: PlaceView { document: odd.clone(), file: String::new(), object: odd.clone(), line: 1 },
            message: odd.clone(),
            reason: odd.clone(),
            cure: odd.clone(),
            ..FindingView::default()
        };
        let report = StackReport {
            ties: vec![TieView { from: odd.clone(), to: odd.clone(), ..TieView::default() }],
            findings: vec![(0, finding)],
            prerequisites: vec![(odd.clone(), odd.clone())],
            workloads: vec![WorkloadView { object: odd.clone(), qos: odd.clone(), ..WorkloadView::default() }],
            ..StackReport::default()
        };
        for (title, make, _) in PARTS {
            let (count, html) = make(&report, std::slice::from_ref(&odd));
            assert_eq!((count, html.contains("<b>\"&")), (1, false), "{title}: {html}");
            assert!(html.contains("&lt;b&gt;&quot;&amp;"), "{title}: {html}");
        }
    }

    #[test]
    fn nothing_is_told_as_nothing() {
        for (title, make, _) in &PARTS[1..] {
            assert_eq!(make(&StackReport::default(), &[]).0, 0, "{title}");
        }
    }
}
