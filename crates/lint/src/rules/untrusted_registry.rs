//! `untrusted-registry`: an image of a registry where anyone may publish.
//!
//! # What it checks
//!
//! Images come from registries that someone answers for: those of a cloud account (Amazon ECR, Azure, Google), those of
//! Kubernetes, Red Hat and Microsoft, GitLab's and Elastic's own, Docker Hub's official images, or a host of one's own. Docker
//! Hub otherwise, GitHub, Quay and GitLab.com let anyone publish under a name of their choice; hosts by a bare address and hosts
//! of no domain are not known.
//!
//! # Why it matters
//!
//! The name of an image says little about who made it, and a name that is given up can be taken by someone else.
//!
//! # Example
//!
//! ```yaml
//! image: docker.io/someone/tool:1.0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/tool:1.0
//! ```

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "untrusted-registry",
    severity: Severity::Warning,
    by_default: false,
    group: "Images",
    aliases: &[
        "trivy:KSV034",
        "trivy:KSV125",
        "trivy:KSV032",
        "trivy:KSV033",
        "trivy:KSV035",
        "kubescape:C-0078",
        "kyverno:restrict-image-registries",
    ],
    reason: "Anyone may publish there: the name says little about who made the image.",
    cure: "Copy the image into a registry of your own, and pull it from there.",
    check: Check::Pod(check),
};

/// Hosts where whoever has an account publishes.
const OPEN: &[&str] = &[
    images::DOCKER_HUB,
    "registry-1.docker.io",
    "ghcr.io",
    "quay.io",
    "registry.gitlab.com",
    "public.ecr.aws",
    "ttl.sh",
    "lscr.io",
    "codeberg.org",
];

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() {
        return;
    }
    for (owner, image) in images::places(context.pod) {
        let Some(reference) = image.str().and_then(|text| images::parse(text).ok()) else { continue };
        let official = reference.registry == images::DOCKER_HUB && !reference.repository.contains('/');
        if !official && (OPEN.contains(&reference.registry) || is_address(reference.registry)) {
            sink.report(context.object, image, format!("the image of {owner} comes from {}", reference.registry));
        }
    }
}

/// Whether a host is an address or has no domain.
fn is_address(registry: &str) -> bool {
    let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host);
    host.starts_with('[') || !host.contains('.') || host.parse::<std::net::Ipv4Addr>().is_ok()
}
