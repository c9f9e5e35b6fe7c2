//! What Chart.yaml says, read as Helm reads it (`pkg/chart/v2/metadata.go`, `dependency.go`).

use super::shape;
use crate::{HelmVersion, LoadError};
use chartwright_value::Heap;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A chart's metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The chart's name.
    pub name: String,
    /// A page about the project.
    pub home: String,
    /// Where the source is.
    pub sources: Vec<String>,
    /// The chart's own version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Who keeps it.
    pub maintainers: Vec<Maintainer>,
    /// An image's URL.
    pub icon: String,
    /// `v1` or `v2`.
    pub api_version: String,
    /// Unused by Helm itself.
    pub condition: String,
    /// Unused by Helm itself.
    pub tags: String,
    /// The application's version.
    pub app_version: String,
    /// Whether the chart should no longer be used.
    pub deprecated: bool,
    /// Notes for tools. `None` where Chart.yaml has no such key: Go's nil map.
    pub annotations: Option<BTreeMap<String, String>>,
    /// Which Kubernetes versions it needs.
    pub kube_version: String,
    /// Other charts that it needs.
    pub dependencies: Vec<Dependency>,
    /// `application`, `library`, or empty.
    pub chart_type: String,
}

/// Someone who keeps a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maintainer {
    /// Name.
    pub name: String,
    /// Electronic mail.
    pub email: String,
    /// A page.
    pub url: String,
}

/// A chart that another one needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependency {
    /// The chart's name.
    pub name: String,
    /// A version or a range.
    pub version: String,
    /// Where it is: a URL, `file://…`, `oci://…`, `@name`, or empty.
    pub repository: String,
    /// Paths of values, separated by commas, that switch it.
    pub condition: String,
    /// Tags that switch it.
    pub tags: Vec<String>,
    /// Worked out while rendering.
    pub enabled: bool,
    /// Values that the parent takes from it.
    pub import_values: Vec<Json>,
    /// The name under which it is used.
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
        if chartwright_go::path::base(self.name.as_bytes()) != self.name.as_bytes() {
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

/// Syntax and the meaning of scalars are Go's; `shape` has seen to the types before the fields are taken.
fn read(text: &str, file: &str) -> Result<Metadata, LoadError> {
    let fail = |error: &dyn fmt::Display| LoadError::new(format!("cannot load {file}: {error}"));
    let json = shape::folded(document(text).map_err(|error| fail(&error))?);
    if let Some(mismatch) = shape::mismatch(&json) {
        return Err(fail(&format!("{DECODING}{mismatch}")));
    }
    for list in ["maintainers", "dependencies"] {
        if items(&json, list).iter().any(Json::is_null) {
            return Err(LoadError::new(format!("validation: {list} must not contain empty or null nodes")));
        }
    }
    Ok(metadata(&json))
}

/// What stands before Go's complaint about JSON that YAML was turned into.
const DECODING: &str = "error unmarshaling JSON: while decoding JSON: ";

fn document(text: &str) -> Result<Json, String> {
    chartwright_yaml::decode(&mut Heap::default(), text.as_bytes()).map_err(|error| error.message)?;
    let tree = chartwright_yaml::Tree::parse(text).map_err(|error| error.message)?;
    Ok(tree.to_json(tree.root()))
}

/// Chart.yaml as it is written, of which nothing has been checked but that the types fit (`pkg/chart/v2/util/chartfile.go`).
pub(crate) struct Raw {
    /// The document, each key as it is spelled.
    pub(crate) document: Json,
    /// The same with the fields' own names.
    folded: Json,
}

/// What reading strictly refuses, in Go's words.
pub(crate) struct StrictError(pub(crate) String);

impl Raw {
    /// Reads it as `LoadChartfile` does.
    ///
    /// # Errors
    /// Go's text.
    pub(crate) fn parse(bytes: &[u8], helm: HelmVersion) -> Result<Raw, String> {
        let text = chartwright_yaml::text(bytes).map_err(|error| error.message)?;
        let document = document(&text)?;
        let folded = shape::folded(document.clone());
        match shape::mismatch(&folded) {
            None => Ok(Raw { document, folded }),
            Some(mismatch) => {
                let base =
                    mismatch.replace("chartBase.apiVersion", "Metadata.apiVersion").replace("type loader.chartBase", "type v2.Metadata");
                let named = if helm == HelmVersion::V3 { base.replace("v2.", "chart.") } else { base };
                Err(format!("{DECODING}{named}"))
            }
        }
    }

    /// Refuses what `StrictLoadChartfile` refuses of the same bytes: keys that stand twice, and fields that Helm does not know.
    ///
    /// # Errors
    /// Go's text.
    pub(crate) fn check_strictly(&self, bytes: &[u8]) -> Result<(), StrictError> {
        // A document that is no map has been refused before, but for null.
        let strict =
            if self.document.is_null() { Ok(()) } else { chartwright_yaml::decode_map_strict(&mut Heap::default(), bytes).map(|_| ()) };
        strict.map_err(|error| StrictError(error.message))?;
        match shape::unknown(&self.document) {
            None => Ok(()),
            Some(field) => {
                let field = chartwright_go::quote::quoted(field.as_bytes());
                Err(StrictError(format!("{DECODING}json: unknown field {field}")))
            }
        }
    }

    /// What it says.
    pub(crate) fn metadata(&self) -> Metadata {
        metadata(&self.folded)
    }

    /// The maintainers as they are written.
    pub(crate) fn maintainers(&self) -> impl Iterator<Item = &Json> {
        items(&self.folded, "maintainers").iter()
    }
}

fn metadata(json: &Json) -> Metadata {
    let pairs = json.get("annotations").and_then(Json::as_object);
    let annotations = pairs.map(|pairs| {
        let mut all = BTreeMap::new();
        for (key, value) in pairs {
            all.insert(key.clone(), plain(value));
        }
        all
    });
    Metadata {
        name: text(json, "name"),
        home: text(json, "home"),
        sources: texts(json, "sources"),
        version: text(json, "version"),
        description: text(json, "description"),
        keywords: texts(json, "keywords"),
        maintainers: items(json, "maintainers").iter().map(maintainer).collect(),
        icon: text(json, "icon"),
        api_version: text(json, "apiVersion"),
        condition: text(json, "condition"),
        tags: text(json, "tags"),
        app_version: text(json, "appVersion"),
        deprecated: flag(json, "deprecated"),
        annotations,
        kube_version: text(json, "kubeVersion"),
        dependencies: items(json, "dependencies").iter().map(dependency).collect(),
        chart_type: text(json, "type"),
    }
}

fn maintainer(json: &Json) -> Maintainer {
    Maintainer { name: text(json, "name"), email: text(json, "email"), url: text(json, "url") }
}

fn dependency(json: &Json) -> Dependency {
    Dependency {
        name: text(json, "name"),
        version: text(json, "version"),
        repository: text(json, "repository"),
        condition: text(json, "condition"),
        tags: texts(json, "tags"),
        enabled: flag(json, "enabled"),
        import_values: items(json, "import-values").to_vec(),
        alias: text(json, "alias"),
    }
}

fn text(json: &Json, key: &str) -> String {
    json.get(key).map(plain).unwrap_or_default()
}

fn texts(json: &Json, key: &str) -> Vec<String> {
    items(json, key).iter().map(plain).collect()
}

fn flag(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::as_bool).unwrap_or_default()
}

fn items<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json.get(key).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A string as `sigs.k8s.io/yaml` reads one into a Go string: numbers and booleans become their text, null the empty string.
fn plain(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(integer), ..) => integer.to_string(),
            (_, Some(integer), _) => integer.to_string(),
            (.., float) => shortest(float.unwrap_or_default()),
        },
        Json::Bool(b) => b.to_string(),
        Json::Null | Json::Array(_) | Json::Object(_) => String::new(),
    }
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

fn shortest(f: f64) -> String {
    let mut out = Vec::new();
    chartwright_go::float::format(&mut out, f, b'g', None, chartwright_go::float::Bits::Double);
    String::from_utf8_lossy(&out).into_owned()
}
