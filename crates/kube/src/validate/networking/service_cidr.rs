//! Addresses and ranges that Services get theirs from: `ValidateIPAddress`, `ValidateServiceCIDR`.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{ip, names};

/// Validates an IPAddress, which is called by its address.
pub(super) fn address(root: &Field<'_, '_>, errors: &mut Errors) {
    let (name, parent) = (root.field("metadata.name"), root.field("spec.parentRef"));
    if !name.text().is_empty() {
        errors.invalid(&name, ip::canonical(name.text()), Concern::ObjectName);
    }
    if !parent.is_set() {
        errors.push(parent.required(""));
        return;
    }
    let group = parent.field("group");
    if !group.text().is_empty() {
        errors.invalid(&group, names::subdomain(group.text()), Concern::ObjectName);
    }
    for (name, is_required) in [("resource", true), ("name", true), ("namespace", false)] {
        let field = parent.field(name);
        if !field.text().is_empty() {
            errors.invalid(&field, names::path_segment(field.text()), Concern::ObjectName);
        } else if is_required {
            errors.push(field.required(""));
        }
    }
}

/// Validates a ServiceCIDR: one range, or one of each family.
pub(super) fn range(spec: &Field<'_, '_>, errors: &mut Errors) {
    let ranges = spec.field("cidrs");
    if ranges.is_empty() {
        errors.push(ranges.required("at least one CIDR required"));
        return;
    }
    if ranges.len() > 2 {
        errors.push(ranges.invalid_value(&format!("{{\"CIDRs\":{}}}", ranges.shown()), "may only hold up to 2 values"));
        return;
    }
    for range in ranges.items() {
        errors.invalid(&range, ip::canonical_network(range.text()), Concern::Other);
    }
    let mut families = ranges.items().map(|range| ip::is_v6_network(range.text()));
    if let (Some(Some(first)), Some(Some(second))) = (families.next(), families.next())
        && first == second
    {
        errors.push(ranges.invalid("may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64"));
    }
}
