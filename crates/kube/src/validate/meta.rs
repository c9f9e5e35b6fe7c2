//! The metadata of every object: `k8s.io/apimachinery/pkg/api/validation/objectmeta.go`.

use super::{FieldError, Path, Subject};

/// Kinds that are questions: nothing is stored of them, and they need no name.
const NAMELESS: &[&str] = &[
    "TokenReview",
    "SelfSubjectReview",
    "SubjectAccessReview",
    "SelfSubjectAccessReview",
    "SelfSubjectRulesReview",
    "LocalSubjectAccessReview",
];

pub(super) fn validate(subject: Subject<'_>, errors: &mut Vec<FieldError>) {
    if NAMELESS.contains(&subject.kind) {
        return;
    }
    let root = subject.root;
    let named = ["name", "generateName"].iter().any(|key| root.at(&["metadata", key]).is_some_and(|name| name.scalar() != Some("")));
    if !named {
        errors.push(Path::new("metadata").child("name").required(root.nearest(&["metadata"]), "name or generateName is required"));
    }
}
