//! StatefulSets.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::numbers::{at_most_all, int_or_percent, non_negative};
use crate::validate::{names, pods, selectors};

/// The release that looks at `maxUnavailable`; those before drop it.
const MAX_UNAVAILABLE: u32 = 37;
/// The release that looks at the name of the service.
const SERVICE_NAME: u32 = 34;

/// `ValidateStatefulSetSpec`.
pub(super) fn validate(spec: &Field<'_, '_>, errors: &mut Errors) {
    let management = spec.field("podManagementPolicy");
    if !matches!(management.text(), "" | "OrderedReady" | "Parallel") {
        errors.push(management.invalid("must be 'OrderedReady' or 'Parallel'").about(Concern::Enum));
    }
    let before = errors.len();
    strategy(&spec.field("updateStrategy"), errors);
    errors.about(before, Concern::Rollout);
    let retention = spec.field("persistentVolumeClaimRetentionPolicy");
    for moment in ["whenDeleted", "whenScaled"] {
        let policy = retention.field(moment);
        if !matches!(policy.text(), "" | "Retain" | "Delete") {
            errors.push(policy.not_supported(&["Retain", "Delete"]));
        }
    }
    let claims = spec.field("volumeClaimTemplates");
    for claim in claims.items() {
        pods::claim(&claim.field("spec"), errors);
    }
    non_negative(&spec.field("replicas"), errors);
    non_negative(&spec.field("minReadySeconds"), errors);
    non_negative(&spec.field("ordinals.start"), errors);
    let service = spec.field("serviceName");
    if errors.minor >= SERVICE_NAME && !service.text().is_empty() {
        errors.invalid(&service, names::label(service.text()), Concern::ObjectName);
    }
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if super::required_selector(&selector, "statefulset", errors) {
        selectors::match_template(&selector, &template, errors);
        pods::template_with_claims(&template, &claims, errors);
    } else {
        errors.push(selector.invalid_value(&selectors::shown(&selector), "").about(Concern::Label));
    }
    super::pods_run_for_good(&template, "StatefulSet", errors);
}

fn strategy(strategy: &Field<'_, '_>, errors: &mut Errors) {
    const ROLLING_ALONE: &str = "only allowed for updateStrategy 'RollingUpdate'";
    let rolling = strategy.field("rollingUpdate");
    let (partition, unavailable) = (rolling.field("partition"), rolling.field("maxUnavailable"));
    let shown = || {
        let unavailable = if unavailable.is_set() { unavailable.shown() } else { "null".to_owned() };
        format!("{{\"Partition\":{},\"MaxUnavailable\":{unavailable}}}", partition.int().unwrap_or_default())
    };
    match strategy.field("type").text() {
        "OnDelete" => {
            if rolling.is_set() {
                errors.push(rolling.invalid_value(&shown(), ROLLING_ALONE));
            }
        }
        "" | "RollingUpdate" => {
            non_negative(&partition, errors);
            if errors.minor >= MAX_UNAVAILABLE && unavailable.is_set() {
                int_or_percent(&unavailable, errors);
                if super::amount(&unavailable, 1) == 0 {
                    errors.push(unavailable.invalid("cannot be 0"));
                }
                at_most_all(&unavailable, errors);
            }
        }
        other => {
            let rolling = if rolling.is_set() { shown() } else { "null".to_owned() };
            let value = format!("{{\"Type\":{},\"RollingUpdate\":{rolling}}}", shown_text(other));
            errors.push(strategy.invalid_value(&value, "must be 'RollingUpdate' or 'OnDelete'"));
        }
    }
}
