//! Edits of the form, as edits of the edited file's text: minimal, and gone again where they change nothing.

use super::state::Environment;
use super::{Session, file};
use crate::pointer;
use crate::values::{Layers, Node, Value};
use std::rc::Rc;

/// How a map's key or a list's element is taken away.
enum Target {
    /// In the edited file itself.
    Own(Vec<String>),
    /// A list that another file has, written whole into the edited one.
    Whole(Vec<String>, Node),
}

impl Session {
    /// Writes a value at a path into the edited layer. A value that would be there anyway needs no key.
    pub(super) fn write(&mut self, environment: &mut Environment, path: &[String], value: Node) -> Result<(), String> {
        match self.target(environment, path, |list, rest| list.with(rest, value.clone()))? {
            Target::Own(path) => {
                self.write_own(environment, environment.edited, &path, value)?;
                self.tidy(environment, &path)
            }
            Target::Whole(path, list) => self.write_own(environment, environment.edited, &path, list),
        }
    }

    /// Takes what stands at a path away: a list's element, or a map's key, which needs a null where a lower layer has it too.
    pub(super) fn take(&mut self, environment: &mut Environment, path: &[String]) -> Result<(), String> {
        let (place, inside_list) = self.look(environment, |layers| {
            let parent = layers.at(&path[..path.len().saturating_sub(1)]);
            (layers.at(path).said().is_some(), parent.value().is_some_and(|node| node.list().is_some()))
        });
        if !place {
            return Ok(());
        }
        if inside_list {
            return match self.target(environment, path, |list, rest| Some(list.without(rest)))? {
                Target::Own(path) => {
                    self.change(environment, environment.edited, |text, node| file::remove(text, node, &path, false))?;
                    self.tidy(environment, &path)
                }
                Target::Whole(path, list) => self.write_own(environment, environment.edited, &path, list),
            };
        }
        self.drop_own(environment, environment.edited, path)?;
        let still = self.look(environment, |layers| layers.at(path).value().is_some());
        if still { self.write_own(environment, environment.edited, path, Value::Null.into()) } else { Ok(()) }
    }

    /// Renames a map's key.
    pub(super) fn rename(&mut self, environment: &mut Environment, path: &[String], key: &str) -> Result<(), String> {
        let Some((last, above)) = path.split_last() else { return Ok(()) };
        if last == key {
            return Ok(());
        }
        let mut target = above.to_vec();
        target.push(key.to_owned());
        let edited = environment.edited + 1;
        let (value, taken, own, lower) = self.look(environment, |layers| {
            let place = layers.at(path);
            let own = place.in_layer(edited).is_some();
            let lower = (0..layers.all.len()).any(|at| at != edited && place.in_layer(at).is_some());
            (place.whole(), layers.at(&target).said().is_some_and(|(_, node)| !node.is_null()), own, lower)
        });
        if taken {
            return Err(format!("{key} is there already"));
        }
        let Some(value) = value else { return Ok(()) };
        if own && !lower {
            return self.change(environment, environment.edited, |text, node| file::rename(text, node, path, key));
        }
        self.take(environment, path)?;
        self.write(environment, &target, value)
    }

    /// Moves a list's element.
    pub(super) fn shift(&mut self, environment: &mut Environment, path: &[String], from: usize, to: usize) -> Result<(), String> {
        let edited = environment.edited + 1;
        let found = self.look(environment, |layers| layers.at(path).said().map(|(layer, node)| (layer == edited, node.clone())));
        let Some((own, Node { value: Value::List(mut items), .. })) = found else { return Ok(()) };
        if from >= items.len() || to >= items.len() || from == to {
            return Ok(());
        }
        if own {
            self.change(environment, environment.edited, |text, node| file::shift(text, node, path, from, to))?;
            return self.tidy(environment, path);
        }
        let item = items.remove(from);
        items.insert(to, item);
        self.write(environment, path, Value::List(items).into())
    }

    /// Takes my changes at and below a path back, in every layer.
    pub(super) fn reset(&mut self, environment: &mut Environment, path: &[String]) -> Result<(), String> {
        for at in 0..environment.layers.len() {
            let layer = &environment.layers[at];
            let (text, original) = (Rc::clone(&layer.text), Rc::clone(&layer.original));
            if text == original {
                continue;
            }
            let (now, came) = (self.texts.read(&text), self.texts.read(&original));
            let now = now.as_ref().as_ref().map_err(|fault| broken(&layer.name, fault))?;
            let empty = Node::from(Value::Map(Vec::new()));
            let came = came.as_ref().as_ref().map_or(&empty, |parsed| &parsed.node);
            let mut changed = Vec::new();
            differing(now.node.at(path), came.at(path), &mut path.to_vec(), &mut changed);
            for path in changed {
                match came.at(&path) {
                    Some(was) => self.set_own(environment, at, &path, was)?,
                    None => self.drop_own(environment, at, &path)?,
                }
            }
        }
        Ok(())
    }

    /// A switch went off: what I set beside and below it, and has no effect now, goes.
    pub(super) fn switched_off(&mut self, environment: &mut Environment, switch: &[String]) -> Result<(), String> {
        let mut stale: Vec<Vec<String>> = self.dependents(switch);
        if let Some((_, parent)) = switch.split_last().filter(|(last, parent)| *last == "enabled" && !parent.is_empty()) {
            let keys = self.look(environment, |layers| layers.at(parent).keys());
            stale.extend(keys.iter().filter(|key| &***key != "enabled").map(|key| [parent, &[key.to_string()]].concat()));
        }
        for path in stale {
            if path != switch {
                self.reset(environment, &path)?;
                let below = format!("{}/", pointer::id(&path));
                environment.pending.retain(|id, _| *id != pointer::id(&path) && !id.starts_with(&below));
            }
        }
        Ok(())
    }

    /// The fields that only matter while a switch is on, by the schema.
    fn dependents(&self, switch: &[String]) -> Vec<Vec<String>> {
        let dotted = switch.join(".");
        let root = self.charts.get(&self.state.chart).and_then(|open| open.schema.as_ref()).map(crate::form::Schema::new);
        let mut found = Vec::new();
        let mut open: Vec<(Vec<String>, crate::form::Schema<'_>)> = root.into_iter().map(|root| (Vec::new(), root)).collect();
        while let Some((path, schema)) = open.pop() {
            let rules = schema.get("x-depends-on");
            let all = rules.map(|rule| rule.list().unwrap_or(std::slice::from_ref(rule))).unwrap_or_default();
            let fits = |rule: &Node| {
                rule.get("path").and_then(Node::str) == Some(&*dotted) && rule.get("equals").is_some_and(|value| value.bool() == Some(true))
            };
            if all.iter().any(fits) {
                found.push(path);
                continue;
            }
            if path.len() < 12 {
                open.extend(schema.properties().into_iter().map(|(key, child)| ([&path[..], &[key.to_owned()]].concat(), child)));
            }
        }
        found
    }

    /// Where an edit goes: into the edited file, or, inside a list that another file has, into a copy of that list.
    fn target(
        &mut self,
        environment: &Environment,
        path: &[String],
        edit: impl Fn(&Node, &[String]) -> Option<Node>,
    ) -> Result<Target, String> {
        let edited = environment.edited + 1;
        let list = self.look(environment, |layers| {
            (0..path.len()).find_map(|depth| {
                let (layer, node) = layers.at(&path[..depth]).said()?;
                (node.list().is_some() && layer != edited).then(|| (depth, node.clone()))
            })
        });
        let Some((depth, node)) = list else { return Ok(Target::Own(path.to_vec())) };
        let new = edit(&node, &path[depth..]).ok_or("a list has no such element")?;
        Ok(Target::Whole(path[..depth].to_vec(), new))
    }

    /// Takes a key on the way to a path out of the edited file again, if the file did not come with it and it changes nothing by now.
    fn tidy(&mut self, environment: &mut Environment, path: &[String]) -> Result<(), String> {
        let at = environment.edited;
        let Some(layer) = environment.layers.get(at) else { return Ok(()) };
        let (now, original) = (self.texts.read(&layer.good), self.texts.read(&layer.original));
        let empty = Node::from(Value::Map(Vec::new()));
        let (now, original) = (root(&now, &empty), root(&original, &empty));
        for depth in 1..=path.len() {
            let key = &path[..depth];
            let Some(node) = now.at(key) else { return Ok(()) };
            if original.at(key).is_none() {
                let without = now.without(key);
                let is = self.look(environment, |layers| layers.at(key).whole());
                let would_be = self.look_at(environment, Some((at, &without)), |layers| layers.at(key).whole());
                if is == would_be {
                    return self.drop_own(environment, at, key);
                }
            }
            if node.list().is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn write_own(&mut self, environment: &mut Environment, at: usize, path: &[String], value: Node) -> Result<(), String> {
        let layer = environment.layers.get(at).ok_or("there is no file to write to")?;
        let original = self.texts.read(&layer.original);
        let had = original.as_ref().as_ref().is_ok_and(|parsed| parsed.node.at(path).is_some());
        if !had {
            // Without the key it would be the same: then no key is needed.
            let reading = self.texts.read(&layer.good);
            let without = root(&reading, &Node::from(Value::Map(Vec::new()))).without(path);
            let same = self.look_at(environment, Some((at, &without)), |layers| match layers.at(path).whole() {
                Some(whole) => whole == value,
                None => value.is_null(),
            });
            if same {
                return self.drop_own(environment, at, path);
            }
        }
        self.set_own(environment, at, path, &value)
    }

    fn set_own(&mut self, environment: &mut Environment, at: usize, path: &[String], value: &Node) -> Result<(), String> {
        let comment = self.comment(path);
        let original = environment.layers.get(at).map(|layer| self.texts.read(&layer.original));
        let came = original.as_ref().is_some_and(|original| original.as_ref().as_ref().is_ok_and(|parsed| parsed.node.at(path).is_some()));
        self.change(environment, at, |text, node| {
            if node.at(path) == Some(value) { Ok(text.to_owned()) } else { file::set(text, node, path, value, comment.as_deref(), !came) }
        })
    }

    /// The comment of a value's default, which comes along with a new key.
    fn comment(&self, path: &[String]) -> Option<String> {
        let parsed = self.charts.get(&self.state.chart)?.defaults.as_ref().as_ref().ok()?;
        parsed.tree.comment_before(parsed.tree.pointer(&pointer::id(path))?)
    }

    /// Removes a key, and the maps around it that were made for it alone.
    fn drop_own(&mut self, environment: &mut Environment, at: usize, path: &[String]) -> Result<(), String> {
        let Some(layer) = environment.layers.get(at) else { return Ok(()) };
        let original = self.texts.read(&layer.original);
        let reading = self.texts.read(&layer.text);
        let above = reading.as_ref().as_ref().ok().and_then(|parsed| parsed.tree.comment_before(parsed.tree.pointer(&pointer::id(path))?));
        let came_along = above.is_some() && above == self.comment(path);
        self.change(environment, at, |text, node| {
            if node.at(path).is_none() {
                return Ok(text.to_owned());
            }
            let original = original.as_ref().as_ref().ok().map(|parsed| &parsed.node);
            let mut depth = path.len();
            while depth > 1 {
                let parent = &path[..depth - 1];
                let alone = node.at(parent).and_then(Node::map).is_some_and(|pairs| pairs.len() == 1);
                if !alone || original.is_some_and(|node| node.at(parent).is_some()) {
                    break;
                }
                depth -= 1;
            }
            file::remove(text, node, &path[..depth], came_along && depth == path.len())
        })
    }

    /// Edits a layer's text. A text that holds again what it held as it came is that text again, byte for byte.
    pub(super) fn change(
        &mut self,
        environment: &mut Environment,
        at: usize,
        edit: impl FnOnce(&str, &Node) -> Result<String, String>,
    ) -> Result<(), String> {
        let Some(layer) = environment.layers.get_mut(at) else { return Err("there is no file to write to".to_owned()) };
        let reading = self.texts.read(&layer.text);
        let parsed = reading.as_ref().as_ref().map_err(|fault| broken(&layer.name, fault))?;
        let text: Rc<str> = edit(&layer.text, &parsed.node)?.into();
        if text == layer.text {
            return Ok(());
        }
        let new = self.texts.read(&text);
        let new = new.as_ref().as_ref().map_err(|fault| format!("{} could not be edited here: {}", layer.name, fault.message))?;
        let original = self.texts.read(&layer.original);
        let back =
            original.as_ref().as_ref().is_ok_and(|original| original.node == new.node) && comments(&text) == comments(&layer.original);
        layer.text = if back { Rc::clone(&layer.original) } else { text };
        layer.good = Rc::clone(&layer.text);
        Ok(())
    }

    /// Looks at the values of an environment.
    pub(super) fn look<T>(&mut self, environment: &Environment, ask: impl FnOnce(&Layers<'_>) -> T) -> T {
        self.look_at(environment, None, ask)
    }

    /// The same, with other values in one layer.
    fn look_at<T>(&mut self, environment: &Environment, other: Option<(usize, &Node)>, ask: impl FnOnce(&Layers<'_>) -> T) -> T {
        let defaults = self.charts.get(&self.state.chart).map(|open| Rc::clone(&open.defaults));
        let defaults = defaults.unwrap_or_else(|| self.texts.read(&Rc::from("")));
        let readings = self.readings(defaults, environment);
        let empty = Node::from(Value::Map(Vec::new()));
        let mut layers = super::derived::layers(&readings, &empty);
        if let Some((at, node)) = other
            && let Some(layer) = layers.all.get_mut(at + 1)
        {
            layer.now = node;
        }
        ask(&layers)
    }

    /// Whether a layer above the edited one says something at a path, so that an edit shows no effect.
    pub(super) fn hidden_by(&mut self, environment: &Environment, path: &[String]) -> Option<Rc<str>> {
        let edited = environment.edited + 1;
        let above = self.look(environment, |layers| layers.at(path).said().map(|(layer, _)| layer).filter(|layer| *layer > edited))?;
        environment.layers.get(above - 1).map(|layer| Rc::clone(&layer.name))
    }
}

/// The values of a reading, or none.
pub(super) fn root<'a>(reading: &'a super::Reading, empty: &'a Node) -> &'a Node {
    reading.as_ref().as_ref().map_or(empty, |parsed| &parsed.node)
}

fn broken(name: &str, fault: &crate::protocol::Fault) -> String {
    match fault.line {
        0 => format!("{name} cannot be read: {}", fault.message),
        line => format!("{name} cannot be read, line {line}: {}", fault.message),
    }
}

/// The paths below which two values differ: maps key by key, anything else wholly.
pub(super) fn differing(now: Option<&Node>, came: Option<&Node>, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match (now, came) {
        (None, None) => {}
        (Some(a), Some(b)) if a == b => {}
        (Some(a), Some(b)) if a.map().is_some() && b.map().is_some() => {
            let keys = a.map().into_iter().chain(b.map()).flatten().map(|(key, _)| key);
            let mut seen: Vec<&Rc<str>> = Vec::new();
            for key in keys {
                if !seen.contains(&key) {
                    seen.push(key);
                    path.push(key.to_string());
                    differing(a.get(key), b.get(key), path, found);
                    path.pop();
                }
            }
        }
        _ => found.push(path.clone()),
    }
}

/// All comments of a text, in order.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end())).collect()
}
