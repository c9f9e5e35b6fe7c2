//! Numbers, ports, and what may be a number or a percentage: `k8s.io/apimachinery/pkg/api/validation/generic.go` and parts of
//! `pkg/apis/apps/validation/validation.go`.

use super::concern::Concern;
use super::field::{Errors, Field};
use super::names;

/// What is below zero and may not be.
pub const NEGATIVE: &str = "must be greater than or equal to 0";

/// `ValidateNonnegativeField`: a number that is there is not below zero.
pub fn non_negative(number: &Field<'_, '_>, errors: &mut Errors) {
    if number.int().is_some_and(|number| number < 0) {
        errors.push(number.invalid(NEGATIVE));
    }
}

/// `ValidatePositiveField`: a number that is there is above zero.
pub fn positive(number: &Field<'_, '_>, errors: &mut Errors) {
    if number.int().is_some_and(|number| number <= 0) {
        errors.push(number.invalid("must be greater than zero"));
    }
}

/// `IsInRange`: a number that is there is within bounds.
pub fn range(number: &Field<'_, '_>, low: i64, high: i64, errors: &mut Errors) {
    if number.int().is_some_and(|number| !(low..=high).contains(&number)) {
        errors.push(number.invalid(&names::inclusive(low, high)));
    }
}

/// The bounds of a port.
pub const PORTS: std::ops::RangeInclusive<i64> = 1..=65535;

/// `IsValidPortNum`; what is absent is 0, which is none.
pub fn port(port: &Field<'_, '_>, errors: &mut Errors) {
    let number = port.int().unwrap_or_default();
    if !PORTS.contains(&number) {
        errors.push(port.invalid_value(&number.to_string(), &names::inclusive(*PORTS.start(), *PORTS.end())).about(Concern::Port));
    }
}

/// `ValidatePortNumOrName`: of a probe, a Service, a disruption or a policy.
pub fn port_or_name(port: &Field<'_, '_>, errors: &mut Errors) {
    match port.str() {
        Some(name) => errors.invalid(port, names::port_name(name), Concern::PortName),
        None => self::port(port, errors),
    }
}

/// A percentage's number, if a text is one: digits and `%`.
#[must_use]
pub fn percent(text: &str) -> Option<i64> {
    let digits = text.strip_suffix('%')?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(i64::MAX))
}

/// `ValidatePositiveIntOrPercent`: a number that is not negative, or a percentage.
pub fn int_or_percent(value: &Field<'_, '_>, errors: &mut Errors) {
    match value.str() {
        Some(text) if percent(text).is_none() => errors.push(
            value.invalid("a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"),
        ),
        Some(_) => {}
        None => non_negative(value, errors),
    }
}

/// `IsNotMoreThan100Percent`.
pub fn at_most_all(value: &Field<'_, '_>, errors: &mut Errors) {
    if value.str().and_then(percent).is_some_and(|percent| percent > 100) {
        errors.push(value.invalid("must not be greater than 100%"));
    }
}
