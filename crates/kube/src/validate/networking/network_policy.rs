//! Policies of the network: `ValidateNetworkPolicySpec`.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{ip, labels, names, numbers};

const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];
const TYPES: [&str; 2] = ["Ingress", "Egress"];

/// Validates a NetworkPolicy.
pub(super) fn validate(spec: &Field<'_, '_>, errors: &mut Errors) {
    labels::selector(&spec.field("podSelector"), errors);
    for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
        for rule in spec.field(rules).items() {
            for port in rule.field("ports").items() {
                let before = errors.len();
                self::port(&port, errors);
                errors.about(before, Concern::NetworkPolicyPeer);
            }
            for peer in rule.field(peers).items() {
                self::peer(&peer, errors);
            }
        }
    }
    let types = spec.field("policyTypes");
    if types.len() > TYPES.len() {
        errors.push(types.invalid("may not specify more than two policyTypes"));
        return;
    }
    for kind in types.items().filter(|kind| !TYPES.contains(&kind.text())) {
        errors.push(kind.not_supported(&TYPES));
    }
}

/// `ValidateNetworkPolicyPort`.
fn port(port: &Field<'_, '_>, errors: &mut Errors) {
    let (protocol, number, end) = (port.field("protocol"), port.field("port"), port.field("endPort"));
    if protocol.is_set() && !PROTOCOLS.contains(&protocol.text()) {
        errors.push(protocol.not_supported(&PROTOCOLS));
    }
    if !number.is_set() {
        if end.is_set() {
            errors.push(end.invalid("may not be specified when `port` is not specified"));
        }
    } else if let Some(name) = number.str() {
        if end.is_set() {
            errors.push(end.invalid("may not be specified when `port` is non-numeric"));
        }
        errors.invalid(&number, names::port_name(name), Concern::PortName);
    } else {
        numbers::port(&number, errors);
        if end.is_set() {
            if end.int() < number.int() {
                errors.push(end.invalid("must be greater than or equal to `port`"));
            }
            numbers::port(&end, errors);
        }
    }
}

/// `ValidateNetworkPolicyPeer`.
fn peer(peer: &Field<'_, '_>, errors: &mut Errors) {
    let (pods, namespaces, block) = (peer.field("podSelector"), peer.field("namespaceSelector"), peer.field("ipBlock"));
    labels::selector(&pods, errors);
    labels::selector(&namespaces, errors);
    let before = errors.len();
    if block.is_set() {
        self::block(&block, errors);
    }
    match (pods.is_set() || namespaces.is_set(), block.is_set()) {
        (false, false) => errors.push(peer.required("must specify a peer")),
        (true, true) => errors.push(peer.forbidden("may not specify both ipBlock and another peer")),
        _ => {}
    }
    errors.about(before, Concern::NetworkPolicyPeer);
}

/// `ValidateIPBlock`.
fn block(block: &Field<'_, '_>, errors: &mut Errors) {
    let range = block.field("cidr");
    if range.text().is_empty() {
        errors.push(range.required(""));
        return;
    }
    errors.invalid(&range, ip::legacy_network(range.text(), errors.minor), Concern::NetworkPolicyPeer);
    if ip::is_v6_network(range.text()).is_none() {
        return;
    }
    for except in block.field("except").items() {
        errors.invalid(&except, ip::legacy_network(except.text(), errors.minor), Concern::NetworkPolicyPeer);
        if ip::is_strict_subset(except.text(), range.text()) == Some(false) {
            errors.push(except.invalid("must be a strict subset of `cidr`"));
        }
    }
}
