//! `ingress-backend-shape`: an Ingress that leads to nothing, or to two things.
//!
//! # What it checks
//!
//! A backend of an Ingress is a `service` or a `resource`; a service has a name and a port, and the port either a name or a number.
//!
//! # Why it matters
//!
//! The API server refuses the Ingress. Backends of the form `serviceName` and `servicePort` belong to versions of the API that are
//! gone.
//!
//! # Example
//!
//! ```yaml
//! backend:
//!   service:
//!     name: web
//!     port: {name: http, number: 80}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! backend:
//!   service:
//!     name: web
//!     port: {name: http}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "ingress-backend-shape",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the backend.",
    cure: "Name one service with the name or the number of its port.",
    check: Check::Invalid(&[Concern::IngressBackend]),
};
