//! Values that flags give to all releases or to one: `VALUE` or `RELEASE=VALUE`.

/// What was given.
pub(super) struct Given<'a> {
    all: Vec<(Option<&'a str>, &'a str)>,
}

impl<'a> Given<'a> {
    /// Reads them.
    ///
    /// # Errors
    /// A release that is none of the stack's.
    pub(super) fn read(flag: &str, texts: &'a [String], releases: &[String]) -> Result<Given<'a>, String> {
        let mut all = Vec::new();
        for text in texts {
            all.push(match text.split_once('=') {
                Some((release, value)) if releases.iter().any(|known| known == release) => (Some(release), value),
                // A path may have the sign in it, a name may not.
                Some((release, _)) if !release.contains(['/', '.']) => {
                    return Err(format!("--{flag} {text}: there is no release {release}, only {}", releases.join(", ")));
                }
                _ => (None, text.as_str()),
            });
        }
        Ok(Given { all })
    }

    /// All that goes for a release, in order.
    pub(super) fn of(&self, release: &str) -> Vec<&'a str> {
        self.all.iter().filter(|(whose, _)| whose.is_none_or(|whose| whose == release)).map(|(_, value)| *value).collect()
    }

    /// The one that counts for a release: its own before that of all, the last of each.
    pub(super) fn one(&self, release: &str) -> Option<(&'a str, bool)> {
        let last = |own: bool| {
            self.all
                .iter()
                .rev()
                .find(|(whose, _)| if own { *whose == Some(release) } else { whose.is_none() })
                .map(|(_, value)| (*value, own))
        };
        last(true).or_else(|| last(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn for_all_and_for_one() {
        let texts = ["a", "api=b", "c", "./x=y"].map(str::to_owned);
        let given = Given::read("values", &texts, &["api".to_owned(), "job".to_owned()]).expect("known releases");
        assert_eq!(given.of("api"), ["a", "b", "c", "./x=y"]);
        assert_eq!(given.of("job"), ["a", "c", "./x=y"]);
        assert_eq!((given.one("api"), given.one("job")), (Some(("b", true)), Some(("./x=y", false))));
        let error = Given::read("values", &["web=b".to_owned()], &["api".to_owned()]).err();
        assert_eq!(error.as_deref(), Some("--values web=b: there is no release web, only api"));
    }
}
