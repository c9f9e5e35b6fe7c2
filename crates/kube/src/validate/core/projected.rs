//! Volumes that are put together of keys, fields of the pod, tokens and certificates.

use std::collections::HashSet;

use super::environment::{RESOURCE_FIELDS, field_ref, resource_field};
use super::paths::{any_name, mode, non_reserved, required};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{labels, names, signer};

/// The fields of a pod that a file may hold, sorted.
const FIELDS: &[&str] = &["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

/// `validateKeyToPath`.
pub(super) fn key_to_path(item: &Field<'_, '_>, errors: &mut Errors) {
    required(item, &["key", "path"], errors);
    non_reserved(&item.field("path"), errors);
    mode(&item.field("mode"), errors);
}

/// `validateDownwardAPIVolumeSource`. The files are told of at the volume.
pub(super) fn downward_api(volume: &Field<'_, '_>, errors: &mut Errors) {
    mode(&volume.field("defaultMode"), errors);
    for file in volume.field("items").items() {
        downward_file(&volume.of(file.near()), errors);
    }
}

fn downward_file(file: &Field<'_, '_>, errors: &mut Errors) {
    required(file, &["path"], errors);
    non_reserved(&file.field("path"), errors);
    let (field, resource) = (file.field("fieldRef"), file.field("resourceFieldRef"));
    if field.is_set() {
        field_ref(&field, FIELDS, errors);
        if resource.is_set() {
            errors.push(file.invalid_value("\"resource\"", "fieldRef and resourceFieldRef can not be specified simultaneously"));
        }
    } else if resource.is_set() {
        resource_field(&resource, RESOURCE_FIELDS, true, errors);
    } else {
        errors.push(file.required("one of fieldRef and resourceFieldRef is required"));
    }
    mode(&file.field("mode"), errors);
}

/// `validateProjectedVolumeSource`.
pub(super) fn projected(volume: &Field<'_, '_>, errors: &mut Errors) {
    mode(&volume.field("defaultMode"), errors);
    let mut paths = HashSet::new();
    for source in volume.field("sources").items() {
        let mut found = 0;
        for (name, check) in SOURCES {
            let projection = source.field(name);
            if projection.is_set() {
                found += 1;
                check(volume, &projection, &mut paths, errors);
            }
        }
        if found > 1 {
            errors.push(source.forbidden("may not specify more than 1 volume type per source").about(Concern::VolumeSource));
        }
    }
}

/// The check of a projection: the volume, the projection, and the paths that are taken.
type Projection = for<'t> fn(&Field<'_, 't>, &Field<'_, 't>, &mut HashSet<&'t str>, &mut Errors);

const SOURCES: &[(&str, Projection)] = &[
    ("secret", keys),
    ("configMap", keys),
    ("downwardAPI", fields),
    ("serviceAccountToken", token),
    ("clusterTrustBundle", trust_bundle),
    ("podCertificate", certificate),
];

fn taken<'t>(volume: &Field<'_, 't>, path: &Field<'_, 't>, shown: &str, paths: &mut HashSet<&'t str>, errors: &mut Errors) {
    if !paths.insert(path.text()) {
        errors.push(volume.of(path.near()).invalid_value(&shown_text(shown), "conflicting duplicate paths").about(Concern::MountPath));
    }
}

fn keys<'t>(volume: &Field<'_, 't>, source: &Field<'_, 't>, paths: &mut HashSet<&'t str>, errors: &mut Errors) {
    required(source, &["name"], errors);
    for item in source.field("items").items() {
        key_to_path(&item, errors);
        let path = item.field("path");
        if !path.text().is_empty() {
            taken(volume, &path, source.field("name").text(), paths, errors);
        }
    }
}

fn fields<'t>(volume: &Field<'_, 't>, source: &Field<'_, 't>, paths: &mut HashSet<&'t str>, errors: &mut Errors) {
    for file in source.field("items").items() {
        downward_file(&source.of(file.near()), errors);
        let path = file.field("path");
        if !path.text().is_empty() {
            taken(volume, &path, path.text(), paths, errors);
        }
    }
}

fn token<'t>(volume: &Field<'_, 't>, source: &Field<'_, 't>, _: &mut HashSet<&'t str>, errors: &mut Errors) {
    let expiration = source.field("expirationSeconds");
    if expiration.int().is_some_and(|seconds| seconds < 600) {
        errors.push(expiration.invalid("may not specify a duration less than 10 minutes"));
    }
    if expiration.int().is_some_and(|seconds| seconds > 1 << 32) {
        errors.push(expiration.invalid("may not specify a duration larger than 2^32 seconds"));
    }
    // Told of at the volume, not at the token.
    let path = volume.field("path").of(source.field("path").near());
    if source.field("path").text().is_empty() {
        errors.push(path.required(""));
    } else {
        non_reserved(&path, errors);
    }
}

fn trust_bundle<'t>(volume: &Field<'_, 't>, source: &Field<'_, 't>, paths: &mut HashSet<&'t str>, errors: &mut Errors) {
    let (name, signer, selector) = (source.field("name"), source.field("signerName"), source.field("labelSelector"));
    match (name.is_set(), signer.is_set()) {
        (true, true) => errors.push(source.invalid("only one of name and signerName may be used")),
        (true, false) => {
            if name.text().is_empty() {
                errors.push(name.required("must be a valid object name"));
            }
            let by = name.text().rsplit_once(':').map_or(String::new(), |(signer, _)| signer.replace(':', "/"));
            for message in signer::bundle_name(&by, name.text()) {
                errors.push(name.invalid(&format!("not a valid clustertrustbundlename: {message}")));
            }
            if selector.is_set() {
                errors.push(selector.invalid("labelSelector must be unset if name is specified"));
            }
        }
        (false, true) => {
            if signer.text().is_empty() {
                errors.push(signer.required("must be a valid signer name"));
            }
            signer::name(&signer, errors);
            labels::selector(&selector, errors);
        }
        (false, false) => errors.push(source.required("either name or signerName must be specified")),
    }
    required(source, &["path"], errors);
    let path = source.field("path");
    non_reserved(&path, errors);
    taken(volume, &path, path.text(), paths, errors);
}

/// The kinds of keys that a certificate may have.
const KEY_TYPES: &[&str] = &["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn certificate<'t>(volume: &Field<'_, 't>, source: &Field<'_, 't>, paths: &mut HashSet<&'t str>, errors: &mut Errors) {
    let by = source.field("signerName");
    signer::name(&by, errors);
    let annotations = source.field("userAnnotations");
    for (key, value) in annotations.entries() {
        let at = annotations.of(value.near());
        let lower = key.to_lowercase();
        if lower.is_empty() {
            errors.push(at.required(""));
            continue;
        }
        let messages = names::qualified(&lower);
        for message in &messages {
            errors.push(at.invalid_value(&shown_text(&lower), message));
        }
        if messages.is_empty() && !lower.contains('/') {
            errors.push(at.invalid_value(&shown_text(&lower), "must be a domain-prefixed key (such as \"acme.io/foo\")"));
        }
    }
    let kind = source.field("keyType");
    if !KEY_TYPES.contains(&kind.text()) {
        errors.push(kind.not_supported(KEY_TYPES));
    }
    let expiration = source.field("maxExpirationSeconds");
    let most = if signer::is_kubernetes(by.text()) { DAY } else { 91 * DAY };
    if expiration.int().is_some_and(|seconds| seconds < HOUR) {
        errors.push(expiration.invalid("if provided, maxExpirationSeconds must be >= 3600"));
    }
    if expiration.int().is_some_and(|seconds| seconds > most) {
        errors.push(expiration.invalid(&format!("if provided, maxExpirationSeconds must be <= {most}")));
    }
    let mut found = false;
    for name in ["credentialBundlePath", "keyPath", "certificateChainPath"] {
        let path = source.field(name);
        if !path.text().is_empty() {
            found = true;
            non_reserved(&path, errors);
            taken(volume, &path, path.text(), paths, errors);
        }
    }
    if !found {
        errors.push(source.required("specify at least one of credentialBundlePath, keyPath, and certificateChainPath"));
    }
}

/// The name of a Secret or a ConfigMap with one of its keys, as variables refer to them.
pub(super) fn key_selector(reference: &Field<'_, '_>, errors: &mut Errors) {
    any_name(&reference.field("name"), names::subdomain, errors);
    let key = reference.field("key");
    if key.text().is_empty() {
        errors.push(key.required(""));
    } else {
        errors.invalid(&key, names::config_key(key.text()), Concern::Other);
    }
}
