//! `invalid-enum`: a value that the field does not know.
//!
//! # What it checks
//!
//! Fields with a fixed set of values (`imagePullPolicy`, `protocol`, `type`, `dnsPolicy`, `operator`, `effect` and many others)
//! have one of these, in its exact spelling. The set is that of the chosen release.
//!
//! # Why it matters
//!
//! The API server refuses the object. Most often it is a value in lower case, or one that came with a later release.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080
//!     protocol: tcp
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080
//!     protocol: TCP
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-enum",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a value that the field does not know.",
    cure: "Use one of the values that the message lists, spelled as it is there.",
    check: Check::Invalid(&[Concern::Enum]),
};
