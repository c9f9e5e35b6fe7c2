//! Go's `path` package, and `path/filepath` as it is on Linux, where the two agree. Only text: no file is looked at.

/// `path.Clean`. Source: `path/path.go`.
pub fn clean(path: &[u8]) -> Vec<u8> {
    if path.is_empty() {
        return b".".to_vec();
    }
    let rooted = path[0] == b'/';
    let mut out = Vec::with_capacity(path.len());
    if rooted {
        out.push(b'/');
    }
    // What stands before this cannot be taken back by `..`.
    let mut keep = out.len();
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                if out.len() > keep {
                    let at = out[keep..].iter().rposition(|&byte| byte == b'/').map_or(keep, |at| keep + at);
                    out.truncate(at);
                } else if !rooted {
                    if !out.is_empty() {
                        out.push(b'/');
                    }
                    out.extend_from_slice(b"..");
                    keep = out.len();
                }
            }
            _ => {
                if out.len() > usize::from(rooted) {
                    out.push(b'/');
                }
                out.extend_from_slice(part);
            }
        }
    }
    if out.is_empty() {
        out.push(b'.');
    }
    out
}

/// `path.Base`.
pub fn base(path: &[u8]) -> &[u8] {
    if path.is_empty() {
        return b".";
    }
    let end = path.iter().rposition(|&byte| byte != b'/').map_or(0, |at| at + 1);
    if end == 0 {
        return b"/";
    }
    let start = path[..end].iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1);
    &path[start..end]
}

/// `path.Dir`.
pub fn dir(path: &[u8]) -> Vec<u8> {
    clean(&path[..path.iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1)])
}

/// `path.Ext`: from the last dot of the last element.
pub fn ext(path: &[u8]) -> &[u8] {
    match path.iter().rposition(|&byte| byte == b'.' || byte == b'/') {
        Some(at) if path[at] == b'.' => &path[at..],
        _ => b"",
    }
}

/// `path.IsAbs`.
pub fn is_abs(path: &[u8]) -> bool {
    path.first() == Some(&b'/')
}

/// `path.Join`.
pub fn join(parts: &[&[u8]]) -> Vec<u8> {
    let filled: Vec<&[u8]> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if filled.is_empty() { Vec::new() } else { clean(&filled.join(&b'/')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_as_go() {
        for (path, expected) in [
            ("", "."),
            ("a/../b", "b"),
            ("a/..", "."),
            ("/../a//b/./c/..", "/a/b"),
            ("../../x/../..", "../../.."),
            ("/", "/"),
            ("/..", "/"),
            ("a/b/../../..", ".."),
            ("./a", "a"),
            ("a/b/..", "a"),
            ("/a/..", "/"),
        ] {
            assert_eq!(String::from_utf8(clean(path.as_bytes())).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn takes_apart_as_go() {
        assert_eq!(base(b"/a/b//"), b"b");
        assert_eq!(base(b"//"), b"/");
        assert_eq!(dir(b"/a/b"), b"/a");
        assert_eq!(dir(b"a"), b".");
        assert_eq!(ext(b"a.b/c"), b"");
        assert_eq!(ext(b"a/c.tar.gz"), b".gz");
        assert_eq!(join(&[b"a", b"", b"../b"]), b"b");
    }
}
