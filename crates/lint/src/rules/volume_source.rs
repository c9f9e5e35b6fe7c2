//! `volume-source`: a volume of several kinds, or of none.
//!
//! # What it checks
//!
//! A volume has one source: `configMap`, `secret`, `emptyDir` or another one. One without any is an empty folder; a
//! PersistentVolume needs one. A projected volume has one source an item.
//!
//! # Why it matters
//!
//! The API server refuses the object. It happens when values of an environment add a source to that of the defaults instead of
//! replacing it.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     emptyDir: {}
//!     persistentVolumeClaim: {claimName: data}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     emptyDir: null
//!     persistentVolumeClaim: {claimName: data}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "volume-source",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a volume with several sources.",
    cure: "Keep one source and set the others to null.",
    check: Check::Invalid(&[Concern::VolumeSource]),
};
