//! The comparison: two environments by resource, the values that make the difference, and a summary of all environments.

use std::fmt::Write as _;

use crate::browser::{compared, dom, marks};
use crate::manifests::lines::escape;
use crate::session::Link;
use crate::shell::use_link;
use crate::state::{At, Store};
use crate::view::{When, any, effect, memo};
use chartwright_configure::protocol::{Action, Change, EnvironmentReport, ResourceDiff, Severity};
use leptos::html;
use leptos::prelude::*;

/// Unchanged lines around a change that are shown when only differences are.
const AROUND: usize = 3;

/// The tab. While it is open, the session keeps the comparison up to date.
#[component]
pub(crate) fn Compare() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let wished = RwSignal::new(None::<String>);
    let all = RwSignal::new(false);
    let environment = memo(move || store.header.with(|header| (header.chart.clone(), header.environment.clone())));
    let others = memo(move || {
        store
            .header
            .with(|header| header.environments.iter().map(|one| one.id.clone()).filter(|id| *id != header.environment).collect::<Vec<_>>())
    });
    let left = memo(move || {
        let others = others.get();
        wished
            .get()
            .filter(|wished| others.contains(wished))
            .or_else(|| others.iter().find(|id| *id == "local").cloned())
            .or_else(|| others.into_iter().next())
    });
    effect(move || {
        environment.track();
        link.send(Action::Compare(left.get()));
    });
    on_cleanup(move || {
        store.comparison.set(None);
        link.send(Action::Compare(None));
    });

    let pane = NodeRef::<html::Div>::new();
    // The lines that are marked, on both sides; anew whenever the lines are.
    effect(move || {
        store.comparison.track();
        all.track();
        let marks = store.marks.get();
        dom::soon(move || {
            if let Some(pane) = pane.get_untracked() {
                compared::mark(&pane, &marks);
            }
        });
    });
    let clicked = move |event: web_sys::MouseEvent| {
        if crate::manifests::follow(link, &event) || dom::selecting() {
            return;
        }
        if let Some(at) = line(store, &event) {
            let same = store.compared.with_untracked(|known| known.as_ref() == Some(&at));
            compared::select(&event, !same);
            store.compared.set((!same).then(|| at.clone()));
            if !same {
                link.explain(at);
            }
        }
    };

    let resources = move || {
        store.comparison.with(|comparison| {
            comparison.as_ref().map(|comparison| {
                comparison.resources.iter().filter(|one| all.get() || one.change != Change::Same).cloned().collect::<Vec<_>>()
            })
        })
    };
    let sides = move || {
        store.comparison.with(|comparison| {
            comparison.as_ref().map(|comparison| (comparison.left.clone(), comparison.right.clone())).unwrap_or_default()
        })
    };
    let count = move || {
        store.comparison.with(|comparison| {
            comparison.as_ref().map(|comparison| {
                let differ = comparison.resources.iter().filter(|one| one.change != Change::Same).count();
                format!("{differ} of {} objects differ", comparison.resources.len())
            })
        })
    };
    any! {
        <div class="scroll compare" tabindex="0" role="region" aria-label="Comparison" node_ref=pane on:click=clicked
            on:pointerover=move |event| point(link, &event) on:focusin=move |event| point(link, &event) on:pointerleave=move |_| link.point_away()>
            <div class="compare-bar">
                <label for="compare-with">"Compare with"</label>
                <select id="compare-with" on:change=move |event| wished.set(Some(event_target_value(&event)))>
                    {move || others.get().into_iter().map(|id| {
                        let own = id.clone();
                        any! { <option value=id.clone() selected=move || left.get().as_deref() == Some(own.as_str())>{id.clone()}</option> }
                    }).collect::<Vec<_>>()}
                </select>
                <div class="seg" role="group" aria-label="Show">
                    <button type="button" aria-pressed=move || (!all.get()).to_string() on:click=move |_| all.set(false)>"Differences"</button>
                    <button type="button" aria-pressed=move || all.get().to_string() on:click=move |_| all.set(true)>"All"</button>
                </div>
                <span class="grow"></span>
                <span class="counts" role="status">{count}</span>
            </div>
            <When on=move || others.with(Vec::is_empty)><p class="empty">"This chart has one environment: there is nothing to compare it with."</p></When>
            <Summary/>
            {move || store.comparison.with(|comparison| comparison.as_ref().and_then(|one| one.left_error.clone())).map(|error| any! {
                <div class="banner bad" role="alert"><p><b>{move || format!("{} could not be rendered: ", sides().0)}</b>{error}</p></div>
            })}
            <ValuesThatDiffer/>
            {move || resources().map(|resources| any! {
                <h3 class="part">"Manifests"</h3>
                {if resources.is_empty() { Some(any! { <p class="empty">"No difference."</p> }) } else { None }}
                {resources.into_iter().map(|one| resource(one, &sides(), all.get())).collect::<Vec<_>>()}
            })}
        </div>
    }
}

/// The pointer or the focus has come to a line, or to a value that differs.
fn point(link: Link, event: &web_sys::Event) {
    if let Some(at) = line(link.store, event) {
        link.point_at_line(at);
    } else if let Some(id) = marks::told(event, "data-value") {
        link.point_at_field(id);
    }
}

/// The line that an event happened in: the chosen environment's, or the other's where only that has it.
fn line(store: Store, event: &web_sys::Event) -> Option<At> {
    let document = marks::told(event, "data-resource")?;
    let number = |attribute| marks::told(event, attribute)?.parse().ok().filter(|line| *line > 0);
    if let Some(line) = number("data-right") {
        return Some(At { environment: String::new(), document, line });
    }
    let line = number("data-left")?;
    let environment = store.comparison.with_untracked(|comparison| comparison.as_ref().map(|comparison| comparison.left.clone()))?;
    Some(At { environment, document, line })
}

/// All environments beside each other; what makes one weaker than local stands out.
#[component]
fn Summary() -> impl IntoView {
    let store = use_link().store;
    let order = move || {
        let order: Vec<String> = store.header.with(|header| header.environments.iter().map(|one| one.id.clone()).collect());
        store.report.with(|report| {
            order.iter().filter_map(|id| report.environments.iter().find(|one| one.environment == *id)).cloned().collect::<Vec<_>>()
        })
    };
    let warnings = |one: &EnvironmentReport| one.findings.iter().filter(|finding| finding.severity != Severity::Info).count().to_string();
    type Row = (&'static str, fn(&EnvironmentReport) -> String);
    let rows: [Row; 9] = [
        ("Replicas", |one| one.totals.replicas.clone()),
        ("Requests", |one| join(&one.totals.requests_cpu, &one.totals.requests_memory)),
        ("Limits", |one| join(&one.totals.limits_cpu, &one.totals.limits_memory)),
        ("QoS class", |one| one.totals.qos.clone()),
        ("Security level", |one| one.totals.security.clone()),
        ("Storage", |one| one.totals.storage.clone()),
        ("Exposure", |one| one.totals.exposure.clone()),
        ("Warnings", warnings),
        ("Prerequisites", |one| one.prerequisites.len().to_string()),
    ];
    let chosen = move || store.header.with(|header| header.environment.clone());
    any! {
        <When on=move || store.report.with(|report| report.environments.len() > 1)>
            {move || order().into_iter().filter(|one| !one.weaker.is_empty()).map(|one| any! {
                <div class="banner weaker" role="note">
                    <p><b>{format!("{} is weaker than local", capital(&one.environment))}</b></p>
                    <ul>{one.weaker.into_iter().map(|text| any! { <li>{text}</li> }).collect::<Vec<_>>()}</ul>
                </div>
            }).collect::<Vec<_>>()}
            <div class="table"><table class="summary">
                <caption>"Environments"</caption>
                <thead><tr><td></td>{move || order().into_iter().map(|one| {
                    let own = one.environment == chosen();
                    any! { <th scope="col" class:chosen=own>{one.environment}{(!one.weaker.is_empty()).then(|| any! { <span class="badge bad">"weaker than local"</span> })}</th> }
                }).collect::<Vec<_>>()}</tr></thead>
                <tbody>{move || rows.into_iter().map(|(label, text)| any! {
                    <tr><th scope="row">{label}</th>{order().into_iter().map(|one| {
                        let text = if one.failed.is_some() { "render failed".to_owned() } else { text(&one) };
                        any! { <td class:chosen={one.environment == chosen()}>{if text.is_empty() { "none".to_owned() } else { text }}</td> }
                    }).collect::<Vec<_>>()}</tr>
                }).collect::<Vec<_>>()}</tbody>
            </table></div>
        </When>
    }
}

fn join(cpu: &str, memory: &str) -> String {
    [cpu, memory].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// The values that differ, each with a way to its field.
#[component]
fn ValuesThatDiffer() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let values = move || {
        store.comparison.with(|comparison| {
            comparison.as_ref().map(|comparison| (comparison.left.clone(), comparison.right.clone(), comparison.values.clone()))
        })
    };
    let side = |value: Option<String>| match value {
        Some(value) => any! { <td><code>{value}</code></td> },
        None => any! { <td class="absent">"absent"</td> },
    };
    move || {
        values().filter(|(_, _, values)| !values.is_empty()).map(|(left, right, values)| {
            any! {
                <details class="fold" open>
                    <summary><h3>{format!("{} values differ", values.len())}</h3></summary>
                    <div class="table"><table class="values-diff">
                        <thead><tr><th scope="col">"Value"</th><th scope="col">{left}</th><th scope="col">{right}</th></tr></thead>
                        <tbody>{values.into_iter().map(|(key, left, right)| {
                            let id = store.values.with_untracked(|rows| rows.iter().find(|row| row.key == key).map(|row| row.id.clone()));
                            let name = match id.clone() {
                                Some(id) => any! { <button type="button" class="link" on:click=move |_| link.go_to_field(&id)><code>{key}</code></button> },
                                None => any! { <code>{key}</code> },
                            };
                            any! { <tr data-value=id><th scope="row">{name}</th>{side(left)}{side(right)}</tr> }
                        }).collect::<Vec<_>>()}</tbody>
                    </table></div>
                </details>
            }
        })
    }
}

/// A resource, its lines folded to the changes where only those are wanted.
fn resource(one: ResourceDiff, (left, right): &(String, String), all: bool) -> impl IntoView + use<> {
    let what = match one.change {
        Change::Same => "same".to_owned(),
        Change::Changed => {
            let (gone, come) = one.lines.iter().fold((0, 0), |(gone, come), line| match line.change {
                Change::Left => (gone + 1, come),
                Change::Right => (gone, come + 1),
                _ => (gone, come),
            });
            format!("−{gone} +{come}")
        }
        Change::Left => format!("only in {left}"),
        Change::Right => format!("only in {right}"),
    };
    let class = match one.change {
        Change::Same => "same",
        Change::Changed => "changed",
        Change::Left => "left",
        Change::Right => "right",
    };
    any! {
        <details class="fold diff" open={one.change == Change::Changed} data-resource=one.id.clone()>
            <summary><h4>{one.id.clone()}</h4><span class=format!("what {class}")>{what}</span></summary>
            <pre tabindex="0" aria-label=format!("Difference of {}", one.id) inner_html=diff_html(&one, all)></pre>
        </details>
    }
}

fn diff_html(one: &ResourceDiff, all: bool) -> String {
    let near = |at: usize| {
        one.lines[at.saturating_sub(AROUND)..(at + AROUND + 1).min(one.lines.len())].iter().any(|line| line.change != Change::Same)
    };
    let mut out = String::new();
    let mut gap = false;
    for (at, line) in one.lines.iter().enumerate() {
        if !all && one.change == Change::Changed && !near(at) {
            if !gap {
                out.push_str("<div class=gap>⋯</div>");
            }
            gap = true;
            continue;
        }
        gap = false;
        let (class, mark) = match line.change {
            Change::Left => ("minus", "−"),
            Change::Right => ("plus", "+"),
            _ => ("", " "),
        };
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<div class=\"dl {class}\" data-left={} data-right={}><u>{}</u><u>{}</u><b>{mark}</b>{}</div>",
            line.left.unwrap_or_default(),
            line.right.unwrap_or_default(),
            number(line.left),
            number(line.right),
            escape(&line.text)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_configure::protocol::DiffLine;

    #[test]
    fn only_differences_are_folded() {
        let line = |number: u32, change: Change| DiffLine { change, left: Some(number), right: Some(number), text: format!("<{number}>") };
        let lines = (1..=20).map(|number| line(number, if number == 10 { Change::Right } else { Change::Same })).collect();
        let one = ResourceDiff { id: "Service/a".into(), kind: "Service".into(), change: Change::Changed, lines };
        assert_eq!(diff_html(&one, false).matches("class=\"dl").count(), 7);
        assert_eq!(diff_html(&one, false).matches("class=gap").count(), 2);
        assert_eq!(diff_html(&one, true).matches("class=\"dl").count(), 20);
        assert!(diff_html(&one, true).contains("&lt;10&gt;"));
    }
}
