//! What several formats say alike: files as URIs, objects by name.

use chartwright_kube::object::ObjectRef;

/// `Deployment/api`; what there is of it where it has no kind or name.
pub(super) fn title(object: &ObjectRef) -> String {
    format!("{}/{}", object.kind, object.name).trim_matches('/').to_owned()
}

/// A file as a URI reference: relative to where the command ran, unless its path is absolute.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' | b'+' | b'=' | b',' => {
                uri.push(char::from(byte))
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris() {
        assert_eq!(uri("charts/api/values.yaml"), "charts/api/values.yaml");
        assert_eq!(uri("/tmp/a b/ü:1.yaml"), "file:///tmp/a%20b/%C3%BC%3A1.yaml");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
