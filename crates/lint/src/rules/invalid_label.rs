//! `invalid-label`: a label that Kubernetes does not allow.
//!
//! # What it checks
//!
//! Keys and values of labels, of pod templates and selectors too: a value has at most 63 characters, letters, digits, `-`, `_` and
//! `.`, and begins and ends with a letter or digit; a key is such a name, after a DNS name and `/` if need be.
//!
//! # Why it matters
//!
//! The API server refuses the object. It shows late: with a long release name, or with a version such as `1.4.0+build.7`.
//!
//! # Example
//!
//! ```yaml
//! labels:
//!   app.kubernetes.io/version: 1.4.0+build.7
//! ```
//!
//! # Cure
//!
//! ```yaml
//! labels:
//!   app.kubernetes.io/version: 1.4.0_build.7
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use super::names::is_dns_part;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "invalid-label",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-score:label-values", "datree:WORKLOAD_INVALID_LABELS_VALUE"],
    reason: "The API server refuses the object.",
    cure: "Replace other characters by - or _, and cut values to 63 characters.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let root = context.object.root();
    let template = context.object.pod().and_then(|pod| pod.labels()).filter(|_| context.object.kind() != Kind::Pod);
    let maps = [root.at(&["metadata", "labels"]), template, root.at(&["spec", "selector", "matchLabels"])];
    for (key, value) in maps.into_iter().flatten().flat_map(Node::entries) {
        if let Some(fault) = key_fault(key) {
            sink.report(context.object, value, format!("the label key {key} {fault}"));
        }
        if let Some(fault) = value.str().filter(|text| !text.is_empty()).and_then(name_fault) {
            sink.report(context.object, value, format!("the label value {} {fault}", value.str().unwrap_or_default()));
        }
    }
}

fn key_fault(key: &str) -> Option<&'static str> {
    match key.split_once('/') {
        None => name_fault(key),
        Some((prefix, _)) if prefix.is_empty() || prefix.len() > 253 || !prefix.split('.').all(is_dns_part) => {
            Some("has a prefix that is no DNS name")
        }
        Some((_, name)) => name_fault(name),
    }
}

/// `validation.IsQualifiedName` without its prefix, and `IsValidLabelValue` for what is not empty.
fn name_fault(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let ends = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if bytes.is_empty() {
        Some("is empty")
    } else if bytes.len() > 63 {
        Some("has more than 63 characters")
    } else if !ends(bytes.first()) || !ends(bytes.last()) {
        Some("does not begin and end with a letter or digit")
    } else if !bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
        Some("has other characters than letters, digits, -, _ and .")
    } else {
        None
    }
}
