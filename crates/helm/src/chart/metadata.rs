//! What Chart.yaml says, read as Helm reads it (`pkg/chart/v2/metadata.go`, `dependency.go`).

use super::shape;
use crate::LoadError;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A chart's metadata.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    /// The chart's name.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// A page about the project.
    #[serde(deserialize_with = "text")]
    pub home: String,
    /// Where the source is.
    #[serde(deserialize_with = "texts")]
    pub sources: Vec<String>,
    /// The chart's own version.
    #[serde(deserialize_with = "text")]
    pub version: String,
    /// One sentence.
    #[serde(deserialize_with = "text")]
    pub description: String,
    /// Keywords.
    #[serde(deserialize_with = "texts")]
    pub keywords: Vec<String>,
    /// Who keeps it.
    #[serde(deserialize_with = "nullable")]
    pub maintainers: Vec<Maintainer>,
    /// An image's URL.
    #[serde(deserialize_with = "text")]
    pub icon: String,
    /// `v1` or `v2`.
    #[serde(deserialize_with = "text")]
    pub api_version: String,
    /// Unused by Helm itself.
    #[serde(deserialize_with = "text")]
    pub condition: String,
    /// Unused by Helm itself.
    #[serde(deserialize_with = "text")]
    pub tags: String,
    /// The application's version.
    #[serde(deserialize_with = "text")]
    pub app_version: String,
    /// Whether the chart should no longer be used.
    #[serde(deserialize_with = "nullable")]
    pub deprecated: bool,
    /// Notes for tools. `None` where Chart.yaml has no such key: Go's nil map.
    #[serde(deserialize_with = "text_map")]
    pub annotations: Option<BTreeMap<String, String>>,
    /// Which Kubernetes versions it needs.
    #[serde(deserialize_with = "text")]
    pub kube_version: String,
    /// Other charts that it needs.
    #[serde(deserialize_with = "nullable")]
    pub dependencies: Vec<Dependency>,
    /// `application`, `library`, or empty.
    #[serde(rename = "type", deserialize_with = "text")]
    pub chart_type: String,
}

/// Someone who keeps a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Maintainer {
    /// Name.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// Electronic mail.
    #[serde(deserialize_with = "text")]
    pub email: String,
    /// A page.
    #[serde(deserialize_with = "text")]
    pub url: String,
}

/// A chart that another one needs.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Dependency {
    /// The chart's name.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// A version or a range.
    #[serde(deserialize_with = "text")]
    pub version: String,
    /// Where it is: a URL, `file://…`, `oci://…`, `@name`, or empty.
    #[serde(deserialize_with = "text")]
    pub repository: String,
    /// Paths of values, separated by commas, that switch it.
    #[serde(deserialize_with = "text")]
    pub condition: String,
    /// Tags that switch it.
    #[serde(deserialize_with = "texts")]
    pub tags: Vec<String>,
    /// Worked out while rendering.
    #[serde(deserialize_with = "nullable")]
    pub enabled: bool,
    /// Values that the parent takes from it.
    #[serde(deserialize_with = "nullable")]
    pub import_values: Vec<serde_yaml::Value>,
    /// The name under which it is used.
    #[serde(deserialize_with = "text")]
    pub alias: String,
}

impl Metadata {
    /// Reads Chart.yaml. Chart.yaml without `apiVersion` is a `v1` chart.
    ///
    /// # Errors
    /// `cannot load Chart.yaml: …`.
    pub fn parse(text: &str) -> Result<Metadata, LoadError> {
        let mut metadata: Metadata = read(text, "Chart.yaml")?;
        if metadata.api_version.is_empty() {
            metadata.api_version = "v1".to_owned();
        }
        Ok(metadata)
    }

    /// Takes the dependencies of requirements.yaml, as charts of `apiVersion: v1` have them.
    pub(crate) fn take_requirements(&mut self, text: &str) -> Result<(), LoadError> {
        let requirements: Metadata = read(text, "requirements.yaml")?;
        if !requirements.dependencies.is_empty() {
            self.dependencies = requirements.dependencies;
        }
        Ok(())
    }

    /// Whether it is a library chart: its templates are for others, and it renders nothing itself.
    pub fn is_library(&self) -> bool {
        self.chart_type.eq_ignore_ascii_case("library")
    }

    /// Cleans the strings and checks what Helm checks.
    ///
    /// # Errors
    /// `validation: chart.metadata.… `.
    pub(crate) fn validate(&mut self) -> Result<(), LoadError> {
        for text in [
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ] {
            sanitize(text);
        }
        self.sources.iter_mut().chain(&mut self.keywords).for_each(sanitize);
        let fail = |what: String| Err(LoadError::new(format!("validation: {what}")));
        if self.api_version.is_empty() {
            return fail("chart.metadata.apiVersion is required".to_owned());
        }
        if self.name.is_empty() {
            return fail("chart.metadata.name is required".to_owned());
        }
        let quoted = chartwright_go::quote::quoted(self.name.as_bytes());
        if self.name == "." || self.name == ".." {
            return fail(format!("chart.metadata.name {quoted} is not allowed"));
        }
        if self.name.contains('/') {
            return fail(format!("chart.metadata.name {quoted} is invalid"));
        }
        if self.version.is_empty() {
            return fail("chart.metadata.version is required".to_owned());
        }
        if !crate::versions::is_version(&self.version) {
            let version = chartwright_go::quote::quoted(self.version.as_bytes());
            return fail(format!("chart.metadata.version {version} is invalid"));
        }
        if !matches!(self.chart_type.as_str(), "" | "application" | "library") {
            return fail("chart.metadata.type must be application or library".to_owned());
        }
        for maintainer in &mut self.maintainers {
            [&mut maintainer.name, &mut maintainer.email, &mut maintainer.url].into_iter().for_each(sanitize);
        }
        let mut seen = BTreeSet::new();
        for dependency in &mut self.dependencies {
            dependency.clean();
            if dependency.alias.bytes().any(|b| !(b.is_ascii_alphanumeric() || b == b'_' || b == b'-')) {
                let name = chartwright_go::quote::quoted(dependency.name.as_bytes());
                return fail(format!("dependency {name} has disallowed characters in the alias"));
            }
            if !seen.insert(dependency.key().to_owned()) {
                let key = chartwright_go::quote::quoted(dependency.key().as_bytes());
                return fail(format!("more than one dependency with name or alias {key}"));
            }
        }
        Ok(())
    }
}

impl Dependency {
    /// The name under which its values stand.
    pub fn key(&self) -> &str {
        if self.alias.is_empty() { &self.name } else { &self.alias }
    }

    fn clean(&mut self) {
        for text in [&mut self.name, &mut self.version, &mut self.repository, &mut self.condition] {
            sanitize(text);
        }
        self.tags.iter_mut().for_each(sanitize);
    }
}

/// Syntax and the meaning of scalars are Go's; `serde_yaml` gives the values their types.
fn read(text: &str, file: &str) -> Result<Metadata, LoadError> {
    let fail = |error: &dyn fmt::Display| LoadError::new(format!("cannot load {file}: {error}"));
    chartwright_yaml::decode(&mut chartwright_value::Heap::default(), text.as_bytes()).map_err(|error| fail(&error.message))?;
    let tree = chartwright_yaml::Tree::parse(text).map_err(|error| fail(&error.message))?;
    let json = tree.to_json(tree.root());
    if let Some(mismatch) = shape::mismatch(&json) {
        return Err(fail(&format!("error unmarshaling JSON: while decoding JSON: {mismatch}")));
    }
    for list in ["maintainers", "dependencies"] {
        if json.get(list).and_then(serde_json::Value::as_array).is_some_and(|items| items.iter().any(serde_json::Value::is_null)) {
            return Err(LoadError::new(format!("validation: {list} must not contain empty or null nodes")));
        }
    }
    let typed = serde_yaml::to_value(json).and_then(serde_yaml::from_value::<Option<Metadata>>);
    typed.map(Option::unwrap_or_default).map_err(|error| fail(&error))
}

/// Spaces of every kind become plain ones, and what does not print goes (Helm's `sanitizeString`).
fn sanitize(text: &mut String) {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return;
    }
    *text = text
        .chars()
        .filter_map(|c| if crate::rendered::go_space(c) { Some(' ') } else { chartwright_go::unicode::is_print(c as u32).then_some(c) })
        .collect();
}

/// A string as `sigs.k8s.io/yaml` reads one into a Go string: numbers and booleans become their text, null the empty string.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Text::deserialize(deserializer)?.0)
}

fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let list = Option::<Vec<Text>>::deserialize(deserializer)?;
    Ok(list.unwrap_or_default().into_iter().map(|text| text.0).collect())
}

fn text_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<BTreeMap<String, String>>, D::Error> {
    let map = Option::<BTreeMap<Text, Text>>::deserialize(deserializer)?;
    Ok(map.map(|map| map.into_iter().map(|(key, value)| (key.0, value.0)).collect()))
}

fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct AnyScalar;
        impl Visitor<'_> for AnyScalar {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_bool<E: de::Error>(self, b: bool) -> Result<Text, E> {
                Ok(Text(b.to_string()))
            }
            fn visit_i64<E: de::Error>(self, i: i64) -> Result<Text, E> {
                Ok(Text(i.to_string()))
            }
            fn visit_u64<E: de::Error>(self, u: u64) -> Result<Text, E> {
                Ok(Text(u.to_string()))
            }
            fn visit_f64<E: de::Error>(self, f: f64) -> Result<Text, E> {
                Ok(Text(shortest(f)))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Text, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(AnyScalar)
    }
}

fn shortest(f: f64) -> String {
    let mut out = Vec::new();
    chartwright_go::float::format(&mut out, f, b'g', None, chartwright_go::float::Bits::Double);
    String::from_utf8_lossy(&out).into_owned()
}
