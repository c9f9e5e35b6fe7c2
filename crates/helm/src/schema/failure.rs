//! Why a value does not fit, and the words for it (`kind/kind.go`, `output.go`).

use super::Violation;
use super::number::{count, localized};
use chartwright_go::quote::quoted;

/// One node of the tree of reasons.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) path: Vec<String>,
    pub(super) reason: Reason,
    pub(super) causes: Vec<Failure>,
}

#[derive(Debug)]
pub(super) enum Reason {
    /// Several at the same place.
    Group,
    /// Behind a reference.
    Reference,
    Not,
    AllOf,
    AnyOf,
    OneOf(Option<(usize, usize)>),
    FalseSchema,
    RefCycle {
        first: String,
        second: String,
        url: String,
    },
    TooDeep,
    TooLong,
    Type {
        got: &'static str,
        want: String,
    },
    /// The choices as they print; nothing if one of them is no scalar.
    Enum(Option<Vec<String>>),
    Const(Option<String>),
    Format {
        got: String,
        want: String,
        reason: String,
    },
    Count {
        keyword: &'static str,
        got: usize,
        want: usize,
    },
    Bound {
        keyword: &'static str,
        got: f64,
        want: f64,
    },
    AdditionalItems(usize),
    Required(Vec<String>),
    Dependency {
        keyword: &'static str,
        property: String,
        missing: Vec<String>,
    },
    AdditionalProperties(Vec<String>),
    PropertyName(String),
    Unique(usize, usize),
    Contains,
    MinContains {
        got: Vec<usize>,
        want: usize,
    },
    MaxContains {
        got: Vec<usize>,
        want: usize,
    },
    Pattern {
        got: String,
        want: String,
    },
}

impl Reason {
    pub(super) fn keyword(&self) -> &'static str {
        match self {
            Reason::Group => "",
            Reason::Reference | Reason::RefCycle { .. } | Reason::TooDeep | Reason::TooLong => "$ref",
            Reason::Not => "not",
            Reason::AllOf => "allOf",
            Reason::AnyOf => "anyOf",
            Reason::OneOf(_) => "oneOf",
            Reason::FalseSchema => "false",
            Reason::Type { .. } => "type",
            Reason::Enum(_) => "enum",
            Reason::Const(_) => "const",
            Reason::Format { .. } => "format",
            Reason::Count { keyword, .. } | Reason::Bound { keyword, .. } | Reason::Dependency { keyword, .. } => keyword,
            Reason::AdditionalItems(_) => "additionalItems",
            Reason::Required(_) => "required",
            Reason::AdditionalProperties(_) => "additionalProperties",
            Reason::PropertyName(_) => "propertyNames",
            Reason::Unique(..) => "uniqueItems",
            Reason::Contains => "contains",
            Reason::MinContains { .. } => "minContains",
            Reason::MaxContains { .. } => "maxContains",
            Reason::Pattern { .. } => "pattern",
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Reason::Group | Reason::Reference => "validation failed".to_owned(),
            Reason::Not => "'not' failed".to_owned(),
            Reason::AllOf => "'allOf' failed".to_owned(),
            Reason::AnyOf => "'anyOf' failed".to_owned(),
            Reason::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
            Reason::OneOf(Some((a, b))) => format!("'oneOf' failed, subschemas {}, {} matched", count(*a as i64), count(*b as i64)),
            Reason::FalseSchema => "false schema".to_owned(),
            Reason::RefCycle { first, second, url } => {
                format!("both {first} and {second} resolve to {} causing reference cycle", quoted(url.as_bytes()))
            }
            Reason::TooDeep => "the value or its schema nests too deep to be checked".to_owned(),
            Reason::TooLong => "checking the value by its schema takes too long".to_owned(),
            Reason::Type { got, want } => format!("got {got}, want {want}"),
            Reason::Enum(Some(want)) if want.len() == 1 => format!("value must be {}", want[0]),
            Reason::Enum(Some(want)) => format!("value must be one of {}", want.join(", ")),
            Reason::Enum(None) => "'enum' failed".to_owned(),
            Reason::Const(Some(want)) => format!("value must be {want}"),
            Reason::Const(None) => "'const' failed".to_owned(),
            Reason::Format { got, want, reason } => format!("{got} is not valid {want}: {reason}"),
            Reason::Count { keyword, got, want } => {
                format!("{keyword}: got {}, want {}", count(*got as i64), count(*want as i64))
            }
            Reason::Bound { keyword, got, want } => format!("{keyword}: got {}, want {}", localized(*got), localized(*want)),
            Reason::AdditionalItems(more) => format!("last {} additionalItem(s) not allowed", count(*more as i64)),
            Reason::Required(missing) if missing.len() == 1 => format!("missing property {}", quote(&missing[0])),
            Reason::Required(missing) => format!("missing properties {}", join_quoted(missing)),
            Reason::Dependency { property, missing, .. } => {
                format!("properties {} required, if {} exists", join_quoted(missing), quote(property))
            }
            Reason::AdditionalProperties(names) => format!("additional properties {} not allowed", join_quoted(names)),
            Reason::PropertyName(name) => format!("invalid propertyName {}", quote(name)),
            Reason::Unique(a, b) => format!("items at {} and {} are equal", count(*a as i64), count(*b as i64)),
            Reason::Contains => "no items match contains schema".to_owned(),
            Reason::MinContains { got, want } if got.is_empty() => {
                format!("min {} items required to match contains schema, but none matched", count(*want as i64))
            }
            Reason::MinContains { got, want } => format!(
                "min {} items required to match contains schema, but matched {} items at {}",
                count(*want as i64),
                count(got.len() as i64),
                places(got)
            ),
            Reason::MaxContains { got, want } => format!(
                "max {} items required to match contains schema, but matched {} items at {}",
                count(*want as i64),
                count(got.len() as i64),
                places(got)
            ),
            Reason::Pattern { got, want } => format!("{} does not match pattern {}", quote(got), quote(want)),
        }
    }
}

impl Failure {
    /// Writes the failure as a line, with what caused it below. The depth of causes is bounded by the depth of validation.
    pub(super) fn display(&self, out: &mut String, mut indent: usize) {
        let skip = matches!(self.reason, Reason::Reference) && self.causes.len() == 1;
        if !skip {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", indent.saturating_sub(1)));
            out.push_str("- at ");
            out.push_str(&quote(&pointer(&self.path)));
            out.push_str(": ");
            out.push_str(&self.reason.text());
            indent += 1;
        }
        self.causes.iter().for_each(|cause| cause.display(out, indent));
    }

    /// Whether it is about how deep things may nest. The depth of causes is bounded by the depth of validation.
    pub(super) fn is_too_deep(&self) -> bool {
        matches!(self.reason, Reason::TooDeep) || self.causes.iter().any(Failure::is_too_deep)
    }

    /// The places that do not fit, without the nodes that only gather others.
    pub(super) fn collect(&self, list: &mut Vec<Violation>) {
        if matches!(self.reason, Reason::Group | Reason::Reference | Reason::AllOf) && !self.causes.is_empty() {
            return self.causes.iter().for_each(|cause| cause.collect(list));
        }
        list.push(Violation { instance_path: self.path.clone(), keyword: self.reason.keyword().to_owned(), message: self.reason.text() });
    }
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1"))).collect()
}

/// Go's quoting, in single quotes.
pub(super) fn quote(text: &str) -> String {
    let quoted = quoted(text.as_bytes()).replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{}'", &quoted[1..quoted.len() - 1])
}

fn join_quoted(names: &[String]) -> String {
    names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}

fn places(list: &[usize]) -> String {
    list.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}
