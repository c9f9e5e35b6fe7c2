//! A chart that is open: its engine, its defaults, its schema; everything that does not change while values do.

use super::render::Inputs;
use super::state::{Environment, Layer};
use super::texts::{Reading, Texts};
use crate::form::comments;
use crate::insight::effective;
use crate::library::{DEFAULT, Library};
use crate::protocol::{Helm, ValueRow};
use crate::values::{Node, read_json, secret};
use chartwright_helm::{Chart, Engine, HelmVersion, RenderError};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// The file that changes go to where an environment has none.
const OWN_FILE: &str = "values-mine.yaml";

/// An open chart.
pub(crate) struct Open {
    pub(crate) chart: Arc<Chart>,
    /// The engine of each Helm that was asked for, or why there is none.
    engines: HashMap<Helm, Result<Engine, RenderError>>,
    /// What the engine rendered last, if that was traced: its trace tells of that render alone.
    pub(crate) traced: Option<Inputs>,
    pub(crate) defaults: Reading,
    pub(crate) schema: Option<Node>,
    pub(crate) comments: HashMap<String, String>,
    /// The values that subcharts bring along, and their places by id.
    pub(crate) below: Vec<ValueRow>,
    below_at: HashMap<String, usize>,
    /// Environments and their files.
    pub(crate) environments: Vec<(Rc<str>, Option<Rc<str>>)>,
    /// The texts of those files, which `.helmignore` may keep out of the chart.
    texts: HashMap<Rc<str>, Rc<str>>,
    /// The pointers that the schema declares secret, with `*` for any key.
    declared: HashSet<Vec<String>>,
}

impl Open {
    /// Opens a chart of the library.
    pub(crate) fn new(library: &Library, id: &str, texts: &mut Texts) -> Result<Open, String> {
        let chart = Arc::new(library.load(id)?);
        let defaults = texts.read(&Rc::from(chart.values_text()));
        let schema = chart.schema_text().and_then(|text| read_json(text).ok());
        let comments = match &*defaults {
            Ok(parsed) => comments(&parsed.tree),
            Err(_) => HashMap::new(),
        };
        let mut declared = HashSet::new();
        if let Some(schema) = &schema {
            declare(crate::form::Schema::new(schema), &mut Vec::new(), &mut declared);
        }
        let secret = |path: &[String]| is_declared(&declared, path);
        let below = effective::below(&chart, texts, &secret);
        let below_at = below.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        let environments: Vec<(Rc<str>, Option<Rc<str>>)> =
            library.environments(id).into_iter().map(|(id, file)| (id.into(), file.map(Rc::from))).collect();
        let files = environments.iter().filter_map(|(_, file)| file.clone());
        let texts = files.filter_map(|file| Some((Rc::clone(&file), Rc::from(library.text(id, &file)?)))).collect();
        Ok(Open {
            chart,
            engines: HashMap::new(),
            traced: None,
            defaults,
            schema,
            comments,
            below,
            below_at,
            environments,
            texts,
            declared,
        })
    }

    /// The engine of one Helm.
    pub(crate) fn engine(&mut self, helm: Helm) -> Result<&mut Engine, RenderError> {
        let version = match helm {
            Helm::V3 => HelmVersion::V3,
            Helm::V4 => HelmVersion::V4,
        };
        let engine = self.engines.entry(helm).or_insert_with(|| Engine::compile(Arc::clone(&self.chart), version));
        engine.as_mut().map_err(|error| error.clone())
    }

    /// Whether Helm refuses to install it because other charts build on it.
    pub(crate) fn is_library(&self) -> bool {
        self.chart.metadata().chart_type == "library"
    }

    /// An environment as the chart ships it.
    pub(crate) fn environment(&self, name: &str) -> Environment {
        let file = self.environments.iter().find(|(id, _)| &**id == name).and_then(|(_, file)| file.clone());
        let text = file.as_ref().and_then(|file| self.texts.get(file)).cloned();
        let layer = match (file, text) {
            (Some(file), Some(text)) => Layer {
                id: Rc::clone(&file),
                name: Rc::clone(&file),
                file: Some(file),
                original: Rc::clone(&text),
                good: Rc::clone(&text),
                text,
            },
            _ => own_layer(name),
        };
        Environment { layers: vec![layer], ..Environment::default() }
    }

    /// Whether the schema declares the value at a path a secret.
    pub(crate) fn declares_secret(&self, path: &[String]) -> bool {
        is_declared(&self.declared, path)
    }

    /// What a subchart says at a value's place.
    pub(crate) fn said_below(&self, id: &str) -> Option<&ValueRow> {
        self.below.get(*self.below_at.get(id)?)
    }

    /// Whether the value at a path is a secret, by the schema or by its name.
    pub(crate) fn is_secret(&self, path: &[String]) -> bool {
        secret::is_secret(path, None) || self.declares_secret(path)
    }
}

fn is_declared(declared: &HashSet<Vec<String>>, path: &[String]) -> bool {
    declared.iter().any(|known| known.len() == path.len() && known.iter().zip(path).all(|(known, key)| known == "*" || known == key))
}

/// An empty file for changes in an environment that has none.
pub(crate) fn own_layer(environment: &str) -> Layer {
    let name: Rc<str> =
        if environment == DEFAULT { OWN_FILE.into() } else { format!("values-{}.yaml", environment.replace('/', "-")).into() };
    Layer { id: Rc::clone(&name), name, file: None, original: "".into(), text: "".into(), good: "".into() }
}

fn declare(schema: crate::form::Schema<'_>, path: &mut Vec<String>, found: &mut HashSet<Vec<String>>) {
    if schema.is("x-secret") {
        found.insert(path.clone());
    }
    if path.len() >= 12 || found.len() >= 1_000 {
        return;
    }
    for (key, child) in schema.properties() {
        path.push(key.to_owned());
        declare(child, path, found);
        path.pop();
    }
    for child in [schema.additional(), schema.items()].into_iter().flatten() {
        path.push("*".to_owned());
        declare(child, path, found);
        path.pop();
    }
}
