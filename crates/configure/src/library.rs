//! The charts at hand: the bundle that the page fetches, its charts' cards, environments, and `file://` dependencies.

use crate::dropped::{self, Refusal};
use crate::protocol::{ChartCard, Dropped, DroppedContent, StorageClass};
use crate::share::base64;
use crate::values::{Node, read_json};
use chartwright_helm::chart::ignore::Rules;
use chartwright_helm::{Chart, SourceFile};
use chartwright_yaml::{NodeId, NodeView, Tree};
use std::collections::BTreeMap;

/// How deep `file://` dependencies are followed.
const MAX_DEPENDENCY_DEPTH: usize = 16;

/// The layers of charts in the order in which they are shown; others follow by name.
const GROUPS: &[&str] = &[DROPPED, "applications", "infrastructure", "library"];

/// Environments in the order in which they are shown; others follow by name.
const ENVIRONMENTS: &[&str] = &["default", "local", "dev", "development", "test", "staging", "production"];

/// The layer of charts from outside.
pub(crate) const DROPPED: &str = "dropped";

/// The environment without any file.
pub(crate) const DEFAULT: &str = "default";

/// The charts at hand, by id.
#[derive(Default)]
pub(crate) struct Library {
    charts: BTreeMap<String, Files>,
    cards: Vec<ChartCard>,
}

/// A chart's files.
#[derive(Default)]
struct Files {
    all: Vec<SourceFile>,
    /// Whether it came from outside.
    dropped: bool,
    /// Whether it was packaged: `.helmignore` is none of its business any more.
    packaged: bool,
}

impl Library {
    /// Reads `charts.json`.
    pub(crate) fn parse(text: &str) -> Result<Library, String> {
        let bundle = read_json(text)?;
        let mut charts = BTreeMap::new();
        for (id, files) in bundle.get("charts").and_then(Node::map).ok_or("it has no charts")? {
            let mut all = Vec::new();
            for (path, content) in files.map().ok_or_else(|| format!("{id} is no chart"))? {
                let binary = || base64::decode(content.get("base64")?.str()?);
                let bytes = content.str().map(|text| text.as_bytes().to_vec()).or_else(binary);
                let bytes = bytes.ok_or_else(|| format!("{id}/{path} is neither text nor base64"))?;
                all.push(SourceFile { path: path.to_string(), bytes });
            }
            chartwright_go::sort::by(&mut all, |a, b| a.path.cmp(&b.path));
            charts.insert(id.to_string(), Files { all, ..Files::default() });
        }
        let mut library = Library { charts, cards: Vec::new() };
        library.cards = library.all_cards();
        Ok(library)
    }

    /// Takes a chart from outside in; gives its id.
    ///
    /// # Errors
    /// What is wrong with it, for the user; or that this engine cannot read it.
    pub(crate) fn add(&mut self, dropped: Dropped) -> Result<String, Refusal> {
        let packaged = matches!(dropped.content, DroppedContent::Archive(_));
        let shown = dropped.name.clone();
        let all = dropped::files(dropped)?;
        let name = dropped::name_of(&all).map_err(|what| Refusal::Fault(format!("{shown} is not taken in: {what}")))?;
        let id = format!("{DROPPED}/{name}");
        self.charts.insert(id.clone(), Files { all, dropped: true, packaged });
        self.cards = self.all_cards();
        Ok(id)
    }

    /// Takes a chart from outside away; says whether there was one.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let there = self.charts.get(id).is_some_and(|files| files.dropped);
        if there {
            self.charts.remove(id);
            self.cards = self.all_cards();
        }
        there
    }

    /// All charts, by group.
    pub(crate) fn cards(&self) -> &[ChartCard] {
        &self.cards
    }

    /// Whether a chart is here.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.charts.contains_key(id)
    }

    /// The chart to begin with: the application with the most templates, which shows most; of equals the one with more to set.
    pub(crate) fn first(&self) -> Option<&str> {
        let shows = |card: &ChartCard| {
            let files = || self.charts.get(&card.id).into_iter().flat_map(|files| &files.all);
            let templates = files().filter(|file| file.path.starts_with("templates/")).count();
            let values: usize = files().filter(|file| file.path == "values.yaml").map(|file| file.bytes.len()).sum();
            (templates, values)
        };
        let applications = self.cards.iter().filter(|card| card.kind != "library");
        // Of equals the first: `max_by_key` takes the last.
        applications.rev().max_by_key(|card| shows(card)).or(self.cards.first()).map(|card| card.id.as_str())
    }

    fn all_cards(&self) -> Vec<ChartCard> {
        let mut cards: Vec<ChartCard> = self.charts.keys().map(|id| self.card(id)).collect();
        let rank = |card: &ChartCard| GROUPS.iter().position(|group| *group == card.group).unwrap_or(GROUPS.len());
        chartwright_go::sort::by(&mut cards, |a, b| (rank(a), &a.group, &a.name).cmp(&(rank(b), &b.group, &b.name)));
        cards
    }

    fn card(&self, id: &str) -> ChartCard {
        let (group, name) = id.split_once('/').unwrap_or(("", id));
        let mut card = ChartCard {
            id: id.to_owned(),
            group: group.to_owned(),
            name: name.to_owned(),
            version: String::new(),
            kind: "application".to_owned(),
            description: String::new(),
            dropped: self.charts.get(id).is_some_and(|files| files.dropped),
        };
        match self.text(id, "Chart.yaml").map(|text| Tree::parse(&text)) {
            Some(Ok(tree)) => {
                let get = |key: &str| tree.at(&[key]).map_or("", |id| scalar(&tree, id)).to_owned();
                card.name = Some(get("name")).filter(|name| !name.is_empty()).unwrap_or(card.name);
                card.version = get("version");
                card.kind = Some(get("type")).filter(|kind| !kind.is_empty()).unwrap_or(card.kind);
                card.description = get("description");
            }
            Some(Err(error)) => card.description = format!("Chart.yaml cannot be read: {error}"),
            None => card.description = "Chart.yaml is missing".to_owned(),
        }
        card
    }

    /// A file's text.
    pub(crate) fn text(&self, id: &str, path: &str) -> Option<String> {
        self.charts.get(id)?.all.iter().find(|file| file.path == path).map(|file| file.text().into_owned())
    }

    /// The environments of a chart: id and file, the one without a file first.
    pub(crate) fn environments(&self, id: &str) -> Vec<(String, Option<String>)> {
        let files = self
            .charts
            .get(id)
            .into_iter()
            .flat_map(|files| &files.all)
            .filter_map(|file| Some((environment(&file.path)?, Some(file.path.clone()))));
        let mut all: Vec<(String, Option<String>)> = std::iter::once((DEFAULT.to_owned(), None)).chain(files).collect();
        let rank = |name: &str| ENVIRONMENTS.iter().position(|known| *known == name).unwrap_or(ENVIRONMENTS.len());
        chartwright_go::sort::by(&mut all, |(a, _), (b, _)| (rank(a), a).cmp(&(rank(b), b)));
        all.dedup_by(|(a, _), (b, _)| a == b);
        all
    }

    /// The environment to begin with.
    pub(crate) fn first_environment(&self, id: &str) -> String {
        let all = self.environments(id);
        let has = |name: &str| all.iter().any(|(id, _)| id == name);
        ["production", "local"].into_iter().find(|name| has(name)).unwrap_or(DEFAULT).to_owned()
    }

    /// Loads a chart with the `file://` dependencies that are here. Those that are not stay missing, as Helm will say.
    pub(crate) fn load(&self, id: &str) -> Result<Chart, String> {
        let mut above = Vec::new();
        self.load_below(id, &mut above)
    }

    fn load_below(&self, id: &str, above: &mut Vec<String>) -> Result<Chart, String> {
        let files = self.charts.get(id).ok_or_else(|| format!("there is no chart {id}"))?;
        let mut chart = Chart::load(files.loaded()?).map_err(|error| error.to_string())?;
        if above.len() >= MAX_DEPENDENCY_DEPTH || above.iter().any(|known| known == id) {
            return Err(format!("the dependencies of {id} lead back to itself"));
        }
        above.push(id.to_owned());
        let missing = chart.missing_dependencies();
        for dependency in chart.metadata().dependencies.clone() {
            let Some(target) = dependency.repository.strip_prefix("file://").filter(|_| missing.contains(&dependency.name)) else {
                continue;
            };
            let target = join(id, target);
            if self.has(&target) {
                chart.add_dependency(self.load_below(&target, above)?);
            }
        }
        above.pop();
        Ok(chart)
    }

    /// The known storage classes, from `storage-classes.yaml` of whichever chart has one.
    pub(crate) fn storage_classes(&self) -> Vec<StorageClass> {
        let file = self.charts.values().flat_map(|files| &files.all).find(|file| file.path == "storage-classes.yaml");
        let Some(Ok(tree)) = file.map(|file| Tree::parse(&file.text())) else { return Vec::new() };
        classes(&tree)
    }
}

impl Files {
    /// The files that Helm would load.
    fn loaded(&self) -> Result<Vec<SourceFile>, String> {
        if self.packaged {
            return Ok(self.all.clone());
        }
        let ignore = self.all.iter().find(|file| file.path == ".helmignore").map(SourceFile::text).unwrap_or_default();
        let rules = Rules::parse(&ignore).map_err(|error| error.to_string())?;
        let folders = |path: &str| path.match_indices('/').any(|(at, _)| rules.ignores(&path[..at], true));
        Ok(self.all.iter().filter(|file| !rules.ignores(&file.path, false) && !folders(&file.path)).cloned().collect())
    }
}

/// The environment that a file is for: `production` for `values-production.yaml`, `ci/small` for `ci/small-values.yaml`.
fn environment(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"))?;
    match stem.strip_prefix("values-") {
        Some(name) => (!name.contains('/')).then(|| name.to_owned()),
        None => {
            let name = stem.strip_prefix("ci/").filter(|name| !name.contains('/'))?;
            Some(format!("ci/{}", name.strip_suffix("-values").unwrap_or(name)))
        }
    }
}

fn scalar(tree: &Tree, id: NodeId) -> &str {
    tree.str(id).unwrap_or_else(|| match tree.view(id) {
        NodeView::Null | NodeView::Sequence(_) | NodeView::Mapping(_) => "",
        _ => tree.raw(id),
    })
}

/// The classes of a `storage-classes.yaml`.
pub(crate) fn classes(tree: &Tree) -> Vec<StorageClass> {
    let root = tree.root();
    let list = ["storageClasses", "classes"].iter().find_map(|key| tree.get(root, key)).unwrap_or(root);
    // Either a list of classes, or a map of them by name.
    let entries: Vec<(Option<String>, NodeId)> = match tree.view(list) {
        NodeView::Sequence(items) => items.iter().map(|id| (None, *id)).collect(),
        NodeView::Mapping(pairs) => pairs.iter().map(|(key, id)| (Some(tree.key_text(*key).into_owned()), *id)).collect(),
        _ => Vec::new(),
    };
    let class = |(key, id): (Option<String>, NodeId)| {
        let text = |names: &[&str]| names.iter().find_map(|name| tree.get(id, name)).map_or("", |id| scalar(tree, id)).to_owned();
        let flag = |names: &[&str]| names.iter().find_map(|name| tree.get_bool(id, name)).unwrap_or(false);
        let modes = tree.get(id, "accessModes").map_or(&[][..], |id| tree.items(id));
        StorageClass {
            name: key.unwrap_or_else(|| text(&["name"])),
            provisioner: text(&["provisioner"]),
            access_modes: modes.iter().map(|id| scalar(tree, *id).to_owned()).collect(),
            expansion: flag(&["allowVolumeExpansion", "expansion"]),
            snapshots: flag(&["snapshots", "volumeSnapshots"]),
            binding: text(&["volumeBindingMode", "bindingMode", "binding"]),
            description: text(&["description", "note"]),
        }
    };
    entries.into_iter().map(class).filter(|class| !class.name.is_empty()).collect()
}

/// A relative path from a chart's folder, dots resolved: `applications/api` and `../../charts/library/x` need no file system.
fn join(id: &str, target: &str) -> String {
    let mut parts: Vec<&str> = id.split('/').collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_found_beside_the_chart() {
        assert_eq!(join("applications/api", "../../library/service"), "library/service");
        assert_eq!(join("applications/api", "./charts/x/"), "applications/api/charts/x");
        assert_eq!(join("a", "../../../x"), "x");
    }

    #[test]
    fn environments_in_their_order() {
        let bundle = r#"{"charts": {"a/b": {"values-zeta.yaml": "", "values-production.yaml": "", "values-local.yaml": "", "values.yaml": "",
                "ci/b-values.yaml": "", "ci/a.yml": "", "ci/x/y.yaml": "", "ci/README.md": ""}}}"#;
        let library = Library::parse(bundle).expect("a bundle");
        let names: Vec<String> = library.environments("a/b").into_iter().map(|(id, _)| id).collect();
        assert_eq!(names, ["default", "local", "production", "ci/a", "ci/b", "zeta"]);
        assert_eq!(library.first_environment("a/b"), "production");
        assert_eq!(library.first_environment("unknown"), "default");
    }

    #[test]
    fn a_bundle_that_is_none() {
        for text in ["", "{}", "[]", r#"{"charts": {"a": {"x": 1}}}"#, r#"{"charts": {"a": {"x": {"base64": "!"}}}}"#] {
            assert!(Library::parse(text).is_err(), "{text}");
        }
    }
}
