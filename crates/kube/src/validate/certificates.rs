//! Requests of certificates: `pkg/apis/certificates/validation/validation.go`. What is in a request is not read.

use super::field::{Errors, Field, shown_text};
use super::{Subject, signer};

/// What a certificate may be for, in the order of Go's sets.
const USAGES: [&str; 23] = [
    "any",
    "cert sign",
    "client auth",
    "code signing",
    "content commitment",
    "crl sign",
    "data encipherment",
    "decipher only",
    "digital signature",
    "email protection",
    "encipher only",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "key agreement",
    "key encipherment",
    "microsoft sgc",
    "netscape sgc",
    "ocsp signing",
    "s/mime",
    "server auth",
    "signing",
    "timestamping",
];

/// The shortest life of a certificate, in seconds.
const MIN_LIFE: i64 = 600;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "CertificateSigningRequest" && subject.api_version == "certificates.k8s.io/v1" {
        request(&subject.field().field("spec"), errors);
    }
}

/// `validateCertificateSigningRequest`.
fn request(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (usages, signer, life) = (spec.field("usages"), spec.field("signerName"), spec.field("expirationSeconds"));
    if usages.is_empty() {
        errors.push(usages.required(""));
    }
    let mut seen = std::collections::HashSet::new();
    for usage in usages.items() {
        if !USAGES.contains(&usage.text()) {
            errors.push(usage.not_supported_value(&shown_text(usage.text()), &USAGES));
        }
        if !seen.insert(usage.text()) {
            errors.push(usage.duplicate_value(&shown_text(usage.text())));
        }
    }
    if signer.text() == "kubernetes.io/legacy-unknown" {
        errors.push(signer.invalid("the legacy signerName is not allowed via this API version"));
    } else {
        signer::name(&signer, errors);
    }
    if life.int().is_some_and(|seconds| seconds < MIN_LIFE) {
        errors.push(life.invalid("may not specify a duration less than 600 seconds (10 minutes)"));
    }
}
