//! Which of the findings are listed: by severity, by words, and what another environment does not have.

use super::environments::environments;
use crate::shell::use_link;
use crate::view::{When, any};
use chartwright_configure::protocol::{EnvironmentReport, FindingView, Severity};
use leptos::prelude::*;

/// The severities, the worst first, with the words for one and for several.
pub(super) const SEVERITIES: [(Severity, &str, &str); 3] =
    [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings"), (Severity::Info, "info", "infos")];

/// What is listed. It stays when another tab is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Listed {
    /// The environment whose findings are listed, where it is not the chosen one.
    pub(super) of: RwSignal<Option<String>>,
    /// The environment that must not have them.
    pub(super) against: RwSignal<Option<String>>,
    /// Severities that are left out.
    without: RwSignal<Vec<Severity>>,
    words: RwSignal<String>,
}

impl Listed {
    pub(crate) fn new() -> Self {
        Self { of: RwSignal::default(), against: RwSignal::default(), without: RwSignal::default(), words: RwSignal::default() }
    }

    /// Lists all findings of the chosen environment again.
    pub(crate) fn all(self) {
        self.of.set(None);
        self.against.set(None);
        self.without.set(Vec::new());
        self.words.set(String::new());
    }

    /// Whether something is left out.
    pub(super) fn is_narrowed(self) -> bool {
        self.against.with(Option::is_some) || self.without.with(|without| !without.is_empty()) || self.words.with(|words| !words.is_empty())
    }

    /// Whether a finding is listed.
    pub(super) fn has(self, finding: &FindingView) -> bool {
        self.without.with(|without| !without.contains(&finding.severity))
            && self.against.with(|against| against.as_ref().is_none_or(|other| !finding.elsewhere.contains(other)))
            && self.words.with(|words| speaks_of(finding, words))
    }
}

/// Whether a finding speaks of all of some words, in any of its texts.
fn speaks_of(finding: &FindingView, words: &str) -> bool {
    if words.trim().is_empty() {
        return true;
    }
    let objects = [finding.objects(), finding.files()].concat().join(" ");
    let text = [&finding.rule, &objects, &finding.message, &finding.cure].map(|text| text.to_lowercase()).join(" ");
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// How many findings of a severity there are.
pub(super) fn count(report: &EnvironmentReport, severity: Severity) -> usize {
    report.findings.iter().filter(|finding| finding.severity == severity).count()
}

/// The bar. `listed` is the report whose findings are listed.
#[component]
pub(super) fn Filter(listed: Memo<Option<EnvironmentReport>>) -> impl IntoView {
    let store = use_link().store;
    let view = store.listed;
    let severity = move |(severity, _, many): (Severity, &'static str, &'static str)| {
        let pressed = move || view.without.with(|without| !without.contains(&severity));
        let turn = move |_| {
            view.without.update(|without| match without.iter().position(|one| *one == severity) {
                Some(at) => drop(without.remove(at)),
                None => without.push(severity),
            });
        };
        let many = {
            let mut word = many.to_owned();
            word[..1].make_ascii_uppercase();
            word
        };
        any! {
            <button type="button" class="obj" aria-pressed=move || pressed().to_string() on:click=turn>
                {many}" "<b>{move || listed.with(|report| report.as_ref().map_or(0, |report| count(report, severity)))}</b>
            </button>
        }
    };
    let others = move || {
        let own = listed.with(|report| report.as_ref().map(|report| report.environment.clone()).unwrap_or_default());
        environments(store)
            .into_iter()
            .filter(|one| one.failed.is_none() && one.environment != own)
            .map(|one| one.environment)
            .collect::<Vec<_>>()
    };
    let option = move |name: String| {
        let (own, value) = (name.clone(), name.clone());
        any! { <option value=value selected=move || view.against.with(|against| against.as_ref() == Some(&own))>{name}</option> }
    };
    any! {
        <div class="find-filter" role="group" aria-label="Filter">
            <div class="severities">{SEVERITIES.map(severity).into_iter().collect::<Vec<_>>()}</div>
            <input type="search" id="find-words" aria-label="Filter findings by rule, object or text" placeholder="Rule, object or text" autocomplete="off" spellcheck="false"
                prop:value=move || view.words.get() on:input=move |event| view.words.set(event_target_value(&event))/>
            <When on=move || !others().is_empty()>
                <label class="new-against">"New against "
                    <select on:change=move |event| view.against.set(Some(event_target_value(&event)).filter(|name| !name.is_empty()))>
                        <option value="" selected=move || view.against.with(Option::is_none)>"nothing"</option>
                        {move || others().into_iter().map(option).collect::<Vec<_>>()}
                    </select>
                </label>
            </When>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_configure::protocol::PlaceView;

    fn finding() -> FindingView {
        let place = PlaceView { object: "Deployment/rel-api".into(), ..PlaceView::default() };
        FindingView {
            rule: "latest-tag".into(),
            message: "the image has the tag latest".into(),
            place,
            elsewhere: vec!["local".into()],
            ..FindingView::default()
        }
    }

    #[track_caller]
    fn check(words: &str, expected: bool) {
        assert_eq!(speaks_of(&finding(), words), expected, "{words}");
    }

    #[test]
    fn words_of_a_finding() {
        check(" ", true);
        check("latest", true);
        check("Deployment API image", true);
        check("latest job", false);
    }

    #[test]
    fn what_is_listed() {
        let view = Listed::new();
        assert!(view.has(&finding()) && !view.is_narrowed());
        view.against.set(Some("local".to_owned()));
        assert!(!view.has(&finding()) && view.is_narrowed());
        view.against.set(Some("staging".to_owned()));
        assert!(view.has(&finding()));
        view.without.set(vec![Severity::Info]);
        assert!(!view.has(&finding()));
        view.all();
        assert!(view.has(&finding()) && !view.is_narrowed());
    }
}
