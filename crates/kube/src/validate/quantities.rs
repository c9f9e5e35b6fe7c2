//! Amounts of resources that have bounds. Which amounts a resource may have is the core group's.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::numbers::NEGATIVE;
use crate::quantity::Quantity;

/// An amount as an error shows it: canonical, in quotes.
#[must_use]
pub fn shown(quantity: &Field<'_, '_>) -> String {
    shown_text(&quantity.quantity().map(|quantity| quantity.to_string()).unwrap_or_default())
}

/// `ValidateNonnegativeQuantity`.
pub fn non_negative(quantity: &Field<'_, '_>, errors: &mut Errors) {
    if quantity.quantity().is_some_and(|amount| amount.is_negative()) {
        errors.push(quantity.invalid_value(&shown(quantity), NEGATIVE).about(Concern::Quantity));
    }
}

/// `ValidatePositiveQuantityValue`, for an entry of a map; null is nothing.
pub fn positive(quantity: &Field<'_, '_>, errors: &mut Errors) {
    let amount = if quantity.is_set() { quantity.quantity() } else { Some(Quantity::ZERO) };
    if let Some(amount) = amount.filter(|amount| amount.is_negative() || amount.is_zero()) {
        let shown = shown_text(&amount.to_string());
        errors.push(quantity.invalid_value(&shown, "must be greater than zero").about(Concern::Quantity));
    }
}
