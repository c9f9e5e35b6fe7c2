//! What a reference means in a document (`URL.ResolveReference`).

use super::Url;

impl Url {
    /// `URL.ResolveReference`: what a reference means in a document that has this URL.
    pub fn resolve(&self, reference: &Url) -> Url {
        let mut url = reference.clone();
        if url.scheme.is_empty() {
            url.scheme.clone_from(&self.scheme);
        }
        if !reference.scheme.is_empty() || !reference.host.is_empty() || reference.user.is_some() {
            url.take_path(&resolved_path(&reference.escaped_path(), b""));
            return url;
        }
        if reference.path.is_empty() && !reference.force_query && reference.query.is_empty() {
            url.query.clone_from(&self.query);
            if reference.fragment.is_empty() {
                url.fragment.clone_from(&self.fragment);
                url.raw_fragment.clone_from(&self.raw_fragment);
            }
        }
        if reference.path.is_empty() && !self.opaque.is_empty() {
            return Url { opaque: self.opaque.clone(), user: None, host: Vec::new(), path: Vec::new(), ..url };
        }
        url.host.clone_from(&self.host);
        url.user.clone_from(&self.user);
        url.take_path(&resolved_path(&self.escaped_path(), &reference.escaped_path()));
        url
    }

    /// Sets a path that is known to be escaped well.
    fn take_path(&mut self, path: &[u8]) {
        self.raw_path.clear();
        if self.set_path(path).is_err() {
            self.path = path.to_vec();
        }
    }
}

/// A path seen from another one, without its `.` and `..`. Source: `resolvePath`.
fn resolved_path(base: &[u8], reference: &[u8]) -> Vec<u8> {
    let full = match reference {
        [] => base.to_vec(),
        [b'/', ..] => reference.to_vec(),
        _ => [&base[..base.iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1)], reference].concat(),
    };
    if full.is_empty() {
        return full;
    }
    let mut kept: Vec<&[u8]> = Vec::new();
    for element in full.split(|&byte| byte == b'/') {
        match element {
            b"." => {}
            b".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    let mut path = [b"/", kept.join(&b'/').as_slice()].concat();
    if full.ends_with(b"/.") || full.ends_with(b"/..") || full == b"." || full == b".." {
        path.push(b'/');
    }
    if path.starts_with(b"//") { path.split_off(1) } else { path }
}

#[cfg(test)]
mod tests {
    use super::Url;
    use crate::url::path_escape;

    #[track_caller]
    fn check(base: &str, reference: &str, expected: &str) {
        let url = |text: &str| Url::parse(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(url(base).resolve(&url(reference)).write()).unwrap(), expected);
    }

    /// What Go prints.
    #[test]
    fn references_are_seen_from_their_document() {
        check("file:///values.schema.json", "other.json", "file:///other.json");
        check("file:///values.schema.json", "./a/../b.json", "file:///b.json");
        check("file:///values.schema.json", "../../x.json", "file:///x.json");
        check("file:///values.schema.json", "", "file:///values.schema.json");
        check("https://example.com/a/b?q=1", "c?r", "https://example.com/a/c?r");
        check("https://example.com/a/b?q=1", "", "https://example.com/a/b?q=1");
        check("https://example.com/a/b", "/c/.", "https://example.com/c/");
        check("https://example.com", "c", "https://example.com/c");
        check("https://example.com/a", "//other.org/x", "https://other.org/x");
        check("https://example.com/a", "HTTP://other.org", "http://other.org");
        check("https://example.com/a", "urn:x:y", "urn:x:y");
        check("urn:x:y", "", "urn:x:y");
    }

    #[test]
    fn a_segment_of_a_path_escapes_more() {
        let escaped = path_escape("a b,c;d!'()*[]$&+:=@~%|^é\"<>`{}/".as_bytes());
        assert_eq!(escaped, b"a%20b%2Cc%3Bd%21%27%28%29%2A%5B%5D$&+:=@~%25%7C%5E%C3%A9%22%3C%3E%60%7B%7D%2F");
    }
}
