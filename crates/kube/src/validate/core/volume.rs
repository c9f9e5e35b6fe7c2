//! PersistentVolumes.

use super::claim::{ATTRIBUTES_CLASSES, VOLUME_MODES};
use super::paths::{any_name, named, one_of, required};
use super::scheduling::node_selector;
use super::sources::{self, access_modes, reclaim_policy};
use super::volumes::{Source, one_source};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{names, quantities};

/// The sources in the order in which they are counted.
const SOURCES: &[Source] = &[
    ("hostPath", "hostPath", "hostPath", sources::host_path),
    ("gcePersistentDisk", "gcePersistentDisk", "persistentDisk", sources::gce_disk),
    ("awsElasticBlockStore", "awsElasticBlockStore", "awsElasticBlockStore", sources::aws_disk),
    ("glusterfs", "glusterfs", "glusterfs", sources::glusterfs_persistent),
    ("flocker", "flocker", "flocker", sources::flocker),
    ("nfs", "nfs", "nfs", sources::nfs),
    ("rbd", "rbd", "rbd", sources::rbd),
    ("quobyte", "quobyte", "quobyte", sources::quobyte),
    ("cephfs", "cephFS", "cephfs", sources::cephfs),
    ("iscsi", "iscsi", "iscsi", |iscsi, errors| sources::iscsi_persistent(iscsi, "", errors)),
    ("cinder", "cinder", "cinder", sources::cinder_persistent),
    ("fc", "fc", "fc", sources::fibre_channel),
    ("flexVolume", "flexVolume", "flexVolume", sources::flex),
    ("azureFile", "azureFile", "azureFile", sources::azure_file_persistent),
    ("vsphereVolume", "vsphereVolume", "vsphereVolume", |volume, errors| required(volume, &["volumePath"], errors)),
    ("photonPersistentDisk", "photonPersistentDisk", "photonPersistentDisk", |disk, errors| required(disk, &["pdID"], errors)),
    ("portworxVolume", "portworxVolume", "portworxVolume", |volume, errors| required(volume, &["volumeID"], errors)),
    ("azureDisk", "azureDisk", "azureDisk", sources::azure_disk),
    ("scaleIO", "scaleIO", "scaleIO", sources::scale_io),
    ("local", "local", "local", sources::local),
    ("storageos", "storageos", "storageos", sources::storageos_persistent),
    ("csi", "csi", "csi", sources::csi_persistent),
];

/// `ValidatePersistentVolumeSpec`.
pub(super) fn volume(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    spec_of(&spec, errors);
    let (initiator, portal) = (spec.field("iscsi.initiatorName"), spec.field("iscsi.targetPortal"));
    if initiator.is_set() && root.field("metadata.name").text().len() + 1 + portal.text().len() > 64 {
        let message = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
        errors.push(spec.field("iscsi.targetportal").of(portal.near()).invalid(message));
    }
}

/// The volume that an attachment describes by itself, which may be of CSI alone (`inlineVolumeSpec`).
pub(crate) fn inline_volume(spec: &Field<'_, '_>, errors: &mut Errors) {
    const INLINE: &str = "in the context of inline volumes";
    for name in ["claimRef", "capacity", "nodeAffinity", "storageClassName"] {
        let field = spec.field(name);
        let is_there = match name {
            "capacity" => !field.is_empty(),
            "storageClassName" => !field.text().is_empty(),
            _ => field.is_set(),
        };
        if is_there {
            errors.push(field.forbidden(&format!("may not be specified {INLINE}")));
        }
    }
    if !spec.field("csi").is_set() {
        errors.push(spec.field("csi").required(&format!("has to be specified {INLINE}")));
    }
    access_modes(&spec.field("accessModes"), "", errors);
    let (policy, mode) = (spec.field("persistentVolumeReclaimPolicy"), spec.field("volumeMode"));
    if !matches!(policy.text(), "" | "Retain") {
        errors.push(policy.forbidden(&format!("may only be Retain {INLINE}")));
    }
    if mode.str().is_some_and(|mode| mode != "Filesystem") {
        errors.push(mode.forbidden(&format!("may not specify volumeMode other than Filesystem {INLINE}")));
    }
    if one_source(spec, SOURCES, errors) == 0 {
        errors.push(spec.required("must specify a volume type").about(Concern::VolumeSource));
    }
}

fn spec_of(spec: &Field<'_, '_>, errors: &mut Errors) {
    access_modes(&spec.field("accessModes"), "", errors);
    let capacity = spec.field("capacity");
    if capacity.is_empty() {
        errors.push(capacity.required("").about(Concern::Quantity));
    }
    if !capacity.has("storage") || capacity.len() > 1 {
        let shown = if capacity.is_set() { capacity.shown() } else { "null".to_owned() };
        errors.push(capacity.not_supported_value(&shown, &["storage"]).about(Concern::Quantity));
    }
    for (_, quantity) in capacity.entries() {
        if let Some(amount) = quantity.quantity().filter(|amount| amount.is_negative()) {
            let shown = amount.whole().to_string();
            errors.push(quantity.invalid_value(&shown, "must be a valid resource quantity").about(Concern::Quantity));
        }
        quantities::positive(&quantity, errors);
    }
    let policy = spec.field("persistentVolumeReclaimPolicy");
    reclaim_policy(&policy, errors);
    let affinity = spec.field("nodeAffinity");
    if affinity.field("required").is_set() {
        node_selector(&affinity.field("required"), errors);
    } else if affinity.is_set() {
        errors.push(affinity.field("required").required("must specify required node constraints"));
    }
    if one_source(spec, SOURCES, errors) == 0 {
        errors.push(spec.required("must specify a volume type").about(Concern::VolumeSource));
    }
    if spec.field("local").is_set() && !affinity.is_set() {
        errors.push(spec.field("nodeAffinity").required("Local volume requires node affinity"));
    }
    let path = spec.field("hostPath.path");
    if policy.text() == "Recycle"
        && !path.text().is_empty()
        && path.text().split('/').all(|part| matches!(part, "" | "."))
        && path.text().starts_with('/')
    {
        errors.push(policy.forbidden("may not be 'recycle' for a hostPath mount of '/'"));
    }
    named(&spec.field("storageClassName"), names::subdomain, errors);
    one_of(&spec.field("volumeMode"), VOLUME_MODES, errors);
    let class = spec.field("volumeAttributesClassName");
    if class.is_set() && errors.minor >= ATTRIBUTES_CLASSES {
        if class.text().is_empty() {
            errors.push(class.required("an empty string is disallowed"));
        } else {
            any_name(&class, names::subdomain, errors);
        }
        if !spec.field("csi").is_set() {
            errors.push(spec.field("csi").required("has to be specified when using volumeAttributesClassName"));
        }
    }
}
