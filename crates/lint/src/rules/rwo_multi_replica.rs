//! `rwo-multi-replica`: several pods for a volume that one node can mount.
//!
//! # What it checks
//!
//! A Deployment that may have more than one pod mounts no claim whose access modes are only `ReadWriteOnce` or `ReadWriteOncePod`.
//! The claim is in the render or in a chart beside it.
//!
//! # Why it matters
//!
//! Pods on other nodes wait for the volume for ever. A rollout of a single pod waits as well, if the new one lands elsewhere.
//!
//! # Example
//!
//! ```yaml
//! accessModes: [ReadWriteOnce] # mounted by three replicas
//! ```
//!
//! # Cure
//!
//! ```yaml
//! accessModes: [ReadWriteMany]
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Spec;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "rwo-multi-replica",
    severity: Severity::Warning,
    by_default: true,
    group: "Storage/jobs",
    aliases: &[],
    reason: "Only one node can mount the volume: pods on other nodes wait for ever.",
    cure: "Use a class and access mode for many nodes, a StatefulSet with a claim for each pod, or one replica.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for &(workload, scale) in
        context.index.workloads().iter().filter(|(workload, scale)| workload.kind() == Kind::Deployment && scale.max > 1)
    {
        let Some(namespace) = workload.namespace() else { continue };
        for reference in workload.references().filter(|reference| reference.kind == Kind::PersistentVolumeClaim) {
            let Some(claim) = context.find(Kind::PersistentVolumeClaim, namespace, reference.name) else { continue };
            let Spec::PersistentVolumeClaim(spec) = claim.spec() else { continue };
            let modes = spec.access_modes.as_deref().unwrap_or_default();
            if !modes.is_empty() && modes.iter().all(|mode| matches!(mode.as_str(), "ReadWriteOnce" | "ReadWriteOncePod")) {
                let message = format!("up to {} pods mount the claim {}, which is {}", scale.max, reference.name, modes.join(", "));
                sink.report(workload, reference.node, message);
            }
        }
    }
}
