//! `deprecated-registry`: an image of Kubernetes' old registry.
//!
//! # What it checks
//!
//! No image comes from `k8s.gcr.io`, from the older `gcr.io/google_containers` and `gcr.io/google-containers`, or from what stood
//! behind them (`gcr.io/k8s-artifacts-prod`).
//!
//! # Why it matters
//!
//! The registry is frozen: it gets no new releases and no fixes, and Google may switch it off at any time.
//!
//! # Example
//!
//! ```yaml
//! image: k8s.gcr.io/pause:3.9
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: registry.k8s.io/pause:3.10
//! ```

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-registry",
    severity: Severity::Warning,
    by_default: true,
    group: "Images",
    aliases: &["kubescape:C-0253", "kyverno:restrict-deprecated-registry"],
    reason: "The registry is frozen and gets no more fixes.",
    cure: "Use registry.k8s.io.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for (owner, image) in images::places(context.pod) {
        let Some(reference) = image.str().and_then(|text| images::parse(text).ok()) else { continue };
        let old = match reference.registry {
            "k8s.gcr.io" => true,
            "gcr.io" | "us.gcr.io" | "eu.gcr.io" | "asia.gcr.io" => {
                let project = reference.repository.split('/').next().unwrap_or_default();
                matches!(project, "google_containers" | "google-containers" | "k8s-artifacts-prod")
            }
            _ => false,
        };
        if old {
            sink.report(context.object, image, format!("the image of {owner} comes from a registry that is frozen"));
        }
    }
}
