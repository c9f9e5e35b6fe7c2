//! Takes over what an update says: only what changed is in it.

use std::sync::Arc;

use super::study::Study;
use super::{Link, Then};
use crate::browser::dom;
use crate::state::{ALL, Tab};
use chartwright_configure::protocol::{self, Action};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long state waits before it goes to storage and address: browsers throttle pages that write the address too often.
const SETTLED: u32 = 300;

impl Link {
    /// Takes over what changed.
    pub(super) fn take(self, update: protocol::Update, action: Option<&Action>) {
        let store = self.store;
        let inner = self.inner();
        let started = matches!(action, Some(Action::Start { .. }));
        let mut new_chart = false;
        if let Some(charts) = update.charts {
            store.charts.set(charts);
        }
        if let (Some(id), Some(Action::AddChart(chart))) = (update.added, action) {
            self.added(id, chart);
        }
        if let Some(header) = update.header {
            new_chart = new_chart || store.header.with_untracked(|before| before.chart != header.chart);
            store.header.set(header);
        }

        // The manifests first: they are what a key press waits for.
        let rendered = update.render.is_some();
        let marked: Vec<String> =
            update.documents.iter().filter(|document| !document.changed.is_empty()).map(|document| document.id.clone()).collect();
        let moved = update.order.is_some() || !update.documents.is_empty();
        store.documents.update_value(|documents| {
            for document in update.documents {
                documents.insert(document.id.clone(), Arc::new(document));
            }
            if let Some(order) = &update.order {
                documents.retain(|id, _| order.contains(id));
            }
        });
        if let Some(order) = update.order {
            store.order.set(order);
        }
        if moved || rendered {
            store.order.with_untracked(|order| {
                store.documents.with_value(|documents| {
                    store.manifests.update_value(|manifests| {
                        if let Some(manifests) = manifests {
                            manifests.update(order, documents, &marked);
                        }
                    });
                });
            });
            if new_chart {
                self.forget_pointed();
                store.sweep.set(Vec::new());
                store.changed.set(Vec::new());
                store.only.set(None);
            } else {
                store.changed.set(marked);
            }
        }

        if let Some(form) = update.form {
            let gone = store.section.with_untracked(|section| section != ALL && !form.sections.iter().any(|one| one.title == *section));
            if gone {
                store.section.set(form.sections.first().map(|section| section.title.clone()).unwrap_or_default());
            }
            store.take_fields(update.fields, new_chart);
            store.form.set(form);
        } else {
            store.take_fields(update.fields, false);
        }
        if let Some(layers) = update.layers {
            store.layers.set(layers);
        }
        if let Some(yaml) = update.yaml {
            store.yaml.set(yaml);
        }
        if let Some(render) = update.render {
            store.render.set(render);
        }
        if let Some(notes) = update.notes {
            store.notes.set(notes);
        }
        if let Some(values) = update.values {
            store.values.set(values);
        }
        if !update.rows.is_empty() {
            store.values.update(|values| {
                for row in update.rows {
                    if let Some(old) = values.iter_mut().find(|old| old.id == row.id) {
                        *old = row;
                    }
                }
            });
        }
        if let Some(comparison) = update.comparison {
            store.comparison.set(Some(comparison));
        }
        if let Some(stack) = update.stack {
            store.stack_documents.update(|all| all.resize(stack.members.len(), Vec::new()));
            store.stack.set(Some(stack));
        }
        if !update.stack_documents.is_empty() {
            store.stack_documents.update(|all| {
                for one in update.stack_documents {
                    if let Some(documents) = all.get_mut(one.member as usize) {
                        *documents = one.documents;
                    }
                }
            });
        }
        if let Some(insights) = update.insights {
            let more = insights.pending;
            store.insights.set(Some(insights));
            self.study_on(if more { Study::Insights } else { Study::Chart });
        } else if let Some(more) = update.inspecting {
            self.study_on(if more { Study::Chart } else { Study::Releases });
        } else if let Some(request) = update.sweep {
            // The checks' answer goes on to the next one.
            if !request.is_empty() {
                self.check_release(request);
            }
        } else if action.is_none_or(|action| !action.is_question() || *action == Action::Analyse) {
            self.study_later();
        }
        if let Some(edit) = update.edit {
            self.take_line(edit);
        }
        if let Some(fix) = update.fix {
            self.take_fix(fix);
        }
        if let Some(marks) = update.marks {
            self.take_marks(marks);
        }
        if let Some(chain) = update.chain {
            self.take_chain(chain);
        }
        if let Some(file) = update.file {
            store.file.set((file, inner.looking.get()));
            dom::show_file();
        }
        if moved || rendered {
            self.ask_again();
        }
        if let (Some(Action::AddLayer { name, .. }), Some(fault)) = (action, store.yaml.with_untracked(|yaml| yaml.error.clone())) {
            self.toast(&format!("{name} cannot be read, line {}: {}", fault.line, fault.message), true);
        }
        if let Some(notice) = update.notice {
            self.toast(&notice, false);
        }
        if let Some(export) = update.export {
            let then = inner.exports.borrow_mut().pop_front().unwrap_or(Then::Download);
            self.hand_out(export.export, &export.name, export.text, then);
        }
        if let Some(memory) = update.memory {
            *inner.memory.borrow_mut() = Some(memory).filter(|memory| !memory.is_empty());
        }
        if update.save.is_some() || update.fragment.is_some() {
            if let Some(save) = update.save {
                *inner.save.borrow_mut() = Some(save);
            }
            if let Some(fragment) = update.fragment {
                *inner.fragment.borrow_mut() = Some(fragment);
            }
            *inner.settle.borrow_mut() = Some(Timeout::new(SETTLED, move || self.settle()));
        }
        if let Some(check) = update.check {
            self.check(check);
        }
        self.go_on();
        if started {
            if inner.checks.borrow().is_none() {
                self.open_addressed_rule();
            }
            store.ready.set(true);
            if store.tab.get_untracked() == Tab::Stack {
                self.send(Action::Stack(true));
            }
            // The checks come after the first manifest is painted; a session that starts anew has to be told of them again.
            if inner.checks.borrow().is_some() {
                self.send(Action::Recheck);
            } else {
                Timeout::new(50, move || self.start_checks()).forget();
            }
        }
    }
}
