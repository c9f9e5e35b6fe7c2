//! What the checks' worker is told: the manifests of each environment of the chart, and of the other charts beside it; only what it does
//! not have yet is sent in full.

use super::{Rc, Session};
use crate::checks::request::{CheckRequest, EnvironmentRequest};
use crate::values::Node;
use std::collections::{BTreeMap, HashSet};

/// What the worker has.
#[derive(Default)]
pub(super) struct Memory {
    wanted: bool,
    texts: HashSet<u64>,
    last: Option<CheckRequest>,
}

impl Memory {
    /// A new worker, which has nothing.
    pub(super) fn begin(&mut self) {
        *self = Memory { wanted: true, ..Memory::default() };
    }
}

impl Session {
    /// The next request, if anything changed for the checks.
    pub(super) fn check(&mut self) -> Option<String> {
        if !self.checks.wanted {
            return None;
        }
        let request = self.check_request();
        if self.checks.last.as_ref() == Some(&request) {
            return None;
        }
        let mut full = request.clone();
        let mut has = HashSet::new();
        for document in full.environments.iter_mut().flat_map(|environment| environment.documents.iter_mut().chain(&mut environment.context)) {
            // A text that the worker has, or that stands in this request already, goes by its hash alone.
            if self.checks.texts.contains(&document.hash) || !has.insert(document.hash) {
                document.text = None;
            }
        }
        self.checks.texts = request.environments.iter().flat_map(|environment| environment.documents.iter().chain(&environment.context)).map(|document| document.hash).collect();
        self.checks.last = Some(request);
        serde_json::to_string(&full).ok()
    }

    fn check_request(&mut self) -> CheckRequest {
        let chart = Rc::clone(&self.state.chart);
        let mut names: Vec<Rc<str>> = self.charts.get(&chart).map(|open| open.environments.iter().map(|(name, _)| Rc::clone(name)).collect()).unwrap_or_default();
        let chosen = Rc::clone(&self.state.environment);
        if names.len() > 1 {
            // The chart without a file is no environment of anyone's, unless it is looked at.
            names.retain(|name| **name != *crate::library::DEFAULT || *name == chosen);
        }
        names.sort_by_key(|name| *name != chosen);
        let others: Vec<Rc<str>> = self.library.cards().into_iter().filter(|card| card.kind != "library" && *card.id != *chart).map(|card| card.id.into()).collect();
        let mut environments = Vec::new();
        for name in names {
            environments.push(self.environment_request(&chart, &name, &others));
        }
        let cures = self.cures();
        CheckRequest { namespace: self.release.namespace.to_string(), minor: super::names::minor(&self.release.kube_version), environments, cures }
    }

    fn environment_request(&mut self, chart: &Rc<str>, name: &Rc<str>, others: &[Rc<str>]) -> EnvironmentRequest {
        let outcome = self.render_environment(chart, name);
        let mut request = EnvironmentRequest { environment: name.to_string(), ..EnvironmentRequest::default() };
        match outcome.as_ref() {
            Ok(rendered) => request.add(rendered),
            Err(error) => request.failed = Some(error.message.clone()),
        }
        for other in others {
            if self.open(other).is_err() {
                continue;
            }
            let environments = &self.charts[other].environments;
            let same = environments.iter().find(|(known, _)| known == name).map(|(known, _)| Rc::clone(known));
            let name = same.unwrap_or_else(|| self.library.first_environment(other).into());
            if let Ok(rendered) = self.render_environment(other, &name).as_ref() {
                request.add_context(rendered);
            }
        }
        request
    }

    /// Which fields cure which findings, by `x-cures`, the most used field first.
    fn cures(&self) -> BTreeMap<String, Vec<String>> {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let root = self.charts.get(&self.state.chart).and_then(|open| open.schema.as_ref()).map(crate::form::Schema::new);
        let mut open: Vec<(Vec<String>, crate::form::Schema<'_>)> = root.into_iter().map(|root| (Vec::new(), root)).collect();
        while let Some((path, schema)) = open.pop() {
            for rule in schema.get("x-cures").and_then(Node::list).unwrap_or_default().iter().filter_map(Node::str) {
                all.entry(rule.to_owned()).or_default().push(crate::pointer::id(&path));
            }
            if path.len() < 12 {
                open.extend(schema.properties().into_iter().rev().map(|(key, child)| ([&path[..], &[key.to_owned()]].concat(), child)));
            }
        }
        all
    }
}
