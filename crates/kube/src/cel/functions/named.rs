//! Named formats: `library/format.go`.

use chartwright_go::url::Url;

use crate::crd::is_of_format;
use crate::validate::names;

use super::super::value::Value;
use super::{Row, global, member};

/// A format of text.
#[derive(Debug)]
pub struct Format {
    /// As it is called where it is compared.
    pub(in super::super) name: &'static str,
    /// What is wrong with a text.
    check: fn(&str) -> Vec<String>,
}

pub(super) const TABLE: &[Row] = &[
    global("format.named", "s", |_, values| match values {
        [Value::Text(name)] => {
            let found = FORMATS.iter().find(|format| format.name == &**name);
            Ok(found.map_or(Value::Optional(None), |format| Value::some(Value::Format(format))))
        }
        _ => super::misfit(),
    }),
    global("format.dns1123Label", "", |_, _| named("dns1123Label")),
    global("format.dns1123Subdomain", "", |_, _| named("dns1123Subdomain")),
    global("format.dns1035Label", "", |_, _| named("dns1035Label")),
    global("format.qualifiedName", "", |_, _| named("qualifiedName")),
    global("format.dns1123LabelPrefix", "", |_, _| named("dns1123LabelPrefix")),
    global("format.dns1123SubdomainPrefix", "", |_, _| named("dns1123SubdomainPrefix")),
    global("format.dns1035LabelPrefix", "", |_, _| named("dns1035LabelPrefix")),
    global("format.labelValue", "", |_, _| named("labelValue")),
    global("format.uri", "", |_, _| named("uri")),
    global("format.uuid", "", |_, _| named("uuid")),
    global("format.byte", "", |_, _| named("byte")),
    global("format.date", "", |_, _| named("date")),
    global("format.datetime", "", |_, _| named("datetime")),
    member("validate", "Fs", |budget, values| match values {
        [Value::Format(format), Value::Text(text)] => {
            budget.charge_bytes(text.len())?;
            let found = (format.check)(text);
            let shown = || Value::some(Value::list(found.iter().map(|text| Value::text(text)).collect()));
            Ok(if found.is_empty() { Value::Optional(None) } else { shown() })
        }
        _ => super::misfit(),
    }),
];

static FORMATS: [Format; 13] = [
    Format { name: "dns1123Label", check: names::label },
    Format { name: "dns1123Subdomain", check: names::subdomain },
    Format { name: "dns1035Label", check: names::label_1035 },
    Format { name: "qualifiedName", check: names::qualified },
    Format { name: "dns1123LabelPrefix", check: |text| names::label(&names::without_trailing_dash(text)) },
    Format { name: "dns1123SubdomainPrefix", check: |text| names::subdomain(&names::without_trailing_dash(text)) },
    Format { name: "dns1035LabelPrefix", check: |text| names::label_1035(&names::without_trailing_dash(text)) },
    Format { name: "labelValue", check: names::label_value },
    Format { name: "uri", check: |text| Url::parse_request(text.as_bytes()).err().into_iter().collect() },
    Format { name: "uuid", check: |text| unless(is_of_format("uuid", text), "does not match the UUID format") },
    Format { name: "byte", check: |text| unless(is_of_format("byte", text), "invalid base64") },
    Format { name: "date", check: |text| unless(is_of_format("date", text), "invalid date") },
    Format { name: "datetime", check: |text| unless(is_of_format("datetime", text), "invalid datetime") },
];

fn named(name: &str) -> super::Outcome {
    FORMATS.iter().find(|format| format.name == name).map(Value::Format).ok_or(super::Stop::Unknown)
}

fn unless(is_right: bool, message: &str) -> Vec<String> {
    if is_right { Vec::new() } else { vec![message.to_owned()] }
}
