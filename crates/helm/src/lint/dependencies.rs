//! Dependencies in Chart.yaml against the charts that are there (`pkg/chart/v2/lint/rules/dependencies.go`).

use super::Messages;
use crate::Chart;

pub(super) fn check(place: &str, chart: Result<&Chart, &str>, messages: &mut Messages) {
    let chart = match chart {
        Ok(chart) => chart,
        Err(error) => return messages.error("", format!("unable to load chart\n\t{error}")),
    };
    let named = &chart.metadata().dependencies;
    let there = chart.dependencies();
    let unnamed: Vec<&str> = there.iter().map(|chart| chart.name()).filter(|name| !named.iter().any(|one| one.name == *name)).collect();
    if !unnamed.is_empty() {
        messages.error(place, format!("chart metadata is missing these dependencies: {}", unnamed.join(",")));
    }
    let keys: Vec<&str> = named.iter().map(|one| one.key()).collect();
    let shadowing: Vec<&str> = keys.iter().enumerate().filter(|(at, key)| keys[..*at].contains(key)).map(|(_, key)| *key).collect();
    if !shadowing.is_empty() {
        messages.error(place, format!("multiple dependencies with name or alias: {}", shadowing.join(",")));
    }
    let missing: Vec<&str> =
        named.iter().map(|one| one.name.as_str()).filter(|name| !there.iter().any(|chart| chart.name() == *name)).collect();
    if !missing.is_empty() {
        messages.warning(place, format!("chart directory is missing these dependencies: {}", missing.join(",")));
    }
}
