//! References of images, read as container runtimes do, which rules on images share. No rule of its own.
//!
//! Follows `github.com/distribution/reference` (`ParseNormalizedNamed`, `regexp.go`) and `github.com/opencontainers/go-digest`.

use chartwright_kube::node::Node;
use chartwright_kube::pod::{ContainerView, Pod};

/// The registry of names that give none.
pub(super) const DOCKER_HUB: &str = "docker.io";
/// So long the name of a repository may be, its registry included.
const LONGEST_NAME: usize = 255;
const LONGEST_TAG: usize = 128;

/// An image's name, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference<'t> {
    /// The host it is pulled from, with its port: `registry.example:5000`.
    pub(super) registry: &'t str,
    /// Its path there. Official images of Docker Hub are written without their `library/`.
    pub(super) repository: &'t str,
    /// What follows the `:`.
    pub(super) tag: Option<&'t str>,
    /// What follows the `@`.
    pub(super) digest: Option<&'t str>,
}

/// Takes a name apart.
///
/// # Errors
/// Why a runtime would not read it, in its words.
pub(super) fn parse(text: &str) -> Result<Reference<'_>, &'static str> {
    const FORMAT: &str = "invalid reference format";
    if text.len() == 64 && text.bytes().all(is_lower_hex) {
        return Err("cannot specify 64-byte hexadecimal strings");
    }
    let (rest, digest) = text.split_once('@').map_or((text, None), |(rest, digest)| (rest, Some(digest)));
    let slash = rest.rfind('/').map_or(0, |at| at + 1);
    let (name, tag) = match rest[slash..].find(':') {
        Some(colon) => (&rest[..slash + colon], Some(&rest[slash + colon + 1..])),
        None => (rest, None),
    };
    let (registry, repository) = match name.split_once('/') {
        Some((first, path)) if is_registry(first) => (first, path),
        _ => (DOCKER_HUB, name),
    };
    if repository.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err("invalid reference format: repository name must be lowercase");
    }
    if !is_host(registry) || !repository.split('/').all(is_component) || !tag.is_none_or(is_tag) {
        return Err(FORMAT);
    }
    if name.len() > LONGEST_NAME {
        return Err("repository name must not be more than 255 characters");
    }
    digest.map_or(Ok(()), check_digest)?;
    let registry = if registry == "index.docker.io" { DOCKER_HUB } else { registry };
    let repository = if registry == DOCKER_HUB { repository.strip_prefix("library/").unwrap_or(repository) } else { repository };
    Ok(Reference { registry, repository, tag, digest })
}

/// The images of a pod, those of its volumes too and those that a mesh fills in not: what has it, as messages call it, and its place.
pub(super) fn places<'t>(pod: Pod<'t>) -> impl Iterator<Item = (Owner<'t>, Node<'t>)> {
    let own = pod.containers().filter(|container| !is_injected(*container));
    let containers = own.filter_map(|container| Some((Owner::Container(container.name()), container.node.get("image")?)));
    let volumes = pod.spec().items_at("volumes");
    let volumes = volumes.filter_map(|volume| Some((Owner::Volume, volume.at(&["image", "reference"])?)));
    containers.chain(volumes)
}

/// Whether a mesh puts a container of its own in the place of this one when the pod is made (Istio's injection, which asks for the image
/// `auto`): what it lacks comes with that.
pub(super) fn is_injected(container: ContainerView<'_>) -> bool {
    container.node.str_at("image") == Some("auto")
}

/// What has an image.
#[derive(Clone, Copy)]
pub(super) enum Owner<'t> {
    /// The container of this name.
    Container(&'t str),
    /// A volume of the pod.
    Volume,
}

impl std::fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Container(name) => write!(f, "container {name}"),
            Self::Volume => f.write_str("a volume"),
        }
    }
}

/// Whether the part before the first `/` is a host rather than a part of the path (`splitDockerDomain`).
fn is_registry(first: &str) -> bool {
    first == "localhost" || first.bytes().any(|byte| matches!(byte, b'.' | b':') || byte.is_ascii_uppercase())
}

fn is_host(registry: &str) -> bool {
    let (host, port) = match registry.rsplit_once(':') {
        Some((host, port)) if !registry.ends_with(']') => (host, Some(port)),
        _ => (registry, None),
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |part: &str| {
        let bytes = part.as_bytes();
        let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        edge(bytes.first()) && edge(bytes.last()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let in_brackets = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_host = match in_brackets {
        Some(address) => !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':'),
        None => host.split('.').all(is_part),
    };
    is_host && port.is_none_or(is_port)
}

/// Lower-case letters and digits, parted by one `.`, one or two `_`, or any number of `-`.
fn is_component(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(plain) || !bytes.last().is_some_and(plain) {
        return false;
    }
    bytes
        .split(plain)
        .filter(|between| !between.is_empty())
        .all(|between| matches!(between, b"." | b"_" | b"__") || between.iter().all(|byte| *byte == b'-'))
}

fn is_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let starts = tag.bytes().next().is_some_and(word);
    starts && tag.len() <= LONGEST_TAG && tag.bytes().all(|byte| word(byte) || matches!(byte, b'.' | b'-'))
}

fn check_digest(digest: &str) -> Result<(), &'static str> {
    let Some((algorithm, hex)) = digest.split_once(':') else { return Err("invalid reference format") };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return Err("unsupported digest algorithm"),
    };
    if hex.len() == length && hex.bytes().all(is_lower_hex) { Ok(()) } else { Err("invalid checksum digest length or format") }
}

fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'a'..=b'f')
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:9b2c4f7a1e3d5c6b8a7f0e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3";

    #[track_caller]
    fn check(text: &str, registry: &str, repository: &str, tag: Option<&str>, digest: Option<&str>) {
        assert_eq!(parse(text), Ok(Reference { registry, repository, tag, digest }), "{text}");
    }

    #[test]
    fn names_are_taken_apart() {
        check("nginx", "docker.io", "nginx", None, None);
        check("docker.io/library/nginx:1.27", "docker.io", "nginx", Some("1.27"), None);
        check("index.docker.io/bitnami/redis", "docker.io", "bitnami/redis", None, None);
        check("grafana/grafana:11.0.0", "docker.io", "grafana/grafana", Some("11.0.0"), None);
        check("registry.example:5000/a/b", "registry.example:5000", "a/b", None, None);
        check("localhost/a:1", "localhost", "a", Some("1"), None);
        check("[fd00::1]:5000/a:1", "[fd00::1]:5000", "a", Some("1"), None);
        check("a__b/c-----d:_x", "docker.io", "a__b/c-----d", Some("_x"), None);
        let with_digest = format!("quay.io/a/b:1.0@{DIGEST}");
        check(&with_digest, "quay.io", "a/b", Some("1.0"), Some(DIGEST));
    }

    #[test]
    fn what_runtimes_do_not_read() {
        for text in [
            "nginx:",
            "nginx:-1",
            ":1.0",
            "a//b",
            "/a",
            "a/",
            "https://a.example/b",
            "a b",
            "a:1:2",
            "a@",
            "a@sha256:12",
            "a___b",
            "-a.example/b",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert_eq!(parse("example.org/App:1"), Err("invalid reference format: repository name must be lowercase"));
    }
}
