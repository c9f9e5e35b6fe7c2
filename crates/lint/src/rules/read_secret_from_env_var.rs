//! `read-secret-from-env-var`: a Secret that becomes an environment variable.
//!
//! # What it checks
//!
//! No container takes an environment variable from a Secret, one by one or all of them. One finding a container.
//!
//! # Why it matters
//!
//! Child processes inherit the environment, and crash reports and debug pages print it. A file can be read by one user only, and
//! changes with the Secret.
//!
//! # Example
//!
//! ```yaml
//! env:
//!   - name: TOKEN
//!     valueFrom: {secretKeyRef: {name: api, key: token}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumeMounts:
//!   - {name: credentials, mountPath: /run/secrets/api, readOnly: true}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "read-secret-from-env-var",
    severity: Severity::Info,
    by_default: false,
    group: "Security",
    aliases: &[
        "kube-linter:read-secret-from-env-var",
        "checkov:CKV_K8S_35",
        "kubescape:C-0207",
        "kyverno:secrets-not-from-env-vars",
        "datree:CIS_INVALID_KEY_SECRETKEYREF_SECRETREF",
    ],
    reason: "Child processes inherit the environment, and crash reports print it.",
    cure: "Mount the Secret as files.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() {
        return;
    }
    for container in context.pod.containers() {
        let single = container.node.items_at("env").filter_map(|variable| variable.at(&["valueFrom", "secretKeyRef"]));
        let mut found = single.chain(container.node.items_at("envFrom").filter_map(|from| from.get("secretRef")));
        let Some(first) = found.next() else { continue };
        let mut reported = sink.report(context.object, first, format!("container {} has Secrets in its environment", container.name()));
        for place in found {
            reported = reported.also(context.object, place);
        }
    }
}
