//! `ingress-tls`: an Ingress without TLS.
//!
//! # What it checks
//!
//! An Ingress with rules has `tls`, or says by an annotation that its controller ends TLS by other means: a certificate of the
//! cloud (AWS load balancer controller, GKE), Traefik's own router, or TLS that is passed through.
//!
//! # Why it matters
//!
//! Passwords, cookies and tokens cross the network for all to read, and browsers warn of the page.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   rules:
//!     - host: api.example.com
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   tls:
//!     - hosts: [api.example.com]
//!       secretName: api-tls
//!   rules:
//!     - host: api.example.com
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ingress-tls",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &["polaris:tlsSettingsMissing", "kubescape:C-0263", "kyverno:require-ingress-https"],
    reason: "Passwords, cookies and tokens cross the network for all to read.",
    cure: "Add tls with the hosts and a Secret; cert-manager can fill it.",
    check: Check::Object(check),
};

/// Annotations by which a controller is told to end TLS with certificates that it knows, or to pass it on.
const ELSEWHERE: &[&str] = &[
    "alb.ingress.kubernetes.io/certificate-arn",
    "haproxy.org/ssl-passthrough",
    "haproxy-ingress.github.io/ssl-passthrough",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "nginx.ingress.kubernetes.io/ssl-passthrough",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "route.openshift.io/termination",
    "traefik.ingress.kubernetes.io/router.tls",
    "traefik.ingress.kubernetes.io/router.tls.certresolver",
];

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Ingress {
        return;
    }
    let root = context.object.root();
    let Some(rules) = root.at(&["spec", "rules"]).filter(|rules| rules.items().next().is_some()) else { return };
    if root.at(&["spec", "tls"]).is_some_and(|tls| tls.items().next().is_some()) || ends_elsewhere(root) {
        return;
    }
    sink.report(context.object, rules, "the Ingress has no TLS".to_owned());
}

fn ends_elsewhere(root: Node<'_>) -> bool {
    let annotations = root.at(&["metadata", "annotations"]);
    annotations.into_iter().flat_map(Node::entries).any(|(name, value)| {
        let set = value.str().is_some_and(|value| !value.is_empty() && value != "false");
        let listens = || name == "alb.ingress.kubernetes.io/listen-ports" && value.str().is_some_and(|value| value.contains("HTTPS"));
        ELSEWHERE.contains(&name) && set || listens()
    })
}
