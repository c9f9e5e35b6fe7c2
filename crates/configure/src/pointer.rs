//! Paths as the page names them: JSON pointers for fields, dots for people.

/// A path's JSON pointer (RFC 6901).
pub(crate) fn id(path: &[String]) -> String {
    let mut out = String::new();
    for key in path {
        out.push('/');
        if key.contains(['~', '/']) { out.push_str(&key.replace('~', "~0").replace('/', "~1")) } else { out.push_str(key) }
    }
    out
}

/// The path of a JSON pointer.
pub(crate) fn path(id: &str) -> Vec<String> {
    id.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect()
}

/// A path with dots, as `--set` writes it.
pub(crate) fn dotted(path: &[String]) -> String {
    let mut out = String::new();
    for key in path {
        let index = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
        if index && !out.is_empty() {
            out.push('[');
            out.push_str(key);
            out.push(']');
            continue;
        }
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(&key.replace('.', "\\."));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[&str], pointer: &str, dots: &str) {
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        assert_eq!(id(&keys), pointer);
        assert_eq!(path(pointer), keys);
        assert_eq!(dotted(&keys), dots);
    }

    #[test]
    fn both_ways() {
        check(&["resources", "limits", "cpu"], "/resources/limits/cpu", "resources.limits.cpu");
        check(&["env", "0", "name"], "/env/0/name", "env[0].name");
        check(&["podAnnotations", "a.b/c~d"], "/podAnnotations/a.b~1c~0d", "podAnnotations.a\\.b/c~d");
        check(&[], "", "");
    }
}
