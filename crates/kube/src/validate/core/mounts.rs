//! Where containers mount volumes and see block devices.

use std::collections::{HashMap, HashSet};

use super::paths::{descending, has_backsteps};
use super::volumes::Volume;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};

const PROPAGATIONS: &[&str] = &["Bidirectional", "HostToContainer", "None"];
const RECURSIVE: &[&str] = &["Disabled", "Enabled", "IfPossible"];

/// The names and paths of mounts or devices, for those that may not share them.
fn taken<'t>(list: &Field<'_, 't>, path: &str) -> (HashSet<&'t str>, HashSet<&'t str>) {
    // Of those with the same name the last counts.
    let by_name: HashMap<&str, &str> = list.items().map(|item| (item.field("name").text(), item.field(path).text())).collect();
    (by_name.keys().copied().collect(), by_name.values().copied().collect())
}

/// `ValidateVolumeMounts`. What some settings say is told of at the list.
pub(super) fn mounts(container: &Field<'_, '_>, volumes: &HashMap<&str, Volume>, errors: &mut Errors) {
    let (list, devices) = (container.field("volumeMounts"), container.field("volumeDevices"));
    let (device_names, device_paths) = taken(&devices, "devicePath");
    let is_privileged = container.field("securityContext.privileged").is_on();
    let mut points = HashSet::new();
    for mount in list.items() {
        let (name, path) = (mount.field("name"), mount.field("mountPath"));
        if name.text().is_empty() {
            errors.push(name.required(""));
        }
        if !volumes.contains_key(name.text()) {
            errors.push(name.not_found().about(Concern::VolumeMount));
        }
        if path.text().is_empty() {
            errors.push(path.required(""));
        }
        if !points.insert(path.text()) {
            errors.push(path.invalid("must be unique").about(Concern::MountPath));
        }
        if device_names.contains(name.text()) {
            errors.push(name.invalid("must not already exist in volumeDevices").about(Concern::MountPath));
        }
        if device_paths.contains(path.text()) {
            errors.push(path.invalid("must not already exist as a path in volumeDevices").about(Concern::MountPath));
        }
        sub_paths(&list, &mount, errors);
        propagation(&list, &mount, is_privileged, errors);
    }
}

fn sub_paths(list: &Field<'_, '_>, mount: &Field<'_, '_>, errors: &mut Errors) {
    let (sub, expression) = (mount.field("subPath"), mount.field("subPathExpr"));
    if !sub.text().is_empty() {
        descending(&list.field("subPath").of(sub.near()), errors);
    }
    if !expression.text().is_empty() {
        if !sub.text().is_empty() {
            errors.push(expression.invalid("subPathExpr and subPath are mutually exclusive"));
        }
        descending(&list.field("subPathExpr").of(expression.near()), errors);
    }
}

fn propagation(list: &Field<'_, '_>, mount: &Field<'_, '_>, is_privileged: bool, errors: &mut Errors) {
    let (mode, recursive) = (mount.field("mountPropagation"), mount.field("recursiveReadOnly"));
    if let Some(text) = mode.str() {
        let at = list.field("mountPropagation").of(mode.near());
        if !PROPAGATIONS.contains(&text) {
            errors.push(at.not_supported(PROPAGATIONS));
        }
        if text == "Bidirectional" && !is_privileged {
            errors.push(at.forbidden("Bidirectional mount propagation is available only to privileged containers"));
        }
    }
    let at = list.field("recursiveReadOnly").of(recursive.near());
    match recursive.str() {
        None | Some("Disabled") => {}
        Some("Enabled" | "IfPossible") => {
            if !mount.field("readOnly").is_on() {
                errors.push(at.forbidden("may only be specified when readOnly is true"));
            }
            if mode.str().is_some_and(|mode| mode != "None") {
                errors.push(at.forbidden("may only be specified when mountPropagation is None or not specified"));
            }
        }
        Some(_) => errors.push(at.not_supported(RECURSIVE)),
    }
}

/// `ValidateVolumeDevices`.
pub(super) fn devices(container: &Field<'_, '_>, volumes: &HashMap<&str, Volume>, errors: &mut Errors) {
    let (mounts, list) = (container.field("volumeMounts"), container.field("volumeDevices"));
    if list.is_empty() {
        return;
    }
    let (mount_names, mount_paths) = taken(&mounts, "mountPath");
    let (mut names, mut paths) = (HashSet::new(), HashSet::new());
    for device in list.items() {
        let (name, path) = (device.field("name"), device.field("devicePath"));
        let volume = volumes.get(name.text());
        if name.text().is_empty() {
            errors.push(name.required(""));
        }
        if names.contains(name.text()) {
            errors.push(name.invalid("must be unique"));
        }
        match volume {
            Some(volume) if !volume.is_claim => {
                errors.push(name.invalid("can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"));
            }
            Some(_) => {}
            None => errors.push(name.not_found().about(Concern::VolumeMount)),
        }
        if path.text().is_empty() {
            errors.push(path.required(""));
        }
        if paths.contains(path.text()) {
            errors.push(path.invalid_value(&shown_text(path.text()), "must be unique").about(Concern::MountPath));
        }
        if has_backsteps(path.text()) {
            errors.push(path.invalid("can not contain backsteps ('..')"));
        } else {
            paths.insert(path.text());
        }
        if mount_names.contains(name.text()) {
            errors.push(name.invalid("must not already exist in volumeMounts").about(Concern::MountPath));
        }
        if mount_paths.contains(path.text()) {
            errors.push(path.invalid("must not already exist as a path in volumeMounts").about(Concern::MountPath));
        }
        if !name.text().is_empty() {
            names.insert(name.text());
        }
    }
}
