//! What stands around form and manifests: the top bar, the layers, the edited file.

use super::render::Outcome;
use super::state::Environment;
use super::{Session, names};
use crate::protocol::{EnvironmentTab, Fault, Header, LayerView, YamlView};
use crate::text::diff;
use chartwright_helm::RenderErrorKind;
use std::rc::Rc;

impl Session {
    /// Takes over what is valid of the release as it was typed.
    pub(super) fn keep_valid_release(&mut self) {
        let typed = &self.state.release;
        self.release.helm = typed.helm;
        let [name, namespace, version] = self.release_errors();
        if name.is_none() {
            self.release.name = Rc::clone(&typed.name);
        }
        if namespace.is_none() {
            self.release.namespace = Rc::clone(&typed.namespace);
        }
        if version.is_none() {
            self.release.kube_version = Rc::clone(&typed.kube_version);
        }
    }

    fn release_errors(&self) -> [Option<String>; 3] {
        let typed = &self.state.release;
        [names::release_error(&typed.name), names::namespace_error(&typed.namespace), names::kube_version_error(&typed.kube_version)]
    }

    pub(super) fn header(&mut self, environment: &Environment, mine: usize, from_files: usize) -> Header {
        let chart = Rc::clone(&self.state.chart);
        let names: Vec<Rc<str>> =
            self.charts.get(&chart).map(|open| open.environments.iter().map(|(name, _)| Rc::clone(name)).collect()).unwrap_or_default();
        let mut environments = Vec::with_capacity(names.len());
        for name in names {
            let mine = if name == self.state.environment { mine } else { self.mine_in(&self.environment_of(&chart, &name)) };
            environments.push(EnvironmentTab { id: name.to_string(), mine });
        }
        Header {
            chart: chart.to_string(),
            environments,
            environment: self.state.environment.to_string(),
            release: self.state.release.name.to_string(),
            namespace: self.state.release.namespace.to_string(),
            kube_version: self.state.release.kube_version.to_string(),
            helm: self.state.release.helm,
            profile: self.profile(),
            silences: self.state.silences.get(&chart).map_or(0, |all| all.len()),
            project: !self.project_text().is_empty(),
            release_errors: self.release_errors(),
            kube_versions: names::KUBE_VERSIONS.iter().map(ToString::to_string).collect(),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
            download: environment.layer().map_or_else(String::new, |layer| names::file_name(&layer.name)),
            mine,
            from_files,
        }
    }

    /// How many values of an environment are mine.
    pub(super) fn mine_in(&mut self, environment: &Environment) -> usize {
        let mut count = 0;
        for layer in environment.layers.iter().filter(|layer| layer.is_changed()) {
            let (now, came) = (self.texts.read(&layer.good), self.texts.read(&layer.original));
            if let (Ok(now), Ok(came)) = (now.as_ref(), came.as_ref()) {
                let mut changed = Vec::new();
                super::edit::differing(Some(&now.node), Some(&came.node), &mut Vec::new(), &mut changed);
                count += changed.len();
            }
        }
        count
    }

    pub(super) fn layer_views(&self, environment: &Environment) -> Vec<LayerView> {
        let view = |(at, layer): (usize, &super::Layer)| LayerView {
            id: layer.id.to_string(),
            name: layer.name.to_string(),
            edited: at == environment.edited,
            changed: layer.is_changed(),
            shipped: layer.file.is_some(),
        };
        environment.layers.iter().enumerate().map(view).collect()
    }

    pub(super) fn yaml_view(&mut self, environment: &Environment, outcome: &Outcome) -> YamlView {
        let Some(layer) = environment.layer() else { return YamlView::default() };
        let mut fault = self.texts.read(&layer.text).as_ref().as_ref().err().cloned();
        if fault.is_none() {
            // What this reader takes and Helm does not.
            if let Err(error) = outcome.as_ref() {
                let here = error.position.as_ref().filter(|position| position.file == *layer.name);
                if error.kind == RenderErrorKind::Values && (here.is_some() || error.message.contains(&*layer.name)) {
                    let (line, column) = here.map_or((0, 0), |position| (position.line, position.column));
                    fault = Some(Fault { message: error.message.clone(), line, column });
                }
            }
        }
        YamlView { text: layer.text.to_string(), from_editor: false, error: fault, mine: diff::added(&layer.original, &layer.text) }
    }
}
