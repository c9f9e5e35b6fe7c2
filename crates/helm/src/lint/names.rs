//! Names of objects (`validateMetadataName` of `pkg/chart/v2/lint/rules/template.go`; `k8s.io/apimachinery`, `pkg/api/validate/content`).

use chartwright_go::quote::quoted;

/// How long a label may be.
const LONGEST_LABEL: usize = 63;
/// How long a subdomain may be.
const LONGEST_SUBDOMAIN: usize = 253;

const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const OLD_LABEL: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/// What is wrong with the name of an object of a kind.
pub(super) fn check(kind: &str, name: &str) -> Option<String> {
    let faults = match kind.to_lowercase().as_str() {
        "service" => {
            sized(name, LONGEST_LABEL, (!is_label(name) || !name.starts_with(|c: char| c.is_ascii_lowercase())).then_some(OLD_LABEL))
        }
        "namespace" => {
            let fault = if is_subdomain(name) { "must not contain dots" } else { LABEL };
            sized(name, LONGEST_LABEL, (!is_label(name)).then_some(fault))
        }
        "certificatesigningrequest" => Vec::new(),
        "role" | "clusterrole" | "rolebinding" | "clusterrolebinding" => segment(name),
        _ => sized(name, LONGEST_SUBDOMAIN, (!is_subdomain(name)).then_some(SUBDOMAIN)),
    };
    let shown = quoted(name.as_bytes());
    let mut faults: Vec<String> = faults.into_iter().map(|fault| format!("metadata.name: Invalid value: {shown}: {fault}")).collect();
    faults.dedup();
    let all = match faults.as_slice() {
        [] => return None,
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Some(format!("object name does not conform to Kubernetes naming requirements: {shown}: {all}"))
}

fn sized(name: &str, longest: usize, fault: Option<&str>) -> Vec<String> {
    let long = (name.len() > longest).then(|| format!("must be no more than {longest} characters"));
    long.into_iter().chain(fault.map(str::to_owned)).collect()
}

fn is_label(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(inner) && !name.starts_with('-') && !name.ends_with('-')
}

fn is_subdomain(name: &str) -> bool {
    name.split('.').all(is_label)
}

/// A name as one segment of a path; nothing at all is one.
fn segment(name: &str) -> Vec<String> {
    if matches!(name, "." | "..") {
        return vec![format!("may not be '{name}'")];
    }
    ["/", "%"].into_iter().filter(|part| name.contains(part)).map(|part| format!("may not contain '{part}'")).collect()
}
