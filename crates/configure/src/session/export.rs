//! What can be taken away: the edited file in place, the change as a patch, all manifests, the command, a link.

use super::names::shell;
use super::start::Reader;
use super::{Clock, Session, state::Layer};
use crate::protocol::{Export, Exported};
use crate::share;
use crate::text::patch::unified;
use std::rc::Rc;

impl Session {
    pub(super) fn export(&mut self, export: Export, micros: Clock<'_>) -> Exported {
        let environment = self.environment();
        let name = environment.layer().map_or_else(|| "values.yaml".to_owned(), |layer| super::names::file_name(&layer.name));
        let (name, text) = match export {
            Export::Values => (name, environment.layer().map_or_else(String::new, |layer| layer.text.to_string())),
            Export::Patch => {
                let text = environment.layer().map_or_else(String::new, |layer| unified(&self.path(layer), &layer.original, &layer.text));
                (format!("{name}.patch"), text)
            }
            Export::Manifests => {
                self.keep_valid_release();
                let outcome = self.render_now(micros);
                // A failed render exports nothing: the last good one is another state's.
                let text = outcome
                    .as_ref()
                    .as_ref()
                    .map_or_else(|error| format!("# Error: {}\n", error.message.replace('\n', "\n# ")), |rendered| rendered.manifest());
                (format!("{}-{}.yaml", self.release.name, self.state.environment), text)
            }
            Export::Command => ("command.sh".to_owned(), self.command()),
            Export::Project => (".chartwright.yaml".to_owned(), self.project_file()),
            Export::Link => ("link.txt".to_owned(), share::fragment(&self.saved(Reader::Link).0)),
        };
        Exported { export, name, text }
    }

    /// Where a layer's file stands in the repository, if the chart ships it.
    fn path(&self, layer: &Layer) -> String {
        layer.file.as_ref().map_or_else(|| layer.name.to_string(), |file| format!("{}/{file}", self.folder()))
    }

    /// The chart's folder: below the repository's `charts/`, or one that came from outside as it is named.
    fn folder(&self) -> String {
        let id = &*self.state.chart;
        id.strip_prefix(crate::library::DROPPED).map_or_else(|| format!("charts/{id}"), |name| name.trim_start_matches('/').to_owned())
    }

    fn command(&self) -> String {
        let environment = self.environment();
        let mut words: Vec<String> = ["helm", "upgrade", "--install"].map(str::to_owned).to_vec();
        words.push(shell(&self.release.name));
        words.push(shell(&self.folder()));
        words.extend(["-n".to_owned(), shell(&self.release.namespace), "--create-namespace".to_owned()]);
        let open = self.charts.get(&self.state.chart);
        if open.is_some_and(|open| open.chart.metadata().dependencies.iter().any(|dependency| dependency.repository.starts_with("file://")))
        {
            words.push("--dependency-update".to_owned());
        }
        for layer in environment.layers.iter().filter(|layer| !layer.text.trim().is_empty()) {
            words.push("-f".to_owned());
            // A changed file is the downloaded one; an unchanged one is the chart's own.
            let file: Rc<str> = if layer.is_changed() { super::names::file_name(&layer.name).into() } else { self.path(layer).into() };
            words.push(shell(&file));
        }
        words.join(" ")
    }
}
