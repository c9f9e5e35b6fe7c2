//! From rendered files to documents in install order (`pkg/release/v1/util`: `manifest.go`, `manifest_sorter.go`, `kind_sorter.go`).

use crate::rendered::go_space;
use crate::{Document, HelmVersion, Hook, log};
use chartwright_value::{Heap, Kind, Repr, Value};
use std::collections::HashMap;
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
pub(crate) struct Split {
    pub(crate) documents: Vec<Document>,
    /// Lines for stderr: unknown hooks.
    pub(crate) warnings: Vec<String>,
}

/// The documents of a rendered file.
///
/// # Errors
/// `YAML parse error on FILE: …`, and the line and column in the document, from 1, if known.
pub(crate) fn split(source: &Arc<str>, content: &str, helm: HelmVersion, heap: &mut Heap) -> Result<Split, HeadError> {
    let mut split = Split { documents: Vec::new(), warnings: Vec::new() };
    for text in documents(content, helm) {
        let head = read_head(text, heap)
            .map_err(|error| HeadError { message: format!("YAML parse error on {source}: {}", error.message), ..error })?;
        let hook = match head.annotations.get("helm.sh/hook") {
            None => None,
            Some(events) => match hook(events, &head.annotations) {
                Some(hook) => Some(Arc::new(hook)),
                None => {
                    split.warnings.push(log::line("INFO", "skipping unknown hooks", &[("hookTypes", events)]));
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
            hook,
            crd: false,
        });
    }
    Ok(split)
}

/// Why a document's head cannot be read.
pub(crate) struct HeadError {
    pub(crate) message: String,
    pub(crate) document: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// `(?m)^---[ \t]*` splits; what is left of blanks is dropped, and in Helm 4 only the left side is trimmed.
pub(crate) fn documents(content: &str, helm: HelmVersion) -> Vec<&str> {
    let content = content.trim_start_matches(go_space);
    let content = if helm == HelmVersion::V3 { content.trim_end_matches(go_space) } else { content };
    let mut found = Vec::new();
    let mut start = 0;
    let mut line = 0;
    while line < content.len() {
        let rest = &content[line..];
        if let Some(after) = rest.strip_prefix("---") {
            found.push(&content[start..line]);
            start = line + 3 + (after.len() - after.trim_start_matches([' ', '\t']).len());
        }
        line += rest.find('\n').map_or(rest.len(), |at| at + 1);
    }
    found.push(&content[start..]);
    let texts = found.into_iter().map(|text| text.trim_start_matches(go_space));
    let texts = texts.map(|text| if helm == HelmVersion::V3 { text.trim_end_matches(go_space) } else { text });
    texts.filter(|text| !text.is_empty()).collect()
}

#[derive(Default)]
struct Head {
    api_version: String,
    kind: String,
    name: String,
    annotations: HashMap<String, String>,
}

/// Helm reads the whole document to learn its head: what does not parse is found here.
fn read_head(text: &str, heap: &mut Heap) -> Result<Head, HeadError> {
    let fail = |message: String, line: u32, column: u32| HeadError { message, document: text.to_owned(), line, column };
    heap.reset();
    let value = chartwright_yaml::decode(heap, text.as_bytes()).map_err(|error| fail(error.message, error.line, error.column))?;
    let unmarshal = |what: &str| fail(format!("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {what}"), 0, 0);
    let mut head = Head::default();
    match value.kind() {
        Kind::Nil => return Ok(head),
        Kind::Map => {}
        _ => return Err(unmarshal(&format!("{} into Go value of type util.SimpleHead", json_kind(value)))),
    }
    let field = |name: &str| field_of(heap, value, name);
    head.api_version = match field("apiVersion") {
        None => String::new(),
        Some(value) => scalar(heap, value)
            .ok_or_else(|| unmarshal(&format!("{} into Go struct field SimpleHead.apiVersion of type string", json_kind(value))))?,
    };
    head.kind = match field("kind") {
        None => String::new(),
        Some(value) => scalar(heap, value)
            .ok_or_else(|| unmarshal(&format!("{} into Go struct field SimpleHead.kind of type string", json_kind(value))))?,
    };
    let Some(metadata) = field("metadata") else {
        return Ok(head);
    };
    if metadata.kind() != Kind::Map {
        let what = "into Go struct field SimpleHead.metadata of type struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }";
        return Err(unmarshal(&format!("{} {what}", json_kind(metadata))));
    }
    if let Some(name) = field_of(heap, metadata, "name") {
        head.name = scalar(heap, name)
            .ok_or_else(|| unmarshal(&format!("{} into Go struct field .metadata.name of type string", json_kind(name))))?;
    }
    if let Some(annotations) = field_of(heap, metadata, "annotations") {
        if annotations.kind() != Kind::Map {
            return Err(unmarshal(&format!(
                "{} into Go struct field .metadata.annotations of type map[string]string",
                json_kind(annotations)
            )));
        }
        for entry in heap.entries(annotations) {
            let key = String::from_utf8_lossy(heap.str(entry.key())).into_owned();
            let text = scalar(heap, entry.value).ok_or_else(|| {
                unmarshal(&format!("{} into Go struct field .metadata.annotations of type string", json_kind(entry.value)))
            })?;
            head.annotations.insert(key, text);
        }
    }
    Ok(head)
}

/// A field by its JSON name; `encoding/json` also takes one whose case differs. Null counts as absent.
fn field_of(heap: &Heap, map: Value, name: &str) -> Option<Value> {
    let exact = heap.get(map, name);
    let folded = || heap.entries(map).iter().rev().find(|e| heap.str(e.key()).eq_ignore_ascii_case(name.as_bytes())).map(|e| e.value);
    exact.or_else(folded).filter(|value| !value.is_nil())
}

/// What `sigs.k8s.io/yaml` makes of a scalar that is to be a string.
fn scalar(heap: &Heap, value: Value) -> Option<String> {
    match value.repr() {
        Repr::String(_) => Some(String::from_utf8_lossy(heap.str(value)).into_owned()),
        Repr::Bool(b) => Some(b.to_string()),
        Repr::Float(_) | Repr::Int(_) | Repr::Uint(_) => {
            let mut out = Vec::new();
            chartwright_value::format::print_value(heap, value, &mut out).ok()?;
            String::from_utf8(out).ok()
        }
        Repr::Nil => Some(String::new()),
        _ => None,
    }
}

fn json_kind(value: Value) -> &'static str {
    match value.kind() {
        Kind::List => "array",
        Kind::Map => "object",
        Kind::String => "string",
        Kind::Bool => "bool",
        _ => "number",
    }
}

fn hook(events: &str, annotations: &HashMap<String, String>) -> Option<Hook> {
    let words = |text: &str| -> Vec<String> { text.split(',').map(|word| word.trim_matches(go_space).to_lowercase()).collect() };
    let mut hook = Hook::default();
    for event in words(events) {
        if !EVENTS.contains(&event.as_str()) {
            return None;
        }
        hook.events.push(if event == "test-success" { "test".to_owned() } else { event });
    }
    let weight = annotations.get("helm.sh/hook-weight").map(String::as_str).unwrap_or_default();
    hook.weight = weight.strip_prefix('+').unwrap_or(weight).parse().unwrap_or(0);
    hook.delete_policies = annotations.get("helm.sh/hook-delete-policy").map(|text| words(text)).unwrap_or_default();
    Some(hook)
}

/// Sorts documents by kind; those of one kind stay as they were.
pub(crate) fn sort(documents: &mut [Document], helm: HelmVersion) {
    let order = match helm {
        HelmVersion::V3 => &INSTALL_ORDER[..INSTALL_ORDER.len() - 2],
        HelmVersion::V4 => INSTALL_ORDER,
    };
    let place = |kind: &str| order.iter().position(|known| *known == kind).unwrap_or(order.len());
    documents.sort_by_cached_key(|document| {
        let place = place(&document.kind);
        (place, if place == order.len() { Arc::clone(&document.kind) } else { Arc::from("") })
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
            hook: None,
            crd: false,
        };
        let mut documents: Vec<Document> = kinds.iter().enumerate().map(document).collect();
        sort(&mut documents, HelmVersion::V4);
        let names: Vec<&str> = documents.iter().map(|d| &*d.name).collect();
        assert_eq!(names, ["3", "5", "1", "4", "2", "6", "0"]);
    }
}
