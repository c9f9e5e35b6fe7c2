//! The metadata of every object: `k8s.io/apimachinery/pkg/api/validation/objectmeta.go`, with what each kind may be called.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::{Subject, labels, names, numbers};
use crate::kind::{group, is_cluster_scoped};

/// Kinds that are questions: nothing is stored of them, and they need no name.
const NAMELESS: &[&str] = &[
    "TokenReview",
    "SelfSubjectReview",
    "SubjectAccessReview",
    "SelfSubjectAccessReview",
    "SelfSubjectRulesReview",
    "LocalSubjectAccessReview",
    "Eviction",
    "Binding",
];

/// What an object of a kind may be called.
fn name_rule(group: &str, kind: &str, minor: u32) -> names::NameRule {
    match (group, kind) {
        // Relaxed in 1.36 (`RelaxedServiceNameValidation`).
        ("", "Service") if minor < 36 => names::label_1035,
        ("", "Service" | "Namespace") | ("apps", "StatefulSet") => names::label,
        ("rbac.authorization.k8s.io" | "certificates.k8s.io" | "apiregistration.k8s.io", _)
        | ("networking.k8s.io", "IPAddress")
        | ("policy", "PodDisruptionBudget")
        | ("", "Event")
        | ("internal.apiserver.k8s.io", _) => names::path_segment,
        _ => names::subdomain,
    }
}

/// Whether objects of a kind may have finalizers without a domain: those that the API server does not hold to `ValidateObjectMeta` of the core group.
fn has_free_finalizers(group: &str, kind: &str) -> bool {
    FREE_FINALIZERS.contains(&group) || matches!((group, kind), ("", "Event") | ("policy", "PodDisruptionBudget"))
}

/// Groups of which all kinds are such.
const FREE_FINALIZERS: &[&str] =
    &["admissionregistration.k8s.io", "coordination.k8s.io", "apiregistration.k8s.io", "apiextensions.k8s.io", "node.k8s.io"];

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if NAMELESS.contains(&subject.kind) {
        return;
    }
    let group = group(subject.api_version);
    let root = subject.field();
    let metadata = root.field("metadata");
    object_meta(&metadata, name_rule(group, subject.kind, subject.minor), errors);
    let namespace = metadata.field("namespace");
    if !is_cluster_scoped(subject.api_version, subject.kind) && !namespace.text().is_empty() {
        errors.invalid(&namespace, names::label(namespace.text()), Concern::ObjectName);
    }
    if !has_free_finalizers(group, subject.kind) {
        let finalizers = metadata.field("finalizers");
        for finalizer in finalizers.items().filter(|finalizer| !finalizer.text().contains('/')) {
            if !matches!(finalizer.text(), "kubernetes" | "orphan" | "foregroundDeletion") {
                let said = shown_text(finalizer.text());
                errors.push(finalizer.invalid_value(&said, "name is neither a standard finalizer name nor is it fully qualified"));
            }
        }
    }
}

/// `ValidateObjectMeta` but for the namespace, which a request brings along.
pub(crate) fn object_meta(metadata: &Field<'_, '_>, rule: names::NameRule, errors: &mut Errors) {
    let (name, prefix) = (metadata.field("name"), metadata.field("generateName"));
    if !prefix.text().is_empty() {
        named(&prefix, &names::without_trailing_dash(prefix.text()), rule, errors);
    }
    if !name.text().is_empty() {
        named(&name, name.text(), rule, errors);
    } else if prefix.text().is_empty() {
        errors.push(name.required("name or generateName is required").about(Concern::ObjectName));
    }
    without_name(metadata, errors);
}

fn named(field: &Field<'_, '_>, name: &str, rule: names::NameRule, errors: &mut Errors) {
    for message in rule(name) {
        let concern = if message.starts_with("must be no more than") { Concern::NameLength } else { Concern::ObjectName };
        errors.push(field.invalid(&message).about(concern));
    }
}

/// What metadata says besides its name. Managed fields that cannot be read are dropped before anyone looks.
fn without_name(metadata: &Field<'_, '_>, errors: &mut Errors) {
    numbers::non_negative(&metadata.field("generation"), errors);
    labels::labels(&metadata.field("labels"), errors);
    labels::annotations(&metadata.field("annotations"), errors);
    owners(&metadata.field("ownerReferences"), errors);
    finalizers(&metadata.field("finalizers"), errors);
}

fn owners(references: &Field<'_, '_>, errors: &mut Errors) {
    let mut controller: Option<String> = None;
    for reference in references.items() {
        let (api_version, kind, name) = (reference.field("apiVersion"), reference.field("kind"), reference.field("name"));
        let slashes = api_version.text().bytes().filter(|byte| *byte == b'/').count();
        if !api_version.text().is_empty() && (slashes > 1 || api_version.text().ends_with('/')) {
            errors.push(api_version.invalid("must be <group>/<version> or <version>"));
        }
        for field in [&api_version, &kind, &name, &reference.field("uid")] {
            if field.text().is_empty() {
                errors.push(field.required("must not be empty"));
            }
        }
        if api_version.text() == "v1" && kind.text() == "Event" {
            errors.push(reference.invalid("/v1, Kind=Event is disallowed from being an owner"));
        }
        if reference.field("controller").is_on() {
            let this = format!("{}/{}", kind.text(), name.text());
            match &controller {
                Some(first) => errors.push(references.invalid(&format!(
                    "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {this}"
                ))),
                None => controller = Some(this),
            }
        }
    }
}

fn finalizers(finalizers: &Field<'_, '_>, errors: &mut Errors) {
    let has = |name: &str| finalizers.items().any(|finalizer| finalizer.text() == name);
    for finalizer in finalizers.items() {
        let at = finalizers.of(finalizer.near());
        for message in names::qualified(finalizer.text()) {
            errors.push(at.invalid_value(&shown_text(finalizer.text()), &message));
        }
    }
    if has("orphan") && has("foregroundDeletion") {
        errors.push(finalizers.invalid("finalizer orphan and foregroundDeletion cannot be both set"));
    }
}
