//! The storage that a volume may come from, by itself or through a PersistentVolume.

use super::paths::{descending, named, no_backsteps, one_of, one_of_or_default, required, required_name};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{names, numbers};

const HOST_PATH_TYPES: &[&str] = &["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

pub(super) fn host_path(host: &Field<'_, '_>, errors: &mut Errors) {
    let path = host.field("path");
    if path.text().is_empty() {
        errors.push(path.required(""));
        return;
    }
    no_backsteps(&path, errors);
    one_of(&host.field("type"), HOST_PATH_TYPES, errors);
}

pub(super) fn git_repo(repo: &Field<'_, '_>, errors: &mut Errors) {
    required(repo, &["repository"], errors);
    descending(&repo.field("directory"), errors);
}

/// The partition of a disk; 0 is the whole, though the message says otherwise.
fn partition(disk: &Field<'_, '_>, errors: &mut Errors) {
    let partition = disk.field("partition");
    if partition.int().is_some_and(|number| !(0..=255).contains(&number)) {
        errors.push(partition.invalid(&names::inclusive(1, 255)));
    }
}

pub(super) fn gce_disk(disk: &Field<'_, '_>, errors: &mut Errors) {
    required(disk, &["pdName"], errors);
    partition(disk, errors);
}

pub(super) fn aws_disk(disk: &Field<'_, '_>, errors: &mut Errors) {
    required(disk, &["volumeID"], errors);
    partition(disk, errors);
}

pub(super) fn nfs(nfs: &Field<'_, '_>, errors: &mut Errors) {
    required(nfs, &["server", "path"], errors);
    let path = nfs.field("path");
    if !path.text().starts_with('/') {
        errors.push(path.invalid("must be an absolute path"));
    }
}

/// `iqn.2001-04.com.example:storage`, anywhere in the text but at its end.
fn is_iqn(text: &str) -> bool {
    text.match_indices("iqn.").any(|(at, found)| is_iqn_tail(&text[at + found.len()..]))
}

fn is_iqn_tail(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    if !(digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7) && bytes.get(7) == Some(&b'.')) {
        return false;
    }
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let host = bytes[8..].iter().take_while(|byte| is_host(**byte)).count();
    let rest = &text[8 + host..];
    let is_name = |character: char| !matches!(character, ',' | ';' | '*' | '&' | '$' | '|') && !" \t\n\u{c}\r".contains(character);
    host > 0 && rest.len() > 1 && rest.starts_with(':') && rest[1..].chars().all(is_name)
}

/// An identifier by its form: whether it begins as one, and whether the rest fits.
fn initiator(text: &str) -> (bool, bool) {
    // The point of the pattern stands for any character.
    let alphanumeric = |length: usize| {
        let rest = text.get(3..).and_then(|rest| rest.char_indices().nth(1).map(|(at, _)| &rest[at..]));
        rest.is_some_and(|rest| rest.len() == length && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    match text.get(..3) {
        Some("iqn") => (true, is_iqn(text)),
        Some("eui") => (true, alphanumeric(16)),
        Some("naa") => (true, alphanumeric(32)),
        _ => (false, true),
    }
}

const FORMS: &str = "must be valid format starting with iqn, eui, or naa";
const FORM: &str = "must be valid format";

fn iscsi_target(iscsi: &Field<'_, '_>, no_form: &str, errors: &mut Errors) {
    required(iscsi, &["targetPortal"], errors);
    let iqn = iscsi.field("iqn");
    if iqn.text().is_empty() {
        errors.push(iqn.required(""));
    } else {
        initiator_name(&iqn, no_form, errors);
    }
    numbers::range(&iscsi.field("lun"), 0, 255, errors);
    let is_on = |name| iscsi.field(name).is_on();
    if (is_on("chapAuthDiscovery") || is_on("chapAuthSession")) && !iscsi.field("secretRef").is_set() {
        errors.push(iscsi.field("secretRef").required(""));
    }
}

fn initiator_name(name: &Field<'_, '_>, no_form: &str, errors: &mut Errors) {
    match initiator(name.text()) {
        (false, _) => errors.push(name.invalid(no_form)),
        (true, false) => errors.push(name.invalid(FORM)),
        (true, true) => {}
    }
}

pub(super) fn iscsi(iscsi: &Field<'_, '_>, errors: &mut Errors) {
    iscsi_target(iscsi, FORMS, errors);
    let initiator = iscsi.field("initiatorName");
    if let Some(node) = initiator.node() {
        initiator_name(&iscsi.field("initiatorname").of(node), FORMS, errors);
    }
}

pub(super) fn iscsi_persistent(iscsi: &Field<'_, '_>, volume: &str, errors: &mut Errors) {
    let (initiator, portal) = (iscsi.field("initiatorName"), iscsi.field("targetPortal"));
    if initiator.is_set() && volume.len() + 1 + portal.text().len() > 64 {
        let message = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
        errors.push(iscsi.field("targetportal").of(portal.near()).invalid(message));
    }
    iscsi_target(iscsi, FORM, errors);
    if iscsi.field("secretRef").is_set() {
        required(&iscsi.field("secretRef"), &["name"], errors);
    }
    if let Some(node) = initiator.node() {
        initiator_name(&iscsi.field("initiatorname").of(node), FORM, errors);
    }
}

pub(super) fn glusterfs(gluster: &Field<'_, '_>, errors: &mut Errors) {
    required(gluster, &["endpoints", "path"], errors);
}

pub(super) fn glusterfs_persistent(gluster: &Field<'_, '_>, errors: &mut Errors) {
    glusterfs(gluster, errors);
    let namespace = gluster.field("endpointsNamespace");
    match namespace.str() {
        Some("") => errors.push(namespace.invalid("if the endpointnamespace is set, it must be a valid namespace name")),
        Some(_) => named(&namespace, names::label, errors),
        None => {}
    }
}

pub(super) fn flocker(flocker: &Field<'_, '_>, errors: &mut Errors) {
    let (name, id) = (flocker.field("datasetName"), flocker.field("datasetUUID"));
    match (name.text().is_empty(), id.text().is_empty()) {
        (true, true) => errors.push(flocker.required("one of datasetName and datasetUUID is required")),
        (false, false) => {
            errors.push(flocker.invalid_value("\"resource\"", "datasetName and datasetUUID can not be specified simultaneously"))
        }
        _ => {}
    }
    if name.text().contains('/') {
        errors.push(name.invalid("must not contain '/'"));
    }
}

pub(super) fn rbd(rbd: &Field<'_, '_>, errors: &mut Errors) {
    if rbd.field("monitors").is_empty() {
        errors.push(rbd.field("monitors").required(""));
    }
    required(rbd, &["image"], errors);
}

/// A reference to a Secret that needs these of its fields, if it is there.
fn secret(owner: &Field<'_, '_>, fields: &[&str], errors: &mut Errors) {
    let secret = owner.field("secretRef");
    if secret.is_set() {
        required(&secret, fields, errors);
    }
}

pub(super) fn cinder(cinder: &Field<'_, '_>, errors: &mut Errors) {
    required(cinder, &["volumeID"], errors);
    secret(cinder, &["name"], errors);
}

pub(super) fn cinder_persistent(cinder: &Field<'_, '_>, errors: &mut Errors) {
    required(cinder, &["volumeID"], errors);
    secret(cinder, &["name", "namespace"], errors);
}

pub(super) fn cephfs(cephfs: &Field<'_, '_>, errors: &mut Errors) {
    if cephfs.field("monitors").is_empty() {
        errors.push(cephfs.field("monitors").required(""));
    }
}

pub(super) fn quobyte(quobyte: &Field<'_, '_>, errors: &mut Errors) {
    const PAIRS: &str = "must be a host:port pair or multiple pairs separated by commas";
    let registry = quobyte.field("registry");
    if registry.text().is_empty() {
        errors.push(registry.required(PAIRS));
    } else if quobyte.field("tenant").text().len() >= 65 {
        errors.push(quobyte.field("tenant").required("must be a UUID and may not exceed a length of 64 characters"));
    } else {
        for _ in registry.text().split(',').filter(|pair| !is_host_port(pair)) {
            errors.push(registry.invalid(PAIRS));
        }
    }
    required(quobyte, &["volume"], errors);
}

/// Whether Go's `net.SplitHostPort` takes it: a port behind the last colon, and colons before it only within brackets.
fn is_host_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let brackets = |text: &str| text.contains(['[', ']']);
    match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').is_some_and(|inner| !brackets(inner)) && !brackets(port),
        None => !host.contains(':') && !brackets(text),
    }
}

pub(super) fn fibre_channel(fc: &Field<'_, '_>, errors: &mut Errors) {
    let (names, ids, lun) = (fc.field("targetWWNs"), fc.field("wwids"), fc.field("lun"));
    if names.is_empty() && ids.is_empty() {
        errors.push(names.required("must specify either targetWWNs or wwids, but not both"));
    }
    if !names.is_empty() && !ids.is_empty() {
        errors.push(names.invalid("targetWWNs and wwids can not be specified simultaneously"));
    }
    if !names.is_empty() {
        if lun.is_set() {
            numbers::range(&lun, 0, 255, errors);
        } else {
            errors.push(lun.required("lun is required if targetWWNs is specified"));
        }
    }
}

pub(super) fn flex(flex: &Field<'_, '_>, errors: &mut Errors) {
    required(flex, &["driver"], errors);
    let options = flex.field("options");
    for (key, option) in options.entries() {
        let namespace = format!(".{}", key.split('/').next().unwrap_or(key).to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let shown = crate::validate::shown_text(key);
            errors.push(option.invalid_value(&shown, "kubernetes.io and k8s.io namespaces are reserved"));
        }
    }
}

pub(super) fn azure_file(file: &Field<'_, '_>, errors: &mut Errors) {
    required(file, &["secretName", "shareName"], errors);
}

pub(super) fn azure_file_persistent(file: &Field<'_, '_>, errors: &mut Errors) {
    azure_file(file, errors);
    if file.field("secretNamespace").str() == Some("") {
        errors.push(file.field("secretNamespace").required(""));
    }
}

pub(super) fn azure_disk(disk: &Field<'_, '_>, errors: &mut Errors) {
    required(disk, &["diskName", "diskURI"], errors);
    one_of(&disk.field("cachingMode"), &["None", "ReadOnly", "ReadWrite"], errors);
    one_of(&disk.field("kind"), &["Dedicated", "Managed", "Shared"], errors);
    let (kind, uri) = (disk.field("kind"), disk.field("diskURI"));
    if kind.str() == Some("Managed") {
        if !uri.text().starts_with("/subscriptions/") {
            let wanted = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
            errors.push(uri.not_supported(&[wanted]));
        }
    } else if !uri.text().starts_with("https://") {
        errors.push(uri.not_supported(&["https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"]));
    }
}

fn storageos_volume(volume: &Field<'_, '_>, errors: &mut Errors) {
    required_name(&volume.field("volumeName"), names::label, errors);
    named(&volume.field("volumeNamespace"), names::label, errors);
}

pub(super) fn storageos(volume: &Field<'_, '_>, errors: &mut Errors) {
    storageos_volume(volume, errors);
    secret(volume, &["name"], errors);
}

pub(super) fn storageos_persistent(volume: &Field<'_, '_>, errors: &mut Errors) {
    storageos_volume(volume, errors);
    secret(volume, &["name", "namespace"], errors);
}

pub(super) fn scale_io(volume: &Field<'_, '_>, errors: &mut Errors) {
    required(volume, &["gateway", "system", "volumeName"], errors);
}

pub(super) fn local(local: &Field<'_, '_>, errors: &mut Errors) {
    let path = local.field("path");
    if path.text().is_empty() {
        errors.push(path.required(""));
    } else {
        no_backsteps(&path, errors);
    }
}

/// The length of a CSI driver's name.
const DRIVER_LENGTH: usize = 63;

/// `ValidateCSIDriverName`.
pub(crate) fn csi_driver_name(driver: &Field<'_, '_>, errors: &mut Errors) {
    if driver.text().is_empty() {
        errors.push(driver.required(""));
        return;
    }
    if driver.text().len() > DRIVER_LENGTH {
        errors.push(driver.too_long(DRIVER_LENGTH));
    }
    errors.invalid(driver, names::subdomain(&driver.text().to_lowercase()), Concern::Other);
}

pub(super) fn csi(csi: &Field<'_, '_>, errors: &mut Errors) {
    csi_driver_name(&csi.field("driver"), errors);
    let secret = csi.field("nodePublishSecretRef");
    if secret.is_set() {
        required(&secret, &["name"], errors);
        // The name is told of at the driver.
        if let Some(name) = secret.field("name").node() {
            named(&csi.field("name").of(name), names::subdomain, errors);
        }
    }
}

pub(super) fn csi_persistent(csi: &Field<'_, '_>, errors: &mut Errors) {
    csi_driver_name(&csi.field("driver"), errors);
    required(csi, &["volumeHandle"], errors);
    for name in ["controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef"] {
        let secret = csi.field(name);
        if secret.is_set() {
            required_name(&secret.field("name"), names::subdomain, errors);
            required_name(&secret.field("namespace"), names::label, errors);
        }
    }
}

/// The access of a PersistentVolume or a claim (`spec.accessModes`); `none` is said where there is none.
pub(super) fn access_modes(modes: &Field<'_, '_>, none: &str, errors: &mut Errors) {
    const MODES: &[&str] = &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
    if modes.is_empty() {
        errors.push(modes.required(none));
    }
    for mode in modes.items().filter(|mode| !MODES.contains(&mode.text())) {
        let shown = crate::validate::shown_text(mode.text());
        errors.push(modes.of(mode.near()).not_supported_value(&shown, MODES));
    }
    let has = |wanted: &[&str]| modes.items().any(|mode| wanted.contains(&mode.text()));
    if has(&MODES[3..]) && has(&MODES[..3]) {
        errors.push(modes.forbidden("may not use ReadWriteOncePod with other access modes"));
    }
}

/// The reclaim policy of a PersistentVolume.
pub(super) fn reclaim_policy(policy: &Field<'_, '_>, errors: &mut Errors) {
    one_of_or_default(policy, &["Delete", "Recycle", "Retain"], errors);
}
