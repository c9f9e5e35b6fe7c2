//! Patterns of paths: `*` and `?` within a part, `**` for any number of parts.

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    parts: Vec<String>,
}

impl Glob {
    /// Reads a pattern. A leading `./` and a trailing `/` say nothing.
    #[must_use]
    pub fn new(pattern: &str) -> Glob {
        Glob { parts: parts(pattern).map(str::to_owned).collect() }
    }

    /// Whether a path is meant, or a folder that it lies in.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        let reached = self.reached(path);
        // The pattern for the folder of the file itself covers everything.
        self.parts.is_empty() || reached.iter().skip(1).any(|reached| *reached)
    }

    /// Whether exactly this path is meant.
    #[must_use]
    pub fn is_exactly(&self, path: &str) -> bool {
        self.reached(path).last() == Some(&true)
    }

    /// The folder that everything it means lies in.
    #[must_use]
    pub fn literal(&self) -> String {
        let is_literal = |part: &&String| !part.contains(['*', '?']);
        self.parts.iter().take_while(is_literal).map(String::as_str).collect::<Vec<_>>().join("/")
    }

    /// Whether the whole pattern is used up by so many parts of the path.
    fn reached(&self, path: &str) -> Vec<bool> {
        let path: Vec<&str> = parts(path).collect();
        let mut row = vec![false; path.len() + 1];
        row[0] = true;
        for pattern in &self.parts {
            let mut next = vec![false; path.len() + 1];
            for at in 0..=path.len() {
                next[at] = match (pattern.as_str(), at.checked_sub(1)) {
                    ("**", None) => row[0],
                    ("**", Some(before)) => row[at] || next[before],
                    (_, None) => false,
                    (pattern, Some(before)) => row[before] && is_part(pattern, path[before]),
                };
            }
            row = next;
        }
        row
    }
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".")
}

/// Whether a part of a path fits, with one star to go back to.
pub(super) fn is_part(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut read) = (0, 0);
    let mut star = None;
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some('?') => (at, read) = (at + 1, read + 1),
            Some(c) if *c == text[read] => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((place, taken)) = star else { return false };
                star = Some((place, taken + 1));
                (at, read) = (place + 1, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, covers: bool, is_exactly: bool) {
        let glob = Glob::new(pattern);
        assert_eq!((glob.covers(path), glob.is_exactly(path)), (covers, is_exactly), "{pattern} {path}");
    }

    #[test]
    fn patterns() {
        check("charts/api", "charts/api", true, true);
        check("charts/api/", "charts/api/templates/a.yaml", true, false);
        check("charts/api", "charts/api2", false, false);
        check("charts/*", "charts/api", true, true);
        check("charts/*/templates", "charts/api/templates/a.yaml", true, false);
        check("**/vendor", "a/b/vendor/c.yaml", true, false);
        check("**/vendor", "vendor/c.yaml", true, false);
        check("**/*.yaml", "a.yaml", true, true);
        check("a/**/b.yaml", "a/b.yaml", true, true);
        check("a/**/b.yaml", "a/x/y/b.yaml", true, true);
        check("*-test?.yaml", "a-b-test1.yaml", true, true);
        check("*-test?.yaml", "a-b-test.yaml", false, false);
        check(".", "a/b", true, false);
        check(".", "", true, true);
        check("a", "", false, false);
    }
}
