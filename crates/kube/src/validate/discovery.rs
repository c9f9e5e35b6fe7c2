//! Slices of endpoints: `pkg/apis/discovery/validation/validation.go`, with the defaults of `pkg/apis/discovery/v1/defaults.go`.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::{Subject, formats, ip, labels, names};

/// The most of each.
const MAX_TOPOLOGY: usize = 16;
const MAX_ADDRESSES: usize = 100;
const MAX_PORTS: usize = 20_000;
const MAX_ENDPOINTS: usize = 1000;
const MAX_HINTS: usize = 8;

/// The release that has hints of nodes.
const NODE_HINTS: u32 = 35;

const TYPES: [&str; 3] = ["FQDN", "IPv4", "IPv6"];
const PROTOCOLS: [&str; 3] = ["SCTP", "TCP", "UDP"];

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "EndpointSlice" {
        slice(&subject.field(), errors);
    }
}

/// `ValidateEndpointSlice`.
fn slice(root: &Field<'_, '_>, errors: &mut Errors) {
    let (kind, ports, endpoints) = (root.field("addressType"), root.field("ports"), root.field("endpoints"));
    if kind.text().is_empty() {
        errors.push(kind.required(""));
    } else if !TYPES.contains(&kind.text()) {
        errors.push(kind.not_supported(&TYPES));
    }
    self::ports(&ports, errors);
    if endpoints.len() > MAX_ENDPOINTS {
        errors.push(endpoints.too_many(endpoints.len(), MAX_ENDPOINTS));
        return;
    }
    for endpoint in endpoints.items() {
        self::endpoint(&endpoint, kind.text(), errors);
    }
}

fn ports(ports: &Field<'_, '_>, errors: &mut Errors) {
    if ports.len() > MAX_PORTS {
        errors.push(ports.too_many(ports.len(), MAX_PORTS));
        return;
    }
    let mut seen = std::collections::HashSet::new();
    for port in ports.items() {
        let (name, protocol, application) = (port.field("name"), port.field("protocol"), port.field("appProtocol"));
        if !name.text().is_empty() {
            errors.invalid(&name, names::label(name.text()), Concern::PortName);
        }
        if !seen.insert(name.text()) {
            errors.push(name.duplicate());
        }
        if protocol.is_set() && !PROTOCOLS.contains(&protocol.text()) {
            errors.push(protocol.not_supported(&PROTOCOLS));
        }
        if application.is_set() {
            errors.invalid(&application, names::qualified(application.text()), Concern::Other);
        }
    }
}

fn endpoint(endpoint: &Field<'_, '_>, kind: &str, errors: &mut Errors) {
    let addresses = endpoint.field("addresses");
    if addresses.is_empty() {
        formats::required(&addresses, "must contain at least 1 address", errors);
    } else if addresses.len() > MAX_ADDRESSES {
        errors.push(addresses.too_many(addresses.len(), MAX_ADDRESSES));
    }
    for address in addresses.items().take(MAX_ADDRESSES) {
        let text = address.text();
        let messages = match kind {
            "IPv4" => ip::legacy(text, errors.minor),
            "IPv6" => ip::canonical(text),
            "FQDN" => {
                formats::domain(&address, errors);
                continue;
            }
            _ => continue,
        };
        if !messages.is_empty() {
            errors.invalid(&address, messages, Concern::Other);
            continue;
        }
        if ip::is_v6(text) != Some(kind == "IPv6") {
            let at = addresses.of(address.near());
            errors.push(at.invalid_value(&shown_text(text), &format!("must be an {kind} address")));
        }
        ip::endpoint(&address, errors);
    }
    let (node, topology, host) = (endpoint.field("nodeName"), endpoint.field("deprecatedTopology"), endpoint.field("hostname"));
    if node.is_set() {
        errors.invalid(&node, names::subdomain(node.text()), Concern::ObjectName);
    }
    if topology.len() > MAX_TOPOLOGY {
        errors.push(topology.too_many(topology.len(), MAX_TOPOLOGY));
    }
    labels::labels(&topology, errors);
    if host.is_set() {
        errors.invalid(&host, names::label(host.text()), Concern::Other);
    }
    hints(&endpoint.field("hints"), errors);
}

/// `validateHints`.
fn hints(hints: &Field<'_, '_>, errors: &mut Errors) {
    let rules: [(&str, names::NameRule, u32); 2] = [("forZones", names::label_value, 0), ("forNodes", names::subdomain, NODE_HINTS)];
    for (list, rule, since) in rules {
        let list = hints.field(list);
        if errors.minor < since {
            return;
        }
        if list.len() > MAX_HINTS {
            errors.push(list.too_many(list.len(), MAX_HINTS));
            return;
        }
        let mut seen = Vec::new();
        for hint in list.items() {
            let name = hint.field("name");
            if seen.contains(&name.text()) {
                errors.push(name.duplicate());
            }
            seen.push(name.text());
            errors.invalid(&name, rule(name.text()), Concern::Label);
        }
    }
}
