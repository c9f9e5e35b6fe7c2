//! What is deployed, as `--against` names it: manifests, which are taken as they are, and charts at another version, of which the one of the same name is rendered as the chart that is
//! linted is.

use super::chart::{Chosen, Environment, load, render, request};
use super::gather::{Target, gather, shown};
use super::options::Options;
use super::terms::Terms;
use chartwright_helm::{Chart, Engine, ValuesLayer};
use chartwright_lint::Linter;
use std::path::Path;
use std::sync::Arc;

/// What is deployed.
#[derive(Default)]
pub(super) struct Against {
    /// Name and text.
    manifests: Vec<(String, String)>,
    charts: Vec<Arc<Chart>>,
}

impl Against {
    /// Reads it.
    ///
    /// # Errors
    /// What cannot be read, or is nothing that can be deployed.
    pub(super) fn read(options: &Options) -> Result<Against, String> {
        let mut against = Against::default();
        for path in &options.against {
            let targets = gather(std::slice::from_ref(path))?.targets;
            if targets.is_empty() {
                return Err(format!("--against {path}: neither a chart nor a manifest"));
            }
            for target in targets {
                match target {
                    Target::Chart(place) => against.charts.push(Arc::new(load(&place, options, None)?)),
                    Target::Manifests { files, .. } => against.manifests.extend(files.into_iter().map(|file| (file.path, file.text))),
                }
            }
        }
        Ok(against)
    }

    /// Has a linter compare with the manifests.
    ///
    /// # Errors
    /// A manifest that is no YAML.
    pub(super) fn settle(&self, linter: &mut Linter, namespace: &str) -> Result<(), String> {
        let mut manifests = self.manifests.iter();
        manifests.try_for_each(|(path, text)| linter.add_before(text, namespace).map_err(|error| format!("--against {path}: {error}")))
    }

    /// Has a linter compare with the chart of the same name too, where there is one.
    ///
    /// # Errors
    /// What keeps it from being rendered.
    pub(super) fn settle_chart(
        &self,
        linter: &mut Linter,
        (place, chart): (&Path, &Chart),
        environment: &Environment,
        chosen: &Chosen,
        options: &Options,
        terms: &Terms,
    ) -> Result<(), String> {
        let name = &chart.metadata().name;
        let Some(old) = self.charts.iter().find(|old| old.metadata().name == *name) else { return Ok(()) };
        let told = |error: String| format!("--against: the chart {name} cannot be rendered: {error}");
        let mut engine = Engine::compile(Arc::clone(old), options.helm).map_err(|error| told(error.message))?;
        let own = format!("{}/", shown(place));
        let files: Vec<(&str, String)> = environment
            .files
            .iter()
            .map(|(path, text)| {
                // Values for an environment that are part of the chart are those of its other version.
                let theirs = path.strip_prefix(&own).and_then(|inside| old.file(inside)).map(|file| file.text().into_owned());
                (path.as_str(), theirs.unwrap_or_else(|| text.clone()))
            })
            .collect();
        let files = files.iter().map(|(name, text)| ValuesLayer::File { name, text });
        let layers: Vec<ValuesLayer<'_>> = files.chain(options.layers.layers()).collect();
        let mut request = request(chosen, &layers, options, terms);
        request.trace = false;
        let (rendered, _) = render(&mut engine, &request).map_err(|error| told(error.message))?;
        for document in &rendered.documents {
            // What is no YAML was never deployed.
            let _ = linter.add_before(&document.content, &chosen.namespace);
        }
        Ok(())
    }
}
