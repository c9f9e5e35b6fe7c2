//! From the file's text to what it says.

use chartwright_yaml::{NodeId, NodeView, Tree};

use super::{ChartSettings, Exclusion, Glob, Project, ProjectError};
use crate::finding::Severity;
use crate::linter::Setting;
use crate::profile::Profile;
use crate::rule::Rule;
use crate::rules::{RULES, find};

type Read<T> = Result<T, ProjectError>;

const KEYS: &[&str] = &["profile", "kube-version", "rules", "exclude", "crds", "charts"];
const EXCLUDE_KEYS: &[&str] = &["path", "rule", "object", "environment", "reason"];
const CHART_KEYS: &[&str] = &["release", "namespace", "values", "environments"];

pub(super) fn read(text: &str) -> Read<Project> {
    let trees =
        Tree::parse_stream(text).map_err(|error| ProjectError { line: error.line, column: error.column, message: error.message })?;
    let mut project = Project::default();
    let Some(tree) = trees.first().filter(|tree| !tree.is_null(tree.root())) else { return Ok(project) };
    let file = File { tree };
    for (key, name, value) in file.entries(tree.root(), "the file", KEYS)? {
        match name.as_str() {
            "profile" => project.profile = Some(file.profile(value)?),
            "kube-version" => project.kube_version = Some(file.version(value)?),
            "rules" => {
                for (key, id, value) in file.any_entries(value, "rules")? {
                    project.rules.push((file.rule(key, &id)?, file.setting(value)?));
                }
            }
            "exclude" => {
                for item in file.items(value, "exclude")? {
                    project.exclusions.push(file.exclusion(*item)?);
                }
            }
            "crds" => project.definitions = file.texts(value, "crds")?,
            "charts" => {
                for (_, path, value) in file.any_entries(value, "charts")? {
                    project.charts.push(file.chart(&path, value)?);
                }
            }
            _ => return Err(file.fault(key, "not known")),
        }
    }
    Ok(project)
}

struct File<'t> {
    tree: &'t Tree,
}

impl<'t> File<'t> {
    fn fault(&self, node: NodeId, message: impl Into<String>) -> ProjectError {
        let span = self.tree.span(node);
        ProjectError { line: span.line, column: span.column, message: message.into() }
    }

    /// The entries of a map, of which each key has to be a known one.
    fn entries(&self, node: NodeId, what: &str, known: &[&str]) -> Read<Vec<(NodeId, String, NodeId)>> {
        let entries = self.any_entries(node, what)?;
        match entries.iter().find(|(_, name, _)| !known.contains(&name.as_str())) {
            Some((key, name, _)) => Err(self.fault(*key, format!("{what} has no {name}; it has {}", known.join(", ")))),
            None => Ok(entries),
        }
    }

    fn any_entries(&self, node: NodeId, what: &str) -> Read<Vec<(NodeId, String, NodeId)>> {
        match self.tree.view(node) {
            NodeView::Mapping(pairs) => {
                Ok(pairs.iter().map(|(key, value)| (*key, self.tree.key_text(*key).into_owned(), *value)).collect())
            }
            NodeView::Null => Ok(Vec::new()),
            _ => Err(self.fault(node, format!("{what} is a map"))),
        }
    }

    fn items(&self, node: NodeId, what: &str) -> Read<&'t [NodeId]> {
        match self.tree.view(node) {
            NodeView::Sequence(items) => Ok(items),
            NodeView::Null => Ok(&[]),
            _ => Err(self.fault(node, format!("{what} is a list"))),
        }
    }

    fn text(&self, node: NodeId, what: &str) -> Read<String> {
        let text = self.tree.str(node).map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| self.fault(node, format!("{what} is a text")))
    }

    /// One text or a list of them.
    fn texts(&self, node: NodeId, what: &str) -> Read<Vec<String>> {
        match self.tree.view(node) {
            NodeView::Sequence(items) => items.iter().map(|item| self.text(*item, &format!("each of {what}"))).collect(),
            NodeView::Null => Ok(Vec::new()),
            _ => Ok(vec![self.text(node, what)?]),
        }
    }

    fn profile(&self, node: NodeId) -> Read<Profile> {
        let name = self.text(node, "profile")?;
        Profile::find(&name).ok_or_else(|| {
            let names: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
            self.fault(node, format!("there is no profile {name}; it is one of {}", names.join(", ")))
        })
    }

    /// A version that is written without quotes is a number: `1.30` would be `1.3`.
    fn version(&self, node: NodeId) -> Read<String> {
        match self.tree.view(node) {
            NodeView::String(text) => Ok(text.to_owned()),
            NodeView::Float(_) | NodeView::Int(_) => Ok(self.tree.raw(node).to_owned()),
            _ => Err(self.fault(node, "kube-version is a version such as \"1.31\"")),
        }
    }

    fn rule(&self, node: NodeId, id: &str) -> Read<&'static Rule> {
        find(id).ok_or_else(|| {
            let hint = similar(id).map(|(rule, whose)| match whose {
                Some(tool) => format!(": {tool} calls so what is {} here", rule.id),
                None => format!("; is {} meant?", rule.id),
            });
            self.fault(node, format!("there is no rule {id}{}", hint.unwrap_or_default()))
        })
    }

    /// `on`, `off` or a severity.
    fn setting(&self, node: NodeId) -> Read<Setting> {
        let severity = |severity| Ok(Setting { enabled: Some(true), severity: Some(severity) });
        match self.tree.view(node) {
            NodeView::Bool(enabled) => Ok(Setting { enabled: Some(enabled), severity: None }),
            NodeView::String("error") => severity(Severity::Error),
            NodeView::String("warning") => severity(Severity::Warning),
            NodeView::String("info") => severity(Severity::Info),
            _ => Err(self.fault(node, "a rule is on, off, error, warning or info")),
        }
    }

    fn exclusion(&self, node: NodeId) -> Read<Exclusion> {
        let line = self.tree.span(node).line;
        let mut exclusion =
            Exclusion { line, paths: Vec::new(), rules: Vec::new(), objects: Vec::new(), environments: Vec::new(), reason: String::new() };
        for (_, name, value) in self.entries(node, "an exclusion", EXCLUDE_KEYS)? {
            match name.as_str() {
                "path" => exclusion.paths = self.texts(value, "path")?.iter().map(|path| Glob::new(path)).collect(),
                "rule" => {
                    for id in self.texts(value, "rule")? {
                        exclusion.rules.push(self.rule(value, &id)?);
                    }
                }
                "object" => exclusion.objects = self.texts(value, "object")?,
                "environment" => exclusion.environments = self.texts(value, "environment")?,
                _ => exclusion.reason = self.text(value, "reason")?,
            }
        }
        if exclusion.reason.is_empty() {
            return Err(self.fault(node, "an exclusion wants a reason: say why these findings are meant"));
        }
        if exclusion.paths.is_empty() && exclusion.rules.is_empty() && exclusion.objects.is_empty() {
            return Err(self.fault(node, "an exclusion of everything: name a path, a rule or an object"));
        }
        Ok(exclusion)
    }

    fn chart(&self, path: &str, node: NodeId) -> Read<ChartSettings> {
        let mut chart =
            ChartSettings { path: Glob::new(path), release: None, namespace: None, values: Vec::new(), environments: Vec::new() };
        for (_, name, value) in self.entries(node, "a chart", CHART_KEYS)? {
            match name.as_str() {
                "release" => chart.release = Some(self.text(value, "release")?),
                "namespace" => chart.namespace = Some(self.text(value, "namespace")?),
                "values" => chart.values = self.texts(value, "values")?,
                _ => {
                    for (_, environment, files) in self.any_entries(value, "environments")? {
                        chart.environments.push((environment, self.texts(files, "an environment")?));
                    }
                }
            }
        }
        Ok(chart)
    }
}

/// The rule that may have been meant: one that another tool calls so, with the tool, or one that is written much the same.
fn similar(id: &str) -> Option<(&'static Rule, Option<&'static str>)> {
    let elsewhere = RULES.iter().find_map(|rule| {
        let alias = rule.aliases.iter().find(|alias| alias.split_once(':').is_some_and(|(_, name)| name == id))?;
        Some((*rule, alias.split(':').next()))
    });
    let plain = |id: &str| id.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let wanted = plain(id);
    elsewhere.or_else(|| {
        let alike = |rule: &&&Rule| {
            let known = plain(rule.id);
            known == wanted || wanted.len() > 4 && (known.contains(&wanted) || wanted.contains(&known))
        };
        RULES.iter().find(alike).map(|rule| (*rule, None))
    })
}
