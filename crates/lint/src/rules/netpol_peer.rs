//! `netpol-peer`: a peer or a port of a network policy that cannot be.
//!
//! # What it checks
//!
//! A peer is a block of addresses or selectors of pods and namespaces, not both; a block and its exceptions are networks, the
//! exceptions within it; an `endPort` has a numeric `port` before it and is not below that.
//!
//! # Why it matters
//!
//! The API server refuses the policy, and traffic stays as it was.
//!
//! # Example
//!
//! ```yaml
//! from:
//!   - ipBlock: {cidr: 10.0.0.0/8}
//!     podSelector: {}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! from:
//!   - ipBlock: {cidr: 10.0.0.0/8}
//!   - podSelector: {}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "netpol-peer",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the policy.",
    cure: "Write a block and a selector as two peers, and ranges of ports from the lower to the higher.",
    check: Check::Invalid(&[Concern::NetworkPolicyPeer]),
};
