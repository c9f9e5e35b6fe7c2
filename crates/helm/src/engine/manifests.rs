//! From rendered files to documents in install order (`pkg/release/v1/util`: `manifest.go`, `manifest_sorter.go`, `kind_sorter.go`).

use crate::rendered::go_space;
use crate::{Document, HelmVersion, Hook, log};
use chartwright_value::Heap;
use chartwright_yaml::Head;
use std::sync::Arc;

/// Kinds in the order in which they are installed. Others follow, by name.
const INSTALL_ORDER: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The hook events that Helm knows.
const EVENTS: &[&str] = &[
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// What one rendered file holds.
#[derive(Default)]
pub(crate) struct Split {
    pub(crate) documents: Vec<Document>,
    /// Lines for stderr: unknown hooks.
    pub(crate) warnings: Vec<String>,
}

/// The documents of a rendered file.
///
/// # Errors
/// `YAML parse error on FILE: …`, and the line and column in the document, from 1, if known.
pub(crate) fn split(source: &Arc<str>, content: &str, helm: HelmVersion) -> Result<Split, HeadError> {
    let mut split = Split { documents: Vec::new(), warnings: Vec::new() };
    for text in documents(content, helm) {
        let head = chartwright_yaml::head(text).map_err(|error| HeadError {
            message: format!("YAML parse error on {source}: {}", head_type(&error.message, helm)),
            document: text.to_owned(),
            line: error.line,
            column: error.column,
        })?;
        let hook = match head.annotation("helm.sh/hook") {
            None => None,
            Some(events) => match hook(events, &head) {
                Some(hook) => Some(Arc::new(hook)),
                None => {
                    split.warnings.push(match helm {
                        HelmVersion::V3 => {
                            let events = chartwright_go::quote::quoted(events.as_bytes());
                            format!("manifest_sorter.go:199: info: skipping unknown hook: {events}")
                        }
                        HelmVersion::V4 => log::line("INFO", "skipping unknown hooks", &[("hookTypes", events)]),
                    });
                    continue;
                }
            },
        };
        split.documents.push(Document {
            source: Arc::clone(source),
            api_version: Arc::from(head.api_version),
            kind: Arc::from(head.kind),
            name: Arc::from(head.name),
            content: Arc::from(text),
            offset: (text.as_ptr() as usize - content.as_ptr() as usize) as u32,
            hook,
            crd: false,
        });
    }
    Ok(split)
}

/// The head's Go type stands in another package of Helm 3.
fn head_type(message: &str, helm: HelmVersion) -> String {
    match helm {
        HelmVersion::V3 => message.replace("type util.SimpleHead", "type releaseutil.SimpleHead"),
        HelmVersion::V4 => message.to_owned(),
    }
}

/// Why a document's head cannot be read.
pub(crate) struct HeadError {
    pub(crate) message: String,
    pub(crate) document: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The documents of a file or of a whole output.
pub(crate) fn documents(content: &str, helm: HelmVersion) -> Vec<&str> {
    match helm {
        HelmVersion::V3 => documents_v3(content),
        HelmVersion::V4 => chartwright_yaml::split_documents(content),
    }
}

/// Helm 3 cuts at `(?:^|\s*\n)---\s*`, with `^` for the text's begin alone: a separator right after another one is content.
fn documents_v3(content: &str) -> Vec<&str> {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let mut documents = Vec::new();
    let mut rest = content.trim_matches(go_space);
    if let Some(after) = rest.strip_prefix("---") {
        rest = after.trim_start_matches(blank);
    }
    while !rest.is_empty() {
        let (document, after) = match rest.find("\n---") {
            Some(at) => (rest[..at].trim_end_matches(blank), rest[at + 4..].trim_start_matches(blank)),
            None => (rest, ""),
        };
        if !document.is_empty() {
            documents.push(document.trim_matches(go_space));
        }
        rest = after;
    }
    documents
}

/// Finds the document of an output that is not UTF-8 in which YAML's reader stumbles over it.
///
/// # Errors
/// `YAML parse error on FILE: …`.
pub(crate) fn refuse_bytes(source: &str, bytes: &[u8]) -> Result<(), HeadError> {
    let mut heap = Heap::default();
    let mut start = 0;
    let mut at = 0;
    let mut parts = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"---") && at > start {
            parts.push(&bytes[start..at]);
            start = at;
        }
        at += line.len();
    }
    parts.push(&bytes[start..]);
    for part in parts {
        if std::str::from_utf8(part).is_err() {
            chartwright_yaml::decode(&mut heap, part).map_err(|error| HeadError {
                message: format!("YAML parse error on {source}: {}", error.message),
                document: String::from_utf8_lossy(part).into_owned(),
                line: error.line,
                column: error.column,
            })?;
        }
    }
    Ok(())
}

fn hook(events: &str, head: &Head) -> Option<Hook> {
    let words = |text: &str| -> Vec<String> { text.split(',').map(|word| word.trim_matches(go_space).to_lowercase()).collect() };
    let mut hook = Hook::default();
    for event in words(events) {
        if !EVENTS.contains(&event.as_str()) {
            return None;
        }
        hook.events.push(if event == "test-success" { "test".to_owned() } else { event });
    }
    let weight = head.annotation("helm.sh/hook-weight").unwrap_or_default();
    hook.weight = weight.strip_prefix('+').unwrap_or(weight).parse().unwrap_or(0);
    hook.delete_policies = head.annotation("helm.sh/hook-delete-policy").map(words).unwrap_or_default();
    Some(hook)
}

/// Sorts documents by kind; those of one kind stay as they were.
pub(crate) fn sort(documents: &mut [Document], helm: HelmVersion) {
    let order = match helm {
        HelmVersion::V3 => &INSTALL_ORDER[..INSTALL_ORDER.len() - 2],
        HelmVersion::V4 => INSTALL_ORDER,
    };
    let place = |kind: &str| order.iter().position(|known| *known == kind).unwrap_or(order.len());
    chartwright_go::sort::by(documents, |a, b| {
        let (before, after) = (place(&a.kind), place(&b.kind));
        before.cmp(&after).then_with(|| if before == order.len() { a.kind.cmp(&b.kind) } else { std::cmp::Ordering::Equal })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_split_as_in_helm_4() {
        for (text, expected) in [
            ("a: 1\n---\nb: 2\n", &["a: 1\n", "b: 2\n"][..]),
            ("\n---\n---\na: 1", &["a: 1"]),
            ("---apiVersion: v1\n", &["apiVersion: v1\n"]),
            ("---foo\n---  \t\n  \n", &["foo\n"]),
            (" ---\na: 1\n\n", &["a: 1\n\n"]),
            ("a: |\n  ---\n", &["a: |\n  ---\n"]),
        ] {
            assert_eq!(documents(text, HelmVersion::V4), expected, "{text:?}");
        }
    }

    #[test]
    fn kinds_are_installed_in_helms_order() {
        let kinds = ["Zed", "Service", "Able", "Namespace", "Deployment", "ConfigMap", "Able"];
        let document = |(at, kind): (usize, &&str)| Document {
            source: Arc::from("x"),
            api_version: Arc::from(""),
            kind: Arc::from(*kind),
            name: Arc::from(at.to_string()),
            content: Arc::from(""),
            offset: 0,
            hook: None,
            crd: false,
        };
        let mut documents: Vec<Document> = kinds.iter().enumerate().map(document).collect();
        sort(&mut documents, HelmVersion::V4);
        let names: Vec<&str> = documents.iter().map(|d| &*d.name).collect();
        assert_eq!(names, ["3", "5", "1", "4", "2", "6", "0"]);
    }
}
