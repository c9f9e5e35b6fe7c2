//! Documents that a values schema refers to: files are read, as Helm does. The network is only asked for the host's address, so that
//! where there is none (a CI job, a sandbox) the error is the one that Helm gives there; nothing is fetched.

use crate::load::os_error;
use chartwright_go::quote::quoted;
use chartwright_go::url::Url;
use std::io::ErrorKind;
use std::net::{Ipv6Addr, ToSocketAddrs, UdpSocket};

/// The document at a URL.
///
/// # Errors
/// Go's text for what cannot be opened.
pub(crate) fn load(url: &str) -> Result<Vec<u8>, String> {
    let parsed = Url::parse(url.as_bytes())?;
    if parsed.scheme != b"file" {
        return Err(unreached(url, &String::from_utf8_lossy(parsed.hostname())));
    }
    let path = String::from_utf8_lossy(&parsed.path).into_owned();
    std::fs::read(&path).map_err(|error| os_error(if error.kind() == ErrorKind::IsADirectory { "read" } else { "open" }, &path, &error))
}

/// Why nothing comes from a URL (`pkg/chart/common/util/jsonschema.go`, Go's `net`).
fn unreached(url: &str, host: &str) -> String {
    if (host, 443).to_socket_addrs().is_ok() {
        return "chartwright fetches nothing".to_owned();
    }
    let configured = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let server = configured.lines().find_map(|line| line.strip_prefix("nameserver")).map_or("127.0.0.1", str::trim);
    let server = if server.parse::<Ipv6Addr>().is_ok() { format!("[{server}]:53") } else { format!("{server}:53") };
    let way = UdpSocket::bind(if server.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" }).and_then(|socket| socket.connect(&server));
    let reason = match way {
        Err(error) if error.kind() == ErrorKind::NetworkUnreachable => format!("dial udp {server}: connect: network is unreachable"),
        _ => "no such host".to_owned(),
    };
    format!("HTTP request failed for {url}: Get {}: dial tcp: lookup {host} on {server}: {reason}", quoted(url.as_bytes()))
}
