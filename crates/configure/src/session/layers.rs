//! The files of an environment: added, named, copied, ordered, taken out.

use super::act::Done;
use super::start::MAX_FILE;
use super::state::{Environment, Layer};
use super::{Clock, Session, names};
use std::rc::Rc;

impl Session {
    pub(super) fn reset_all(&mut self, micros: Clock<'_>) -> Done {
        let Some(open) = self.charts.get(&self.state.chart) else { return Ok(None) };
        let shipped = open.environment(&self.state.environment);
        self.within(micros, |_, environment, _| {
            // Files from outside stay, as they came.
            let own: Vec<Layer> =
                environment.layers.iter().filter(|layer| layer.file.is_none() && !layer.original.is_empty()).cloned().collect();
            let selected = environment.layer().map(|layer| Rc::clone(&layer.id));
            environment.layers = shipped.layers;
            environment.layers.extend(own.into_iter().map(|layer| Layer {
                text: Rc::clone(&layer.original),
                good: Rc::clone(&layer.original),
                ..layer
            }));
            environment.edited = selected.and_then(|id| environment.by_id(&id)).unwrap_or(0);
            environment.pending.clear();
            Ok(None)
        })
    }

    pub(super) fn add_layer(&mut self, environment: &mut Environment, name: &str, text: &str) -> Done {
        if text.len() > MAX_FILE {
            return Err(format!("{name} has more than {MAX_FILE} bytes, and is not taken in."));
        }
        let name = free_name(environment, &names::file_name(name));
        let text: Rc<str> = text.into();
        let id = self.new_layer_id();
        let good: Rc<str> = if self.texts.read(&text).is_ok() { Rc::clone(&text) } else { "".into() };
        environment.layers.push(Layer { id, name: name.as_str().into(), file: None, original: Rc::clone(&text), text, good });
        environment.edited = environment.layers.len() - 1;
        Ok(Some(format!("{name} lies on top of {} now.", self.state.environment)))
    }

    pub(super) fn duplicate(&mut self, environment: &mut Environment, id: &str) -> Done {
        let at = environment.by_id(id).ok_or("there is no such file")?;
        let mut copy = environment.layers[at].clone();
        copy.name = free_name(environment, &copy.name).into();
        copy.id = self.new_layer_id();
        copy.file = None;
        copy.original = Rc::clone(&copy.text);
        environment.layers.insert(at + 1, copy);
        environment.edited = at + 1;
        Ok(None)
    }
}

fn free_name(environment: &Environment, name: &str) -> String {
    let taken = |name: &str| environment.layers.iter().any(|layer| &*layer.name == name);
    let (stem, end) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let mut candidate = name.to_owned();
    let mut count = 1;
    while taken(&candidate) {
        count += 1;
        candidate = format!("{stem}-{count}{end}");
    }
    candidate
}

pub(super) fn rename_layer(environment: &mut Environment, id: &str, name: &str) -> Done {
    let at = environment.by_id(id).ok_or("there is no such file")?;
    let name = names::file_name(name);
    if *environment.layers[at].name != *name {
        environment.layers[at].name = free_name(environment, &name).into();
    }
    Ok(None)
}

pub(super) fn remove_layer(environment: &mut Environment, id: &str) -> Done {
    let at = environment.by_id(id).ok_or("there is no such file")?;
    environment.layers.remove(at);
    if environment.edited > at || environment.edited >= environment.layers.len() {
        environment.edited = environment.edited.saturating_sub(1);
    }
    environment.pending.clear();
    Ok(None)
}

pub(super) fn move_layer(environment: &mut Environment, id: &str, to: usize) -> Done {
    let at = environment.by_id(id).ok_or("there is no such file")?;
    let selected = environment.layer().map(|layer| Rc::clone(&layer.id));
    let layer = environment.layers.remove(at);
    environment.layers.insert(to.min(environment.layers.len()), layer);
    environment.edited = selected.and_then(|id| environment.by_id(&id)).unwrap_or(0);
    Ok(None)
}
