//! What is silenced of a chart's findings, and which rules are asked for: kept and undone with the rest of the state, and taken away as the
//! project file that `chartwright lint` reads. What is found is the checks' worker's.

use super::act::Done;
use super::{Rc, Session};
use crate::protocol::{Profile, Silence};
use crate::share::SavedSilence;
use crate::values::{Node, Value, to_yaml};

/// A chart has no more silences than this.
pub(super) const MAX_SILENCES: usize = 500;
/// A silence names no more objects than this.
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
        let texts = silence.objects.iter().chain([&silence.rule, &silence.reason]).chain(&silence.environment);
        let no_object = silence.objects.is_empty() || silence.objects.len() > MAX_OBJECTS;
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

    /// The project file. The release may be called otherwise where it is read: a star stands for its name.
    pub(super) fn project_file(&self) -> String {
        let all = self.state.silences.get(&self.state.chart).map(|all| all.as_slice()).unwrap_or_default();
        let name = self.charts.get(&self.state.chart).map_or("the chart", |open| open.chart.name());
        let mut out = format!("# Goes into the folder of {name}, beside Chart.yaml: chartwright lint reads it there.\n");
        if self.state.profile != Profile::default() {
            out.push_str(&to_yaml(&map(&[("profile", Node::string(self.state.profile.name()))])));
        }
        if all.is_empty() {
            out.push_str("exclude: []\n");
            return out;
        }
        let exclusion = |silence: &Silence| {
            let mut pairs = vec![("rule", Node::string(&silence.rule))];
            let objects: Vec<Node> = silence.objects.iter().map(|object| Node::string(&replaced(object, RELEASE, "*"))).collect();
            pairs.push(match <[Node; 1]>::try_from(objects) {
                Ok([one]) => ("object", one),
                Err(objects) => ("object", Value::List(objects).into()),
            });
            if let Some(environment) = &silence.environment {
                pairs.push(("environment", Node::string(environment)));
            }
            pairs.push(("reason", Node::string(&silence.reason)));
            map(&pairs)
        };
        out.push_str(&to_yaml(&map(&[("exclude", Value::List(all.iter().map(exclusion).collect()).into())])));
        out
    }
}

fn map(pairs: &[(&str, Node)]) -> Node {
    Value::Map(pairs.iter().map(|(key, node)| ((*key).into(), node.clone())).collect()).into()
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
