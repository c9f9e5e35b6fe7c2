//! Addresses and networks: `library/ip.go`, `library/cidr.go`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use chartwright_go::netip;
use chartwright_go::quote::quoted;

use super::super::value::Value;
use super::super::{Budget, Outcome, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    global("ip", "s", |_, values| read(values, |text| address(text).map(Value::Ip))),
    global("isIP", "s", |_, values| read(values, |text| Ok(Value::Bool(address(text).is_ok())))),
    global("ip.isCanonical", "s", |_, values| read(values, |text| address(text).map(|ip| Value::Bool(ip.to_string() == text)))),
    member("family", "I", |_, values| of(values, |ip| Value::Int(if ip.is_ipv4() { 4 } else { 6 }))),
    member("isUnspecified", "I", |_, values| of(values, |ip| Value::Bool(ip.is_unspecified()))),
    member("isLoopback", "I", |_, values| of(values, |ip| Value::Bool(ip.is_loopback()))),
    member("isLinkLocalMulticast", "I", |_, values| of(values, |ip| Value::Bool(is_link_local_multicast(ip)))),
    member("isLinkLocalUnicast", "I", |_, values| of(values, |ip| Value::Bool(is_link_local(ip)))),
    member("isGlobalUnicast", "I", |_, values| of(values, |ip| Value::Bool(is_global(ip)))),
    global("cidr", "s", |_, values| read(values, |text| network(text).map(|(ip, bits)| Value::Cidr(ip, bits)).map_err(twice))),
    global("isCIDR", "s", |_, values| read(values, |text| Ok(Value::Bool(network(text).is_ok())))),
    member("containsIP", "CI", contains),
    member("containsIP", "Cs", contains),
    member("containsCIDR", "CC", contains),
    member("containsCIDR", "Cs", contains_network),
    member("ip", "C", |_, values| match values {
        [Value::Cidr(ip, _)] => Ok(Value::Ip(*ip)),
        _ => super::misfit(),
    }),
    member("prefixLength", "C", |_, values| match values {
        [Value::Cidr(_, bits)] => Ok(Value::Int(i64::from(*bits))),
        _ => super::misfit(),
    }),
    member("masked", "C", |_, values| match values {
        [Value::Cidr(ip, bits)] => Ok(Value::Cidr(masked(*ip, *bits), *bits)),
        _ => super::misfit(),
    }),
];

fn read(values: &[Value], how: impl FnOnce(&str) -> Result<Value, String>) -> Outcome {
    let [Value::Text(text)] = values else { return super::misfit() };
    how(text).map_or_else(error, Ok)
}

fn of(values: &[Value], what: fn(IpAddr) -> Value) -> Outcome {
    let [Value::Ip(ip)] = values else { return super::misfit() };
    Ok(what(*ip))
}

/// What an error of reading a network begins with, whoever hands it on.
const PARSING: &str = "network address parse error during conversion from string: ";

fn twice(text: String) -> String {
    format!("{PARSING}{text}")
}

fn is_mapped(ip: IpAddr) -> bool {
    matches!(ip, IpAddr::V6(ip) if ip.to_ipv4_mapped().is_some())
}

fn address(text: &str) -> Result<IpAddr, String> {
    let shown = || quoted(text.as_bytes());
    let address = netip::parse(text).map_err(|why| format!("IP Address {} parse error during conversion from string: {why}", shown()))?;
    if address.zone.is_some() {
        return Err(format!("IP address {} with zone value is not allowed", shown()));
    }
    if is_mapped(address.ip) {
        return Err(format!("IPv4-mapped IPv6 address {} is not allowed", shown()));
    }
    Ok(address.ip)
}

fn network(text: &str) -> Result<(IpAddr, u8), String> {
    let (ip, bits) = netip::parse_prefix(text).map_err(twice)?;
    if is_mapped(ip) {
        return Err(format!("IPv4-mapped IPv6 address {} is not allowed", quoted(text.as_bytes())));
    }
    Ok((ip, bits))
}

fn masked(ip: IpAddr, bits: u8) -> IpAddr {
    let bits = u32::from(bits);
    match ip {
        IpAddr::V4(four) => Ipv4Addr::from(u32::from(four) & u32::MAX.checked_shl(32_u32.saturating_sub(bits)).unwrap_or(0)).into(),
        IpAddr::V6(six) => Ipv6Addr::from(u128::from(six) & u128::MAX.checked_shl(128_u32.saturating_sub(bits)).unwrap_or(0)).into(),
    }
}

fn contains(_: &mut Budget, values: &[Value]) -> Outcome {
    let (ip, bits, other) = match values {
        [Value::Cidr(ip, bits), Value::Ip(other)] => (ip, bits, *other),
        [Value::Cidr(ip, bits), Value::Text(text)] => match address(text) {
            Ok(other) => (ip, bits, other),
            // The address's own error gets lost there.
            Err(_) => return super::misfit(),
        },
        [Value::Cidr(ip, bits), Value::Cidr(other, others)] => {
            let is_within = bits <= others && ip.is_ipv4() == other.is_ipv4() && masked(*other, *bits) == masked(*ip, *bits);
            return Ok(Value::Bool(is_within));
        }
        _ => return super::misfit(),
    };
    Ok(Value::Bool(ip.is_ipv4() == other.is_ipv4() && masked(other, *bits) == masked(*ip, *bits)))
}

fn contains_network(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [own, Value::Text(text)] = values else { return super::misfit() };
    match network(text) {
        Ok((ip, bits)) => contains(budget, &[own.clone(), Value::Cidr(ip, bits)]),
        Err(why) => error(twice(why)),
    }
}

fn is_link_local_multicast(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => matches!(ip.octets(), [224, 0, 0, _]),
        IpAddr::V6(ip) => ip.segments()[0] & 0xff0f == 0xff02,
    }
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.segments()[0] & 0xffc0 == 0xfe80,
    }
}

fn is_global(ip: IpAddr) -> bool {
    let is_broadcast = matches!(ip, IpAddr::V4(ip) if ip.is_broadcast());
    !is_broadcast && !ip.is_unspecified() && !ip.is_loopback() && !ip.is_multicast() && !is_link_local(ip)
}
