//! How disruption budgets count, which two rules share. No rule of its own.

use chartwright_kube::object::Object;
use chartwright_kube::selector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::rule::SetContext;

/// A number of pods, or a share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Count(i64),
    Percent(i64),
}

/// Reads an amount; nothing if the API server would refuse it.
pub(super) fn amount(value: &IntOrString) -> Option<Amount> {
    match value {
        IntOrString::Int(count) => Some(Amount::Count(i64::from(*count))),
        IntOrString::String(text) => text.strip_suffix('%')?.parse().ok().filter(|percent| *percent >= 0).map(Amount::Percent),
    }
}

/// An amount of so many pods, rounded up (`intstr.GetScaledValueFromIntOrPercent` as the disruption controller calls it).
pub(super) fn scaled_up(amount: Amount, pods: i64) -> i64 {
    match amount {
        Amount::Count(count) => count,
        Amount::Percent(percent) => percent.saturating_mul(pods).saturating_add(99) / 100,
    }
}

/// The workloads of the render whose pods a budget counts.
pub(super) fn workloads<'s, 't>(context: &'s SetContext<'_, 't>, budget: Object<'t>) -> impl Iterator<Item = Object<'t>> + 's {
    let selector = budget.root().at(&["spec", "selector"]).map(selector::read);
    let candidates = context.index.objects().iter().copied().filter(|object| object.is_long_running());
    candidates.filter(move |object| {
        let labels = object.pod().and_then(|pod| pod.labels());
        object.namespace() == budget.namespace() && selector.as_ref().is_some_and(|selector| selector::matches(selector, labels))
    })
}
