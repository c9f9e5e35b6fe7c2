//! `ingress-tls-host`: a host that no certificate of its Ingress covers.
//!
//! # What it checks
//!
//! Where an Ingress has `tls`, each host of its rules is one of the TLS hosts, or below a wildcard of theirs by one label. A TLS
//! entry without hosts covers all.
//!
//! # Why it matters
//!
//! The controller answers for that host with its own self-signed certificate, and browsers and clients refuse it.
//!
//! # Example
//!
//! ```yaml
//! tls:
//!   - hosts: [api.example.com]
//! rules:
//!   - host: www.example.com
//! ```
//!
//! # Cure
//!
//! ```yaml
//! tls:
//!   - hosts: [api.example.com, www.example.com]
//! rules:
//!   - host: www.example.com
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ingress-tls-host",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &["kyverno:ingress-host-match-tls"],
    reason: "The controller answers with a certificate of its own making, and clients refuse it.",
    cure: "Add the host to a TLS entry.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Ingress {
        return;
    }
    let Some(spec) = context.object.spec_node() else { return };
    let covers_all = |entry: Node<'_>| entry.items_at("hosts").next().is_none();
    let mut entries = spec.items_at("tls").peekable();
    if entries.peek().is_none() || entries.any(covers_all) {
        return;
    }
    for host in spec.items_at("rules").filter_map(|rule| rule.get("host")) {
        let Some(text) = host.str().filter(|text| !text.is_empty()) else { continue };
        let mut names = spec.items_at("tls").flat_map(|entry| entry.items_at("hosts")).filter_map(Node::str);
        if !names.any(|name| covers(name, text)) {
            sink.report(context.object, host, format!("no TLS entry covers the host {text}"));
        }
    }
}

fn covers(name: &str, host: &str) -> bool {
    let below = name.strip_prefix("*.").zip(host.split_once('.'));
    name.eq_ignore_ascii_case(host) || below.is_some_and(|(domain, (label, rest))| label != "*" && domain.eq_ignore_ascii_case(rest))
}
