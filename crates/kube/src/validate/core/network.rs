//! What a pod says of names and networks.

use super::paths::any_name;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{ip, names};

/// `validatePodHostNetworkDeps`: in the host's network a container's port is the host's.
pub(super) fn host_ports(spec: &Field<'_, '_>, errors: &mut Errors) {
    if !spec.field("hostNetwork").is_on() {
        return;
    }
    for container in spec.field("containers").items() {
        for port in container.field("ports").items() {
            let host = port.field("hostPort");
            if host.int().is_some_and(|number| number != 0 && Some(number) != port.field("containerPort").int()) {
                errors.push(host.invalid("must match `containerPort` when `hostNetwork` is true").about(Concern::Port));
            }
        }
    }
}

const MOST_SERVERS: usize = 3;
const MOST_SEARCHES: usize = 32;
const SEARCHES_LENGTH: usize = 2048;

/// `validatePodDNSConfig`.
pub(super) fn dns(spec: &Field<'_, '_>, errors: &mut Errors) {
    let config = spec.field("dnsConfig");
    let servers = config.field("nameservers");
    if spec.field("dnsPolicy").text() == "None" {
        if !config.is_set() {
            errors.push(config.required("must provide `dnsConfig` when `dnsPolicy` is None"));
            return;
        }
        if servers.is_empty() {
            errors.push(servers.required("must provide at least one DNS nameserver when `dnsPolicy` is None"));
            return;
        }
    }
    if servers.len() > MOST_SERVERS {
        errors.push(servers.invalid(&format!("must not have more than {MOST_SERVERS} nameservers")));
    }
    for server in servers.items() {
        address(&server, errors);
    }
    let searches = config.field("searches");
    if searches.len() > MOST_SEARCHES {
        errors.push(searches.invalid(&format!("must not have more than {MOST_SEARCHES} search paths")));
    }
    let length = searches.items().map(|search| search.text().len() + 1).sum::<usize>();
    if length > SEARCHES_LENGTH + 1 {
        errors
            .push(searches.invalid(&format!("must not have more than {SEARCHES_LENGTH} characters (including spaces) in the search list")));
    }
    for search in searches.items().filter(|search| search.text() != ".") {
        let text = search.text().strip_suffix('.').unwrap_or(search.text());
        for message in names::subdomain_with_underscore(text) {
            errors.push(search.invalid_value(&shown_text(text), &message));
        }
    }
    for option in config.field("options").items() {
        if option.field("name").text().is_empty() {
            errors.push(option.required("must not be empty"));
        }
    }
}

fn address(address: &Field<'_, '_>, errors: &mut Errors) {
    for message in ip::legacy(address.text(), errors.minor) {
        errors.push(address.invalid_value(&shown_text(address.text()), &message));
    }
}

/// `ValidateHostAliases`.
pub(super) fn host_aliases(aliases: &Field<'_, '_>, errors: &mut Errors) {
    for alias in aliases.items() {
        address(&alias.field("ip"), errors);
        for name in alias.field("hostnames").items() {
            any_name(&name, names::subdomain, errors);
        }
    }
}

/// From here on a pod's hostname may be set outright (`HostnameOverride`).
const HOSTNAME: u32 = 35;
const HOSTNAME_LENGTH: usize = 64;

/// `validatePodHostName`.
pub(super) fn hostname(spec: &Field<'_, '_>, errors: &mut Errors) {
    let name = spec.field("hostnameOverride");
    if !name.is_set() || errors.minor < HOSTNAME {
        return;
    }
    if spec.field("setHostnameAsFQDN").is_on() {
        errors.push(name.forbidden("may not be specified when setHostnameAsFQDN is true"));
    }
    if spec.field("hostNetwork").is_on() {
        errors.push(name.forbidden("may not be specified when hostNetwork is true"));
    }
    if name.text().len() > HOSTNAME_LENGTH {
        errors.push(name.too_long(HOSTNAME_LENGTH));
    }
    any_name(&name, names::subdomain, errors);
}
