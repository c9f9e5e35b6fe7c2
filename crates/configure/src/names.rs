//! Names of releases, namespaces, versions and files: what they may be, in Helm's and Kubernetes' words.

/// The Kubernetes versions to choose from, the newest first.
pub(crate) const KUBE_VERSIONS: &[&str] =
    &["1.37", "1.36", "1.35", "1.34", "1.33", "1.32", "1.31", "1.30", "1.29", "1.28", "1.27", "1.26", "1.25"];

/// What is wrong with a release's name (Helm `pkg/chart/common/util/validate_name.go`: 53 characters, a DNS subdomain).
pub(crate) fn release_error(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("a release needs a name".to_owned());
    }
    if name.len() > 53 {
        return Some(format!("at most 53 characters, these are {}", name.chars().count()));
    }
    (!name.split('.').all(is_label)).then(|| "lower case letters, digits, - and . only, with a letter or digit at both ends".to_owned())
}

/// What is wrong with a namespace (a DNS label).
pub(crate) fn namespace_error(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("a release goes into a namespace".to_owned());
    }
    if name.len() > 63 {
        return Some(format!("at most 63 characters, these are {}", name.chars().count()));
    }
    (!is_label(name)).then(|| "lower case letters, digits and - only, with a letter or digit at both ends".to_owned())
}

/// What is wrong with a Kubernetes version.
pub(crate) fn kube_version_error(version: &str) -> Option<String> {
    let bare = version.strip_prefix('v').unwrap_or(version);
    let core = bare.split(['-', '+']).next().unwrap_or(bare);
    let parts: Vec<&str> = core.split('.').collect();
    let number = |part: &&str| {
        !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit()) && (*part == "0" || !part.starts_with('0'))
    };
    let rest = &bare[core.len()..];
    let plain = rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')) && rest.len() != 1;
    let fits = (1..=3).contains(&parts.len()) && parts.iter().all(number) && plain;
    (!fits).then(|| "a version such as 1.37 or v1.37.0".to_owned())
}

/// The minor version of Kubernetes 1.x that checks go by.
pub(crate) fn minor(version: &str) -> u32 {
    let bare = version.strip_prefix('v').unwrap_or(version);
    bare.split(['.', '-', '+']).nth(1).and_then(|part| part.parse().ok()).unwrap_or(37)
}

fn is_label(text: &str) -> bool {
    let inner = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    !text.is_empty() && inner && !text.starts_with('-') && !text.ends_with('-')
}

/// A file name for a layer: without folders and without what a shell or a file system takes amiss.
pub(crate) fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let plain: String =
        last.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '+' | '@') { c } else { '-' }).collect();
    let plain = plain.trim().trim_start_matches('.');
    let plain: String = plain.chars().take(120).collect();
    if plain.is_empty() { "values.yaml".to_owned() } else { plain }
}

/// A word for a POSIX shell.
pub(crate) fn shell(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b':' | b'=' | b'+' | b'@' | b'%' | b',');
    if !word.is_empty() && word.bytes().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: fn(&str) -> Option<String>, good: &[&str], bad: &[&str]) {
        for name in good {
            assert_eq!(error(name), None, "{name}");
        }
        for name in bad {
            assert!(error(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names() {
        check(release_error, &["rel", "a.b-c", "1"], &["", "Rel", "-a", "a-", "a..b", "a_b", &"a".repeat(54), "ü"]);
        check(namespace_error, &["data", "a-1"], &["", "a.b", "A", &"a".repeat(64)]);
        check(
            kube_version_error,
            &["1.37", "v1.37.0", "1", "1.37.2-gke.100", "v1.30.0+k3s1"],
            &["", "latest", "1.", "1.2.3.4", "1.x", "v", "1.37-", "1.01"],
        );
    }

    #[test]
    fn words_for_a_shell() {
        assert_eq!(shell("values-production.yaml"), "values-production.yaml");
        assert_eq!(shell("my values.yaml"), "'my values.yaml'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }

    #[test]
    fn names_of_files() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\x\\values.yaml"), "values.yaml");
        assert_eq!(file_name(".."), "values.yaml");
        assert_eq!(file_name("a\nb;c.yaml"), "a-b-c.yaml");
    }
}
