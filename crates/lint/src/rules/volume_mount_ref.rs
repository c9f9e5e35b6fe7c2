//! `volume-mount-ref`: a mount of a volume that the pod does not have.
//!
//! # What it checks
//!
//! Each of a container's `volumeMounts` and `volumeDevices` names one of the pod's `volumes`, or one of the claims that a StatefulSet
//! makes for it.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! volumeMounts:
//!   - name: tmp
//!     mountPath: /tmp
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumeMounts:
//!   - name: tmp
//!     mountPath: /tmp
//! volumes:
//!   - name: tmp
//!     emptyDir: {}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "volume-mount-ref",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a mount of a volume that is not there.",
    cure: "Declare the volume, or mount one that is declared.",
    check: Check::Invalid(&[Concern::VolumeMount]),
};
