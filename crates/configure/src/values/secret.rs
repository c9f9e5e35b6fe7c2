//! Which values are secrets. They are masked on screen, and stand in no link and no storage.

use super::{Node, Value};

/// What stands on the screen instead.
pub(crate) const MASK: &str = "••••••";

/// What a secret's key ends with, in lower case and without separators.
const ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "token",
    "secret",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "clientsecret",
    "credential",
    "credentials",
    "connectionstring",
    "encryptionkey",
    "signingkey",
    "kagglekey",
];

/// Keys that only name a Secret, or ask for one.
const REFERENCES: &[&str] = &["existing", "imagepull", "automount", "use", "create", "generate", "mount"];

/// Maps whose every string is a secret.
const HOLDERS: &[&str] = &["secretdata", "stringdata", "secretenv", "secretenvironment", "secretvalues", "secrets"];

fn flat(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a name is that of a secret: `password`, `DB_PASSWORD`, `apiKey`; not `existingSecret`.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = flat(name);
    ENDINGS.iter().any(|ending| name.ends_with(ending)) && !REFERENCES.iter().any(|start| name.starts_with(start))
}

/// Whether the scalar at a path is a secret by its name. `holder` is the map around it.
pub(crate) fn is_secret(path: &[String], holder: Option<&Node>) -> bool {
    let Some((last, above)) = path.split_last() else { return false };
    if is_secret_name(last) {
        return true;
    }
    // `- name: DB_PASSWORD` with `value: …` beside it.
    if last == "value" && holder.and_then(|map| map.get("name")).and_then(Node::str).is_some_and(is_secret_name) {
        return true;
    }
    above.iter().any(|key| HOLDERS.contains(&flat(key).as_str())) && last != "name"
}

/// The paths of all secrets in a value that hold one: strings and numbers, not switches or maps.
pub(crate) fn secrets(root: &Node, declared: &dyn Fn(&[String]) -> bool) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    walk(root, None, &mut Vec::new(), declared, &mut found);
    found
}

fn walk(node: &Node, holder: Option<&Node>, path: &mut Vec<String>, declared: &dyn Fn(&[String]) -> bool, found: &mut Vec<Vec<String>>) {
    match &node.value {
        Value::Map(pairs) => {
            for (key, item) in pairs {
                path.push(key.to_string());
                walk(item, Some(node), path, declared, found);
                path.pop();
            }
        }
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(at.to_string());
                walk(item, holder, path, declared, found);
                path.pop();
            }
        }
        Value::String(text) if text.is_empty() => {}
        Value::String(_) | Value::Int(_) | Value::Float(_) => {
            if is_secret(path, holder) || declared(path) {
                found.push(path.clone());
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(is_secret_name(name), expected, "{name}");
    }

    #[test]
    fn names() {
        for name in ["password", "DB_PASSWORD", "apiKey", "api-key", "token", "clientSecret", "KAGGLE_KEY", "rootPassword"] {
            check(name, true);
        }
        for name in ["existingSecret", "secretName", "imagePullSecrets", "automountServiceAccountToken", "key", "tokenTTL", "passwordKey"] {
            check(name, false);
        }
    }
}
