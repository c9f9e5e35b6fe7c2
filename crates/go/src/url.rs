//! Go's `net/url`: reading and writing URLs, errors included. Nothing is resolved or fetched.

mod reference;

use crate::quote;
use std::net::Ipv6Addr;

/// A URL in its parts, unescaped. Source: `net/url/url.go`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// `https`, in lower case.
    pub scheme: Vec<u8>,
    /// What follows the scheme if it is not a slash.
    pub opaque: Vec<u8>,
    /// User and password.
    pub user: Option<User>,
    /// Host and port.
    pub host: Vec<u8>,
    /// The path.
    pub path: Vec<u8>,
    /// The path as it was written, where writing it anew would give another.
    pub raw_path: Vec<u8>,
    /// Whether there is no authority at all, as in `mailto:/x`.
    pub omit_host: bool,
    /// Whether there is a question mark without a query.
    pub force_query: bool,
    /// The query, still escaped.
    pub query: Vec<u8>,
    /// The fragment.
    pub fragment: Vec<u8>,
    /// The fragment as it was written, where writing it anew would give another.
    pub raw_fragment: Vec<u8>,
}

/// A user, and a password if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: Vec<u8>,
    /// The password.
    pub password: Option<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Path,
    Segment,
    User,
    Host,
    Zone,
    Fragment,
}

fn must_escape(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
        return false;
    }
    let allowed: &[u8] = match part {
        Part::Path => b"$&+,/:;=@",
        Part::Segment => b"$&+:=@",
        Part::User => b"$&+,;=",
        Part::Fragment => b"$&+,/:;=?@!()*",
        Part::Host | Part::Zone => b"!$&'()*+,;=:[]<>\"",
    };
    !allowed.contains(&byte)
}

fn escape(text: &[u8], part: Part) -> Vec<u8> {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        if must_escape(byte, part) {
            out.extend_from_slice(&[b'%', HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]);
        } else {
            out.push(byte);
        }
    }
    out
}

fn unescape(text: &[u8], part: Part) -> Result<Vec<u8>, String> {
    let invalid = |shown: &[u8]| format!("invalid URL escape {}", quote::quoted(shown));
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| (byte as char).to_digit(16)).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        if byte != b'%' {
            if matches!(part, Part::Host | Part::Zone) && byte < 0x80 && must_escape(byte, part) {
                return Err(format!("invalid character {} in host name", quote::quoted(&[byte])));
            }
            out.push(byte);
            at += 1;
            continue;
        }
        let shown = &text[at..text.len().min(at + 3)];
        let (Some(high), Some(low)) = (digit(text.get(at + 1)), digit(text.get(at + 2))) else {
            return Err(invalid(shown));
        };
        let value = high << 4 | low;
        // A host may escape only what is not ASCII, a zone only what a host may not hold.
        let forbidden = match part {
            Part::Host => high < 8 && shown != b"%25",
            Part::Zone => shown != b"%25" && value != b' ' && must_escape(value, Part::Host),
            _ => false,
        };
        if forbidden {
            return Err(invalid(shown));
        }
        out.push(value);
        at += 3;
    }
    Ok(out)
}

/// `url.PathUnescape`.
///
/// # Errors
/// Go's text for an escape that is none.
pub fn path_unescape(text: &[u8]) -> Result<Vec<u8>, String> {
    unescape(text, Part::Segment)
}

/// `url.PathEscape`: a text as one segment of a path.
pub fn path_escape(text: &[u8]) -> Vec<u8> {
    escape(text, Part::Segment)
}

/// What stands before and after a byte's first place.
fn cut(text: &[u8], byte: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|&b| b == byte) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

impl Url {
    /// `url.Parse`.
    ///
    /// # Errors
    /// Go's text, `parse "…": …`.
    pub fn parse(text: &[u8]) -> Result<Url, String> {
        let failed = |shown: &[u8], error: String| format!("parse {}: {error}", quote::quoted(shown));
        let (before, fragment) = cut(text, b'#');
        let mut url = Url::default();
        url.read(before, false).map_err(|error| failed(before, error))?;
        if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
            url.fragment = unescape(fragment, Part::Fragment).map_err(|error| failed(text, error))?;
            if escape(&url.fragment, Part::Fragment) != fragment {
                url.raw_fragment = fragment.to_vec();
            }
        }
        Ok(url)
    }

    /// `url.ParseRequestURI`: as it stands in an HTTP request, absolute and without a fragment.
    ///
    /// # Errors
    /// Go's text, `parse "…": …`.
    pub fn parse_request(text: &[u8]) -> Result<Url, String> {
        let mut url = Url::default();
        let read = if text.is_empty() { Err("empty url".to_owned()) } else { url.read(text, true) };
        read.map(|()| url).map_err(|error| format!("parse {}: {error}", quote::quoted(text)))
    }

    fn read(&mut self, text: &[u8], is_request: bool) -> Result<(), String> {
        if text.iter().any(|&byte| byte < b' ' || byte == 0x7F) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        if text == b"*" {
            self.path = text.to_vec();
            return Ok(());
        }
        let (scheme, mut rest) = scheme(text)?;
        self.scheme = scheme.to_ascii_lowercase();
        if rest.ends_with(b"?") && rest.iter().filter(|&&byte| byte == b'?').count() == 1 {
            self.force_query = true;
            rest = &rest[..rest.len() - 1];
        } else {
            let (path, query) = cut(rest, b'?');
            rest = path;
            self.query = query.unwrap_or_default().to_vec();
        }
        if !rest.starts_with(b"/") {
            if !self.scheme.is_empty() {
                self.opaque = rest.to_vec();
                return Ok(());
            }
            if is_request {
                return Err("invalid URI for request".to_owned());
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        if rest.starts_with(b"//") && (!self.scheme.is_empty() || !is_request && !rest.starts_with(b"///")) {
            let authority = &rest[2..];
            let end = authority.iter().position(|&byte| byte == b'/').unwrap_or(authority.len());
            self.authority(&authority[..end])?;
            rest = &authority[end..];
        } else if !self.scheme.is_empty() && rest.starts_with(b"/") {
            self.omit_host = true;
        }
        self.set_path(rest)
    }

    fn set_path(&mut self, path: &[u8]) -> Result<(), String> {
        self.path = unescape(path, Part::Path)?;
        if escape(&self.path, Part::Path) != path {
            self.raw_path = path.to_vec();
        }
        Ok(())
    }

    fn authority(&mut self, text: &[u8]) -> Result<(), String> {
        let at = text.iter().rposition(|&byte| byte == b'@');
        self.host = host(&self.scheme, &text[at.map_or(0, |at| at + 1)..])?;
        let Some(info) = at.map(|at| &text[..at]) else {
            return Ok(());
        };
        if !info.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(byte)) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        let (name, password) = cut(info, b':');
        let name = unescape(name, Part::User)?;
        let password = password.map(|password| unescape(password, Part::User)).transpose()?;
        self.user = Some(User { name, password });
        Ok(())
    }

    /// `URL.Hostname`: without port and brackets.
    pub fn hostname(&self) -> &[u8] {
        let mut host = &self.host[..];
        if let Some(colon) = host.iter().rposition(|&byte| byte == b':')
            && is_port(&host[colon..])
        {
            host = &host[..colon];
        }
        host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]")).unwrap_or(host)
    }

    /// `URL.Port`: without its colon; empty where there is none.
    pub fn port(&self) -> &[u8] {
        match self.host.iter().rposition(|&byte| byte == b':') {
            Some(colon) if is_port(&self.host[colon..]) => &self.host[colon + 1..],
            _ => b"",
        }
    }

    /// `URL.EscapedPath`.
    pub fn escaped_path(&self) -> Vec<u8> {
        escaped(&self.path, &self.raw_path, Part::Path)
    }

    /// `URL.Query`: keys and values in the order in which they stand there. What cannot be read is left out.
    pub fn query_pairs(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let read = |text: &[u8]| {
            let spaced: Vec<u8> = text.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
            path_unescape(&spaced).ok()
        };
        let parts = self.query.split(|&byte| byte == b'&').filter(|part| !part.is_empty() && !part.contains(&b';'));
        let pair = |part| {
            let (key, value) = cut(part, b'=');
            Some((read(key)?, read(value.unwrap_or_default())?))
        };
        parts.filter_map(pair).collect()
    }

    /// `URL.String`.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if !self.scheme.is_empty() {
            out.extend_from_slice(&self.scheme);
            out.push(b':');
        }
        if !self.opaque.is_empty() {
            out.extend_from_slice(&self.opaque);
        } else {
            let named = !self.host.is_empty() || self.user.is_some();
            if (named || !self.scheme.is_empty()) && (named || !self.omit_host) {
                if named || !self.path.is_empty() {
                    out.extend_from_slice(b"//");
                }
                if let Some(user) = &self.user {
                    out.extend_from_slice(&user.write());
                    out.push(b'@');
                }
                out.extend_from_slice(&escape(&self.host, Part::Host));
            }
            let path = escaped(&self.path, &self.raw_path, Part::Path);
            if !path.is_empty() && path[0] != b'/' && !self.host.is_empty() {
                out.push(b'/');
            }
            if out.is_empty() && cut(&path, b'/').0.contains(&b':') {
                out.extend_from_slice(b"./");
            }
            out.extend_from_slice(&path);
        }
        if self.force_query || !self.query.is_empty() {
            out.push(b'?');
            out.extend_from_slice(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push(b'#');
            out.extend_from_slice(&escaped(&self.fragment, &self.raw_fragment, Part::Fragment));
        }
        out
    }
}

impl User {
    /// `Userinfo.String`.
    pub fn write(&self) -> Vec<u8> {
        let mut out = escape(&self.name, Part::User);
        if let Some(password) = &self.password {
            out.push(b':');
            out.extend_from_slice(&escape(password, Part::User));
        }
        out
    }
}

/// A part as it was written if that still fits, or escaped anew. Source: `URL.EscapedPath`.
fn escaped(text: &[u8], raw: &[u8], part: Part) -> Vec<u8> {
    let valid = |byte: &u8| b"!$&'()*+,;=:@[]%".contains(byte) || !must_escape(*byte, part);
    if !raw.is_empty() && raw.iter().all(valid) && unescape(raw, part).is_ok_and(|read| read == text) {
        return raw.to_vec();
    }
    if part == Part::Path && text == b"*" { text.to_vec() } else { escape(text, part) }
}

fn scheme(text: &[u8]) -> Result<(&[u8], &[u8]), String> {
    for (index, &byte) in text.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..index], &text[index + 1..])),
            _ => break,
        }
    }
    Ok((b"", text))
}

fn is_port(text: &[u8]) -> bool {
    text.is_empty() || text[0] == b':' && text[1..].iter().all(u8::is_ascii_digit)
}

/// Source: `net/url/url.go`, `parseHost`.
fn host(scheme: &[u8], text: &[u8]) -> Result<Vec<u8>, String> {
    let check_port = |port: &[u8]| {
        if is_port(port) { Ok(()) } else { Err(format!("invalid port {} after host", quote::quoted(port))) }
    };
    match text.iter().rposition(|&byte| byte == b'[') {
        Some(0) => {
            let close = text.iter().rposition(|&byte| byte == b']').ok_or("missing ']' in host")?;
            let port = &text[close + 1..];
            check_port(port)?;
            let port = unescape(port, Part::Host)?;
            let name = &text[1..close];
            let zone = crate::strings::index(name, b"%25").unwrap_or(name.len());
            let address = unescape(&name[..zone], Part::Host)?;
            let shown = [&address[..], &unescape(&name[zone..], Part::Zone)?].concat();
            let parsed = std::str::from_utf8(&address).ok().and_then(|address| address.parse::<Ipv6Addr>().ok());
            if std::str::from_utf8(&address).is_ok_and(|address| address.parse::<std::net::Ipv4Addr>().is_ok()) {
                return Err("invalid IP-literal".to_owned());
            }
            if parsed.is_none() {
                return Err(format!("invalid host: ParseAddr({}): unable to parse IP", quote::quoted(&shown)));
            }
            return Ok([b"[", &shown[..], b"]", &port].concat());
        }
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // With several colons, only the web's own schemes are strict.
    let strict = scheme == b"http" || scheme == b"https";
    let colon = text.iter().position(|&byte| byte == b':');
    let last = text.iter().rposition(|&byte| byte == b':');
    if let Some(at) = if strict { colon } else { last } {
        check_port(&text[at..])?;
    }
    unescape(text, Part::Host)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of `testdata/urls.tsv`, made by Go: text, and its parts and how it is written again, or the error.
    #[test]
    fn reads_and_writes_as_go() {
        for row in include_str!("../testdata/urls.tsv").lines() {
            let (input, expected) = row.split_once('\t').unwrap();
            let input = quote::unquote(input.as_bytes()).unwrap();
            let result = match Url::parse(&input) {
                Err(error) => quote::quoted(error.as_bytes()),
                Ok(url) => {
                    let user = url.user.as_ref().map(User::write).unwrap_or_default();
                    let parts =
                        [&url.scheme, &url.host, url.hostname(), &url.path, &url.query, &url.opaque, &url.fragment, &user, &url.write()];
                    parts.map(quote::quoted).join(" ")
                }
            };
            assert_eq!(result, expected, "{row}");
        }
    }
}
