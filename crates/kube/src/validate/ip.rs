//! IP addresses and networks: `k8s.io/apimachinery/pkg/util/validation/ip.go`, and what endpoints may be
//! (`ValidateEndpointIP` of the core group).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::field::{Errors, Field, shown_text};

/// From here on what other software may read differently is refused (`StrictIPCIDRValidation`).
const STRICT: u32 = 36;

/// An address as Go's older parser reads it, and whether only that one does: it ignores zeros before numbers.
fn parse(text: &str) -> Option<(IpAddr, bool)> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some((address, false));
    }
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() != 4 || !parts.iter().all(is_number) {
        return None;
    }
    let mut octets = [0_u8; 4];
    for (octet, part) in octets.iter_mut().zip(&parts) {
        *octet = part
            .trim_start_matches('0')
            .parse()
            .or_else(|error| if part.bytes().all(|byte| byte == b'0') { Ok(0) } else { Err(error) })
            .ok()?;
    }
    Some((IpAddr::V4(Ipv4Addr::from(octets)), true))
}

fn is_mapped(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}

/// An address without the form of an IPv4-mapped one, as Go's `net.IP` holds it.
fn unmapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// Whether a text is an IPv6 address (`IsIPv6String`); nothing where it is none at all.
#[must_use]
pub fn is_v6(text: &str) -> Option<bool> {
    parse(text).map(|(address, _)| matches!(unmapped(address), IpAddr::V6(_)))
}

/// Whether a text is an IPv6 network; nothing where it is none at all.
#[must_use]
pub fn is_v6_network(text: &str) -> Option<bool> {
    Network::parse(text).map(|network| matches!(network.address, IpAddr::V6(_)))
}

/// What is wrong with an address of a field that was there before strictness came: messages; nothing where all is well.
#[must_use]
pub fn legacy(text: &str, minor: u32) -> Vec<String> {
    checked(text, minor >= STRICT).1
}

fn checked(text: &str, strict: bool) -> (Option<IpAddr>, Vec<String>) {
    let Some((address, sloppy)) = parse(text) else {
        return (None, vec!["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)".to_owned()]);
    };
    let mut found = Vec::new();
    if strict && sloppy {
        found.push("must not have leading 0s".to_owned());
    }
    if strict && is_mapped(address) {
        found.push("must not be an IPv4-mapped IPv6 address".to_owned());
    }
    (Some(address), found)
}

/// What is wrong with an address of a newer field, which has to be canonical (`IsValidIP`).
#[must_use]
pub fn canonical(text: &str) -> Vec<String> {
    let (address, mut found) = checked(text, true);
    if let Some(address) = address.filter(|_| found.is_empty()) {
        let wanted = address.to_string();
        if wanted != text {
            found.push(format!("must be in canonical form ({})", shown_text(&wanted)));
        }
    }
    found
}

/// A network, as it is written.
struct Network {
    address: IpAddr,
    length: u32,
    /// Whether numbers have zeros before them.
    sloppy: bool,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let (address, sloppy) = parse(address)?;
        if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let padded = length.len() > 1 && length.starts_with('0');
        let length = length.parse().ok().filter(|length| *length <= bits)?;
        Some(Self { address, length, sloppy: sloppy || padded })
    }

    /// The address without the bits beyond the prefix.
    fn masked(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(four) => IpAddr::V4(Ipv4Addr::from(u32::from(four) & u32::MAX.checked_shl(32 - self.length).unwrap_or(0))),
            IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from(u128::from(six) & u128::MAX.checked_shl(128 - self.length).unwrap_or(0))),
        }
    }
}

/// What is wrong with a network of a field that was there before strictness came (`IsValidCIDRForLegacyField`).
#[must_use]
pub fn legacy_network(text: &str, minor: u32) -> Vec<String> {
    checked_network(text, minor >= STRICT).1
}

fn checked_network(text: &str, strict: bool) -> (Option<Network>, Vec<String>) {
    let Some(network) = Network::parse(text) else {
        return (None, vec!["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)".to_owned()]);
    };
    let fault = if !strict {
        None
    } else if network.sloppy {
        Some("must not have leading 0s in IP or prefix length")
    } else if is_mapped(network.address) {
        Some("must not have an IPv4-mapped IPv6 address")
    } else if network.masked() != network.address {
        Some("must not have bits set beyond the prefix length")
    } else {
        None
    };
    let found = fault.map(str::to_owned).into_iter().collect();
    (Some(network), found)
}

/// Whether a network holds all of another and more; nothing where one of them is none.
#[must_use]
pub fn is_strict_subset(part: &str, whole: &str) -> Option<bool> {
    let (part, whole) = (Network::parse(part)?, Network::parse(whole)?);
    let shared = Network { length: whole.length.min(part.length), ..part };
    let is_same_family = shared.address.is_ipv4() == whole.address.is_ipv4();
    Some(is_same_family && whole.length < part.length && shared.masked() == whole.masked())
}

/// What is wrong with a network of a newer field, which has to be canonical (`IsValidCIDR`).
#[must_use]
pub fn canonical_network(text: &str) -> Vec<String> {
    let (network, mut found) = checked_network(text, true);
    if let Some(network) = network.filter(|_| found.is_empty()) {
        let wanted = format!("{}/{}", network.masked(), network.length);
        if wanted != text {
            found.push(format!("must be in canonical form ({})", shown_text(&wanted)));
        }
    }
    found
}

/// `ValidateEndpointIP`: addresses that no endpoint can have.
pub fn endpoint(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    let shown = shown_text(text);
    let Some((address, _)) = parse(text) else {
        errors.push(field.invalid_value(&shown, "must be a valid IP address"));
        return;
    };
    let (is_local, is_local_multicast) = match unmapped(address) {
        IpAddr::V4(four) => (four.is_link_local(), four.octets()[..3] == [224, 0, 0]),
        IpAddr::V6(six) => (six.segments()[0] & 0xffc0 == 0xfe80, six.segments()[0] & 0xff0f == 0xff02),
    };
    let address = unmapped(address);
    if address.is_unspecified() {
        errors.push(field.invalid_value(&shown, &format!("may not be unspecified ({text})")));
    }
    if address.is_loopback() {
        errors.push(field.invalid_value(&shown, "may not be in the loopback range (127.0.0.0/8, ::1/128)"));
    }
    if is_local {
        errors.push(field.invalid_value(&shown, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"));
    }
    if is_local_multicast {
        errors.push(field.invalid_value(&shown, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks_as_kubernetes_reads_them() {
        for (text, old, new) in [
            ("10.0.0.1", 0, 0),
            ("010.0.0.1", 0, 1),
            ("10.0.0", 1, 1),
            ("::ffff:10.0.0.1", 0, 1),
            ("2001:db8::1", 0, 0),
            ("256.0.0.1", 1, 1),
            ("fe80::1%eth0", 1, 1),
        ] {
            assert_eq!((legacy(text, 35).len(), legacy(text, 36).len()), (old, new), "{text}");
        }
        for (text, old, new) in [
            ("10.0.0.0/8", 0, 0),
            ("10.0.0.1/8", 0, 1),
            ("10.0.0.0/08", 0, 1),
            ("10.0.0.0/33", 1, 1),
            ("0.0.0.0/0", 0, 0),
            ("::/0", 0, 0),
            ("2001:db8::/64", 0, 0),
            ("10.0.0.0", 1, 1),
        ] {
            assert_eq!((legacy_network(text, 35).len(), legacy_network(text, 36).len()), (old, new), "{text}");
        }
        for (part, whole, is_part) in [
            ("10.1.0.0/16", "10.0.0.0/8", Some(true)),
            ("10.0.0.0/8", "10.0.0.0/8", Some(false)),
            ("11.1.0.0/16", "10.0.0.0/8", Some(false)),
            ("2001:db8::/64", "0.0.0.0/0", Some(false)),
            ("::/1", "::/0", Some(true)),
            ("10.0.0.0/8", "x", None),
        ] {
            assert_eq!(is_strict_subset(part, whole), is_part, "{part} in {whole}");
        }
        assert_eq!(canonical("2001:DB8::1"), ["must be in canonical form (\"2001:db8::1\")"]);
        assert!(canonical_network("10.0.0.0/8").is_empty());
    }
}
