//! The findings: what is wrong, why it matters, what to do, and a click to the field.

use crate::manifests::go_to_line;
use crate::shell::use_link;
use crate::view::{When, any, each, memo};
use chartwright_configure::protocol::{FindingView, Severity};
use leptos::prelude::*;

/// The tab.
#[component]
pub(crate) fn Findings() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let report = memo(move || store.chosen_report());
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
    any! {
        <div class="scroll findings" tabindex="0" role="region" aria-label="Findings">
            <When on=failed>
                <div class="banner bad" role="note"><p><b>"The render failed."</b>" Nothing can be said of what it would have made; these findings are of the last good render."</p></div>
            </When>
            {move || match report.with(Option::is_none) {
                true => Some(any! { <p class="empty">"The checks are being loaded."</p> }),
                false if findings().is_empty() && !failed() => Some(any! { <p class="empty good">"No finding: every check passes in this environment."</p> }),
                false => None,
            }}
            <ul class="finds">
                {each(
                    findings,
                    |finding| format!("{} {} {} {} {}", finding.rule, finding.document, finding.line, finding.field.as_deref().unwrap_or_default(), finding.message),
                    |finding| any! { <Finding finding/> },
                )}
            </ul>
            <When on=move || !prerequisites().is_empty()>
                <section class="prerequisites" aria-labelledby="prerequisites">
                    <h3 id="prerequisites">"Prerequisites"</h3>
                    <p class="lead">"What no chart here defines, and the cluster must have."</p>
                    <ul>{move || prerequisites().into_iter().map(|(what, who)| any! { <li><code>{what}</code>" for "<code>{who}</code></li> }).collect::<Vec<_>>()}</ul>
                </section>
            </When>
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
    any! {
        <li class=format!("find {class}") data-rule=finding.rule.clone()>
            <span class="dot" title=word><span class="sr">{word}": "</span></span>
            <div>
                <p><b>{finding.rule.clone()}</b>" "<button type="button" class="link" on:click=move |_| go_to_line(link, &document, line)>{format!("{}, line {}", finding.object, finding.line)}</button></p>
                <p>{finding.message}</p>
                <p class="reason">{finding.reason}</p>
                <p class="cure"><span>"Cure: "</span>{finding.cure}</p>
            </div>
            {finding.field.map(|id| any! { <button type="button" class="plain" on:click=move |_| link.go_to_field(&id)>"Go to field"</button> })}
        </li>
    }
}
