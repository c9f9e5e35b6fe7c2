//! `no-readiness-probe`: a service sends traffic to a container that may not be ready.
//!
//! # What it checks
//!
//! Where a Service of the same render selects the pods of a workload that runs for good, the container that its port leads to has a
//! `readinessProbe`. Where no container declares that port, one container with a probe is enough. Jobs and hooks are left alone, and
//! so are services that send traffic to pods that are not ready on purpose (`publishNotReadyAddresses`).
//!
//! # Why it matters
//!
//! Without a probe a pod gets traffic as soon as its process runs: each rollout loses requests until the service has started, and a
//! rollout of a version that never answers goes through.
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
//!     readinessProbe:
//!       httpGet:
//!         path: /health/ready
//!         port: http
//! ```

use chartwright_kube::object::{Object, Spec};
use chartwright_kube::pod::{ContainerView, Pod};

use super::{images, traffic};
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "no-readiness-probe",
    severity: Severity::Warning,
    by_default: true,
    group: "Reliability",
    aliases: &[
        "kube-linter:no-readiness-probe",
        "kube-score:pod-probes",
        "polaris:readinessProbeMissing",
        "checkov:CKV_K8S_9",
        "kubescape:C-0018",
        "kyverno:require-pod-probes",
        "datree:CONTAINERS_MISSING_READINESSPROBE_KEY",
        "popeye:POP-104",
    ],
    reason: "The service sends requests as soon as the process runs, so each rollout loses some until it has started.",
    cure: "Add a readinessProbe that answers once the container can serve.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, pod, _) in context.long_running() {
        let mut reported: Vec<&str> = Vec::new();
        for service in context.index.services_of(workload) {
            for container in unready(service, pod) {
                if reported.contains(&container.name()) {
                    continue;
                }
                reported.push(container.name());
                let message =
                    format!("container {} has no readiness probe, and service {} sends traffic to it", container.name(), service.name());
                sink.report(workload, container.node, message);
            }
        }
    }
}

/// The containers that get a service's traffic without a probe.
fn unready<'t>(service: Object<'t>, pod: Pod<'t>) -> Vec<ContainerView<'t>> {
    let Spec::Service(spec) = service.spec() else { return Vec::new() };
    if spec.publish_not_ready_addresses == Some(true) {
        return Vec::new();
    }
    let has_probe = |container: &ContainerView<'_>| container.typed.readiness_probe.is_some() || images::is_injected(*container);
    let served = traffic::served(service, pod);
    if served.is_empty() {
        let first = pod.running().next().filter(|_| !pod.running().any(|container| has_probe(&container)));
        return first.into_iter().collect();
    }
    served.into_iter().filter(|container| !has_probe(container)).collect()
}
