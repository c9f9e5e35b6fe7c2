//! What lies outside of the chart: files that a values schema refers to are read, as Helm does. The network is only asked for a host's
//! address, so that where there is none (a CI job, a sandbox) the error is the one that Helm gives there; nothing is fetched.

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
        return Err(format!("HTTP request failed for {url}: {}", get(url)));
    }
    let path = String::from_utf8_lossy(&parsed.path).into_owned();
    std::fs::read(&path).map_err(|error| os_error(if error.kind() == ErrorKind::IsADirectory { "read" } else { "open" }, &path, &error))
}

/// Whether a chart or a values file lies at a URL.
pub(crate) fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Why nothing comes from a URL, in the words of Go's `net/http` where its host cannot be found.
pub(crate) fn get(url: &str) -> String {
    let quoted = quoted(url.as_bytes());
    let host = match Url::parse(url.as_bytes()) {
        Ok(parsed) => String::from_utf8_lossy(parsed.hostname()).into_owned(),
        Err(error) => return error,
    };
    if (host.as_str(), 443).to_socket_addrs().is_ok() {
        return format!("Get {quoted}: nothing is fetched here");
    }
    let configured = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let server = configured.lines().find_map(|line| line.strip_prefix("nameserver")).map_or("127.0.0.1", str::trim);
    let server = if server.parse::<Ipv6Addr>().is_ok() { format!("[{server}]:53") } else { format!("{server}:53") };
    let way = UdpSocket::bind(if server.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" }).and_then(|socket| socket.connect(&server));
    let reason = match way {
        Err(error) if error.kind() == ErrorKind::NetworkUnreachable => format!("dial udp {server}: connect: network is unreachable"),
        _ => "no such host".to_owned(),
    };
    format!("Get {quoted}: dial tcp: lookup {host} on {server}: {reason}")
}
