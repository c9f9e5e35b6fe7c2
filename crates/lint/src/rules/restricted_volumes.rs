//! `restrictedVolumes`: a volume of a type that reaches past the cluster's storage.
//!
//! # What it checks
//!
//! Volumes are of the types `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, `image`, `persistentVolumeClaim`, `projected`
//! and `secret`.
//!
//! # Why it matters
//!
//! Other types reach servers and disks with the rights of the node rather than through a claim, which an administrator has approved.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     nfs: {server: files.example.com, path: /data}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: data
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "restrictedVolumes",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &["trivy:KSV028", "kyverno:restrict-volume-types"],
    reason: "Such volumes reach servers and disks with the node's rights rather than through an approved claim.",
    cure: "Use a PersistentVolumeClaim.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
