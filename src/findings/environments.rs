//! How many findings each environment has, and how many of them the chosen one has not.

use super::filter::{SEVERITIES, count};
use crate::shell::use_link;
use crate::state::Store;
use crate::view::any;
use chartwright_configure::protocol::{Action, EnvironmentReport};
use leptos::prelude::*;

/// The reports, in the order of the environments in the top bar.
pub(super) fn environments(store: Store) -> Vec<EnvironmentReport> {
    let order: Vec<String> = store.header.with(|header| header.environments.iter().map(|one| one.id.clone()).collect());
    store.report.with(|report| {
        let of = |id: &String| report.environments.iter().find(|one| one.environment == *id).cloned();
        order.iter().filter_map(of).collect()
    })
}

/// The table.
#[component]
pub(super) fn Environments() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let view = store.listed;
    let chosen = move || store.header.with(|header| header.environment.clone());
    let row = move |report: EnvironmentReport, chosen: &str| {
        let name = report.environment.clone();
        let current = (name == chosen).then_some("true");
        let to = name.clone();
        let switch = any! {
            <th scope="row"><button type="button" class="link" data-findings-of=name.clone() aria-current=current
                on:click=move |_| { view.of.set(None); view.against.set(None); link.send(Action::Environment(to.clone())); }>{name.clone()}</button></th>
        };
        if report.failed.is_some() {
            return any! { <tr class:chosen=current.is_some()>{switch}<td colspan="5" class="failed">"The render failed"</td></tr> };
        }
        let number = |number: usize| any! { <td class:none=number == 0>{number}</td> };
        let counts = SEVERITIES.map(|(severity, ..)| number(count(&report, severity)));
        let only = report.findings.iter().filter(|finding| !finding.elsewhere.iter().any(|other| other == chosen)).count();
        let against = chosen.to_owned();
        let label = format!("List what {name} has and {chosen} has not: {only}");
        let only = match (current.is_some(), only) {
            (true, _) => any! { <td class="none"><span class="sr">"this one"</span></td> },
            (false, 0) => number(0),
            (false, only) => any! {
                <td><button type="button" class="link" data-only-in=name.clone() aria-label=label
                    on:click=move |_| { view.all(); view.of.set(Some(name.clone())); view.against.set(Some(against.clone())); }>{only}</button></td>
            },
        };
        any! { <tr class:chosen=current.is_some()>{switch}{counts.into_iter().collect::<Vec<_>>()}{number(report.silenced.len())}{only}</tr> }
    };
    let rows = move || {
        let chosen = chosen();
        environments(store).into_iter().map(|report| row(report, &chosen)).collect::<Vec<_>>()
    };
    any! {
        <div class="table"><table class="tally find-counts">
            <caption class="sr">"Findings by environment"</caption>
            <thead><tr>
                <th scope="col">"Environment"</th><th scope="col">"Errors"</th><th scope="col">"Warnings"</th><th scope="col">"Infos"</th><th scope="col">"Silenced"</th>
                <th scope="col">"Not in "{chosen}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}
