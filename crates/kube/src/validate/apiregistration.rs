//! APIs that servers beside the API server have: `kube-aggregator/pkg/apis/apiregistration/validation/validation.go`.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::{Subject, names, webhook};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "APIService" {
        service(&subject.field(), errors);
    }
}

/// `ValidateAPIService`.
fn service(root: &Field<'_, '_>, errors: &mut Errors) {
    let (name, spec) = (root.field("metadata.name"), root.field("spec"));
    let (group, version) = (spec.field("group"), spec.field("version"));
    let required = format!("{}.{}", version.text(), group.text());
    if !name.text().is_empty() && name.text() != required && names::path_segment(name.text()).is_empty() {
        let detail = format!("must be `spec.version+\".\"+spec.group`: {}", shown_text(&required));
        errors.push(name.invalid(&detail).about(Concern::ObjectName));
    }
    if group.text().is_empty() {
        if version.text() != "v1" {
            errors.push(group.required("only v1 may have an empty group and it better be legacy kube"));
        }
    } else {
        errors.invalid(&group, names::subdomain(group.text()), Concern::ObjectName);
    }
    for message in names::label_1035(version.text()) {
        errors.push(version.invalid(&message).about(Concern::ObjectName));
    }
    for (name, most) in [("groupPriorityMinimum", 20_000), ("versionPriority", 1000)] {
        let priority = spec.field(name);
        let number = priority.int().unwrap_or_default();
        if !(1..=most).contains(&number) {
            errors.push(priority.invalid_value(&number.to_string(), &format!("must be positive and less than {most}")));
        }
    }
    let (service, skips, bundle) = (spec.field("service"), spec.field("insecureSkipTLSVerify"), spec.field("caBundle"));
    let has_bundle = !bundle.text().is_empty();
    if !service.is_set() {
        if has_bundle {
            let bytes = chartwright_go::base64::decode64(bundle.text().as_bytes()).map_or(0, |bytes| bytes.len());
            errors.push(bundle.invalid_value(&shown_text(&format!("{bytes} bytes")), "local APIServices may not have a caBundle"));
        }
        if skips.is_on() {
            errors.push(skips.invalid("local APIServices may not have insecureSkipTLSVerify"));
        }
        return;
    }
    for name in ["namespace", "name"] {
        let field = service.field(name);
        if field.text().is_empty() {
            errors.push(field.required(""));
        }
    }
    webhook::port(&service, errors);
    if skips.is_on() && has_bundle {
        errors.push(skips.invalid("may not be true if caBundle is present"));
    }
}
