//! A compiled chart and its renders, in Helm's order of work (`pkg/action/install.go`, `pkg/engine/engine.go`).

mod capabilities;
mod durations;
mod errors;
mod failures;
mod files;
pub(crate) mod functions;
mod incremental;
pub(crate) mod instance;
mod lint;
mod manifests;
mod metadata;
mod methods;
mod name;
mod prepare;
mod reentrant;
mod run;
mod schemas;
mod scope;
mod toml;
mod trace;

use crate::values::layers::LayerCache;
use crate::values::snapshot::Snapshot;
use crate::{Chart, HelmVersion, RenderError, RenderErrorKind, Rendered, Request, log};
pub(crate) use lint::Stopped;
pub use name::template_name;
pub(crate) use schemas::{unmarshalled, unresolved_urn};
pub use trace::Trace;

pub(crate) use capabilities::KubeVersion;

use capabilities::Capabilities;
use chartwright_template::{FunctionTable, Host};
use chartwright_value::{Frozen, Heap, Value};
use instance::{Enabler, Instance};
use prepare::Prepared;
use std::sync::Arc;

/// The capabilities of the last render, and what they were made of.
struct Known {
    version: Option<String>,
    serves: Option<Vec<String>>,
    more: Vec<String>,
    capabilities: Arc<Capabilities>,
}

/// A chart that is ready to render: its templates parsed once, its defaults frozen. One render at a time; share the chart's
/// `Arc` for more engines.
pub struct Engine {
    chart: Arc<Chart>,
    version: HelmVersion,
    functions: Arc<FunctionTable>,
    /// Every chart as loaded, with its values on `ground`.
    loaded: Instance,
    /// Whether values switch any subchart.
    has_switches: bool,
    /// Whether any subchart depends on charts of its own.
    is_deep: bool,
    ground: Arc<Frozen>,
    /// For working out which subcharts are on.
    scratch: Heap,
    layers: LayerCache,
    /// Sets of subcharts that have been on, the latest first.
    prepared: Vec<(Vec<String>, Prepared)>,
    capabilities: Option<Known>,
}

/// What stands before the dependencies that are missing.
const CHECKING: &str =
    "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: ";
const CHECKING_V3: &str =
    "An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: ";

/// How many sets of subcharts are kept ready.
const KEPT: usize = 4;

impl Engine {
    /// Compiles a chart. What is wrong with its templates is told by its renders, as in Helm.
    ///
    /// # Errors
    /// Values beyond the limits.
    pub fn compile(chart: impl Into<Arc<Chart>>, version: HelmVersion) -> Result<Engine, RenderError> {
        Engine::compile_with(chart.into(), version, prepare::function_table(version))
    }

    fn compile_with(chart: Arc<Chart>, version: HelmVersion, functions: FunctionTable) -> Result<Engine, RenderError> {
        let mut heap = Heap::default();
        let loaded = Instance::load(&chart, &mut heap);
        if heap.exhausted() {
            return Err(RenderError::new(RenderErrorKind::Limit, "the chart's values are too large"));
        }
        let ground = Arc::new(heap.freeze());
        let scratch = Heap::new(Arc::clone(&ground));
        Ok(Engine {
            chart,
            version,
            functions: Arc::new(functions),
            has_switches: loaded.has_switches(),
            is_deep: loaded.dependencies.iter().any(|subchart| !subchart.metadata.dependencies.is_empty()),
            loaded,
            ground,
            scratch,
            layers: LayerCache::new(version),
            prepared: Vec::new(),
            capabilities: None,
        })
    }

    /// The chart.
    pub fn chart(&self) -> &Arc<Chart> {
        &self.chart
    }

    /// The Helm that it is the twin of.
    pub fn version(&self) -> HelmVersion {
        self.version
    }

    /// Checks the layers of values alone, as Helm does before it loads a chart.
    ///
    /// # Errors
    /// Helm's text for the first layer that does not parse.
    pub fn check_layers(layers: &[crate::ValuesLayer<'_>], version: HelmVersion) -> Result<(), RenderError> {
        LayerCache::new(version).merge(&mut Heap::default(), layers).map(|_| ())
    }

    /// Renders the chart: coalesces the values, validates them, executes the templates, splits and sorts what they write.
    ///
    /// # Errors
    /// Helm's text, and beside it what Helm leaves out.
    pub fn render(&mut self, request: &Request<'_>, host: &mut dyn Host) -> Result<Rendered, RenderError> {
        let mut warnings = self.chart.warnings.clone();
        let result = self.render_with(request, host, &mut warnings);
        match result {
            Ok(rendered) => Ok(Rendered { warnings, ..rendered }),
            Err(error) => Err(RenderError { warnings, ..error }),
        }
    }

    fn render_with(&mut self, request: &Request<'_>, host: &mut dyn Host, warnings: &mut Vec<String>) -> Result<Rendered, RenderError> {
        let fail = |message: String| RenderError::new(RenderErrorKind::Chart, message);
        let kube_version = request.kube_version.map(|text| KubeVersion::parse(text, self.version)).transpose();
        let kube_version = kube_version
            .map_err(|error| fail(format!("invalid kube version '{}': {error}", request.kube_version.unwrap_or_default())))?
            .unwrap_or_default();
        // Tables of traces that have grown too large go with all that refers to them.
        self.prepared.retain(|(_, prepared)| !prepared.tracer.is_full() && (prepared.is_labelled || !request.trace));
        // Without switches the layers go straight to where they are used.
        let direct = !self.has_switches && !self.prepared.is_empty();
        let user = if direct { None } else { Some(self.user_values(request)?) };
        let mut values = match (self.prepared.first_mut(), direct) {
            (Some((_, prepared)), true) => Some(self.layers.merge(prepared.fresh_heap(request), request.values)?),
            _ => None,
        };
        self.check_chart(warnings)?;
        check_name(&request.release.name).map_err(|error| {
            let error = format!("release name {}: {error}", chartwright_go::quote::quoted(request.release.name.as_bytes()));
            match self.version {
                HelmVersion::V3 => fail(error),
                HelmVersion::V4 => {
                    warnings.push(log::line("ERROR", "release name check failed", &[("error", &error)]));
                    fail(format!("release name check failed: {error}"))
                }
            }
        })?;
        if let Some(user) = &user {
            self.enable(user, request.trace, warnings)?;
        }
        let capabilities = self.capabilities(kube_version, request);
        let Some((_, prepared)) = self.prepared.first_mut() else {
            return Err(fail("the chart is not prepared".to_owned()));
        };
        if let Some(user) = &user {
            values = Some(user.put(prepared.fresh_heap(request)));
        }
        let values = values.unwrap_or_else(|| prepared.heap.map());
        let imports = prepared.warnings.clone();
        // Defaults that were worked out before would hide that a subchart is given no table.
        let hides = prepared.root.dependencies.iter().any(|subchart| prepared.heap.get(values, &subchart.name).is_some_and(Value::is_nil));
        let mut own = Vec::new();
        let asked = run::Asked { version: self.version, request, capabilities: &capabilities };
        let outcome = run::run(prepared, values, &asked, host, &mut own);
        let told = own.iter().any(|warning| warning.starts_with("level=INFO") || warning.starts_with("coalesce.go"))
            || outcome.as_ref().is_err_and(|error| error.message.starts_with("type mismatch on"))
            // A subchart that depends on others is shown the values of the chart itself before that, where others of those names may stand.
            || self.is_deep
            || hides;
        if !self.has_switches && !self.chart.metadata.dependencies.is_empty() && told {
            let user = self.user_values(request)?;
            self.warn_of_values(&user, warnings)?;
        }
        warnings.extend(imports);
        warnings.append(&mut own);
        outcome
    }

    /// Where the lines of the last render came from, if its request asked for a trace and it did not fail.
    pub fn trace(&self) -> Option<Trace<'_>> {
        let (_, prepared) = self.prepared.first()?;
        Trace::of(prepared)
    }

    /// What the templates of the last render wrote, by their files' names, before it was split into documents. Nothing is told of a render that failed.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let prepared = self.prepared.first().map(|(_, prepared)| prepared).filter(|prepared| prepared.is_good);
        prepared
            .into_iter()
            .flat_map(|prepared| prepared.files.iter().zip(&prepared.last))
            .map(|(file, last)| (&*file.name, last.output.as_slice()))
    }

    /// How many template files the last render executed. A traced render after another one leaves out those that read nothing of what
    /// has changed.
    pub fn executed(&self) -> usize {
        self.prepared.first().map_or(0, |(_, prepared)| prepared.executed)
    }

    fn user_values(&mut self, request: &Request<'_>) -> Result<Snapshot, RenderError> {
        self.scratch.reset();
        let values = self.layers.merge(&mut self.scratch, request.values)?;
        Snapshot::take(&self.scratch, values).map_err(|error| RenderError::new(RenderErrorKind::Limit, error))
    }

    /// What Helm asks of a chart before it looks at the release (`pkg/cmd/install.go`, `runInstall`).
    fn check_chart(&self, warnings: &mut Vec<String>) -> Result<(), RenderError> {
        let metadata = &self.chart.metadata;
        let fail = |message: String| Err(RenderError::new(RenderErrorKind::Chart, message));
        if !matches!(metadata.chart_type.as_str(), "" | "application") {
            return fail(format!("{} charts are not installable", metadata.chart_type));
        }
        if metadata.deprecated {
            warnings.push(match self.version {
                HelmVersion::V3 => "WARNING: This chart is deprecated".to_owned(),
                HelmVersion::V4 => log::line("WARN", "this chart is deprecated", &[]),
            });
        }
        let checking = match self.version {
            HelmVersion::V3 => CHECKING_V3,
            HelmVersion::V4 => CHECKING,
        };
        let is_new = metadata.api_version == "v3" && self.version == HelmVersion::V4;
        if is_new && self.chart.dependencies.len() > metadata.dependencies.len() {
            return fail(format!("{checking}unsupported chart dependency type"));
        }
        let missing = self.chart.missing_dependencies();
        if !missing.is_empty() {
            return fail(format!("{checking}found in Chart.yaml, but missing in charts/ directory: {}", missing.join(", ")));
        }
        if is_new {
            return fail("invalid chart apiVersion".to_owned());
        }
        Ok(())
    }

    /// Makes sure that the set of subcharts that the values switch on is ready, and stands first.
    fn enable(&mut self, user: &Snapshot, is_traced: bool, warnings: &mut Vec<String>) -> Result<(), RenderError> {
        let mut root = self.loaded.clone();
        let enabled = Enabler { heap: &mut self.scratch, with_values: self.has_switches, helm: self.version, seen: Vec::new(), warnings }
            .enable(&mut root, user, "");
        enabled.map_err(|error| processing_failed(&error, self.version, warnings))?;
        let mut key = Vec::new();
        root.places("", &mut key);
        if let Some(at) = self.prepared.iter().position(|(known, _)| *known == key) {
            self.prepared[..=at].rotate_right(1);
            return Ok(());
        }
        let mut heap = Heap::new(Arc::clone(&self.ground));
        let prepared = prepare::prepare(root, &mut heap, &self.functions, self.version, is_traced);
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err((error, mut own)) => {
                if !self.has_switches {
                    self.warn_of_values(user, warnings)?;
                }
                warnings.append(&mut own);
                return Err(processing_failed(&error, self.version, warnings));
            }
        };
        self.prepared.truncate(KEPT - 1);
        self.prepared.insert(0, (key, prepared));
        Ok(())
    }

    /// Says what Helm says of the values as it works them out for the first time, to see which subcharts they switch on. Where they switch none
    /// that is not done, but for its words.
    fn warn_of_values(&mut self, user: &Snapshot, warnings: &mut Vec<String>) -> Result<(), RenderError> {
        let enabled = Enabler { heap: &mut self.scratch, with_values: true, helm: self.version, seen: Vec::new(), warnings }.enable(
            &mut self.loaded.clone(),
            user,
            "",
        );
        enabled.map_err(|error| processing_failed(&error, self.version, warnings))
    }

    fn capabilities(&mut self, kube_version: KubeVersion, request: &Request<'_>) -> Arc<Capabilities> {
        let asked = request.kube_version.map(str::to_owned);
        if let Some(known) = &self.capabilities
            && known.version == asked
            && known.serves.as_deref() == request.serves
            && known.more == request.api_versions
        {
            return Arc::clone(&known.capabilities);
        }
        let capabilities = Arc::new(Capabilities::new(kube_version, request.serves, request.api_versions, self.version));
        let (serves, more) = (request.serves.map(<[String]>::to_vec), request.api_versions.to_vec());
        self.capabilities = Some(Known { version: asked, serves, more, capabilities: Arc::clone(&capabilities) });
        capabilities
    }
}

fn processing_failed(error: &str, helm: HelmVersion, warnings: &mut Vec<String>) -> RenderError {
    if helm == HelmVersion::V3 {
        return RenderError::new(RenderErrorKind::Values, error);
    }
    warnings.push(log::line("ERROR", "chart dependencies processing failed", &[("error", error)]));
    RenderError::new(RenderErrorKind::Values, format!("chart dependencies processing failed: {error}"))
}

/// Checks a Kubernetes version as `--kube-version` takes it.
///
/// # Errors
/// Kubernetes' text.
pub fn check_kube_version(text: &str) -> Result<(), String> {
    KubeVersion::parse(text, HelmVersion::V4).map(|_| ())
}

pub(crate) fn split_documents(manifest: &str, helm: HelmVersion) -> Vec<&str> {
    manifests::documents(manifest, helm)
}

/// A release's name (`pkg/chart/v2/util/validate_name.go`).
fn check_name(name: &str) -> Result<(), &'static str> {
    let label = |label: &str| {
        let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        !label.is_empty() && label.bytes().all(|b| inner(b) || b == b'-') && !label.starts_with('-') && !label.ends_with('-')
    };
    if name.is_empty() {
        return Err("no name provided");
    }
    if name.len() > 53 || !name.split('.').all(label) {
        return Err(
            "invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53",
        );
    }
    Ok(())
}
