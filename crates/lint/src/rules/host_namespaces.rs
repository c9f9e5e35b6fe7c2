//! `hostNamespaces`: a pod that shares the network, the processes or the memory of its node.
//!
//! # What it checks
//!
//! None of `hostNetwork`, `hostPID` and `hostIPC` is true.
//!
//! # Why it matters
//!
//! Such a pod sees the node's traffic and its services on localhost, which trust whoever asks, or can read and signal the processes
//! of all other pods. Network policies do not hold it.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   hostNetwork: true
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   hostNetwork: false
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "hostNamespaces",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "kube-linter:host-network",
        "kube-linter:host-pid",
        "kube-linter:host-ipc",
        "polaris:hostNetworkSet",
        "polaris:hostPIDSet",
        "polaris:hostIPCSet",
        "checkov:CKV_K8S_17",
        "checkov:CKV_K8S_18",
        "checkov:CKV_K8S_19",
        "trivy:KSV008",
        "trivy:KSV009",
        "trivy:KSV010",
        "kubescape:C-0038",
        "kubescape:C-0041",
        "kyverno:disallow-host-namespaces",
        "datree:CONTAINERS_INCORRECT_HOSTPID_VALUE_TRUE",
        "datree:CONTAINERS_INCORRECT_HOSTIPC_VALUE_TRUE",
        "datree:CONTAINERS_INCORRECT_HOSTNETWORK_VALUE_TRUE",
    ],
    reason: "Such a pod sees the traffic or the processes of everything on its node.",
    cure: "Leave hostNetwork, hostPID and hostIPC out; use a Service to be reached.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
