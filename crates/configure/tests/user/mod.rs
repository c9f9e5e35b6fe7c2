//! A user of a session, in verbs: open, set, type, see, download. Keeps what a page would keep, from updates alone.

#![allow(clippy::panic, reason = "a verb that fails ends its test")]
#![allow(dead_code, reason = "each test file is a crate of its own and uses some of the verbs")]

use chartwright_configure::protocol::*;
use chartwright_configure::{Checks, Session};
use std::collections::BTreeMap;
use std::path::{Path as FilePath, PathBuf};

pub(crate) struct User {
    pub(crate) session: Session,
    pub(crate) checks: Checks,
    pub(crate) header: Header,
    pub(crate) layers: Vec<LayerView>,
    pub(crate) form: Form,
    pub(crate) fields: BTreeMap<String, Field>,
    pub(crate) yaml: YamlView,
    pub(crate) render: RenderView,
    pub(crate) order: Vec<String>,
    pub(crate) documents: BTreeMap<String, DocumentView>,
    pub(crate) notes: String,
    pub(crate) values: Vec<ValueRow>,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) save: String,
    pub(crate) fragment: String,
    pub(crate) report: CheckReport,
    pub(crate) last: Update,
    clock: f64,
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// The shipped charts as the page fetches them.
pub(crate) fn shipped() -> String {
    let mut charts = serde_json::Map::new();
    for group in std::fs::read_dir(root().join("charts")).expect("charts/").flatten() {
        for chart in std::fs::read_dir(group.path()).into_iter().flatten().flatten() {
            let id = format!("{}/{}", group.file_name().to_string_lossy(), chart.file_name().to_string_lossy());
            let mut files = serde_json::Map::new();
            collect(&chart.path(), &chart.path(), &mut files);
            charts.insert(id, files.into());
        }
    }
    serde_json::json!({ "charts": charts }).to_string()
}

fn collect(base: &FilePath, folder: &FilePath, files: &mut serde_json::Map<String, serde_json::Value>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(base, &path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.strip_prefix(base).expect("below the base").to_string_lossy().into_owned();
            files.insert(name, text.into());
        }
    }
}

/// A bundle of one chart.
pub(crate) fn bundle(id: &str, files: &[(&str, &str)]) -> String {
    let files: serde_json::Map<String, serde_json::Value> = files.iter().map(|(path, text)| (path.to_string(), (*text).into())).collect();
    serde_json::json!({ "charts": { id: files } }).to_string()
}

impl User {
    /// Opens the page on some charts.
    pub(crate) fn visits(bundle: &str) -> User {
        User::returns(bundle, None, None)
    }

    /// Opens the page with a link, or with what the browser kept.
    pub(crate) fn returns(bundle: &str, fragment: Option<&str>, saved: Option<&str>) -> User {
        let mut user = User {
            session: Session::new(),
            checks: Checks::new(),
            header: Header::default(),
            layers: Vec::new(),
            form: Form::default(),
            fields: BTreeMap::new(),
            yaml: YamlView::default(),
            render: RenderView::default(),
            order: Vec::new(),
            documents: BTreeMap::new(),
            notes: String::new(),
            values: Vec::new(),
            comparison: None,
            save: String::new(),
            fragment: String::new(),
            report: CheckReport::default(),
            last: Update::default(),
            clock: 0.0,
        };
        user.does(Action::Start {
            bundle: bundle.to_owned(),
            dropped: Vec::new(),
            fragment: fragment.map(str::to_owned),
            saved: saved.map(str::to_owned),
        });
        user
    }

    /// Acts, and takes the answer in as a page does.
    pub(crate) fn does(&mut self, action: Action) -> &Update {
        self.clock += 10_000_000.0;
        self.does_at_once(action)
    }

    /// Acts without a pause since the last time.
    pub(crate) fn does_at_once(&mut self, action: Action) -> &Update {
        let clock = self.clock;
        let update = self.session.act(action, &mut || clock);
        let keep = update.clone();
        if let Some(header) = update.header {
            self.header = header;
        }
        if let Some(layers) = update.layers {
            self.layers = layers;
        }
        if let Some(form) = update.form {
            self.form = form;
        }
        for field in update.fields {
            self.fields.insert(field.id.clone(), field);
        }
        if let Some(yaml) = update.yaml {
            self.yaml = yaml;
        }
        if let Some(render) = update.render {
            self.render = render;
        }
        for document in update.documents {
            self.documents.insert(document.id.clone(), document);
        }
        if let Some(order) = update.order {
            self.documents.retain(|id, _| order.contains(id));
            self.order = order;
        }
        if let Some(notes) = update.notes {
            self.notes = notes;
        }
        if let Some(values) = update.values {
            self.values = values;
        }
        for row in update.rows {
            let known = self.values.iter_mut().find(|known| known.id == row.id).expect("a row of the list");
            *known = row;
        }
        if let Some(comparison) = update.comparison {
            self.comparison = Some(comparison);
        }
        if let Some(save) = update.save {
            self.save = save;
        }
        if let Some(fragment) = update.fragment {
            self.fragment = fragment;
        }
        if let Some(check) = update.check {
            self.report = self.checks.check(&check);
        }
        assert!(self.order.iter().all(|id| self.documents.contains_key(id)), "each document of the order was sent");
        self.last = keep;
        &self.last
    }

    pub(crate) fn opens(&mut self, chart: &str, environment: &str) {
        self.does(Action::Chart(chart.to_owned()));
        self.does(Action::Environment(environment.to_owned()));
        assert_eq!((self.header.chart.as_str(), self.header.environment.as_str()), (chart, environment));
    }

    pub(crate) fn types(&mut self, field: &str, text: &str) {
        self.does(Action::Input { path: path(field), text: text.to_owned() });
    }

    pub(crate) fn sets(&mut self, field: &str, json: &str) {
        self.does(Action::Set { path: path(field), json: json.to_owned() });
    }

    pub(crate) fn resets(&mut self, field: &str) {
        self.does(Action::Reset { path: path(field) });
    }

    pub(crate) fn writes(&mut self, text: &str) {
        self.does(Action::Yaml(text.to_owned()));
    }

    pub(crate) fn undoes(&mut self) {
        self.does(Action::Undo);
    }

    pub(crate) fn redoes(&mut self) {
        self.does(Action::Redo);
    }

    pub(crate) fn gets(&mut self, export: Export) -> String {
        self.does(Action::Export(export)).export.as_ref().map(|exported| exported.text.clone()).expect("an export")
    }

    #[track_caller]
    pub(crate) fn field(&self, id: &str) -> &Field {
        self.fields.get(id).unwrap_or_else(|| panic!("no field {id}; there are {:?}", self.fields.keys().collect::<Vec<_>>()))
    }

    #[track_caller]
    pub(crate) fn document(&self, id: &str) -> &DocumentView {
        self.documents.get(id).unwrap_or_else(|| panic!("no document {id}; there are {:?}, render {:?}", self.order, self.render))
    }

    /// Sees a line in a document.
    #[track_caller]
    pub(crate) fn sees(&self, document: &str, line: &str) {
        let text = &self.document(document).text;
        assert!(text.lines().any(|other| other.trim() == line), "{line:?} is not in\n{text}");
    }

    /// The source of the first line of a document that reads so.
    #[track_caller]
    pub(crate) fn source(&self, document: &str, line: &str) -> Source {
        let document = self.document(document);
        let at =
            document.text.lines().position(|other| other.trim() == line).unwrap_or_else(|| panic!("{line:?} is not in\n{}", document.text));
        let mut left = at as u32;
        for (count, source) in &document.sources {
            if left < *count {
                return *source;
            }
            left -= count;
        }
        panic!("line {at} has no source");
    }
}

/// A field's path from its id.
pub(crate) fn path(id: &str) -> Vec<String> {
    id.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect()
}
