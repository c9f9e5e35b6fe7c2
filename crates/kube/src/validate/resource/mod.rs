//! Devices and claims of them: `pkg/apis/resource/validation/validation.go`, for the versions that share the shape of `v1`. Expressions are not
//! compiled.

mod claim;
mod slice;

use chartwright_yaml::NodeView;

use super::Subject;
use super::concern::Concern;
use super::expressions;
use super::field::{Errors, Field, shown_text};
use super::{formats, labels, names};

/// Versions whose shape is that of `v1`.
const VERSIONS: [&str; 2] = ["resource.k8s.io/v1", "resource.k8s.io/v1beta2"];

/// The most selectors, constraints or configurations.
const MAX_ITEMS: usize = 32;
const MAX_EXPRESSION: usize = 10 << 10;
const MAX_PARAMETERS: usize = 10 << 10;
const MAX_ID: usize = 32;

/// What the compiler says of nothing.
const NO_EXPRESSION: &str = "compilation failed: ERROR: <input>:1:0: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', \
     'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

/// The release that has taints of devices, and what depends on lists of attributes.
const TAINTS: u32 = 37;
const EFFECTS: [&str; 3] = ["NoExecute", "NoSchedule", "None"];

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if !VERSIONS.contains(&subject.api_version) {
        return;
    }
    let root = subject.field();
    let spec = root.field("spec");
    match subject.kind {
        "DeviceClass" => class(&spec, errors),
        "ResourceClaim" => claim::devices(&spec.field("devices"), errors),
        "ResourceClaimTemplate" => {
            let metadata = spec.field("metadata");
            labels::annotations(&metadata.field("annotations"), errors);
            labels::labels(&metadata.field("labels"), errors);
            claim::devices(&spec.field("spec.devices"), errors);
        }
        "ResourceSlice" => slice::validate(&spec, errors),
        _ => {}
    }
}

/// `validateDeviceClassSpec`.
fn class(spec: &Field<'_, '_>, errors: &mut Errors) {
    selectors(&spec.field("selectors"), errors);
    let configurations = spec.field("config");
    if !too_many(&configurations, MAX_ITEMS, errors) {
        for configuration in configurations.items() {
            self::configuration(&configuration, errors);
        }
    }
    let name = spec.field("extendedResourceName");
    if name.is_set() && !is_extended_resource(name.text()) {
        let is_tagged = errors.minor >= formats::TAGS && !name.text().contains('/');
        errors.push(name.invalid(if is_tagged {
            "a name must be a domain-prefixed path, such as 'example.com/my-prop'"
        } else {
            "must be a valid extended resource name"
        }));
    }
}

/// `IsExtendedResourceName`: of a domain that is not Kubernetes' own, and good for a quota's name.
fn is_extended_resource(name: &str) -> bool {
    let is_native = !name.contains('/') || name.contains("kubernetes.io/");
    !is_native && !name.starts_with("requests.") && names::qualified(&format!("requests.{name}")).is_empty()
}

/// Whether there are more items than may be; what is beyond is not looked at.
fn too_many(list: &Field<'_, '_>, most: usize, errors: &mut Errors) -> bool {
    let is_beyond = list.len() > most;
    if is_beyond {
        errors.push(list.too_many(list.len(), most));
    }
    is_beyond
}

/// `validateSelectorSlice`.
fn selectors(selectors: &Field<'_, '_>, errors: &mut Errors) {
    if too_many(selectors, MAX_ITEMS, errors) {
        return;
    }
    for selector in selectors.items() {
        let (rule, expression) = (selector.field("cel"), selector.field("cel.expression"));
        if !rule.is_set() {
            errors.push(rule.required(""));
        } else if expression.text().is_empty() {
            errors.push(expression.invalid_value("\"\"", NO_EXPRESSION));
        } else if expression.text().len() > MAX_EXPRESSION {
            errors.push(expression.too_long(MAX_EXPRESSION));
        } else {
            expressions::compile(&expression, expressions::DEVICES, errors);
        }
    }
}

/// `validateDeviceConfiguration`.
fn configuration(configuration: &Field<'_, '_>, errors: &mut Errors) {
    let opaque = configuration.field("opaque");
    if !opaque.is_set() {
        errors.push(opaque.required(""));
        return;
    }
    formats::caseless_driver(&opaque.field("driver"), errors);
    let parameters = opaque.field("parameters");
    match parameters.node() {
        None => errors.push(parameters.required("")),
        Some(node) if node.tree().to_json(node.id()).to_string().len() > MAX_PARAMETERS => errors.push(parameters.too_long(MAX_PARAMETERS)),
        Some(node) if !matches!(node.view(), NodeView::Mapping(_)) => {
            errors.push(parameters.invalid_value("\"<value omitted>\"", "must be a valid JSON object"));
        }
        Some(_) => {}
    }
}

/// `validateFullyQualifiedName`: an identifier after a domain.
fn qualified(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    qualified_name(field, text, errors);
    if !text.contains('/') {
        errors.push(field.invalid("a fully qualified name must be a domain and a name separated by a slash"));
    }
}

/// `validateQualifiedName`: an identifier, after a domain if need be; errors are told at `field`.
fn qualified_name(field: &Field<'_, '_>, name: &str, errors: &mut Errors) {
    let parts: Vec<&str> = name.split('/').collect();
    let id = match parts[..] {
        [id] => id,
        [domain, id] => {
            if domain.is_empty() {
                errors.push(field.invalid_value("\"\"", "the domain must not be empty"));
            } else {
                if domain.len() > names::LABEL_LENGTH {
                    errors.push(field.too_long(names::LABEL_LENGTH));
                }
                for message in names::subdomain(&domain.to_lowercase()) {
                    errors.push(field.invalid_value(&shown_text(domain), &message));
                }
            }
            if id.is_empty() {
                errors.push(field.invalid_value("\"\"", "the name must not be empty"));
                return;
            }
            id
        }
        _ => return,
    };
    if id.len() > MAX_ID {
        errors.push(field.too_long(MAX_ID));
    }
    for message in names::c_identifier(id) {
        errors.push(field.invalid_value(&shown_text(id), &message));
    }
}

/// A label's key, a value and an effect, as taints and tolerations have them.
fn effect(effect: &Field<'_, '_>, errors: &mut Errors) {
    if !effect.text().is_empty() && !EFFECTS.contains(&effect.text()) {
        errors.push(effect.not_supported(&EFFECTS));
    }
}

fn label_key(key: &Field<'_, '_>, errors: &mut Errors) {
    errors.invalid(key, names::qualified(key.text()), Concern::Label);
}

fn label_value(value: &Field<'_, '_>, errors: &mut Errors) {
    errors.invalid(value, names::label_value(value.text()), Concern::Label);
}
