//! The status bar: what was rendered and how fast, what is pointed at in words, what it asks of the cluster, the legend. And what screen readers hear of changes.

use super::release::helm_version;
use super::{icon, use_link};
use crate::browser::{dom, theme};
use crate::view::{any, effect, memo};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long things must stay as they are before they are said: not the text of every key press.
const SETTLED: u32 = 900;

/// The status bar.
#[component]
pub(crate) fn StatusBar() -> impl IntoView {
    let store = use_link().store;
    let failed = memo(move || store.render.with(|render| render.error.is_some()));
    let state = move || {
        if !store.ready.get() {
            return "Starting the engine…".to_owned();
        }
        if let Some(doing) = store.doing.get() {
            return doing.to_owned();
        }
        let helm = store.header.with(|header| header.helm);
        store.render.with(|render| {
            let objects = if render.objects == 1 { "1 object".to_owned() } else { format!("{} objects", render.objects) };
            match &render.error {
                Some(_) if render.objects == 0 => "The render failed".to_owned(),
                Some(_) => format!("The render failed: {objects} of the last good one"),
                // The build has rendered it, no clock has run.
                None if render.micros == 0.0 => format!("{objects}, as Helm {} renders them", helm_version(helm)),
                None => format!("{objects} in {} ms, as Helm {} renders them", tenths(render.micros), helm_version(helm)),
            }
        })
    };
    let totals = memo(move || store.chosen_report().map(|report| report.totals).unwrap_or_default());
    let requests = move || {
        let totals = totals.get();
        let both: Vec<String> = [totals.requests_cpu, totals.requests_memory].into_iter().filter(|text| !text.is_empty()).collect();
        (!both.is_empty()).then(|| format!("requests {}", both.join(" · ")))
    };
    let qos = move || Some(totals.get().qos).filter(|qos| !qos.is_empty()).map(|qos| format!("QoS {qos}"));
    let environment = move || store.header.with(|header| header.environment.clone());
    any! {
        <footer>
            <span class="state" class:bad=move || failed.get()>{state}</span>
            <span class="told" role="status">{move || store.told.get()}</span>
            <span class="wide">{move || totals.get().replicas}</span>
            <span class="wide">{requests}</span>
            <span class="wide" title="Quality of service of the pods: who is ended first when a node runs out of memory">{qos}</span>
            <span class="grow"></span>
            <span class="legend" role="group" aria-label="Sources of values and lines">
                <span class="key default"><i></i>"default"</span><span class="key file"><i></i>{environment}</span><span class="key mine"><i></i>"mine"</span>
            </span>
            <button type="button" class="ghost small" aria-label="Change between light and dark" title="Light or dark" on:click=move |_| theme::toggle()>{icon("theme")}</button>
            <button type="button" class="ghost small wide" on:click=move |_| dom::toggle_dialog("help")>"Keys " <kbd>"?"</kbd></button>
        </footer>
        <Announcer/>
    }
}

/// Microseconds as milliseconds with one decimal. In whole numbers: the printing of fractions weighs more than all of this file.
fn tenths(micros: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time is neither negative nor that long")]
    let tenths = (micros / 100.0).round() as u32;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Says how many objects and findings there are, once that has settled.
#[component]
fn Announcer() -> impl IntoView {
    let store = use_link().store;
    let said = RwSignal::new(String::new());
    let waiting = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        let (objects, failed) = store.render.with(|render| (render.objects, render.error.as_ref().map(|error| error.message.clone())));
        let findings = store.chosen_report().map_or(0, |report| report.findings.len());
        let text = match failed {
            Some(message) => format!("The render failed: {message}"),
            None => format!("{objects} objects, {findings} findings"),
        };
        waiting.set_value(Some(Timeout::new(SETTLED, move || {
            if said.with_untracked(|said| *said != text) {
                said.set(text);
            }
        })));
    });
    any! { <div class="sr" aria-live="polite" role="status">{move || said.get()}</div> }
}
