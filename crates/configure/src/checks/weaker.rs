//! In what production is weaker than local: what is there on a laptop and missing where it matters.

use super::words;
use chartwright_kube::quantity::Quantity;
use chartwright_kube::totals::{Exposure, Range, Totals};
use chartwright_lint::{Document, Report, Severity};
use std::collections::BTreeMap;

/// What an environment has to show.
#[derive(Clone, Debug)]
pub(crate) struct Strength {
    totals: Totals,
    /// How many objects there are of each kind.
    kinds: BTreeMap<String, usize>,
    /// How many findings there are of each rule, without mere information.
    rules: BTreeMap<&'static str, usize>,
}

/// Sums up an environment.
pub(crate) fn strength(report: &Report, documents: &[Document<'_>]) -> Strength {
    let mut kinds = BTreeMap::new();
    for document in documents {
        let kind = document.content.lines().find_map(|line| line.strip_prefix("kind:")).map(str::trim).unwrap_or_default();
        *kinds.entry(kind.to_owned()).or_default() += 1;
    }
    let mut rules = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.severity != Severity::Info) {
        *rules.entry(finding.rule).or_default() += 1;
    }
    Strength { totals: report.totals.clone(), kinds, rules }
}

/// In words, the weightiest first.
pub(crate) fn weaker(own: &Strength, local: &Strength) -> Vec<String> {
    let mut out = Vec::new();
    let (a, b) = (&own.totals, &local.totals);
    if let (Some(ours), Some(theirs)) = (a.security, b.security)
        && ours < theirs
    {
        out.push(format!("Security is {}, local is {}.", ours.name(), theirs.name()));
    }
    if a.pods.min < b.pods.min {
        out.push(format!("At least {} run, local has {}.", count(a.pods.min, "pod"), b.pods.min));
    }
    let kind = |kind: &str, what: &str, out: &mut Vec<String>| {
        let has = |strength: &Strength| strength.kinds.get(kind).copied().unwrap_or(0);
        if has(own) < has(local) {
            out.push(format!("{what}, local has one."));
        }
    };
    kind("PodDisruptionBudget", "There is no PodDisruptionBudget", &mut out);
    kind("HorizontalPodAutoscaler", "There is no autoscaler", &mut out);
    kind("NetworkPolicy", "There is no NetworkPolicy", &mut out);
    let unbounded = |ours: Option<Range<Quantity>>, theirs: Option<Range<Quantity>>| ours.is_none() && theirs.is_some();
    if unbounded(a.limits.memory, b.limits.memory) {
        out.push("Memory has no limit, local has one.".to_owned());
    }
    if a.requests.cpu.max < b.requests.cpu.max {
        out.push(format!("CPU requests are {}, local has {}.", words::cpu(a.requests.cpu), words::cpu(b.requests.cpu)));
    }
    if a.requests.memory.max < b.requests.memory.max {
        out.push(format!("Memory requests are {}, local has {}.", words::memory(a.requests.memory), words::memory(b.requests.memory)));
    }
    let open = |totals: &Totals| totals.exposure.iter().filter(|way| matches!(way, Exposure::Ingress { tls: false, .. })).count();
    if open(a) > open(b) {
        out.push("A host is served without TLS.".to_owned());
    }
    let claimed = |totals: &Totals| totals.storage.iter().filter_map(|claim| claim.size).fold(Quantity::ZERO, Quantity::plus);
    if claimed(a) < claimed(b) && !a.storage.is_empty() {
        out.push(format!("{} are claimed, local has {}.", claimed(a), claimed(b)));
    }
    for (rule, times) in &own.rules {
        if local.rules.get(rule).is_none_or(|theirs| theirs < times) {
            out.push(format!("{} of {rule} that local does not have.", count(*times as i64, "finding")));
        }
    }
    out
}

fn count(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
