//! How disruption budgets count, which two rules share. No rule of its own.

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

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
