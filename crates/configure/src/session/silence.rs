//! What is silenced of a chart's findings, and which rules are asked for: kept and undone with the rest of the state, and taken away as the
//! project file that `chartwright lint` reads. What is found is the checks' worker's.

use super::act::Done;
use super::{Rc, Session, file};
use crate::protocol::{Profile, Silence};
use crate::share::SavedSilence;
use crate::values::{Node, Value};

/// What a project file is called.
pub(super) const PROJECT_FILE: &str = ".chartwright.yaml";
/// A project file of more bytes is not read.
const MAX_PROJECT: usize = 100_000;

/// A chart has no more silences than this.
pub(super) const MAX_SILENCES: usize = 500;
/// A silence names no more objects and files than this.
const MAX_OBJECTS: usize = 500;
/// A reason or a name of more bytes is not taken in.
const MAX_TEXT: usize = 1_000;

/// What stands for the release's name at the beginning of an object's name, so that a silence holds when the release is called otherwise.
const RELEASE: &str = "{release}";

impl Session {
    pub(super) fn silence(&mut self, silence: Silence) -> Done {
        let silence = self.kept_silence(&silence)?;
        let chart = Rc::clone(&self.state.chart);
        let all = self.state.silences.entry(chart).or_default();
        if all.len() >= MAX_SILENCES {
            return Err(format!("A chart has at most {MAX_SILENCES} silences."));
        }
        if !all.contains(&silence) {
            Rc::make_mut(all).push(silence);
        }
        Ok(None)
    }

    pub(super) fn unsilence(&mut self, silence: &Silence) -> Done {
        let silence = self.with_placeholder(silence);
        let chart = Rc::clone(&self.state.chart);
        let all = self.state.silences.get_mut(&chart).filter(|all| all.contains(&silence)).ok_or("There is no such silence.")?;
        Rc::make_mut(all).retain(|known| *known != silence);
        if all.is_empty() {
            self.state.silences.remove(&chart);
        }
        Ok(None)
    }

    /// A silence as it is kept, if it is one.
    pub(super) fn kept_silence(&self, silence: &Silence) -> Result<Silence, String> {
        let mut silence = self.with_placeholder(silence);
        silence.reason = silence.reason.trim().to_owned();
        if silence.reason.is_empty() {
            return Err("A silence wants a reason: say why the finding is meant.".to_owned());
        }
        let texts = silence.objects.iter().chain(&silence.files).chain([&silence.rule, &silence.reason]).chain(&silence.environment);
        let count = silence.objects.len() + silence.files.len();
        let no_object = count == 0 || count > MAX_OBJECTS;
        if silence.rule.is_empty() || no_object || texts.into_iter().any(|text| text.len() > MAX_TEXT) {
            return Err("This cannot be silenced.".to_owned());
        }
        Ok(silence)
    }

    fn with_placeholder(&self, silence: &Silence) -> Silence {
        let objects = silence.objects.iter().map(|object| replaced(object, &self.release.name, RELEASE)).collect();
        Silence { objects, ..silence.clone() }
    }

    /// The chart's silences, with the objects' names as they are rendered.
    pub(super) fn silences(&self) -> Vec<SavedSilence> {
        let all = self.state.silences.get(&self.state.chart).map(|all| all.as_slice()).unwrap_or_default();
        let shown = |silence: &Silence| {
            let objects = silence.objects.iter().map(|object| replaced(object, RELEASE, &self.release.name)).collect();
            SavedSilence { objects, ..SavedSilence::new(silence) }
        };
        all.iter().map(shown).collect()
    }

    /// The rules that are asked for: those that were chosen, or that the project file names.
    pub(super) fn profile(&mut self) -> Profile {
        let text = self.project_text();
        let named = || {
            let reading = self.texts.read(&text);
            reading.as_ref().as_ref().ok().and_then(|parsed| Profile::find(parsed.node.get("profile")?.str()?))
        };
        self.state.profile.or_else(named).unwrap_or_default()
    }

    /// The chart's project file: the one that was dropped in, or that lies beside Chart.yaml; empty where there is none.
    pub(super) fn project_text(&self) -> Rc<str> {
        let chart = &self.state.chart;
        let own = || self.library.text(chart, PROJECT_FILE).filter(|text| text.len() <= MAX_PROJECT).map(Rc::from);
        self.state.projects.get(chart).cloned().or_else(own).unwrap_or_default()
    }

    /// Takes in a project file that was dropped.
    pub(super) fn take_project(&mut self, text: &str) -> Done {
        let text = kept_project(text)?;
        self.state.projects.insert(Rc::clone(&self.state.chart), text);
        Ok(Some(format!("{PROJECT_FILE} counts for this chart now.")))
    }

    /// The project file with what is silenced here. The release may be called otherwise where it is read: a star stands for its name.
    pub(super) fn project_file(&mut self) -> String {
        let name = self.charts.get(&self.state.chart).map_or("the chart", |open| open.chart.name());
        let begun = format!("# Goes into the folder of {name}, beside Chart.yaml: chartwright lint reads it there.\n");
        let known = self.project_text();
        let text = if known.is_empty() { begun.clone() } else { known.to_string() };
        // One that cannot be read counts for nothing, and is not gone on with.
        self.with_silences(text).unwrap_or_else(|_| self.with_silences(begun).unwrap_or_default())
    }

    /// A project file's text with the profile that was chosen and my silences behind its own.
    fn with_silences(&mut self, text: String) -> Result<String, String> {
        let all = self.state.silences.get(&self.state.chart).map(Rc::clone).unwrap_or_default();
        let mut text = match self.state.profile {
            Some(profile) => self.with(text, &["profile"], &Node::string(profile.name()))?,
            None => text,
        };
        let reading = self.texts.read(&text.as_str().into());
        let parsed = reading.as_ref().as_ref().ok();
        let known = parsed.and_then(|parsed| parsed.node.get("exclude")?.list()).map_or(0, <[Node]>::len);
        for (at, silence) in (known..).zip(all.iter()) {
            text = match at {
                0 => self.with(text, &["exclude"], &Value::List(vec![exclusion(silence)]).into())?,
                at => self.with(text, &["exclude", &at.to_string()], &exclusion(silence))?,
            };
        }
        Ok(text)
    }

    fn with(&mut self, text: String, path: &[&str], value: &Node) -> Result<String, String> {
        let reading = self.texts.read(&text.as_str().into());
        let parsed = reading.as_ref().as_ref().map_err(|fault| fault.message.clone())?;
        let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        file::set(&text, &parsed.node, &path, value, None, true)
    }
}

/// A project file's text as it is kept.
pub(super) fn kept_project(text: &str) -> Result<Rc<str>, String> {
    if text.len() > MAX_PROJECT {
        return Err(format!("A {PROJECT_FILE} of more than {MAX_PROJECT} bytes is not taken in."));
    }
    Ok(text.into())
}

/// A silence as an entry of the project file.
fn exclusion(silence: &Silence) -> Node {
    let one_or_all = |texts: Vec<Node>| match <[Node; 1]>::try_from(texts) {
        Ok([one]) => one,
        Err(all) => Value::List(all).into(),
    };
    let objects = silence.objects.iter().map(|object| Node::string(&replaced(object, RELEASE, "*"))).collect();
    let mut pairs = vec![("rule", Node::string(&silence.rule))];
    if !silence.objects.is_empty() {
        pairs.push(("object", one_or_all(objects)));
    }
    if !silence.files.is_empty() {
        pairs.push(("path", one_or_all(silence.files.iter().map(|file| Node::string(file)).collect())));
    }
    pairs.extend(silence.environment.as_ref().map(|environment| ("environment", Node::string(environment))));
    pairs.push(("reason", Node::string(&silence.reason)));
    Value::Map(pairs.into_iter().map(|(key, node)| (key.into(), node)).collect()).into()
}

/// An object with `to` in the place of `from`, where that is its name or the name's first part.
fn replaced(object: &str, from: &str, to: &str) -> String {
    let Some((kind, name)) = object.split_once('/') else { return object.to_owned() };
    match name.strip_prefix(from) {
        Some(rest) if !from.is_empty() && (rest.is_empty() || rest.starts_with('-')) => format!("{kind}/{to}{rest}"),
        _ => object.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_in_an_objects_name() {
        for (object, kept) in [
            ("Deployment/rel-api", "Deployment/{release}-api"),
            ("Deployment/rel", "Deployment/{release}"),
            ("Deployment/relay", "Deployment/relay"),
            ("rel", "rel"),
        ] {
            assert_eq!(replaced(object, "rel", RELEASE), kept);
            assert_eq!(replaced(kept, RELEASE, "rel"), object);
        }
        assert_eq!(replaced("Deployment/api", "", RELEASE), "Deployment/api");
    }
}
