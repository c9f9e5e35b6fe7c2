//! What each action does to the state.

use super::chain::Question;
use super::layers::{move_layer, remove_layer, rename_layer};
use super::open::own_layer;
use super::silence::PROJECT_FILE;
use super::start::MAX_FILE;
use super::state::Environment;
use super::{Clock, Said, Session};
use crate::form;
use crate::pointer;
use crate::protocol::{Action, Path};
use crate::values::{Node, Value, read_json};
use std::rc::Rc;

/// How deep a path may lead. The engine's worker has a small stack.
const MAX_PATH: usize = 64;

/// What an action on an environment comes to: nothing to say, a notice, or a fault that leaves everything as it was.
pub(super) type Done = Result<Option<String>, String>;

impl Session {
    pub(super) fn perform(&mut self, action: Action, micros: Clock<'_>) -> Said {
        let now = micros();
        match action {
            Action::Start { bundle, dropped, fragment, saved } => {
                return self.start(&bundle, dropped, fragment.as_deref(), saved.as_deref(), micros);
            }
            Action::AddChart(dropped) => return self.add_chart(dropped),
            Action::RemoveChart(id) => return self.remove_chart(&id.into()),
            Action::Recheck => {
                self.checks.begin();
                self.forget_sweep();
                return Said::default();
            }
            _ if self.state.chart.is_empty() => {
                return Said { notice: Some("There are no charts to choose from.".to_owned()), ..Said::default() };
            }
            _ => {}
        }
        let mut said = Said::default();
        if path_of(&action).is_some_and(|path| path.len() > MAX_PATH) {
            return Said { notice: Some("No value lies that deep.".to_owned()), ..Said::default() };
        }
        let before = self.state.clone();
        let mut place = None;
        let result: Done = match action {
            Action::Start { .. } | Action::AddChart(_) | Action::RemoveChart(_) | Action::Recheck => Ok(None),
            Action::Analyse | Action::Inspect | Action::Sweep | Action::EditLine { .. } | Action::Fix(_) => Ok(None),
            Action::Prune(keys) => self.within(micros, |session, environment, _| session.prune(environment, &keys)),
            Action::Chart(id) => {
                said.moved = true;
                self.history.pause();
                self.choose(&id.into()).map(|()| None)
            }
            Action::Environment(id) => {
                said.moved = true;
                self.history.pause();
                self.choose_environment(&id)
            }
            Action::Release { name, namespace, kube_version } => {
                place = Some("release".to_owned());
                self.state.release = super::Release {
                    name: name.trim().into(),
                    namespace: namespace.trim().into(),
                    kube_version: kube_version.trim().into(),
                    ..self.state.release
                };
                Ok(None)
            }
            Action::Helm(helm) => {
                self.state.release.helm = helm;
                Ok(None)
            }
            Action::Input { path, text } => {
                place = Some(format!("field {}", pointer::id(&path)));
                self.within(micros, |session, environment, micros| session.input(environment, &path, &text, micros))
            }
            Action::Set { path, json } => self.within(micros, |session, environment, _| session.set(environment, &path, &json)),
            Action::Reset { path } => self.within(micros, |session, environment, _| {
                forget(environment, &path);
                session.reset(environment, &path).map(|()| None)
            }),
            Action::ResetAll => self.reset_all(micros),
            Action::Add { path, key } => self.within(micros, |session, environment, _| session.add(environment, &path, key.as_deref())),
            Action::Remove { path } => self.within(micros, |session, environment, _| {
                forget_list(environment, &path);
                session.take(environment, &path).map(|()| None)
            }),
            Action::Move { path, from, to } => self.within(micros, |session, environment, _| {
                forget(environment, &path);
                session.shift(environment, &path, from, to).map(|()| None)
            }),
            Action::Rename { path, key } => self.within(micros, |session, environment, _| {
                forget(environment, &path);
                session.rename(environment, &path, &key).map(|()| None)
            }),
            Action::Yaml(text) => {
                said.from_editor = true;
                let environment = self.environment();
                place = Some(format!("editor {}", environment.layer().map_or("", |layer| &layer.id)));
                self.within_and(false, micros, |session, environment, _| session.typed(environment, &text))
            }
            Action::Undo => {
                let state = self.history.undo(self.state.clone());
                return self.travel(state, "There is nothing to undo.");
            }
            Action::Redo => {
                let state = self.history.redo(self.state.clone());
                return self.travel(state, "There is nothing to redo.");
            }
            Action::AddLayer { name, text } if name == PROJECT_FILE => self.take_project(&text),
            Action::AddLayer { name, text } => self.within(micros, |session, environment, _| session.add_layer(environment, &name, &text)),
            Action::SelectLayer(id) => {
                self.history.pause();
                let result = self.within(micros, |_, environment, _| {
                    environment.edited = environment.by_id(&id).ok_or("there is no such file")?;
                    Ok(None)
                });
                // A selection is no step of its own.
                return Said { notice: result.err(), ..Said::default() };
            }
            Action::RenameLayer { id, name } => self.within(micros, |_, environment, _| rename_layer(environment, &id, &name)),
            Action::DuplicateLayer(id) => self.within(micros, |session, environment, _| session.duplicate(environment, &id)),
            Action::RemoveLayer(id) => self.within(micros, |_, environment, _| remove_layer(environment, &id)),
            Action::MoveLayer { id, to } => self.within(micros, |_, environment, _| move_layer(environment, &id, to)),
            Action::Explain { environment, document, line } => {
                said.question = Some(Question::Line { environment, document, line });
                Ok(None)
            }
            Action::Point(field) => {
                said.question = Some(Question::Field(field));
                Ok(None)
            }
            Action::Look(file) => {
                said.question = Some(Question::File(file));
                Ok(None)
            }
            Action::Compare(with) => {
                self.compare = with.map(Rc::from);
                Ok(None)
            }
            Action::Stack(open) => {
                self.stack.open = open;
                Ok(None)
            }
            Action::StackSource { name, repository, revision } => {
                place = Some("stack".to_owned());
                self.name_stack(&name, &repository, &revision)
            }
            Action::SetMember { at, release, namespace, environment } => {
                place = Some(format!("stack {at}"));
                self.set_member(at, &release, &namespace, &environment)
            }
            Action::AddMember(chart) => self.add_member(&chart),
            Action::RemoveMember(at) => self.remove_member(at),
            Action::ExportStack(flavour) => {
                if self.checks.are_wanted() {
                    self.stack.open = true;
                    self.stack.wanted = Some(flavour);
                    Ok(None)
                } else {
                    Err("The checks are still being loaded.".to_owned())
                }
            }
            Action::Silence(silence) => self.silence(silence),
            Action::Unsilence(silence) => self.unsilence(&silence),
            Action::Profile(profile) => {
                self.state.profile = Some(profile);
                Ok(None)
            }
            Action::Export(export) => {
                said.export = Some(self.export(export, micros));
                Ok(None)
            }
        };
        match result {
            Ok(notice) => said.notice = notice,
            Err(notice) => {
                said.notice = Some(notice);
                self.state = before;
                return said;
            }
        }
        let (new, old) = (&self.state, &before);
        let values = new.open == old.open && new.release == old.release;
        let around = new.stack == old.stack && new.silences == old.silences && new.projects == old.projects && new.profile == old.profile;
        if !(said.moved || values && around) {
            self.history.note(before, place, now);
        }
        said
    }

    fn travel(&mut self, state: Option<super::State>, nothing: &str) -> Said {
        let Some(state) = state else { return Said { notice: Some(nothing.to_owned()), ..Said::default() } };
        let moved = state.key() != self.state.key();
        self.state = state;
        Said { moved, ..Said::default() }
    }

    fn choose_environment(&mut self, id: &str) -> Done {
        let open = self.charts.get(&self.state.chart).ok_or("there is no chart")?;
        let (name, _) =
            open.environments.iter().find(|(name, _)| **name == *id).ok_or_else(|| format!("there is no environment {id:?}"))?;
        self.state.environment = Rc::clone(name);
        self.left = None;
        Ok(None)
    }

    /// Changes a copy of the chosen environment, and keeps it if that went well.
    pub(super) fn within(&mut self, micros: Clock<'_>, change: impl FnOnce(&mut Session, &mut Environment, Clock<'_>) -> Done) -> Done {
        self.within_and(true, micros, change)
    }

    /// `write`: whether what did not fit before may be written now.
    fn within_and(
        &mut self,
        write: bool,
        micros: Clock<'_>,
        change: impl FnOnce(&mut Session, &mut Environment, Clock<'_>) -> Done,
    ) -> Done {
        let before = self.environment();
        let mut environment = (*before).clone();
        if environment.layers.is_empty() {
            environment.layers.push(own_layer(&self.state.environment));
        }
        environment.edited = environment.edited.min(environment.layers.len() - 1);
        let notice = change(self, &mut environment, &mut *micros)?;
        if environment != *before {
            // The editor's text is the user's alone: nothing is written into it while it is typed.
            self.retry(&mut environment, write, micros);
            self.state.open.insert(self.state.key(), Rc::new(environment));
        }
        Ok(notice)
    }

    /// Keeps an environment for the render that a question needs.
    fn keep(&mut self, environment: &Environment) {
        self.state.open.insert(self.state.key(), Rc::new(environment.clone()));
    }

    /// What was typed into a field.
    fn input(&mut self, environment: &mut Environment, path: &Path, text: &str, micros: Clock<'_>) -> Done {
        let id = pointer::id(path);
        match self.attempt(environment, path, text, micros) {
            Ok(()) => {
                environment.pending.remove(&id);
                Ok(self.hidden_by(environment, path).map(|name| format!("{name} lies above and sets this too, so that nothing changes.")))
            }
            Err(reason) => {
                environment.pending.insert(id, (text.to_owned(), reason));
                Ok(None)
            }
        }
    }

    /// Writes what was typed, if it fits: the control, then Helm's own check of the value that it makes.
    fn attempt(&mut self, environment: &mut Environment, path: &Path, text: &str, micros: Clock<'_>) -> Result<(), String> {
        if path.is_empty() || path.len() > MAX_PATH {
            return Err("there is no such field".to_owned());
        }
        let (was, default) = self.look(environment, |layers| {
            let place = layers.at(path);
            (place.whole(), place.in_layer(0).cloned())
        });
        let open = self.charts.get(&self.state.chart);
        let root = open.and_then(|open| open.schema.as_ref()).map(form::Schema::new);
        let schema = root.and_then(|root| path.iter().try_fold(root, |at, key| at.child(key)));
        let control = form::control(schema, was.as_ref(), default.as_ref(), &self.classes);
        let value = form::input::read(text, &control, schema, was.as_ref())?;
        let mut trial = environment.clone();
        self.write(&mut trial, path, value)?;
        if let Some(reason) = self.refused(&trial, path, micros) {
            return Err(reason);
        }
        *environment = trial;
        Ok(())
    }

    /// Why the schema refuses the very value at a path.
    fn refused(&mut self, trial: &Environment, path: &Path, micros: Clock<'_>) -> Option<String> {
        let before = self.state.open.get(&self.state.key()).cloned();
        self.keep(trial);
        let outcome = self.render_now(micros);
        match before {
            Some(before) => drop(self.state.open.insert(self.state.key(), before)),
            None => drop(self.state.open.remove(&self.state.key())),
        }
        match outcome.as_ref() {
            Err(error) => match &error.kind {
                chartwright_helm::RenderErrorKind::Schema(all) => {
                    all.iter().find(|violation| violation.path == *path).map(|violation| violation.message.clone())
                }
                _ => None,
            },
            Ok(_) => None,
        }
    }

    /// Tries what did not fit before: another field may have made room for it.
    pub(super) fn retry(&mut self, environment: &mut Environment, write: bool, micros: Clock<'_>) {
        if environment.pending.is_empty() {
            return;
        }
        for (id, (text, _)) in environment.pending.clone() {
            let path = pointer::path(&id);
            let mut trial = environment.clone();
            match self.attempt(&mut trial, &path, &text, &mut *micros) {
                Ok(()) if write => {
                    *environment = trial;
                    environment.pending.remove(&id);
                }
                Ok(()) => drop(
                    environment.pending.insert(id, (text, "not written yet: the file could not take it when this was typed".to_owned())),
                ),
                Err(reason) => drop(environment.pending.insert(id, (text, reason))),
            }
        }
    }

    /// A value that was chosen.
    fn set(&mut self, environment: &mut Environment, path: &Path, json: &str) -> Done {
        let value = read_json(json).map_err(|error| format!("not a value: {error}"))?;
        forget(environment, path);
        let off = value.bool() == Some(false);
        self.write(environment, path, value)?;
        if off {
            self.switched_off(environment, path)?;
        }
        Ok(self.hidden_by(environment, path).map(|name| format!("{name} lies above and sets this too, so that nothing changes.")))
    }

    /// A new element of a list, or key of a map.
    fn add(&mut self, environment: &mut Environment, path: &Path, key: Option<&str>) -> Done {
        let whole = self.look(environment, |layers| layers.at(path).whole());
        let open = self.charts.get(&self.state.chart);
        let root = open.and_then(|open| open.schema.as_ref()).map(form::Schema::new);
        let schema = root.and_then(|root| path.iter().try_fold(root, |at, key| at.child(key)));
        let list = whole.as_ref().is_some_and(|node| node.list().is_some()) || schema.is_some_and(|schema| schema.allows("array"));
        let (last, value) = if list {
            let items = whole.as_ref().and_then(Node::list).unwrap_or_default();
            (items.len().to_string(), empty(schema.and_then(form::Schema::items), items.last()))
        } else {
            let pairs = whole.as_ref().and_then(Node::map).unwrap_or_default();
            let taken = |key: &str| pairs.iter().any(|(known, _)| **known == *key);
            let key = match key.map(str::trim).filter(|key| !key.is_empty()) {
                Some(key) if taken(key) => return Err(format!("{key} is there already")),
                Some(key) => key.to_owned(),
                None => {
                    (1..).map(|at| if at == 1 { "key".to_owned() } else { format!("key{at}") }).find(|key| !taken(key)).unwrap_or_default()
                }
            };
            (key.clone(), empty(schema.and_then(|schema| schema.child(&key)), pairs.last().map(|(_, node)| node)))
        };
        let mut path = path.clone();
        path.push(last);
        // An empty list or map is written whole, so that its first element makes it one.
        if whole.as_ref().is_none_or(Node::is_null) && list {
            path.pop();
            self.write(environment, &path, Value::List(vec![value]).into())?;
        } else {
            self.write(environment, &path, value)?;
        }
        Ok(None)
    }

    /// The whole text of the edited file.
    fn typed(&mut self, environment: &mut Environment, text: &str) -> Done {
        if text.len() > MAX_FILE {
            return Err(format!("A file of more than {MAX_FILE} bytes is not taken in."));
        }
        let edited = environment.edited;
        let text: Rc<str> = text.into();
        let reads = self.texts.read(&text).is_ok();
        let values = |session: &mut Session, environment: &Environment| {
            let paths: Vec<String> = environment.pending.keys().cloned().collect();
            session.look(environment, |layers| paths.iter().map(|id| layers.at(&pointer::path(id)).whole()).collect::<Vec<_>>())
        };
        let before = values(self, environment);
        let Some(layer) = environment.layers.get_mut(edited) else { return Ok(None) };
        layer.text = Rc::clone(&text);
        if reads {
            layer.good = text;
            // What is written by hand here replaces what was typed into the field.
            let after = values(self, environment);
            let mut pairs = before.iter().zip(&after);
            environment.pending.retain(|_, _| pairs.next().is_none_or(|(before, after)| before == after));
        }
        Ok(None)
    }
}

/// The place that an action is about.
fn path_of(action: &Action) -> Option<&Path> {
    match action {
        Action::Input { path, .. } | Action::Set { path, .. } | Action::Reset { path } | Action::Add { path, .. } => Some(path),
        Action::Remove { path } | Action::Move { path, .. } | Action::Rename { path, .. } => Some(path),
        _ => None,
    }
}

/// An empty value of a kind, or one like its neighbour.
fn empty(schema: Option<form::Schema<'_>>, neighbour: Option<&Node>) -> Node {
    if let Some(default) = schema.and_then(|schema| schema.get("default")) {
        return default.clone();
    }
    if let Some(first) = schema.and_then(form::Schema::options).and_then(|options| options.first().copied().cloned()) {
        return first;
    }
    let kind = schema.and_then(|schema| schema.types().first().copied().map(str::to_owned));
    match (kind.as_deref(), neighbour.map(|node| &node.value)) {
        (Some("object"), _) => {
            let required: Vec<&str> = schema
                .and_then(|schema| schema.get("required"))
                .and_then(Node::list)
                .unwrap_or_default()
                .iter()
                .filter_map(Node::str)
                .collect();
            let all = schema.map(form::Schema::properties).unwrap_or_default();
            let wanted = |at: usize, key: &str| required.contains(&key) || (required.is_empty() && at == 0);
            let pairs = all
                .into_iter()
                .enumerate()
                .filter(|(at, (key, _))| wanted(*at, key))
                .map(|(_, (key, child))| (key.into(), empty(Some(child), None)));
            Value::Map(pairs.collect()).into()
        }
        (Some("array"), _) => Value::List(Vec::new()).into(),
        (Some("integer" | "number"), _) => {
            Value::Int(schema.and_then(|schema| schema.number("minimum")).map_or(0, |least| least.ceil() as i64)).into()
        }
        (Some("boolean"), _) => Value::Bool(false).into(),
        (None, Some(Value::Map(pairs))) => {
            let blank = |node: &Node| if node.map().is_some() { Value::Map(Vec::new()).into() } else { empty(None, Some(node)) };
            Value::Map(pairs.iter().map(|(key, node)| (Rc::clone(key), blank(node))).collect()).into()
        }
        (None, Some(Value::Int(_) | Value::Float(_))) => Value::Int(0).into(),
        (None, Some(Value::Bool(_))) => Value::Bool(false).into(),
        (None, Some(Value::List(_))) => Value::List(Vec::new()).into(),
        _ => Node::string(""),
    }
}

/// Forgets what was typed at and below a path.
fn forget(environment: &mut Environment, path: &[String]) {
    let id = pointer::id(path);
    let below = format!("{id}/");
    environment.pending.retain(|known, _| *known != id && !known.starts_with(&below));
}

/// Forgets what was typed into the list that an element leaves: the others' places change.
fn forget_list(environment: &mut Environment, path: &[String]) {
    let indexed = path.last().is_some_and(|last| crate::values::index(last).is_some());
    forget(environment, if indexed { &path[..path.len() - 1] } else { path });
}
