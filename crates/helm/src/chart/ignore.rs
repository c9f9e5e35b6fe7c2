//! `.helmignore`: which files of a folder are no part of the chart (`pkg/ignore/rules.go`).

use crate::LoadError;
use crate::glob::path_match;

/// The rules of one `.helmignore`, with Helm's own added.
#[derive(Debug, Default)]
pub struct Rules {
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    glob: String,
    scope: Scope,
    negate: bool,
    must_be_folder: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Scope {
    /// The pattern has a slash: it is matched with the whole path.
    Path,
    /// It has none: it is matched with the last part.
    Name,
}

impl Rules {
    /// Reads a `.helmignore` (empty text if there is none) and adds the rule that files in `templates/` whose names begin with a dot are ignored.
    ///
    /// # Errors
    /// A pattern that does not compile, or `**`.
    pub fn parse(text: &str) -> Result<Rules, LoadError> {
        let mut rules = Rules::default();
        for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines().chain(["templates/.?*"]) {
            rules.add(line.trim_matches(crate::rendered::go_space))?;
        }
        Ok(rules)
    }

    fn add(&mut self, rule: &str) -> Result<(), LoadError> {
        if rule.is_empty() || rule.starts_with('#') {
            return Ok(());
        }
        if rule.contains("**") {
            return Err(LoadError::new("double-star (**) syntax is not supported"));
        }
        path_match(rule, "abc").map_err(LoadError::new)?;
        let (negate, rule) = rule.strip_prefix('!').map_or((false, rule), |rest| (true, rest));
        let (must_be_folder, rule) = rule.strip_suffix('/').map_or((false, rule), |rest| (true, rest));
        let (scope, glob) = match rule.strip_prefix('/') {
            Some(rest) => (Scope::Path, rest),
            None if rule.contains('/') => (Scope::Path, rule),
            None => (Scope::Name, rule),
        };
        self.patterns.push(Pattern { glob: glob.to_owned(), scope, negate, must_be_folder });
        Ok(())
    }

    /// Whether a file or folder is left out. A folder that is left out takes all that it holds with it.
    pub fn ignores(&self, path: &str, is_folder: bool) -> bool {
        if matches!(path, "" | "." | "./") {
            return false;
        }
        for pattern in &self.patterns {
            let wrong_kind = pattern.must_be_folder && !is_folder;
            if pattern.negate {
                if wrong_kind || !pattern.matches(path) {
                    return true;
                }
            } else if !wrong_kind && pattern.matches(path) {
                return true;
            }
        }
        false
    }
}

impl Pattern {
    fn matches(&self, path: &str) -> bool {
        let subject = match self.scope {
            Scope::Path => path,
            Scope::Name => path.rsplit('/').next().unwrap_or(path),
        };
        path_match(&self.glob, subject).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: &str, path: &str, is_folder: bool, ignored: bool) {
        assert_eq!(Rules::parse(rules).unwrap().ignores(path, is_folder), ignored, "{rules:?} on {path}");
    }

    #[test]
    fn rules_are_matched_as_helm_matches_them() {
        check("", "templates/.hidden", false, true);
        check("", ".hidden", false, false);
        check("*.bak", "a/b.bak", false, true);
        check("/*.bak", "a/b.bak", false, false);
        check("/*.bak", "b.bak", false, true);
        check("ci/", "ci", true, true);
        check("ci/", "ci", false, false);
        check("# ci", "ci", true, false);
        check("a/*.txt", "a/x.txt", false, true);
        check("a/*.txt", "b/a/x.txt", false, false);
    }

    #[test]
    fn two_stars_are_refused() {
        assert_eq!(Rules::parse("a/**").unwrap_err().message, "double-star (**) syntax is not supported");
    }
}
