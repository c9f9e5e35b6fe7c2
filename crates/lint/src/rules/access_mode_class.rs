//! `access-mode-class`: an access mode that the storage class cannot serve.
//!
//! # What it checks
//!
//! A claim does not ask a class of disks, which one node mounts at a time, for `ReadWriteMany`. A class is known by the provisioner
//! of its StorageClass where a chart makes it, and otherwise by its usual name (`gp2`, `gp3`, `standard-rwo`, `managed-csi`, `local-
//! path` and their like). Raw block volumes are left alone.
//!
//! # Why it matters
//!
//! The claim is never bound, and the pods that mount it never start.
//!
//! # Example
//!
//! ```yaml
//! storageClassName: gp3
//! accessModes: [ReadWriteMany]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! storageClassName: efs-sc
//! accessModes: [ReadWriteMany]
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "access-mode-class",
    severity: Severity::Error,
    by_default: true,
    group: "Storage",
    aliases: &[],
    reason: "The claim is never bound, and the pods that mount it never start.",
    cure: "Use ReadWriteOnce, or a class of shared files such as EFS, Filestore or Azure Files.",
    check: Check::Set(check),
};

/// Classes that clouds and tools set up under these names, all of disks.
const NAMES: &[&str] = &[
    "gp2",
    "gp3",
    "io1",
    "io2",
    "sc1",
    "st1",
    "ebs-sc",
    "local-path",
    "standard",
    "standard-rwo",
    "premium-rwo",
    "managed",
    "managed-csi",
    "managed-csi-premium",
    "managed-premium",
    "do-block-storage",
    "linode-block-storage",
    "linode-block-storage-retain",
    "hcloud-volumes",
];

const PROVISIONERS: &[&str] = &[
    "kubernetes.io/aws-ebs",
    "ebs.csi.aws.com",
    "ebs.csi.eks.amazonaws.com",
    "kubernetes.io/gce-pd",
    "pd.csi.storage.gke.io",
    "kubernetes.io/azure-disk",
    "disk.csi.azure.com",
    "rancher.io/local-path",
    "dobs.csi.digitalocean.com",
    "linodebs.csi.linode.com",
    "csi.hetzner.cloud",
    "rbd.csi.ceph.com",
];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for &object in context.index.objects() {
        let own = object.root().get("spec").filter(|_| object.kind() == Kind::PersistentVolumeClaim);
        let templates = object
            .spec_node()
            .filter(|_| object.kind() == Kind::StatefulSet)
            .into_iter()
            .flat_map(|spec| spec.items_at("volumeClaimTemplates"));
        for spec in own.into_iter().chain(templates.filter_map(|template| template.get("spec"))) {
            let Some(class) = spec.str_at("storageClassName").filter(|_| spec.str_at("volumeMode") != Some("Block")) else { continue };
            let Some(mode) = spec.items_at("accessModes").find(|mode| mode.str() == Some("ReadWriteMany")) else { continue };
            let of_disks = match context.find(Kind::StorageClass, "", class) {
                Some(definition) => definition.root().str_at("provisioner").is_some_and(|name| PROVISIONERS.contains(&name)),
                None => NAMES.contains(&class),
            };
            if of_disks {
                sink.report(
                    object,
                    mode,
                    format!("the storage class {class} cannot serve ReadWriteMany: one node mounts its volumes at a time"),
                );
            }
        }
    }
}
