//! The findings: how many each environment has; what is wrong, why it matters, what to do, and the ways to line, template and field; what is
//! silenced, and why; and what breaks in which release of Kubernetes.

mod entry;
mod environments;
mod filter;
mod releases;
mod rule;
mod silence;

pub(crate) use filter::Listed;
pub(crate) use rule::RuleDialog;

use crate::shell::use_link;
use crate::state::Store;
use crate::view::{When, any, each, memo};
use chartwright_configure::protocol::{EnvironmentReport, FindingView};
use entry::Entry;
use environments::Environments;
use filter::Filter;
use leptos::prelude::*;
use releases::Releases;
use silence::Silenced;

/// The report whose findings are listed: the chosen environment's, unless another was asked for.
fn listed(store: Store) -> Option<EnvironmentReport> {
    let other = store.listed.of.get();
    let known = other.and_then(|name| store.report.with(|report| report.environments.iter().find(|one| one.environment == name).cloned()));
    known.or_else(|| store.chosen_report())
}

/// The tab.
#[component]
pub(crate) fn Findings() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let view = store.listed;
    link.look_for_fixes();
    let report = memo(move || listed(store));
    let all = move || report.with(|report| report.as_ref().map(|report| report.findings.len()).unwrap_or_default());
    let findings = move || -> Vec<(String, FindingView)> {
        let Some(report) = report.get() else { return Vec::new() };
        let findings = report.findings.into_iter().filter(|finding| view.has(finding));
        findings.map(|finding| (report.environment.clone(), finding)).collect()
    };
    let shown = memo(move || findings().len());
    let failed = move || {
        store.render.with(|render| render.error.is_some())
            || report.with(|report| report.as_ref().is_some_and(|report| report.failed.is_some()))
    };
    let told = move || {
        let (all, shown) = (all(), shown.get());
        let what = if shown == 1 { "1 finding".to_owned() } else { format!("{shown} findings") };
        let part = if shown == all { what } else { format!("{what} of {all}") };
        let other = view.of.get().map(|name| format!(" in {name}")).unwrap_or_default();
        let against = view.against.get().map(|name| format!(" that {name} has not")).unwrap_or_default();
        format!("{part}{other}{against}")
    };
    let prerequisites = move || report.with(|report| report.as_ref().map(|report| report.prerequisites.clone()).unwrap_or_default());
    let checked = move || {
        store.header.with(|header| {
            let version = header.kube_version.trim_start_matches('v').split('.').take(2).collect::<Vec<_>>().join(".");
            format!("Profile {}, Kubernetes {version}", header.profile.name())
        })
    };
    any! {
        <div class="scroll findings" tabindex="0" role="region" aria-label="Findings">
            <h2 class="sr">"Findings"</h2>
            <When on=failed>
                <div class="banner bad" role="note"><p><b>"The render failed."</b>" Nothing can be said of what it would have made: what is found is of the chart's own files and of the values."</p></div>
            </When>
            {move || store.report.with(|report| report.project_fault.clone()).map(|fault| any! {
                <div class="banner" role="note"><p><b>".chartwright.yaml counts for nothing."</b>" It cannot be read: "{fault}</p></div>
            })}
            <When on=move || report.with(Option::is_none)><p class="empty">"The checks are being loaded."</p></When>
            <When on=move || report.with(Option::is_some)>
                <Environments/>
                <Filter listed=report/>
                <div class="found">
                    <p id="found" tabindex="-1" role="status">{told}</p>
                    <When on=move || view.is_narrowed() || view.of.with(Option::is_some)><button type="button" class="ghost small" on:click=move |_| view.all()>"Show all"</button></When>
                    <span class="grow"></span>
                    <small>{checked}</small>
                </div>
            </When>
            <When on=move || report.with(Option::is_some) && all() == 0 && !failed()><p class="empty good">"No finding: every check passes in this environment."</p></When>
            <ul class="finds">
                {each(
                    findings,
                    |(environment, finding)| format!("{environment} {}", entry::key(finding)),
                    |(environment, finding)| any! { <Entry environment finding/> },
                )}
            </ul>
            <Silenced listed=report/>
            <Releases/>
            <When on=move || !prerequisites().is_empty()>
                <section class="prerequisites" aria-labelledby="prerequisites">
                    <h3 id="prerequisites">"Prerequisites"</h3>
                    <p class="lead">"What no chart here defines, and the cluster must have."</p>
                    <ul>{move || prerequisites().into_iter().map(|(what, who)| any! { <li><code>{what}</code>" for "<code>{who}</code></li> }).collect::<Vec<_>>()}</ul>
                </section>
            </When>
        </div>
    }
}
