//! Names of signers of certificates, and of the bundles named after them: `pkg/apis/core/validation/names.go`.

use super::field::{Errors, Field, shown_text};
use super::names::{LABEL_LENGTH, NameRule, SUBDOMAIN_LENGTH, label, subdomain};

/// Whether a signer is one of Kubernetes' own (`IsKubernetesSignerName`).
#[must_use]
pub fn is_kubernetes(name: &str) -> bool {
    let host = name.split('/').next().unwrap_or_default();
    host == "kubernetes.io" || host.ends_with(".kubernetes.io")
}

/// `ValidateSignerName`: `example.com/signer-name`.
pub fn name(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    if text.is_empty() {
        errors.push(field.required(""));
        return;
    }
    let (Some((domain, path)), false) = (text.split_once('/'), text.matches('/').count() > 1) else {
        errors.push(field.invalid("must be a fully qualified domain and path of the form 'example.com/signer-name'"));
        return;
    };
    if domain.len() > SUBDOMAIN_LENGTH {
        errors.push(field.too_long(SUBDOMAIN_LENGTH));
    }
    parts(field, domain, label, errors);
    if !domain.contains('.') {
        errors.push(field.invalid_value(&shown_text(domain), "should be a domain with at least two segments separated by dots"));
    }
    parts(field, path, subdomain, errors);
    let most = SUBDOMAIN_LENGTH + SUBDOMAIN_LENGTH + LABEL_LENGTH + 2;
    if text.len() > most {
        errors.push(field.too_long(most));
    }
}

/// The parts between dots; of several faulty ones the first is told of.
fn parts(field: &Field<'_, '_>, whole: &str, rule: NameRule, errors: &mut Errors) {
    let faulty = whole.split('.').map(|part| (part, rule(part))).find(|(_, messages)| !messages.is_empty());
    if let Some((part, messages)) = faulty {
        for message in messages {
            errors.push(field.invalid_value(&shown_text(whole), &format!("validating label {}: {message}", shown_text(part))));
        }
    }
}

/// `ValidateClusterTrustBundleName`: a bundle of a signer is named after it.
#[must_use]
pub fn bundle_name(signer: &str, name: &str) -> Vec<String> {
    if signer.is_empty() {
        if name.contains(':') {
            return vec!["ClusterTrustBundle without signer name must not have \":\" in its name".to_owned()];
        }
        return subdomain(name);
    }
    let prefix = format!("{}:", signer.replace('/', ":"));
    match name.strip_prefix(&prefix) {
        Some(rest) => subdomain(rest),
        None => vec![format!("ClusterTrustBundle for signerName {signer} must be named with prefix {prefix}")],
    }
}
