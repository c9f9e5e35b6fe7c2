//! Profiles: which rules a run asks for, by name. What a project switches on or off besides, is not known here.

use crate::finding::Severity;
use crate::rule::Rule;

/// A named choice of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Profile {
    /// What the API server refuses or no longer serves, and nothing else.
    Api,
    /// What most teams want to hear: the rules that are on by default, the Pod Security Standards among them.
    #[default]
    Default,
    /// What the API server refuses, and what a namespace of the baseline standard does not admit.
    Baseline,
    /// What the API server refuses, and what a namespace of the restricted standard does not admit.
    Restricted,
    /// Every rule.
    All,
}

impl Profile {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 5] = [Self::Api, Self::Default, Self::Baseline, Self::Restricted, Self::All];

    /// Its name in options and project files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Default => "default",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
            Self::All => "all",
        }
    }

    /// The profile of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// Whether it asks for a rule.
    #[must_use]
    pub fn has(self, rule: &Rule) -> bool {
        let judged = matches!(rule.group, "Schema" | "API-server semantic") && rule.severity == Severity::Error;
        let refused = rule.by_default && (judged || matches!(rule.id, "unknown-kind" | "removed-api"));
        match self {
            Self::Api => refused,
            Self::Default => rule.by_default,
            Self::Baseline => refused || rule.group == "PSS baseline",
            Self::Restricted => refused || matches!(rule.group, "PSS baseline" | "PSS restricted"),
            Self::All => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    fn ids(profile: Profile) -> Vec<&'static str> {
        RULES.iter().filter(|rule| profile.has(rule)).map(|rule| rule.id).collect()
    }

    #[test]
    fn a_profile_is_found_by_its_name() {
        for profile in Profile::ALL {
            assert_eq!(Profile::find(profile.name()), Some(profile));
        }
        assert_eq!(Profile::find("strict"), None);
    }

    #[test]
    fn each_profile_asks_for_what_it_says() {
        for (profile, has, lacks) in [
            (Profile::Api, "hpa-min-max", "privileged"),
            (Profile::Api, "removed-api", "yaml-truthy"),
            (Profile::Default, "latest-tag", ""),
            (Profile::Baseline, "privileged", "runAsNonRoot"),
            (Profile::Restricted, "runAsNonRoot", "latest-tag"),
            (Profile::All, "latest-tag", ""),
        ] {
            let ids = ids(profile);
            assert!(ids.contains(&has) && !ids.contains(&lacks), "{}: {ids:?}", profile.name());
        }
    }
}
