//! Classes of storage, drivers and what they attach: `pkg/apis/storage/validation/validation.go`, with the defaults of
//! `pkg/apis/storage/v1/defaults.go`.

mod class;
mod driver;

use super::concern::Concern;
use super::field::{Errors, Field};
use super::{Subject, core, formats, labels, names, quantities};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    match subject.kind {
        "StorageClass" => class::storage(&root, errors),
        "VolumeAttributesClass" => class::attributes(&root, errors),
        "CSIDriver" => driver::driver(&root.field("spec"), errors),
        "CSINode" => driver::node(&root.field("spec.drivers"), errors),
        "VolumeAttachment" => attachment(&root.field("spec"), errors),
        "CSIStorageCapacity" => capacity(&root, errors),
        _ => {}
    }
}

/// `validateVolumeAttachmentSpec`.
fn attachment(spec: &Field<'_, '_>, errors: &mut Errors) {
    const ONE: &str = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    formats::caseless_driver(&spec.field("attacher"), errors);
    let source = spec.field("source");
    let (inline, name, node) = (source.field("inlineVolumeSpec"), source.field("persistentVolumeName"), spec.field("nodeName"));
    match (inline.is_set(), name.is_set()) {
        (false, false) => errors.push(source.required(ONE)),
        (true, true) => errors.push(source.forbidden(ONE)),
        (true, false) => core::volume::inline_volume(&inline, errors),
        (false, true) if name.text().is_empty() => errors.push(name.required("must specify non empty persistentVolumeName")),
        (false, true) => {}
    }
    errors.invalid(&node, names::subdomain(node.text()), Concern::ObjectName);
    if name.is_set() {
        errors.invalid(&name, names::subdomain(name.text()), Concern::ObjectName);
    }
}

/// `ValidateCSIStorageCapacity`.
fn capacity(root: &Field<'_, '_>, errors: &mut Errors) {
    let class = root.field("storageClassName");
    labels::selector(&root.field("nodeTopology"), errors);
    for message in names::subdomain(class.text()) {
        errors.push(class.invalid(&message).about(Concern::ObjectName));
    }
    quantities::non_negative(&root.field("capacity"), errors);
}
