//! Where pods may run: selectors of nodes, affinity, tolerations, spreading. Other groups' objects have selectors and tolerations too.

use std::collections::HashSet;

use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{labels, names};

/// `ValidateNodeSelector`; preferences may have values that no label has.
pub(crate) fn node_selector(selector: &Field<'_, '_>, errors: &mut Errors) {
    let terms = selector.field("nodeSelectorTerms");
    if terms.is_empty() {
        errors.push(terms.required("must have at least one node selector term"));
    }
    for term in terms.items() {
        node_term(&term, true, errors);
    }
}

fn node_term(term: &Field<'_, '_>, strict: bool, errors: &mut Errors) {
    for requirement in term.field("matchExpressions").items() {
        node_requirement(&requirement, strict, errors);
    }
    for requirement in term.field("matchFields").items() {
        let (key, operator, values) = (requirement.field("key"), requirement.field("operator"), requirement.field("values"));
        if !matches!(operator.text(), "In" | "NotIn") {
            errors.push(operator.invalid("not a valid selector operator").about(Concern::Enum));
        } else if values.len() != 1 {
            errors.push(values.required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
        }
        if key.text() == "metadata.name" {
            for value in values.items() {
                errors.invalid(&value, names::subdomain(value.text()), Concern::Other);
            }
        } else {
            errors.push(key.invalid("not a valid field selector key"));
        }
    }
}

fn node_requirement(requirement: &Field<'_, '_>, strict: bool, errors: &mut Errors) {
    let (key, operator, values) = (requirement.field("key"), requirement.field("operator"), requirement.field("values"));
    match operator.text() {
        "In" | "NotIn" if values.is_empty() => errors.push(values.required("must be specified when `operator` is 'In' or 'NotIn'")),
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.push(values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
        }
        "Gt" | "Lt" if values.len() != 1 => errors.push(values.required("must be specified single value when `operator` is 'Lt' or 'Gt'")),
        "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
        _ => errors.push(operator.invalid("not a valid selector operator").about(Concern::Enum)),
    }
    errors.invalid(&key, names::qualified(key.text()), Concern::Label);
    for value in values.items().filter(|_| strict) {
        errors.invalid(&value, names::label_value(value.text()), Concern::Label);
    }
}

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// `validateAffinity`.
pub(super) fn affinity(affinity: &Field<'_, '_>, errors: &mut Errors) {
    let nodes = affinity.field("nodeAffinity");
    let required = nodes.field(REQUIRED);
    if required.is_set() {
        node_selector(&required, errors);
    }
    for preference in nodes.field(PREFERRED).items() {
        weight(&preference.field("weight"), errors);
        node_term(&preference.field("preference"), false, errors);
    }
    for name in ["podAffinity", "podAntiAffinity"] {
        let pods = affinity.field(name);
        for term in pods.field(REQUIRED).items() {
            pod_term(&term, errors);
        }
        for preference in pods.field(PREFERRED).items() {
            weight(&preference.field("weight"), errors);
            pod_term(&preference.field("podAffinityTerm"), errors);
        }
    }
}

fn weight(weight: &Field<'_, '_>, errors: &mut Errors) {
    let number = weight.int().unwrap_or_default();
    if !(1..=100).contains(&number) {
        errors.push(weight.invalid_value(&number.to_string(), "must be in the range 1-100"));
    }
}

/// From here on pods are matched by the labels of their own that keys name (`MatchLabelKeysInPodAffinity`).
const LABEL_KEYS_IN_AFFINITY: u32 = 31;

fn pod_term(term: &Field<'_, '_>, errors: &mut Errors) {
    labels::selector(&term.field("labelSelector"), errors);
    labels::selector(&term.field("namespaceSelector"), errors);
    for name in term.field("namespaces").items() {
        for message in names::label(name.text()) {
            errors.push(term.field("namespace").of(name.near()).invalid_value(&shown_text(name.text()), &message));
        }
    }
    if errors.minor >= LABEL_KEYS_IN_AFFINITY {
        label_keys(term, errors);
    }
    let topology = term.field("topologyKey");
    if topology.text().is_empty() {
        errors.push(topology.required("can not be empty"));
    }
    errors.invalid(&topology, names::qualified(topology.text()), Concern::Label);
}

/// `ValidateMatchLabelKeysAndMismatchLabelKeys`.
fn label_keys(owner: &Field<'_, '_>, errors: &mut Errors) {
    let (matching, other, selector) = (owner.field("matchLabelKeys"), owner.field("mismatchLabelKeys"), owner.field("labelSelector"));
    for keys in [&matching, &other] {
        if !keys.is_empty() && !selector.is_set() {
            errors.push(keys.forbidden("must not be specified when labelSelector is not set"));
            continue;
        }
        for key in keys.items() {
            errors.invalid(&key, names::qualified(key.text()), Concern::Label);
        }
    }
    if matching.is_empty() {
        return;
    }
    let mut seen: HashSet<&str> = selector.field("matchLabels").entries().map(|(key, _)| key).collect();
    for expression in selector.field("matchExpressions").items() {
        let key = expression.field("key");
        let again = !seen.insert(key.text());
        if let Some(index) = matching.items().position(|item| item.text() == key.text()).filter(|_| again) {
            let at = owner.at(index).of(key.near());
            errors.push(at.invalid_value(&shown_text(key.text()), "exists in both matchLabelKeys and labelSelector"));
        }
    }
    let others: HashSet<&str> = other.items().map(|key| key.text()).collect();
    for key in matching.items().filter(|key| others.contains(key.text())) {
        errors.push(key.invalid("exists in both matchLabelKeys and mismatchLabelKeys"));
    }
}

const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// `ValidateTolerations`.
pub(crate) fn tolerations(list: &Field<'_, '_>, errors: &mut Errors) {
    for toleration in list.items() {
        let (key, operator, value) = (toleration.field("key"), toleration.field("operator"), toleration.field("value"));
        let effect = toleration.field("effect");
        if !key.text().is_empty() {
            errors.invalid(&key, names::qualified(key.text()), Concern::Label);
        } else if operator.text() != "Exists" {
            let message = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            errors.push(operator.invalid(message));
        }
        if toleration.field("tolerationSeconds").is_set() && effect.text() != "NoExecute" {
            errors.push(effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set"));
        }
        let value = operator.of(value.node().unwrap_or(operator.near()));
        match operator.text() {
            "Equal" | "" => {
                let text = toleration.field("value").text();
                let messages = names::label_value(text);
                if !messages.is_empty() {
                    errors.push(value.invalid_value(&shown_text(text), &messages.join(";")).about(Concern::Label));
                }
            }
            "Exists" => {
                if !toleration.field("value").text().is_empty() {
                    errors.push(value.invalid("value must be empty when `operator` is 'Exists'"));
                }
            }
            "Lt" | "Gt" => errors.push(operator.not_supported(&["Equal", "Exists", "Lt", "Gt"])),
            _ => errors.push(operator.not_supported(&["Equal", "Exists"])),
        }
        if !effect.text().is_empty() && !EFFECTS.contains(&effect.text()) {
            errors.push(effect.not_supported(EFFECTS));
        }
    }
}

/// `validateNodeTaints`.
pub(super) fn taints(list: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = HashSet::new();
    for taint in list.items() {
        let (key, value, effect) = (taint.field("key"), taint.field("value"), taint.field("effect"));
        errors.invalid(&key, names::qualified(key.text()), Concern::Label);
        let messages = names::label_value(value.text());
        if !messages.is_empty() {
            errors.push(value.invalid(&messages.join(";")).about(Concern::Label));
        }
        if effect.text().is_empty() {
            errors.push(effect.required(""));
        } else if !EFFECTS.contains(&effect.text()) {
            errors.push(effect.not_supported(EFFECTS));
        }
        if !seen.insert((key.text(), effect.text())) {
            // As Go writes its own type.
            let [key, value, effect] = [key, value, effect].map(|field| shown_text(field.text()));
            let shown = format!("{{\"Key\":{key},\"Value\":{value},\"Effect\":{effect},\"TimeAdded\":null}}");
            let mut error = taint.duplicate_value(&shown);
            error.message.push_str(": taints must be unique by key and effect pair");
            errors.push(error);
        }
    }
}

/// From here on what pods are spread by may name keys of their labels (`MatchLabelKeysInPodTopologySpread`), …
const LABEL_KEYS: u32 = 27;
/// … and those are put into the selector (`MatchLabelKeysInPodTopologySpreadSelectorMerge`).
const MERGED_LABEL_KEYS: u32 = 34;

/// `validateTopologySpreadConstraints`.
pub(super) fn spread(list: &Field<'_, '_>, errors: &mut Errors) {
    let pair = |constraint: &Field<'_, '_>| {
        (constraint.field("topologyKey").text().to_owned(), constraint.field("whenUnsatisfiable").text().to_owned())
    };
    let mut behind = HashSet::new();
    // What is repeated is told of at each but the last.
    let repeated: Vec<bool> = list.items().rev().map(|constraint| !behind.insert(pair(&constraint))).collect();
    for (constraint, is_repeated) in list.items().zip(repeated.into_iter().rev()) {
        let (skew, topology, action) =
            (constraint.field("maxSkew"), constraint.field("topologyKey"), constraint.field("whenUnsatisfiable"));
        let number = skew.int().unwrap_or_default();
        if number <= 0 {
            errors.push(skew.invalid_value(&number.to_string(), "must be greater than zero"));
        }
        if topology.text().is_empty() {
            errors.push(topology.required("can not be empty"));
        }
        if !matches!(action.text(), "DoNotSchedule" | "ScheduleAnyway") {
            errors.push(action.not_supported_value(&shown_text(action.text()), &["DoNotSchedule", "ScheduleAnyway"]));
        }
        if is_repeated {
            let shown = shown_text(&format!("{{{}, {}}}", topology.text(), action.text()));
            errors.push(constraint.field("{topologyKey, whenUnsatisfiable}").of(constraint.near()).duplicate_value(&shown));
        }
        let domains = constraint.field("minDomains");
        if let Some(number) = domains.int() {
            if number <= 0 {
                errors.push(domains.invalid("must be greater than zero"));
            }
            if action.text() != "DoNotSchedule" {
                let message = format!("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {}", action.text());
                errors.push(domains.invalid(&message));
            }
        }
        for name in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            super::paths::one_of(&constraint.field(name), &["Honor", "Ignore"], errors);
        }
        if errors.minor >= MERGED_LABEL_KEYS {
            label_keys(&constraint, errors);
        } else if errors.minor >= LABEL_KEYS {
            older_label_keys(&constraint, errors);
        }
        labels::selector(&constraint.field("labelSelector"), errors);
    }
}

/// `ValidateMatchLabelKeysInTopologySpread`.
fn older_label_keys(constraint: &Field<'_, '_>, errors: &mut Errors) {
    let (keys, selector) = (constraint.field("matchLabelKeys"), constraint.field("labelSelector"));
    if keys.is_empty() {
        return;
    }
    if !selector.is_set() {
        errors.push(keys.forbidden("must not be specified when labelSelector is not set"));
    }
    let (pairs, expressions) = (selector.field("matchLabels"), selector.field("matchExpressions"));
    let selected: HashSet<&str> =
        pairs.entries().map(|(key, _)| key).chain(expressions.items().map(|expression| expression.field("key").text())).collect();
    for key in keys.items() {
        errors.invalid(&key, names::qualified(key.text()), Concern::Label);
        if selected.contains(key.text()) {
            errors.push(key.invalid("exists in both matchLabelKeys and labelSelector"));
        }
    }
}
