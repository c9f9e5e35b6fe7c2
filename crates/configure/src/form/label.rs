//! Words for a field where the schema has none: a label from the key, a sentence from the comment above it in values.yaml.

use crate::pointer;
use chartwright_yaml::{NodeId, NodeView, Tree};
use std::collections::HashMap;

/// Written in capitals wherever they stand as a word.
const ACRONYMS: &[&str] = &[
    "api", "cidr", "cpu", "crd", "csi", "dns", "fqdn", "fs", "gid", "gpu", "grpc", "hpa", "html", "http", "https", "iam", "id", "io", "ip",
    "json", "jwt", "ldap", "nfs", "oidc", "os", "pdb", "pv", "pvc", "qos", "rbac", "s3", "sa", "saml", "slo", "smtp", "sql", "ssh", "ssl",
    "sso", "tcp", "tls", "ttl", "udp", "uid", "uri", "url", "uuid", "vpa", "yaml",
];

/// `replicaCount` reads `Replica count`, `fsGroup` reads `FS group`, `DB_HOST` stays.
pub(crate) fn label(key: &str) -> String {
    if key.contains(['.', '/']) || (key.len() > 1 && !key.chars().any(char::is_lowercase)) {
        return key.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = key.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let next_lower = letters.get(at + 1).is_some_and(|c| c.is_lowercase());
        let after_lower = at > 0 && !letters[at - 1].is_uppercase();
        if matches!(c, '-' | '_' | ' ') || (c.is_uppercase() && (after_lower || next_lower)) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if !matches!(c, '-' | '_' | ' ') {
            word.extend(c.to_lowercase());
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        if ACRONYMS.contains(&word.as_str()) {
            out.push_str(&word.to_uppercase());
        } else if at == 0 {
            let mut rest = word.chars();
            out.extend(rest.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(rest.as_str());
        } else {
            out.push_str(word);
        }
    }
    out
}

/// The comments above the keys of a values file, as sentences, by field id.
pub(crate) fn comments(tree: &Tree) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut open: Vec<(NodeId, Vec<String>)> = vec![(tree.root(), Vec::new())];
    while let Some((id, path)) = open.pop() {
        let NodeView::Mapping(pairs) = tree.view(id) else { continue };
        for (key, value) in pairs {
            let mut path = path.clone();
            path.push(tree.key_text(*key).into_owned());
            if let Some(text) = tree.comment_before(*value).as_deref().map(sentence).filter(|text| !text.is_empty()) {
                found.insert(pointer::id(&path), text);
            }
            if path.len() < 24 {
                open.push((*value, path));
            }
        }
    }
    found
}

/// A comment block without its signs: `# -- text` (helm-docs), `## @param key text` (Bitnami), and plain prose.
pub(crate) fn sentence(comment: &str) -> String {
    let mut out = String::new();
    let mut schema = false;
    for line in comment.lines() {
        let line = line.trim().trim_start_matches('#').trim();
        if line.starts_with("@schema") {
            schema = !schema;
            continue;
        }
        if schema || line.is_empty() || line.starts_with("@default") || line.starts_with("@ignored") || line.starts_with("@section") {
            continue;
        }
        let mut line = line;
        if let Some(text) = line.strip_prefix("-- ") {
            // helm-docs: what stands above the dashes belongs to something else.
            out.clear();
            line = text.trim();
            if let Some(typed) = line.strip_prefix('(').and_then(|text| text.split_once(')')) {
                line = typed.1.trim();
            }
        } else if let Some(text) = line.strip_prefix("@param ") {
            out.clear();
            let text = text.split_once(' ').map_or("", |(_, text)| text.trim());
            line = text.strip_prefix('[').and_then(|text| text.split_once(']')).map_or(text, |(_, text)| text.trim());
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, expected: &str) {
        assert_eq!(label(key), expected);
    }

    #[test]
    fn labels() {
        check("replicaCount", "Replica count");
        check("fsGroup", "FS group");
        check("targetCPU", "Target CPU");
        check("runAsNonRoot", "Run as non root");
        check("minAvailable", "Min available");
        check("DB_HOST", "DB_HOST");
        check("app.kubernetes.io/name", "app.kubernetes.io/name");
        check("pod-annotations", "Pod annotations");
        check("url", "URL");
        check("", "");
    }

    #[test]
    fn sentences() {
        assert_eq!(sentence("# -- How many pods.\n# Ignored with an HPA."), "How many pods. Ignored with an HPA.");
        assert_eq!(sentence("# Section\n# -- (int) How many"), "How many");
        assert_eq!(sentence("## @param image.tag [string] The tag"), "The tag");
        assert_eq!(sentence("# @schema\n# type: int\n# @schema\n# Plain."), "Plain.");
    }
}
