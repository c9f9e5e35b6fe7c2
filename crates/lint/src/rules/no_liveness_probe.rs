//! `no-liveness-probe`: nobody notices when a container hangs.
//!
//! # What it checks
//!
//! Each container of a workload that runs for good has a `livenessProbe`. Jobs, hooks, pods that are not restarted, init containers
//! and native sidecars are left alone.
//!
//! # Why it matters
//!
//! A process that is stuck still counts as running. Only a probe tells the kubelet to restart it. It is information rather than a
//! warning, since a careless probe does more harm than none: it must never depend on other services.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: api
//!     ports:
//!       - name: http
//!         containerPort: 8080
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: api
//!     ports:
//!       - name: http
//!         containerPort: 8080
//!     livenessProbe:
//!       httpGet:
//!         path: /health/live
//!         port: http
//! ```

use chartwright_kube::pod::{ContainerView, Role};

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "no-liveness-probe",
    severity: Severity::Info,
    by_default: true,
    group: "Reliability",
    aliases: &[
        "kube-linter:no-liveness-probe",
        "kube-score:pod-probes",
        "polaris:livenessProbeMissing",
        "checkov:CKV_K8S_8",
        "kubescape:C-0056",
        "kyverno:require-pod-probes",
        "datree:CONTAINERS_MISSING_LIVENESSPROBE_KEY",
        "popeye:POP-103",
    ],
    reason: "A process that hangs still counts as running: only a probe has it restarted.",
    cure: "Add a livenessProbe that asks the process itself, and nothing that it depends on.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if !context.object.is_long_running() {
        return;
    }
    let lacks = |container: &ContainerView<'t>| container.typed.liveness_probe.is_none() && !images::is_injected(*container);
    for container in context.pod.containers().filter(|container| container.role == Role::Main && lacks(container)) {
        sink.report(context.object, container.node, format!("container {} has no liveness probe", container.name()));
    }
}
