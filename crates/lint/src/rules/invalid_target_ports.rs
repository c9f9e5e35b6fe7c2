//! `invalid-target-ports`: a name that no port can have.
//!
//! # What it checks
//!
//! Names of ports, in containers, probes, the `targetPort` of Services and network policies, have at most 15 characters: lower-case
//! letters, digits and `-`, with a letter at least, and no `-` at either end or twice in a row.
//!
//! # Why it matters
//!
//! The API server refuses the object. The names are those of IANA services, which are shorter than other names of Kubernetes.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - name: http-health-check-port
//!     containerPort: 8080
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - name: health
//!     containerPort: 8080
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-target-ports",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-linter:invalid-target-ports"],
    reason: "The API server refuses the name of the port.",
    cure: "Shorten the name to 15 characters: lower-case letters, digits and - between them.",
    check: Check::Invalid(&[Concern::PortName]),
};
