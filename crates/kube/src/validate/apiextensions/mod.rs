//! Definitions of custom resources: `k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go`, with the defaults and the
//! conversion of its `v1`. Expressions are not compiled, and defaults are not held to their schemas.

mod lists;
mod parts;
mod properties;
mod rules;
mod schema;
mod structural;
mod versions;

use chartwright_go::url::Url;

use super::Subject;
use super::concern::Concern;
use super::field::{Errors, Field};
use super::names;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "CustomResourceDefinition" {
        definition(&subject.field(), errors);
    }
}

/// `ValidateCustomResourceDefinition`.
fn definition(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    let (name, group, scope) = (root.field("metadata.name"), spec.field("group"), spec.field("scope"));
    let own = spec.field("names");
    if !name.text().is_empty() && name.text() != format!("{}.{}", own.field("plural").text(), group.text()) {
        errors.push(name.invalid("must be spec.names.plural+\".\"+spec.group").about(Concern::ObjectName));
    }
    if group.text().is_empty() {
        errors.push(group.required(""));
    } else if !names::subdomain(group.text()).is_empty() {
        errors.push(group.invalid(&names::subdomain(group.text()).join(",")).about(Concern::ObjectName));
    } else if !group.text().contains('.') {
        errors.push(group.invalid("should be a domain with at least one dot").about(Concern::ObjectName));
    }
    match scope.text() {
        "" => errors.push(scope.required("")),
        "Cluster" | "Namespaced" => {}
        _ => errors.push(scope.not_supported(&["Cluster", "Namespaced"])),
    }
    versions::validate(&spec, errors);
    parts::names(&own, errors);
    parts::conversion(&spec.field("conversion"), errors);
    approval(root, group.text(), errors);
    let preserve = spec.field("preserveUnknownFields");
    if preserve.is_on() {
        errors.push(
            preserve.invalid("cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"),
        );
    }
}

const APPROVED: &str = "api-approved.kubernetes.io";

/// `validateAPIApproval`: groups of Kubernetes' community name who approved of the definition.
fn approval(root: &Field<'_, '_>, group: &str, errors: &mut Errors) {
    const SEE: &str = "see https://github.com/kubernetes/enhancements/pull/1111";
    let is_protected = ["k8s.io", "kubernetes.io"]
        .iter()
        .any(|domain| group.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    if !is_protected {
        return;
    }
    let annotations = root.field("metadata.annotations");
    let approval = annotations.key(APPROVED);
    let text = approval.text();
    let is_url = || Url::parse(text.as_bytes()).is_ok_and(|url| !url.host.is_empty() && !url.scheme.is_empty());
    if text.is_empty() {
        errors.push(approval.required(&format!("protected groups must have approval annotation {APPROVED:?}, {SEE}")));
    } else if !text.starts_with("unapproved") && !is_url() {
        let detail = format!(
            "protected groups must have approval annotation {APPROVED:?} with either a URL or a reason starting with \"unapproved\", {SEE}"
        );
        errors.push(approval.invalid(&detail));
    }
}
