//! Findings on rendered manifests: one table of rules, one file a rule.
