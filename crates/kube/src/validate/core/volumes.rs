//! Volumes of pods: their names, and that each has one source. The sources themselves are [`super::sources`]' and [`super::projected`]'s.

use std::collections::{HashMap, HashSet};

use super::claim::claim_template;
use super::paths::{mode, one_of_or_default, required};
use super::{projected, sources};
use crate::node::Node;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;

/// What mounts have to know of a volume.
#[derive(Clone, Copy)]
pub(super) struct Volume {
    /// Whether it is a claim, which may be a block device.
    pub(super) is_claim: bool,
    /// Whether it is an empty folder.
    pub(super) is_empty_dir: bool,
}

/// A source: its field, what the API server calls it where it is one too many and where it is faulty, and its check.
pub(super) type Source = (&'static str, &'static str, &'static str, fn(&Field<'_, '_>, &mut Errors));

/// The sources in the order in which they are counted.
const SOURCES: &[Source] = &[
    ("emptyDir", "emptyDir", "emptyDir", empty_dir),
    ("hostPath", "hostPath", "hostPath", sources::host_path),
    ("gitRepo", "gitRepo", "gitRepo", sources::git_repo),
    ("gcePersistentDisk", "gcePersistentDisk", "persistentDisk", sources::gce_disk),
    ("awsElasticBlockStore", "awsElasticBlockStore", "awsElasticBlockStore", sources::aws_disk),
    ("secret", "secret", "secret", secret),
    ("nfs", "nfs", "nfs", sources::nfs),
    ("iscsi", "iscsi", "iscsi", sources::iscsi),
    ("glusterfs", "glusterfs", "glusterfs", sources::glusterfs),
    ("flocker", "flocker", "flocker", sources::flocker),
    ("persistentVolumeClaim", "persistentVolumeClaim", "persistentVolumeClaim", |claim, errors| required(claim, &["claimName"], errors)),
    ("rbd", "rbd", "rbd", sources::rbd),
    ("cinder", "cinder", "cinder", sources::cinder),
    ("cephfs", "cephFS", "cephfs", sources::cephfs),
    ("quobyte", "quobyte", "quobyte", sources::quobyte),
    ("downwardAPI", "downwarAPI", "downwardAPI", projected::downward_api),
    ("fc", "fc", "fc", sources::fibre_channel),
    ("flexVolume", "flexVolume", "flexVolume", sources::flex),
    ("configMap", "configMap", "configMap", config_map),
    ("azureFile", "azureFile", "azureFile", sources::azure_file),
    ("vsphereVolume", "vsphereVolume", "vsphereVolume", |volume, errors| required(volume, &["volumePath"], errors)),
    ("photonPersistentDisk", "photonPersistentDisk", "photonPersistentDisk", |disk, errors| required(disk, &["pdID"], errors)),
    ("portworxVolume", "portworxVolume", "portworxVolume", |volume, errors| required(volume, &["volumeID"], errors)),
    ("azureDisk", "azureDisk", "azureDisk", sources::azure_disk),
    ("storageos", "storageos", "storageos", sources::storageos),
    ("projected", "projected", "projected", projected::projected),
    ("scaleIO", "scaleIO", "scaleIO", sources::scale_io),
    ("csi", "csi", "csi", sources::csi),
    ("ephemeral", "ephemeral", "ephemeral", ephemeral),
    ("image", "image", "image", image),
];

/// `ValidateVolumes`: the good ones by name. Claims that a workload makes stand in the place of volumes of their names.
pub(super) fn volumes<'t>(volumes: &Field<'_, 't>, pod_name: &str, claimed: &[Node<'t>], errors: &mut Errors) -> HashMap<&'t str, Volume> {
    let mut good: HashMap<&str, Volume> = HashMap::with_capacity(volumes.len() + claimed.len());
    for (index, node) in claimed.iter().enumerate() {
        let volume = volumes.at(index);
        let name = volume.field("name").of(*node);
        let messages = names::label(name.text());
        if name.text().is_empty() {
            errors.push(name.required("").about(Concern::ObjectName));
        } else if messages.is_empty() {
            good.insert(name.text(), Volume { is_claim: true, is_empty_dir: false });
        }
        errors.invalid(&name, messages, Concern::ObjectName);
    }
    let taken: HashSet<&str> = claimed.iter().filter_map(|name| name.str()).collect();
    let mut made: HashSet<String> = HashSet::new();
    if !pod_name.is_empty() {
        let ephemeral = volumes.items().filter(|volume| volume.field("ephemeral").is_set());
        made.extend(ephemeral.map(|volume| format!("{pod_name}-{}", volume.field("name").text())));
    }
    let free = volumes.items().filter(|volume| !taken.contains(volume.field("name").text()));
    for (index, volume) in free.enumerate() {
        // The claims stand before all others.
        let volume = if claimed.is_empty() { volume } else { volumes.at(claimed.len() + index).of(volume.near()) };
        let before = errors.len();
        source(&volume, pod_name, errors);
        let name = volume.field("name");
        if name.text().is_empty() {
            errors.push(name.required(""));
        } else {
            errors.invalid(&name, names::label(name.text()), Concern::Other);
        }
        if good.contains_key(name.text()) {
            errors.push(name.duplicate_value(&shown_text(name.text())));
        }
        if errors.len() == before {
            let has = |source: &str| volume.field(source).is_set();
            let is_empty_dir = has("emptyDir") || !SOURCES.iter().any(|(source, ..)| has(source));
            let kind = Volume { is_claim: has("persistentVolumeClaim") || has("ephemeral"), is_empty_dir };
            good.insert(name.text(), kind);
        }
        let claim = volume.field("persistentVolumeClaim.claimName");
        if claim.is_set() && made.contains(claim.text()) {
            errors.push(claim.invalid("must not reference a PVC that gets created for an ephemeral volume"));
        }
    }
    good
}

/// That there is one source at most; none is an empty folder.
fn source(volume: &Field<'_, '_>, pod_name: &str, errors: &mut Errors) {
    one_source(volume, SOURCES, errors);
    let name = volume.field("name");
    if volume.field("iscsi.initiatorName").is_set() && name.text().len() + 1 + volume.field("iscsi.targetPortal").text().len() > 64 {
        let message = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
        errors.push(name.invalid(message));
    }
    if volume.field("ephemeral").is_set() && !pod_name.is_empty() && !name.text().is_empty() {
        let claim = format!("{pod_name}-{}", name.text());
        for message in names::subdomain(&claim) {
            errors.push(name.invalid(&format!("PVC name {}: {message}", shown_text(&claim))));
        }
    }
}

/// Checks the first of the sources, and refuses all others. How many there are.
pub(super) fn one_source(owner: &Field<'_, '_>, sources: &[Source], errors: &mut Errors) -> usize {
    let mut found = 0;
    for (field, one_too_many, place, check) in sources {
        let Some(node) = owner.field(field).node() else { continue };
        found += 1;
        if found == 1 {
            check(&owner.field(place).of(node), errors);
        } else {
            let at = owner.field(one_too_many).of(node);
            errors.push(at.forbidden("may not specify more than 1 volume type").about(Concern::VolumeSource));
        }
    }
    found
}

fn empty_dir(empty: &Field<'_, '_>, errors: &mut Errors) {
    let size = empty.field("sizeLimit");
    if size.quantity().is_some_and(|size| size.is_negative()) {
        errors.push(size.forbidden("SizeLimit field must be a valid resource quantity").about(Concern::Quantity));
    }
}

fn secret(secret: &Field<'_, '_>, errors: &mut Errors) {
    required(secret, &["secretName"], errors);
    files(secret, errors);
}

fn config_map(map: &Field<'_, '_>, errors: &mut Errors) {
    required(map, &["name"], errors);
    files(map, errors);
}

fn files(volume: &Field<'_, '_>, errors: &mut Errors) {
    mode(&volume.field("defaultMode"), errors);
    for item in volume.field("items").items() {
        projected::key_to_path(&item, errors);
    }
}

fn ephemeral(ephemeral: &Field<'_, '_>, errors: &mut Errors) {
    let template = ephemeral.field("volumeClaimTemplate");
    if template.is_set() {
        claim_template(&template, errors);
    } else {
        errors.push(template.required(""));
    }
}

fn image(image: &Field<'_, '_>, errors: &mut Errors) {
    required(image, &["reference"], errors);
    one_of_or_default(&image.field("pullPolicy"), super::container::PULL_POLICIES, errors);
}
