//! Leases: `pkg/apis/coordination/validation/validation.go`. How candidates agree on a leader is dropped by servers without that feature, and not
//! looked at here.

use super::Subject;
use super::field::Errors;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind != "Lease" {
        return;
    }
    let root = subject.field();
    let spec = root.field("spec");
    let (duration, transitions) = (spec.field("leaseDurationSeconds"), spec.field("leaseTransitions"));
    if duration.int().is_some_and(|seconds| seconds <= 0) {
        errors.push(duration.invalid("must be greater than 0"));
    }
    if transitions.int().is_some_and(|count| count < 0) {
        errors.push(transitions.invalid("must be greater than or equal to 0"));
    }
}
