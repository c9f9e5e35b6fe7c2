//! Levels of priority.

use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::formats;

const MAX_QUEUES: i64 = 10_000_000;
/// How many bits a hash has for choosing queues.
const MAX_BITS: f64 = 60.0;
const PERCENT: std::ops::RangeInclusive<i64> = 0..=100;

/// `ValidatePriorityLevelConfiguration`, but for the levels that the API server keeps as they are.
pub(super) fn validate(root: &Field<'_, '_>, errors: &mut Errors) {
    let (name, spec) = (root.field("metadata.name"), root.field("spec"));
    let kind = spec.field("type");
    if (name.text() == "exempt") != (kind.text() == "Exempt") {
        errors.push(kind.invalid_value(&shown_text(kind.text()), "must be 'Exempt' if and only if `name` is 'exempt'"));
    }
    let (limited, exempt) = (spec.field("limited"), spec.field("exempt"));
    match kind.text() {
        "Exempt" => {
            if limited.is_set() {
                formats::forbidden(&limited, "must be nil if the type is not Limited", errors);
                let kind = limited.field("limitResponse.type");
                if errors.minor >= formats::TAGS && kind.text().is_empty() {
                    errors.push(kind.required(""));
                }
            }
            shares(&exempt, errors);
            lendable(&exempt, errors);
        }
        "Limited" => {
            if exempt.is_set() {
                formats::forbidden(&exempt, "must be nil if the type is Limited", errors);
            }
            if limited.is_set() {
                self::limited(&limited, errors);
            } else {
                formats::required(&limited, "must not be empty when type is Limited", errors);
            }
        }
        "" => errors.push(kind.required("")),
        _ => errors.push(kind.not_supported(&["Exempt", "Limited"])),
    }
}

fn shares(level: &Field<'_, '_>, errors: &mut Errors) {
    let shares = level.field("nominalConcurrencyShares");
    if shares.int().is_some_and(|shares| shares < 0) {
        errors.push(shares.invalid("must be a non-negative integer"));
    }
}

fn lendable(level: &Field<'_, '_>, errors: &mut Errors) {
    let percent = level.field("lendablePercent");
    if percent.int().is_some_and(|percent| !PERCENT.contains(&percent)) {
        errors.push(percent.invalid("must be between 0 and 100, inclusive"));
    }
}

/// `ValidateLimitedPriorityLevelConfiguration`.
fn limited(limited: &Field<'_, '_>, errors: &mut Errors) {
    shares(limited, errors);
    let response = limited.field("limitResponse");
    let (kind, queuing) = (response.field("type"), response.field("queuing"));
    match kind.text() {
        "Reject" if queuing.is_set() => formats::forbidden(&queuing, "must be nil if limited.limitResponse.type is not Limited", errors),
        "Reject" => {}
        "Queue" if queuing.is_set() => self::queuing(&queuing, errors),
        "Queue" => formats::required(&queuing, "must not be empty if limited.limitResponse.type is Limited", errors),
        "" => errors.push(kind.required("")),
        _ => errors.push(kind.not_supported(&["Queue", "Reject"])),
    }
    lendable(limited, errors);
    let borrowed = limited.field("borrowingLimitPercent");
    if borrowed.int().is_some_and(|percent| percent < 0) {
        errors.push(borrowed.invalid("if specified, must be a non-negative integer"));
    }
}

/// `ValidatePriorityLevelQueuingConfiguration`; what is 0 is filled in.
fn queuing(queuing: &Field<'_, '_>, errors: &mut Errors) {
    let of = |field: &Field<'_, '_>, default: i64| field.int().filter(|number| *number != 0).unwrap_or(default);
    let (length, queues, hand) = (queuing.field("queueLengthLimit"), queuing.field("queues"), queuing.field("handSize"));
    let (count, size) = (of(&queues, 64), of(&hand, 8));
    if of(&length, 50) <= 0 {
        errors.push(length.invalid("must be positive"));
    }
    if count <= 0 {
        errors.push(queues.invalid("must be positive"));
    } else if count > MAX_QUEUES {
        errors.push(queues.invalid(&format!("must not be greater than {MAX_QUEUES}")));
    }
    if size <= 0 {
        errors.push(hand.invalid("must be positive"));
    } else if size > count {
        errors.push(hand.invalid_value(&size.to_string(), &format!("should not be greater than queues ({count})")));
    } else if entropy(count, size) > MAX_BITS {
        let detail = format!("required entropy bits of deckSize {count} and handSize {size} should not be greater than {MAX_BITS}");
        errors.push(hand.invalid_value(&size.to_string(), &detail));
    }
}

/// `RequiredEntropyBits` (`k8s.io/apiserver/pkg/util/shufflesharding`).
#[expect(clippy::cast_precision_loss, reason = "numbers of 32 bits")]
fn entropy(queues: i64, hand: i64) -> f64 {
    ((queues as f64).log2() * hand as f64).ceil()
}
