//! `probes-identical`: a container that is restarted for the same reason, and as soon, as it is taken out of service.
//!
//! # What it checks
//!
//! Where liveness and readiness probe ask the same thing, the liveness probe gives up later than the readiness probe (`periodSeconds`
//! × `failureThreshold`).
//!
//! # Why it matters
//!
//! A container that is only busy should be left alone until it has caught up. Restarted at once, it loses its work, and the others
//! get its load.
//!
//! # Example
//!
//! ```yaml
//! readinessProbe:
//!   httpGet: {path: /health, port: http}
//! livenessProbe:
//!   httpGet: {path: /health, port: http}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! readinessProbe:
//!   httpGet: {path: /health/ready, port: http}
//! livenessProbe:
//!   httpGet: {path: /health/live, port: http}
//! ```

use k8s_openapi::api::core::v1::Probe;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "probes-identical",
    severity: Severity::Warning,
    by_default: true,
    group: "Reliability",
    aliases: &["kube-score:pod-probes-identical", "kyverno:validate-probes"],
    reason: "A container that is only busy is restarted instead of being left alone until it has caught up.",
    cure: "Let the liveness probe ask something of its own, or give up later.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.running() {
        let (Some(live), Some(ready)) = (&container.typed.liveness_probe, &container.typed.readiness_probe) else { continue };
        let handler = |probe: &'t Probe| (&probe.http_get, &probe.tcp_socket, &probe.exec, &probe.grpc);
        if handler(live) == handler(ready) && patience(live) <= patience(ready) {
            let node = container.node.nearest(&["livenessProbe"]);
            let message =
                format!("the liveness probe of container {} asks what its readiness probe asks, and gives up no later", container.name());
            sink.report(context.object, node, message).also(context.object, container.node.nearest(&["readinessProbe"]));
        }
    }
}

/// The seconds after which a probe gives up, with the API server's defaults.
fn patience(probe: &Probe) -> i64 {
    i64::from(probe.period_seconds.unwrap_or(10)) * i64::from(probe.failure_threshold.unwrap_or(3))
}
