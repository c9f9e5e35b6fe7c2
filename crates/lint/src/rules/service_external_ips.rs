//! `service-external-ips`: a Service that takes traffic of addresses which it names itself.
//!
//! # What it checks
//!
//! No Service sets `externalIPs`.
//!
//! # Why it matters
//!
//! Every node then sends traffic for these addresses to the Service, whomever they belong to: whoever may write Services can take
//! over the traffic of others (CVE-2020-8554). Kubernetes advises against the field, and clusters may refuse it.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   externalIPs: [203.0.113.7]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   type: LoadBalancer
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "service-external-ips",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &["trivy:KSV108", "kyverno:restrict-external-ips"],
    reason: "Whoever may write Services can take over the traffic of an address this way (CVE-2020-8554), and Kubernetes advises against it.",
    cure: "Use a load balancer or a Gateway to be reached from outside.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Service {
        return;
    }
    let Some(addresses) = context.object.root().at(&["spec", "externalIPs"]) else { return };
    if addresses.items().next().is_some() {
        sink.report(context.object, addresses, "the Service names external addresses itself".to_owned());
    }
}
