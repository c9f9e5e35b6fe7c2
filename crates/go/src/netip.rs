//! Go's `net/netip`: reading addresses and networks, with its errors. Source: `net/netip/netip.go`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::quote::quoted;

/// An address, and its zone where one is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address. One of IPv4 within IPv6 is one of IPv6.
    pub ip: IpAddr,
    /// What stands after `%`.
    pub zone: Option<String>,
}

/// What is wrong, and what is left where it is met.
struct Failure<'t>(&'static str, &'t str);

/// `netip.ParseAddr`.
///
/// # Errors
/// Go's text, `ParseAddr("x"): unable to parse IP`.
pub fn parse(text: &str) -> Result<Address, String> {
    let read = match text.bytes().find(|byte| matches!(byte, b'.' | b':' | b'%')) {
        Some(b'.') => four(text).map(|octets| Address { ip: Ipv4Addr::from(octets).into(), zone: None }),
        Some(b':') => six(text),
        Some(_) => Err(Failure("missing IPv6 address", "")),
        None => Err(Failure("unable to parse IP", "")),
    };
    read.map_err(|Failure(message, at)| {
        let place = if at.is_empty() { String::new() } else { format!(" (at {})", quoted(at.as_bytes())) };
        format!("ParseAddr({}): {message}{place}", quoted(text.as_bytes()))
    })
}

/// `netip.ParsePrefix`: an address and the length of its prefix.
///
/// # Errors
/// Go's text, `netip.ParsePrefix("x"): no '/'`.
pub fn parse_prefix(text: &str) -> Result<(IpAddr, u8), String> {
    let failed = |message: String| Err(format!("netip.ParsePrefix({}): {message}", quoted(text.as_bytes())));
    let Some((address, bits)) = text.rsplit_once('/') else { return failed("no '/'".to_owned()) };
    let Address { ip, zone } = match parse(address) {
        Ok(address) => address,
        Err(error) => return failed(error),
    };
    if zone.is_some() {
        return failed("IPv6 zones cannot be present in a prefix".to_owned());
    }
    let is_padded = bits.len() > 1 && !bits.starts_with(|first: char| ('1'..='9').contains(&first));
    if is_padded || bits.is_empty() || bits.len() > 18 || !bits.bytes().all(|byte| byte.is_ascii_digit()) {
        return failed(format!("bad bits after slash: {}", quoted(bits.as_bytes())));
    }
    let most = if ip.is_ipv4() { 32 } else { 128 };
    match bits.parse::<u8>() {
        Ok(length) if length <= most => Ok((ip, length)),
        _ => failed("prefix length out of range".to_owned()),
    }
}

/// Four numbers with dots between them.
fn four(text: &str) -> Result<[u8; 4], Failure<'_>> {
    let mut fields = [0_u8; 4];
    let (mut place, mut value, mut digits) = (0, 0_u32, 0);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let rest = text.get(at..).unwrap_or_default();
        match byte {
            b'0'..=b'9' => {
                if digits == 1 && value == 0 {
                    return Err(Failure("IPv4 field has octet with leading zero", ""));
                }
                value = value * 10 + u32::from(byte - b'0');
                digits += 1;
                if value > 255 {
                    return Err(Failure("IPv4 field has value >255", ""));
                }
            }
            b'.' => {
                if digits == 0 || at == bytes.len() - 1 {
                    return Err(Failure("IPv4 field must have at least one digit", rest));
                }
                if place == 3 {
                    return Err(Failure("IPv4 address too long", ""));
                }
                fields[place] = value as u8;
                place += 1;
                (value, digits) = (0, 0);
            }
            _ => return Err(Failure("unexpected character", rest)),
        }
    }
    if place < 3 {
        return Err(Failure("IPv4 address too short", ""));
    }
    fields[3] = value as u8;
    Ok(fields)
}

fn six(text: &str) -> Result<Address, Failure<'_>> {
    let (mut rest, zone) = match text.split_once('%') {
        Some((_, "")) => return Err(Failure("zone must be a non-empty string", "")),
        Some((address, zone)) => (address, Some(zone.to_owned())),
        None => (text, None),
    };
    let mut octets = [0_u8; 16];
    let mut ellipsis = None;
    let mut count = 0;
    if let Some(after) = rest.strip_prefix("::") {
        ellipsis = Some(0);
        rest = after;
        if rest.is_empty() {
            return Ok(Address { ip: Ipv6Addr::UNSPECIFIED.into(), zone });
        }
    }
    while count < 16 {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        if digits > 4 {
            return Err(Failure("each group must have 4 or less digits", rest));
        }
        if digits == 0 {
            return Err(Failure("each colon-separated field must have at least one digit", rest));
        }
        let (group, after) = rest.split_at(digits);
        if after.starts_with('.') {
            if ellipsis.is_none() && count != 12 {
                return Err(Failure("embedded IPv4 address must replace the final 2 fields of the address", rest));
            }
            if count + 4 > 16 {
                return Err(Failure("too many hex fields to fit an embedded IPv4 at the end of the address", rest));
            }
            octets[count..count + 4].copy_from_slice(&four(rest)?);
            rest = "";
            count += 4;
            break;
        }
        let group = u16::from_str_radix(group, 16).unwrap_or_default();
        octets[count..count + 2].copy_from_slice(&group.to_be_bytes());
        count += 2;
        rest = after;
        if rest.is_empty() {
            break;
        }
        let Some(after) = rest.strip_prefix(':') else {
            return Err(Failure("unexpected character, want colon", rest));
        };
        if after.is_empty() {
            return Err(Failure("colon must be followed by more characters", rest));
        }
        rest = after;
        if let Some(after) = rest.strip_prefix(':') {
            if ellipsis.is_some() {
                return Err(Failure("multiple :: in address", rest));
            }
            ellipsis = Some(count);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
    }
    if !rest.is_empty() {
        return Err(Failure("trailing garbage after address", rest));
    }
    match ellipsis {
        None if count < 16 => return Err(Failure("address string too short", "")),
        Some(at) if count < 16 => {
            octets.copy_within(at..count, 16 - (count - at));
            octets[at..16 - (count - at)].fill(0);
        }
        Some(_) => return Err(Failure("the :: must expand to at least one field of zeros", "")),
        None => {}
    }
    Ok(Address { ip: Ipv6Addr::from(octets).into(), zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = parse(text).map_or_else(|error| error, |address| address.ip.to_string());
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses() {
        check("127.0.0.1", "127.0.0.1");
        check("2001:DB8::0:0:1", "2001:db8::1");
        check("::", "::");
        check("1::", "1::");
        check("::1:2", "::1:2");
        check("64:ff9b::10.0.0.1", "64:ff9b::a00:1");
        check("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8");
        assert_eq!(parse("fe80::1%eth0").map(|address| address.zone), Ok(Some("eth0".to_owned())));
    }

    #[test]
    fn errors() {
        check("x", "ParseAddr(\"x\"): unable to parse IP");
        check("1.2.3.256", "ParseAddr(\"1.2.3.256\"): IPv4 field has value >255");
        check("1.2.3", "ParseAddr(\"1.2.3\"): IPv4 address too short");
        check("1.2.3.4.5", "ParseAddr(\"1.2.3.4.5\"): IPv4 address too long");
        check("1..2.3", "ParseAddr(\"1..2.3\"): IPv4 field must have at least one digit (at \".2.3\")");
        check("1.02.3.4", "ParseAddr(\"1.02.3.4\"): IPv4 field has octet with leading zero");
        check(":::1", "ParseAddr(\":::1\"): each colon-separated field must have at least one digit (at \":1\")");
        check("1::2::3", "ParseAddr(\"1::2::3\"): multiple :: in address (at \":3\")");
        check("1:2", "ParseAddr(\"1:2\"): address string too short");
        check("%a", "ParseAddr(\"%a\"): missing IPv6 address");
    }

    #[test]
    fn prefixes() {
        let found = |text| parse_prefix(text).map_or_else(|error| error, |(ip, bits)| format!("{ip}/{bits}"));
        assert_eq!(found("10.0.0.1/8"), "10.0.0.1/8");
        assert_eq!(found("10.0.0.1"), "netip.ParsePrefix(\"10.0.0.1\"): no '/'");
        assert_eq!(found("10.0.0.1/33"), "netip.ParsePrefix(\"10.0.0.1/33\"): prefix length out of range");
        assert_eq!(found("10.0.0.1/08"), "netip.ParsePrefix(\"10.0.0.1/08\"): bad bits after slash: \"08\"");
        assert_eq!(found("::1/129"), "netip.ParsePrefix(\"::1/129\"): prefix length out of range");
    }
}
