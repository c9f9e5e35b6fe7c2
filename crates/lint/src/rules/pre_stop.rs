//! `pre-stop`: a container that is ended while requests still come.
//!
//! # What it checks
//!
//! A container that a Service sends traffic to has a `preStop` hook.
//!
//! # Why it matters
//!
//! The pod is ended at the same time as it is taken from the Service: for some seconds requests still arrive, and are refused if
//! the process has gone.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: api
//!     lifecycle:
//!       preStop: {sleep: {seconds: 10}}
//! ```

use super::traffic;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "pre-stop",
    severity: Severity::Info,
    by_default: false,
    group: "Reliability",
    aliases: &["datree:CONTAINERS_MISSING_PRESTOP_KEY"],
    reason: "For some seconds after the end has begun requests still arrive, and are refused.",
    cure: "Add a preStop hook that sleeps some seconds.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, pod, _) in context.long_running() {
        let mut reported: Vec<&str> = Vec::new();
        for service in context.index.services_of(workload) {
            for container in traffic::served(service, pod) {
                if container.node.at(&["lifecycle", "preStop"]).is_some() || reported.contains(&container.name()) {
                    continue;
                }
                reported.push(container.name());
                let message =
                    format!("container {} has no preStop hook, and service {} sends traffic to it", container.name(), service.name());
                sink.report(workload, container.node.nearest(&["lifecycle"]), message);
            }
        }
    }
}
