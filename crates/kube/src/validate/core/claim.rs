//! Claims of volumes, by themselves and as templates of workloads and volumes.

use super::paths::{named, one_of, required};
use super::sources::access_modes;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{labels, names, quantities};

/// The mode of a volume, which is filled in where it is absent.
pub(super) const VOLUME_MODES: &[&str] = &["Block", "Filesystem"];

/// From here on claims name a class of attributes (`VolumeAttributesClass`).
pub(super) const ATTRIBUTES_CLASSES: u32 = 34;

/// `ValidatePersistentVolumeClaimTemplate`: of metadata there are labels and annotations alone.
pub(super) fn claim_template(template: &Field<'_, '_>, errors: &mut Errors) {
    let metadata = template.field("metadata");
    labels::annotations(&metadata.field("annotations"), errors);
    labels::labels(&metadata.field("labels"), errors);
    for (name, value) in metadata.entries() {
        if !matches!(name, "annotations" | "labels") && value.is_set() && value.str() != Some("") {
            errors.push(metadata.field(name).forbidden("cannot be set"));
        }
    }
    claim_spec(&template.field("spec"), errors);
}

/// `ValidatePersistentVolumeClaimSpec`.
pub(crate) fn claim_spec(spec: &Field<'_, '_>, errors: &mut Errors) {
    access_modes(&spec.field("accessModes"), "at least 1 access mode is required", errors);
    labels::selector(&spec.field("selector"), errors);

    // Told of without the requests.
    let (resources, requests) = (spec.field("resources"), spec.field("resources.requests"));
    let at = resources.key("storage");
    match requests.key("storage").node() {
        Some(node) => quantities::positive(&at.of(node), errors),
        None if requests.has("storage") => quantities::positive(&at, errors),
        None => errors.push(at.of(requests.near()).required("")),
    }
    named(&spec.field("storageClassName"), names::subdomain, errors);
    one_of(&spec.field("volumeMode"), VOLUME_MODES, errors);
    data_sources(spec, errors);
    if errors.minor >= ATTRIBUTES_CLASSES {
        named(&spec.field("volumeAttributesClassName"), names::subdomain, errors);
    }
}

const SNAPSHOTS: &str = "snapshot.storage.k8s.io";

/// Where a volume's first contents come from, in the older field and in the newer one. What is neither a claim nor a snapshot is not kept in
/// the older field where that stands alone (`EnforceDataSourceBackwardsCompatibility`).
fn data_sources(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (older, newer) = (spec.field("dataSource"), spec.field("dataSourceRef"));
    let kinds = matches!(
        (older.field("kind").text(), older.field("apiGroup").text()),
        ("PersistentVolumeClaim", "") | ("VolumeSnapshot", SNAPSHOTS)
    );
    let kept = older.is_set() && (newer.is_set() || kinds);
    if kept {
        data_source(&older, errors);
    }
    if newer.is_set() {
        data_source(&newer, errors);
        named(&newer.field("namespace"), names::label, errors);
    }
    if !kept || !newer.is_set() {
        return;
    }
    let same = ["kind", "name", "apiGroup"].iter().all(|name| older.field(name).text() == newer.field(name).text());
    // The path is shown where the value should be.
    if !newer.field("namespace").text().is_empty() {
        errors.push(spec.of(older.near()).invalid_value("{}", "may not be specified when dataSourceRef.namespace is specified"));
    } else if !same {
        errors.push(spec.of(older.near()).invalid_value("{}", "must match dataSourceRef"));
    }
}

fn data_source(source: &Field<'_, '_>, errors: &mut Errors) {
    required(source, &["name", "kind"], errors);
    let (group, kind) = (source.field("apiGroup"), source.field("kind"));
    if group.text().is_empty() && kind.text() != "PersistentVolumeClaim" {
        let at = source.of(kind.near());
        let shown = crate::validate::shown_text(kind.text());
        errors
            .push(at.invalid_value(&shown, "must be 'PersistentVolumeClaim' when referencing the default apiGroup").about(Concern::Other));
    }
    named(&group, names::subdomain, errors);
}
