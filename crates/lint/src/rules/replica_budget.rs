//! `replica-budget`: an autoscaler that may ask for a whole cluster.
//!
//! # What it checks
//!
//! What the pods of an autoscaled workload request at its maximum stays below 100 cores and 400 GiB of memory.
//!
//! # Why it matters
//!
//! A wrong metric or an attack drives the autoscaler to its maximum: the bill follows, or everything else on the cluster waits.
//!
//! # Example
//!
//! ```yaml
//! maxReplicas: 500
//! ```
//!
//! # Cure
//!
//! ```yaml
//! maxReplicas: 20
//! ```

use chartwright_kube::quantity::Quantity;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "replica-budget",
    severity: Severity::Info,
    by_default: false,
    group: "Resources/cost/observability",
    aliases: &["popeye:POP-602", "popeye:POP-603"],
    reason: "A wrong metric drives it to its maximum, and the bill follows.",
    cure: "Lower maxReplicas to what the application may cost.",
    check: Check::Set(check),
};

/// Cores that a workload may ask for at its maximum.
const CORES: i64 = 100;
/// Bytes of memory that it may ask for then.
const MEMORY: i64 = 400 << 30;

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, pod, scale) in context.long_running().filter(|(.., scale)| scale.autoscaled) {
        let Some(autoscaler) = context.index.autoscaler_of(workload) else { continue };
        let requests = &pod.demand().requests;
        let (cores, memory) = (requests.cpu.times(scale.max), requests.memory.times(scale.max));
        let over = [(cores, Quantity::units(CORES), "CPU"), (memory, Quantity::bytes(MEMORY), "memory")];
        let Some((asked, most, what)) = over.into_iter().find(|(asked, most, _)| asked > most) else { continue };
        let message = format!("at {} pods it requests {asked} of {what}, more than {most}", scale.max);
        let spec = autoscaler.root().nearest(&["spec"]);
        sink.report(autoscaler, spec.get("maxReplicas").or_else(|| spec.get("maxReplicaCount")).unwrap_or(spec), message);
    }
}
