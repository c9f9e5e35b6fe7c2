//! Where webhooks are asked: `k8s.io/apiserver/pkg/util/webhook/validation.go`.

use chartwright_go::url::Url;

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::{names, numbers};

/// A URL or a service, and not both.
pub(super) fn client(client: &Field<'_, '_>, errors: &mut Errors) {
    let (url, service) = (client.field("url"), client.field("service"));
    match (url.is_set(), service.is_set()) {
        (true, false) => self::url(&url, errors),
        (false, true) => self::service(&service, errors),
        _ => errors.push(client.required("exactly one of url or service is required")),
    }
}

/// `ValidateWebhookURL`.
fn url(field: &Field<'_, '_>, errors: &mut Errors) {
    const FORM: &str = "; desired format: https://host[/path]";
    let url = match Url::parse(field.text().as_bytes()) {
        Ok(url) => url,
        Err(error) => {
            errors.push(field.required(&format!("url must be a valid URL: {error}{FORM}")));
            return;
        }
    };
    let shown = |bytes: &[u8]| shown_text(&String::from_utf8_lossy(bytes));
    if url.scheme != b"https" {
        errors.push(field.invalid_value(&shown(&url.scheme), &format!("'https' is the only allowed URL scheme{FORM}")));
    }
    if url.host.is_empty() {
        errors.push(field.invalid_value("\"\"", &format!("host must be specified{FORM}")));
    }
    if url.user.is_some() {
        let user = field.text().split_once("//").and_then(|(_, rest)| rest.split_once('@')).map_or("", |(user, _)| user);
        errors.push(field.invalid_value(&shown_text(user), "user information is not permitted in the URL"));
    }
    if !url.fragment.is_empty() {
        errors.push(field.invalid_value(&shown(&url.fragment), "fragments are not permitted in the URL"));
    }
    if !url.query.is_empty() {
        errors.push(field.invalid_value(&shown(&url.query), "query parameters are not permitted in the URL"));
    }
}

/// A service's port, which is 443 if it is left out.
pub(super) fn port(service: &Field<'_, '_>, errors: &mut Errors) {
    let port = service.field("port");
    if port.int().is_some_and(|number| !numbers::PORTS.contains(&number)) {
        let detail = format!("port is not valid: {}", names::inclusive(*numbers::PORTS.start(), *numbers::PORTS.end()));
        errors.push(port.invalid(&detail).about(Concern::Port));
    }
}

/// `ValidateWebhookService`. The API server hands it the name as the namespace and the other way round.
fn service(service: &Field<'_, '_>, errors: &mut Errors) {
    for (name, told) in [("namespace", "name"), ("name", "namespace")] {
        let field = service.field(name);
        if field.text().is_empty() {
            errors.push(service.field(told).of(field.near()).required(""));
        }
    }
    port(service, errors);
    let path = service.field("path");
    let text = path.text();
    if matches!(text, "" | "/") {
        return;
    }
    if text == "//" {
        errors.push(path.invalid("segment[0] may not be empty"));
        return;
    }
    if !text.starts_with('/') {
        errors.push(path.invalid("must start with a '/'"));
    }
    let mut characters = text.chars();
    characters.next();
    let rest = characters.as_str();
    for (index, step) in rest.strip_suffix('/').unwrap_or(rest).split('/').enumerate() {
        if step.is_empty() {
            errors.push(path.invalid(&format!("segment[{index}] may not be empty")));
            continue;
        }
        for message in names::subdomain(step) {
            errors.push(path.invalid(&format!("segment[{index}]: {message}")));
        }
    }
}

/// Versions of what a webhook is asked: labels, none of them twice, and one at least that the API server has.
pub(super) fn review_versions(versions: &Field<'_, '_>, known: &[&str], listed: &str, errors: &mut Errors) {
    let mut seen = std::collections::HashSet::new();
    for version in versions.items() {
        if seen.insert(version.text()) {
            errors.invalid(&version, names::label_1035(version.text()), Concern::Other);
        } else {
            errors.push(version.invalid("duplicate version"));
        }
    }
    if !known.iter().any(|version| seen.contains(version)) {
        let shown: Vec<String> = versions.items().map(|version| shown_text(version.text())).collect();
        errors.push(versions.invalid_value(&format!("[{}]", shown.join(",")), &format!("must include at least one of {listed}")));
    }
}
