//! Where a value was set: in which values file or flag, on which line, and what it overrode there.

use super::set::{self, Mode};
use crate::{Chart, Dependency, HelmVersion, ValuesLayer};
use chartwright_template::trace::Step;
use chartwright_value::{Heap, Kind, Value};
use chartwright_yaml::{NodeView, Tree};
use std::cell::RefCell;
use std::rc::Rc;

/// A place where a value is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who set it.
    pub owner: Owner,
    /// The file: as the layer names it, `--set` and the like for flags, `values.yaml` or `charts/NAME/values.yaml` for a chart's defaults.
    pub file: String,
    /// The line of its key or item, from 1; zero where there are no lines.
    pub line: u32,
    /// The column, from 1; zero where there are no lines.
    pub column: u32,
}

/// Who set a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A layer of the request, by its number.
    Layer(usize),
    /// The chart's own defaults.
    Chart,
    /// A subchart's defaults, or what was imported from them.
    Subchart,
}

/// How many subcharts are looked through for one path.
const MAX_CHARTS: usize = 10_000;

/// The files and flags that a render's values came from, read with their positions.
pub struct Sources<'a> {
    chart: &'a Chart,
    helm: HelmVersion,
    layers: Vec<Layer<'a>>,
    /// The defaults of charts, by their address.
    defaults: RefCell<Vec<Defaults>>,
}

/// A chart's address, and its values.yaml.
type Defaults = (*const Chart, Rc<Vec<Tree>>);

/// A chart that may set a path.
struct Place<'a> {
    chart: &'a Chart,
    folder: String,
    /// What of the path is the chart's own.
    path: Vec<Step>,
    /// The charts that it is a subchart of, each with how many steps lead to its values; nothing where it is reached in another way.
    above: Option<Vec<(&'a Chart, usize)>>,
}

enum Layer<'a> {
    File { name: &'a str, trees: Vec<Tree> },
    Flag { name: &'static str, heap: Heap, values: Value },
}

/// What a file has under a path.
enum Found {
    /// The path, on this line and in this column.
    At(u32, u32),
    /// Something without parts, or a list, on the way to it: it hides what lower files have.
    Hidden(u32, u32),
}

impl<'a> Sources<'a> {
    /// Reads a request's layers. A layer that cannot be read sets nothing: the render tells why.
    pub fn new(chart: &'a Chart, layers: &'a [ValuesLayer<'a>], helm: HelmVersion) -> Sources<'a> {
        let layers = layers.iter().map(|layer| {
            let flag = |name, text: &str, mode: Mode<'_>| {
                let mut heap = Heap::default();
                let values = heap.map();
                let is_object = matches!(mode, Mode::Json) && text.trim_start().starts_with('{');
                if let Some(json) = serde_json::from_str(text).ok().filter(|_| is_object) {
                    let values = crate::schema::from_json(&mut heap, &json);
                    return Layer::Flag { name, heap, values };
                }
                // What a faulty line has set is told all the same; the render refuses it.
                let _ = set::apply(&mut heap, values, text, mode, helm);
                Layer::Flag { name, heap, values }
            };
            match layer {
                ValuesLayer::File { name, text } => Layer::File { name, trees: Tree::parse_stream(text).unwrap_or_default() },
                ValuesLayer::Set(text) => flag("--set", text, Mode::Typed),
                ValuesLayer::SetString(text) => flag("--set-string", text, Mode::Text),
                ValuesLayer::SetJson(text) => flag("--set-json", text, Mode::Json),
                ValuesLayer::SetLiteral(text) => flag("--set-literal", text, Mode::Literal),
                ValuesLayer::SetFile { expression, files } => flag("--set-file", expression, Mode::File(files)),
            }
        });
        Sources { chart, helm, layers: layers.collect(), defaults: RefCell::default() }
    }

    /// Every place that sets a path, the one that counts first. What stands behind a place that replaced the whole is left out.
    pub fn of(&self, path: &[Step]) -> Vec<Source> {
        let mut sources = Vec::new();
        for (number, layer) in self.layers.iter().enumerate().rev() {
            let (file, found) = match layer {
                Layer::File { name, trees } => (*name, find_in(trees, path)),
                Layer::Flag { name, heap, values } => (*name, find_value(heap, *values, path)),
            };
            if add(&mut sources, Owner::Layer(number), file, found) {
                return sources;
            }
        }
        self.in_charts(path, &mut sources);
        sources
    }

    fn in_charts(&self, path: &[Step], sources: &mut Vec<Source>) {
        // Charts that may set the path, the parents first.
        let mut pending = vec![Place { chart: self.chart, folder: String::new(), path: path.to_vec(), above: Some(Vec::new()) }];
        let mut looked = 0;
        while let Some(Place { chart, folder, path: own, above }) = pending.pop() {
            looked += 1;
            if looked > MAX_CHARTS {
                return;
            }
            let trees = self.trees(chart);
            let owner = if folder.is_empty() { Owner::Chart } else { Owner::Subchart };
            let counts = above.as_ref().is_none_or(|above| self.counts(&trees, (path, &own), above, chart));
            if counts && add(sources, owner, &format!("{folder}values.yaml"), find_in(&trees, &own)) {
                return;
            }
            let mut below = Vec::new();
            for subchart in chart.dependencies() {
                for name in names(chart, subchart) {
                    let folder = format!("{folder}charts/{name}/");
                    match own.split_first() {
                        Some((Step::Key(key), rest)) if **key == *name.as_bytes() && !rest.is_empty() => {
                            let depth = path.len() - own.len();
                            let above = above.iter().map(|above| [&above[..], &[(chart, depth)]].concat()).next();
                            below.push(Place { chart: subchart, folder, path: rest.to_vec(), above });
                        }
                        Some((Step::Key(key), _)) if **key == *b"global" => {
                            below.push(Place { chart: subchart, folder, path: own.clone(), above: None });
                        }
                        _ => {}
                    }
                }
                for import in declared(chart, subchart).flat_map(|dependency| &dependency.import_values) {
                    if let Some(path) = imported(import, &own) {
                        let folder = format!("{folder}charts/{}/", subchart.name());
                        below.push(Place { chart: subchart, folder, path, above: None });
                    }
                }
            }
            pending.extend(below.into_iter().rev());
        }
    }

    /// Whether what a chart says of a path counts. In Helm 4, a null of a chart takes a subchart's default away only where somebody above gives that
    /// subchart values: else it is cleaned out first. Source: `pkg/chart/common/util/coalesce.go`, `coalesceValues`.
    fn counts(&self, trees: &[Tree], (path, own): (&[Step], &[Step]), above: &[(&Chart, usize)], chart: &Chart) -> bool {
        let is_subcharts = || match own {
            [Step::Key(key), _, ..] => {
                chart.dependencies().iter().any(|subchart| names(chart, subchart).any(|name| *name.as_bytes() == **key))
            }
            _ => false,
        };
        if self.helm != HelmVersion::V4 || !is_null_in(trees, own) || !is_subcharts() {
            return true;
        }
        let subchart = &path[..=path.len() - own.len()];
        let sets = |found: Option<Found>| matches!(found, Some(Found::At(..)));
        let in_layer = self.layers.iter().any(|layer| match layer {
            Layer::File { trees, .. } => sets(find_in(trees, subchart)),
            Layer::Flag { heap, values, .. } => sets(find_value(heap, *values, subchart)),
        });
        in_layer || above.iter().any(|(chart, depth)| sets(find_in(&self.trees(chart), &subchart[*depth..])))
    }

    fn trees(&self, chart: &Chart) -> Rc<Vec<Tree>> {
        let mut known = self.defaults.borrow_mut();
        if let Some((_, trees)) = known.iter().find(|(other, _)| std::ptr::eq(*other, chart)) {
            return Rc::clone(trees);
        }
        let trees = Rc::new(Tree::parse_stream(chart.values_text()).unwrap_or_default());
        known.push((std::ptr::from_ref(chart), Rc::clone(&trees)));
        trees
    }
}

/// What a chart says of one of its subcharts.
fn declared<'a>(chart: &'a Chart, subchart: &'a Chart) -> impl Iterator<Item = &'a Dependency> + Clone {
    chart.metadata().dependencies.iter().filter(|dependency| dependency.name == subchart.name())
}

/// The names under which a chart has values for a subchart.
fn names<'a>(chart: &'a Chart, subchart: &'a Chart) -> impl Iterator<Item = &'a str> {
    let declared = declared(chart, subchart).map(|d| if d.alias.is_empty() { d.name.as_str() } else { &d.alias });
    let is_declared = declared.clone().next().is_some();
    declared.chain((!is_declared).then_some(subchart.name()))
}

/// Adds what was found; true if nothing below it counts.
fn add(sources: &mut Vec<Source>, owner: Owner, file: &str, found: Option<Found>) -> bool {
    let Some(found) = found else { return false };
    let (line, column, hides) = match found {
        Found::At(line, column) => (line, column, false),
        Found::Hidden(line, column) => (line, column, true),
    };
    if !hides || sources.is_empty() {
        sources.push(Source { owner, file: file.to_owned(), line, column });
    }
    hides
}

/// The child's path that an import makes of a parent's path.
fn imported(import: &serde_json::Value, path: &[Step]) -> Option<Vec<Step>> {
    let (child, parent) = match import {
        serde_json::Value::String(name) => (format!("exports.{name}"), ".".to_owned()),
        serde_json::Value::Object(both) => (both.get("child")?.as_str()?.to_owned(), both.get("parent")?.as_str()?.to_owned()),
        _ => return None,
    };
    let keys = |text: &str| -> Vec<Step> {
        let keys = text.split('.').filter(|key| !key.is_empty());
        keys.map(|key| Step::Key(key.as_bytes().into())).collect()
    };
    let rest = path.strip_prefix(keys(&parent).as_slice())?;
    Some(keys(&child).into_iter().chain(rest.iter().cloned()).collect())
}

/// The last document that has the path.
fn find_in(trees: &[Tree], path: &[Step]) -> Option<Found> {
    trees.iter().rev().find_map(|tree| find_in_tree(tree, path))
}

/// Whether the last document that has the path has null there.
fn is_null_in(trees: &[Tree], path: &[Step]) -> bool {
    let keys: Option<Vec<&str>> = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => std::str::from_utf8(key).ok(),
            Step::Item(_) => None,
        })
        .collect();
    let found = keys.and_then(|keys| trees.iter().rev().find_map(|tree| Some((tree, tree.at(&keys)?))));
    found.is_some_and(|(tree, node)| tree.is_null(node))
}

fn find_in_tree(tree: &Tree, path: &[Step]) -> Option<Found> {
    let mut at = tree.root();
    let mut place = tree.span(at);
    for step in path {
        let next = match (tree.view(at), step) {
            (NodeView::Mapping(_), Step::Key(key)) => {
                let (key, value) = tree.entry(at, &String::from_utf8_lossy(key))?;
                Some((tree.span(key), value))
            }
            (NodeView::Sequence(items), Step::Item(item)) => items.get(*item as usize).map(|item| (tree.span(*item), *item)),
            _ => None,
        };
        match next {
            Some((span, value)) => (place, at) = (span, value),
            // An empty document sets nothing.
            None if at == tree.root() => return None,
            None => return Some(Found::Hidden(place.line, place.column)),
        }
    }
    Some(Found::At(place.line, place.column))
}

fn find_value(heap: &Heap, values: Value, path: &[Step]) -> Option<Found> {
    let mut at = values;
    for step in path {
        let next = match (at.kind(), step) {
            (Kind::Map, Step::Key(key)) => Some(heap.get(at, key)?),
            (Kind::List, Step::Item(item)) => heap.items(at).get(*item as usize).copied(),
            _ => None,
        };
        match next {
            Some(value) => at = value,
            None => return Some(Found::Hidden(0, 0)),
        }
    }
    Some(Found::At(0, 0))
}
