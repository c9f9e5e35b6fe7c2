//! The findings: what is wrong, why it matters, what to do, and a click to the field.

use crate::manifests::go_to_line;
use crate::shell::use_link;
use chartwright_configure::protocol::{FindingView, Severity};
use leptos::prelude::*;

/// The tab.
#[component]
pub(crate) fn Findings() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let report = Memo::new(move |_| store.chosen_report());
    let findings = move || report.get().map(|report| report.findings).unwrap_or_default();
    let failed = move || {
        store.render.with(|render| render.error.is_some())
            || report.with(|report| report.as_ref().is_some_and(|report| report.failed.is_some()))
    };
    let others = move || {
        let chosen = store.header.with(|header| header.environment.clone());
        store.report.with(|report| {
            report
                .environments
                .iter()
                .filter(|one| one.environment != chosen)
                .map(|one| {
                    let count = one.findings.iter().filter(|finding| finding.severity != Severity::Info).count();
                    match (&one.failed, count) {
                        (Some(_), _) => format!("{}: render failed", one.environment),
                        (None, 1) => format!("{}: 1 finding", one.environment),
                        (None, count) => format!("{}: {count} findings", one.environment),
                    }
                })
                .collect::<Vec<_>>()
                .join(" · ")
        })
    };
    let prerequisites = move || report.get().map(|report| report.prerequisites).unwrap_or_default();
    view! {
        <div class="scroll findings" tabindex="0" role="region" aria-label="Findings">
            <Show when=failed>
                <div class="banner bad" role="note"><p><b>"The render failed."</b>" Nothing can be said of what it would have made; these findings are of the last good render."</p></div>
            </Show>
            {move || match report.with(Option::is_none) {
                true => Some(view! { <p class="empty">"The checks are being loaded."</p> }.into_any()),
                false if findings().is_empty() && !failed() => Some(view! { <p class="empty good">"No finding: every check passes in this environment."</p> }.into_any()),
                false => None,
            }}
            <ul class="finds">
                <For each=findings key=|finding| (finding.rule.clone(), finding.document.clone(), finding.line, finding.message.clone(), finding.field.clone()) let:finding>
                    <Finding finding/>
                </For>
            </ul>
            <Show when=move || !prerequisites().is_empty()>
                <section class="prerequisites" aria-labelledby="prerequisites">
                    <h3 id="prerequisites">"Prerequisites"</h3>
                    <p class="lead">"What no chart here defines, and the cluster must have."</p>
                    <ul>{move || prerequisites().into_iter().map(|(what, who)| view! { <li><code>{what}</code>" for "<code>{who}</code></li> }).collect_view()}</ul>
                </section>
            </Show>
            <p class="others">{others}</p>
        </div>
    }
}

/// One finding.
#[component]
fn Finding(finding: FindingView) -> impl IntoView {
    let link = use_link();
    let (class, word) = match finding.severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Info => ("info", "Information"),
    };
    let (document, line) = (finding.document.clone(), finding.line);
    view! {
        <li class=format!("find {class}") data-rule=finding.rule.clone()>
            <span class="dot" title=word><span class="sr">{word}": "</span></span>
            <div>
                <p><b>{finding.rule.clone()}</b>" "<button type="button" class="link" on:click=move |_| go_to_line(link, &document, line)>{format!("{}, line {}", finding.object, finding.line)}</button></p>
                <p>{finding.message}</p>
                <p class="reason">{finding.reason}</p>
                <p class="cure"><span>"Cure: "</span>{finding.cure}</p>
            </div>
            {finding.field.map(|id| view! { <button type="button" class="plain" on:click=move |_| link.go_to_field(&id)>"Go to field"</button> })}
        </li>
    }
}
