//! What the page shows, as signals: a mirror of what the session said last, and which tabs and menus are open. Nothing is decided here.

use std::collections::HashMap;
use std::sync::Arc;

use crate::browser::editor::Editor;
use crate::browser::manifest::{Documents, Manifests};
use crate::findings::Listed;
use crate::manifests::edit::Draft;
use chartwright_configure::protocol::{
    ChartCard, CheckReport, Comparison, Control, EnvironmentReport, Field, FileView, FixView, Form, Header, Insights, LayerView, LineEdit,
    Marks, RenderView, Source, StackView, SweepView, ValueRow, YamlView,
};
use leptos::prelude::*;

/// The title under which all sections are shown at once.
pub(crate) const ALL: &str = "All values";

/// What the left pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The form of a section.
    Form,
    /// The edited file.
    Yaml,
}

/// What the right pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// The rendered manifests.
    Manifests,
    /// Two environments beside each other.
    Compare,
    /// What is wrong.
    Findings,
    /// The effective values.
    Values,
    /// Several charts as one.
    Stack,
    /// What was found out of renders.
    Insights,
    /// NOTES.txt.
    Notes,
}

/// A field's signal: alive as long as someone shows it.
pub(crate) type FieldSignal = ArcRwSignal<Field>;

/// A line of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The environment's id; empty for the chosen one.
    pub(crate) environment: String,
    /// The document's id.
    pub(crate) document: String,
    /// The line, counted from 1.
    pub(crate) line: u32,
}

impl At {
    /// A line (from 0) of a manifest of the chosen environment.
    pub(crate) fn shown(document: String, line: usize) -> At {
        At { environment: String::new(), document, line: u32::try_from(line + 1).unwrap_or(u32::MAX) }
    }
}

/// What the pointer, or the focus, is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pointed {
    /// A field of the form or a row of the values, by id.
    Field(String),
    /// A line.
    Line(At),
}

/// A passing message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    /// Tells one from the next.
    pub(crate) number: u32,
    /// The text.
    pub(crate) text: String,
    /// Whether something went wrong.
    pub(crate) bad: bool,
}

/// All signals. Cheap to copy: each is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Store {
    pub(crate) charts: RwSignal<Vec<ChartCard>>,
    pub(crate) header: RwSignal<Header>,
    pub(crate) layers: RwSignal<Vec<LayerView>>,
    pub(crate) form: RwSignal<Form>,
    /// Counted up whenever a field changes, for what is derived from all of them.
    pub(crate) fields_changed: RwSignal<u32>,
    fields: StoredValue<HashMap<String, FieldSignal>>,
    /// Counted up when another chart makes all fields void.
    pub(crate) generation: RwSignal<u32>,
    pub(crate) yaml: RwSignal<YamlView>,
    pub(crate) render: RwSignal<RenderView>,
    pub(crate) order: RwSignal<Vec<String>>,
    /// Ids of the documents that the last action changed.
    pub(crate) changed: RwSignal<Vec<String>>,
    pub(crate) documents: StoredValue<Documents, LocalStorage>,
    pub(crate) manifests: StoredValue<Option<Manifests>, LocalStorage>,
    pub(crate) editor: StoredValue<Option<Editor>, LocalStorage>,
    pub(crate) notes: RwSignal<String>,
    pub(crate) values: RwSignal<Vec<ValueRow>>,
    pub(crate) comparison: RwSignal<Option<Comparison>>,
    pub(crate) report: RwSignal<CheckReport>,
    /// What is known of the releases of Kubernetes, and whether they are looked at.
    pub(crate) sweep: RwSignal<Vec<SweepView>>,
    pub(crate) sweeping: RwSignal<bool>,
    /// Fixes that were found better.
    pub(crate) fixes: RwSignal<Vec<FixView>>,
    /// Which findings are listed.
    pub(crate) listed: Listed,
    /// The rule whose page was opened last, and the page.
    pub(crate) rule: RwSignal<(String, String)>,
    /// The stack, while it is shown.
    pub(crate) stack: RwSignal<Option<StackView>>,
    /// Its members' manifests: ids and texts.
    pub(crate) stack_documents: RwSignal<Vec<Vec<(String, String)>>>,
    /// What the pointer, or the focus, is at.
    pub(crate) pointed: RwSignal<Option<Pointed>>,
    /// The same in words: which lines it makes, or what made it.
    pub(crate) told: RwSignal<String>,
    /// The lines that the field makes which is pointed at.
    pub(crate) marks: RwSignal<Marks>,
    /// The line of the comparison whose chain is shown.
    pub(crate) compared: RwSignal<Option<At>>,
    /// A file of the chart that is looked at, and the line in it that a chain has led to.
    pub(crate) file: RwSignal<(FileView, u32)>,
    /// Where the editor's cursor is to go, once it shows this layer: its id, line and column.
    pub(crate) editor_at: RwSignal<Option<(String, u32, u32)>>,

    /// The chosen section's title.
    pub(crate) section: RwSignal<String>,
    pub(crate) search: RwSignal<String>,
    pub(crate) side: RwSignal<Side>,
    pub(crate) tab: RwSignal<Tab>,
    /// On narrow screens: whether the result is shown instead of the form.
    pub(crate) result_first: RwSignal<bool>,
    /// The document that is shown alone.
    pub(crate) only: RwSignal<Option<String>>,
    pub(crate) toasts: RwSignal<Vec<Toast>>,
    pub(crate) dragging: RwSignal<bool>,
    /// Why nothing can be shown at all.
    pub(crate) fatal: RwSignal<Option<String>>,
    /// How many changes were stopped because their render did not end; they are kept.
    pub(crate) stopped: RwSignal<usize>,
    /// Whether the first manifest is shown.
    pub(crate) ready: RwSignal<bool>,
    /// What takes long, while it does.
    pub(crate) doing: RwSignal<Option<&'static str>>,
    /// What was found out of renders.
    pub(crate) insights: RwSignal<Option<Insights>>,
    /// The line of a manifest that is being typed, and what it needs.
    pub(crate) draft: RwSignal<Option<Draft>>,
    pub(crate) edit: RwSignal<Option<LineEdit>>,
}

impl Store {
    pub(crate) fn new() -> Self {
        Self {
            charts: RwSignal::default(),
            header: RwSignal::default(),
            layers: RwSignal::default(),
            form: RwSignal::default(),
            fields_changed: RwSignal::default(),
            fields: StoredValue::default(),
            generation: RwSignal::default(),
            yaml: RwSignal::default(),
            render: RwSignal::default(),
            order: RwSignal::default(),
            changed: RwSignal::default(),
            documents: StoredValue::new_local(Documents::new()),
            manifests: StoredValue::new_local(None),
            editor: StoredValue::new_local(None),
            notes: RwSignal::default(),
            values: RwSignal::default(),
            comparison: RwSignal::default(),
            report: RwSignal::default(),
            sweep: RwSignal::default(),
            sweeping: RwSignal::default(),
            fixes: RwSignal::default(),
            listed: Listed::new(),
            rule: RwSignal::default(),
            stack: RwSignal::default(),
            stack_documents: RwSignal::default(),
            pointed: RwSignal::default(),
            told: RwSignal::default(),
            marks: RwSignal::default(),
            compared: RwSignal::default(),
            file: RwSignal::default(),
            editor_at: RwSignal::default(),
            section: RwSignal::default(),
            search: RwSignal::default(),
            side: RwSignal::new(Side::Form),
            tab: RwSignal::new(Tab::Manifests),
            result_first: RwSignal::default(),
            only: RwSignal::default(),
            toasts: RwSignal::default(),
            dragging: RwSignal::default(),
            fatal: RwSignal::default(),
            stopped: RwSignal::default(),
            ready: RwSignal::default(),
            doing: RwSignal::default(),
            insights: RwSignal::default(),
            draft: RwSignal::default(),
            edit: RwSignal::default(),
        }
    }

    /// A field's signal, by id.
    pub(crate) fn field(self, id: &str) -> Option<FieldSignal> {
        self.fields.with_value(|fields| fields.get(id).cloned())
    }

    /// Takes over changed fields. Another chart's fields replace all.
    pub(crate) fn take_fields(self, changed: Vec<Field>, replace: bool) {
        if changed.is_empty() && !replace {
            return;
        }
        self.fields.update_value(|fields| {
            if replace {
                fields.clear();
            }
            for field in changed {
                match fields.get(&field.id) {
                    Some(signal) => signal.set(field),
                    None => {
                        fields.insert(field.id.clone(), ArcRwSignal::new(field));
                    }
                }
            }
        });
        if replace {
            self.generation.update(|generation| *generation += 1);
        }
        self.fields_changed.update(|count| *count += 1);
    }

    /// All fields of a section from the top down, with their parents before them.
    pub(crate) fn walk(self, tops: &[String], mut visit: impl FnMut(&Field)) {
        let mut waiting: Vec<String> = tops.iter().rev().cloned().collect();
        while let Some(id) = waiting.pop() {
            let Some(signal) = self.field(&id) else { continue };
            signal.with_untracked(|field| {
                visit(field);
                waiting.extend(field.children.iter().rev().cloned());
            });
        }
    }

    /// The ids of all fields with a value of their own that I changed, in the form's order.
    pub(crate) fn mine(self) -> Vec<String> {
        let mut mine = Vec::new();
        self.form.with_untracked(|form| {
            for section in &form.sections {
                self.walk(&section.fields, |field| {
                    if is_leaf(field) && field.source == Source::Mine {
                        mine.push(field.id.clone());
                    }
                });
            }
        });
        mine
    }

    /// The section that holds a field.
    pub(crate) fn section_of(self, id: &str) -> Option<String> {
        self.form.with_untracked(|form| {
            form.sections.iter().find(|section| section.fields.iter().any(|top| within(id, top))).map(|section| section.title.clone())
        })
    }

    /// What the checks said of the chosen environment.
    pub(crate) fn chosen_report(self) -> Option<EnvironmentReport> {
        let chosen = self.header.with(|header| header.environment.clone());
        self.report.with(|report| report.environments.iter().find(|one| one.environment == chosen).cloned())
    }

    /// A document, by id.
    pub(crate) fn document(self, id: &str) -> Option<Arc<chartwright_configure::protocol::DocumentView>> {
        self.documents.with_value(|documents| documents.get(id).cloned())
    }
}

/// Whether a field's id is another's or inside of it.
pub(crate) fn within(id: &str, outer: &str) -> bool {
    id.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The id of the field for a path: its JSON pointer.
pub(crate) fn field_id(path: &[String]) -> String {
    path.iter().map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1"))).collect()
}

/// Whether a field has a value of its own to edit.
pub(crate) fn is_leaf(field: &Field) -> bool {
    !matches!(field.control, Control::Group | Control::List | Control::Map)
}

/// The word for a source: `default`, the environment's file without its `values-…yaml`, `mine`.
pub(crate) fn source_word(source: Source, file: &str) -> String {
    match source {
        Source::Default => "default".to_owned(),
        Source::Mine => "mine".to_owned(),
        Source::File => {
            let name = file.rsplit('/').next().unwrap_or(file);
            let name = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name);
            name.strip_prefix("values-").unwrap_or(name).to_owned()
        }
    }
}

/// The class for a source's colour.
pub(crate) fn source_class(source: Source) -> &'static str {
    match source {
        Source::Default => "default",
        Source::File => "file",
        Source::Mine => "mine",
    }
}
