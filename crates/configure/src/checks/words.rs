//! Totals as words, ready to show.

use crate::protocol::Totals;
use chartwright_kube::index::Scale;
use chartwright_kube::quantity::Quantity;
use chartwright_kube::totals::{Claim, Exposure, Range, StorageClass, Totals as Sums, WorkloadTotals};

const MI: i128 = 1 << 20;
const GI: i128 = 1 << 30;

/// Puts totals into words. `mounted` are claims of other charts that this one's pods use.
pub(crate) fn totals(sums: &Sums, mounted: &[Claim]) -> Totals {
    Totals {
        replicas: pods(sums),
        requests_cpu: cpu(sums.requests.cpu),
        requests_memory: memory(sums.requests.memory),
        limits_cpu: sums.limits.cpu.map_or_else(|| "none".to_owned(), cpu),
        limits_memory: sums.limits.memory.map_or_else(|| "none".to_owned(), memory),
        security: sums.security.map_or_else(String::new, |level| level.name().to_owned()),
        storage: storage(sums, mounted),
        exposure: exposure(sums),
        qos: qos(sums),
    }
}

/// The class of all workloads, or of each where they differ, the first to be ended first.
fn qos(sums: &Sums) -> String {
    let mut all: Vec<_> = sums.workloads.iter().collect();
    chartwright_go::sort::by_key(&mut all, |workload| workload.demand.qos);
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if first.demand.qos == last.demand.qos => first.demand.qos.name().to_owned(),
        _ => {
            let one =
                |workload: &&WorkloadTotals| format!("{}/{}: {}", workload.object.kind, workload.object.name, workload.demand.qos.name());
            all.iter().map(one).collect::<Vec<_>>().join(", ")
        }
    }
}

fn pods(sums: &Sums) -> String {
    let each = if sums.per_node { ", some on each node" } else { "" };
    match (sums.pods.min, sums.pods.max) {
        (0, 0) => "no pods".to_owned(),
        (1, 1) => format!("1 pod{each}"),
        (min, max) if min == max => format!("{min} pods{each}"),
        (min, max) => format!("{min}–{max} pods{each}"),
    }
}

/// How many pods a workload has: `2–10`, `1 on each node`.
pub(crate) fn scale(scale: Scale) -> String {
    let count = if scale.min == scale.max { scale.min.to_string() } else { format!("{}–{}", scale.min, scale.max) };
    if scale.per_node { format!("{count} on each node") } else { count }
}

/// What one pod of a workload requests, and what it is limited to.
pub(crate) fn amounts(workload: &WorkloadTotals) -> [String; 2] {
    let demand = &workload.demand;
    let one = |amount: Quantity| Range { min: amount, max: amount };
    let or_none = |words: fn(Range<Quantity>) -> String, amount: Option<Quantity>| {
        amount.map_or_else(|| "none".to_owned(), |amount| words(one(amount)))
    };
    let (requests, limits) = (&demand.requests, &demand.limits);
    [
        format!("{} · {}", cpu(one(requests.cpu)), memory(one(requests.memory))),
        format!("{} · {}", or_none(cpu, limits.cpu), or_none(memory, limits.memory)),
    ]
}

/// `500m`, `1–5 cores`, `0.5–2 cores`.
pub(crate) fn cpu(range: Range<Quantity>) -> String {
    let (min, max) = (range.min.millis(), range.max.millis());
    if max == 0 {
        return "none".to_owned();
    }
    if max < 1_000 {
        return if min == max { format!("{max}m") } else { format!("{min}–{max}m") };
    }
    let unit = if min == max && max == 1_000 { "core" } else { "cores" };
    if min == max { format!("{} {unit}", decimal(max, 1_000)) } else { format!("{}–{} {unit}", decimal(min, 1_000), decimal(max, 1_000)) }
}

/// `256 Mi`, `1–5 Gi`.
pub(crate) fn memory(range: Range<Quantity>) -> String {
    let (min, max) = (range.min.whole(), range.max.whole());
    if max == 0 {
        return "none".to_owned();
    }
    let (unit, name) = if max >= GI { (GI, "Gi") } else { (MI, "Mi") };
    if min == max { format!("{} {name}", decimal(max, unit)) } else { format!("{}–{} {name}", decimal(min, unit), decimal(max, unit)) }
}

/// With two decimals at most, rounded to the nearest.
fn decimal(value: i128, unit: i128) -> String {
    let hundredths = (value.saturating_mul(100) + unit / 2) / unit;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

fn storage(sums: &Sums, mounted: &[Claim]) -> String {
    let own = sums.storage.iter().map(claim);
    let others = mounted.iter().map(|mounted| format!("{} ({})", claim(mounted), mounted.name));
    own.chain(others).collect::<Vec<_>>().join("; ")
}

fn claim(claim: &Claim) -> String {
    let size = claim.size.map_or_else(|| "no size".to_owned(), |size| size.to_string());
    let class = match &claim.class {
        StorageClass::Default => "the default class".to_owned(),
        StorageClass::None => "an existing volume".to_owned(),
        StorageClass::Named(name) => name.clone(),
    };
    let times = match (claim.count.min, claim.count.max) {
        (1, 1) => String::new(),
        (min, max) if min == max => format!("{min} × "),
        (min, max) => format!("{min}–{max} × "),
    };
    format!("{times}{size} {} on {class}", claim.access_modes.join(", "))
}

fn exposure(sums: &Sums) -> String {
    let mut all: Vec<String> = Vec::new();
    for way in &sums.exposure {
        let text = match way {
            Exposure::Ingress { host, path, tls } => {
                let scheme = if *tls { "https" } else { "http" };
                let path = if path == "/" { "" } else { path };
                format!("{scheme}://{host}{path}")
            }
            Exposure::LoadBalancer { .. } => "LoadBalancer".to_owned(),
            Exposure::NodePort { .. } => "NodePort".to_owned(),
            // What lies behind an ingress needs no mention of its own.
            Exposure::ClusterIp { .. } if !all.is_empty() => continue,
            Exposure::ClusterIp { .. } => "ClusterIP".to_owned(),
        };
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: fn(Range<Quantity>) -> String, min: &str, max: &str, expected: &str) {
        let quantity = |text: &str| Quantity::parse(text).expect("a quantity");
        assert_eq!(words(Range { min: quantity(min), max: quantity(max) }), expected);
    }

    #[test]
    fn amounts() {
        check(cpu, "0", "0", "none");
        check(cpu, "500m", "500m", "500m");
        check(cpu, "100m", "500m", "100–500m");
        check(cpu, "1", "1", "1 core");
        check(cpu, "1", "5", "1–5 cores");
        check(cpu, "500m", "2500m", "0.5–2.5 cores");
        check(memory, "128Mi", "128Mi", "128 Mi");
        check(memory, "512Mi", "5Gi", "0.5–5 Gi");
        check(memory, "0", "0", "none");
    }
}
