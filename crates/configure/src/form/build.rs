//! Fields and sections from schema, comments and values.

use super::control::control;
use super::label::label;
use super::schema::Schema;
use super::section;
use crate::pointer;
use crate::protocol::{Control, Field, Section, Source, StorageClass};
use crate::values::{Layers, Node, Place, Value, secret, to_json, to_line, to_text, to_yaml};
use std::collections::{BTreeMap, HashMap};

/// How deep the form goes; what lies deeper is edited as YAML.
const MAX_LEVELS: usize = 12;

/// How many fields a form has at most; a values file with more is edited as YAML.
const MAX_FIELDS: usize = 5_000;

/// What `over` says of a long value.
const MAX_OVER: usize = 48;

/// What the form is made from.
pub(crate) struct Context<'a> {
    pub(crate) schema: Option<Schema<'a>>,
    pub(crate) layers: &'a Layers<'a>,
    /// The comments of the chart's values.yaml, by field id.
    pub(crate) comments: &'a HashMap<String, String>,
    /// What was typed and does not fit: text and reason, by field id.
    pub(crate) pending: &'a BTreeMap<String, (String, String)>,
    /// What Helm's schema check says, by field id.
    pub(crate) violations: &'a BTreeMap<String, String>,
    pub(crate) classes: &'a [StorageClass],
}

/// What a top-level key comes to in the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) fields: Vec<Field>,
    /// Section, order and id of each field that stands at a section's top.
    pub(crate) tops: Vec<(String, i64, String)>,
    /// The values elsewhere that it depends on.
    pub(crate) depends: Vec<(Vec<String>, Option<Node>)>,
    /// How many fields hold a value of their own.
    pub(crate) total: usize,
}

struct Builder<'a> {
    context: &'a Context<'a>,
    part: Part,
}

/// One field's circumstances.
struct Spot<'a> {
    schema: Option<Schema<'a>>,
    /// Whether the key is the schema's own word, not the user's.
    named: bool,
    place: Place<'a>,
    holder: Option<&'a Node>,
    section: String,
    advanced: bool,
    inert: Option<String>,
}

/// The top-level keys in the form's order.
pub(crate) fn keys(context: &Context<'_>) -> Vec<(i64, String)> {
    children(context.schema, &context.layers.root()).into_iter().map(|(order, key, _)| (order, key)).collect()
}

/// Builds what a top-level key comes to.
pub(crate) fn part(context: &Context<'_>, key: &str, order: i64) -> Part {
    let mut builder = Builder { context, part: Part::default() };
    let root = context.layers.root();
    let schema = context.schema.and_then(|root| root.named(key).or_else(|| root.additional()));
    let named = context.schema.is_none_or(|root| root.named(key).is_some());
    let section = schema.and_then(|schema| schema.text("x-section")).unwrap_or_else(|| section::section_of(key)).to_owned();
    let spot = Spot { schema, named, place: root.child(key), holder: root.value(), section: section.clone(), advanced: false, inert: None };
    let id = builder.field(vec![key.to_owned()], spot);
    let mut part = builder.part;
    part.tops.push((section, order, id));
    part.total = part.fields.iter().filter(|field| !matches!(field.control, Control::Group | Control::List | Control::Map)).count();
    part
}

/// The sections of all parts.
pub(crate) fn sections<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<Section> {
    let mut tops: Vec<&(String, i64, String)> = parts.flat_map(|part| &part.tops).collect();
    chartwright_go::sort::by_key(&mut tops, |(_, order, _)| *order);
    let mut all: Vec<Section> = Vec::new();
    for (title, _, id) in tops {
        match all.iter_mut().find(|section| section.title == *title) {
            Some(section) => section.fields.push(id.clone()),
            None => {
                all.push(Section { description: section::description(title).to_owned(), title: title.clone(), fields: vec![id.clone()] })
            }
        }
    }
    chartwright_go::sort::by_key(&mut all, |section| section::rank(&section.title));
    all
}

/// A map's keys with their schema, in order: the schema's by `x-order`, then those that only values have.
fn children<'a>(schema: Option<Schema<'a>>, place: &Place<'a>) -> Vec<(i64, String, Option<Schema<'a>>)> {
    let mut all: Vec<(i64, String, Option<Schema<'a>>)> = Vec::new();
    let mut hidden: Vec<&str> = Vec::new();
    for (key, child) in schema.map(Schema::properties).unwrap_or_default() {
        if child.is("x-hidden") {
            hidden.push(key);
            continue;
        }
        let order = child.number("x-order").map_or(1_000 + all.len() as i64, |order| order as i64);
        all.push((order, key.to_owned(), Some(child)));
    }
    let named = all.len();
    for key in place.keys() {
        if !hidden.contains(&&*key) && !all[..named].iter().any(|(_, known, _)| *known == *key) {
            all.push((10_000 + all.len() as i64, key.to_string(), schema.and_then(Schema::additional)));
        }
    }
    chartwright_go::sort::by_key(&mut all, |(order, ..)| *order);
    all
}

impl<'a> Builder<'a> {
    /// Adds the field at a path, and those inside. Returns its id.
    fn field(&mut self, path: Vec<String>, spot: Spot<'a>) -> String {
        let id = pointer::id(&path);
        let value = spot.place.value();
        let default = spot.place.in_layer(0);
        let context = self.context;
        let mut control = control(spot.schema, value, default, context.classes);
        let nests = matches!(control, Control::Group | Control::List | Control::Map);
        if nests && (path.len() >= MAX_LEVELS || self.part.fields.len() >= MAX_FIELDS) {
            control = Control::Yaml;
        }
        let advanced = spot.advanced || spot.schema.is_some_and(|schema| schema.is("x-advanced"));
        let inert = match spot.schema {
            Some(schema) => self.depends(schema),
            None => None,
        }
        .or_else(|| spot.inert.clone());
        let at = self.part.fields.len();
        self.part.fields.push(blank(&id));
        let inside = match control {
            Control::Group => self.group(&path, &spot, advanced, inert.as_deref()),
            Control::Map => self.map(&path, &spot, inert.as_deref()),
            Control::List => self.list(&path, &spot, value, inert.as_deref()),
            _ => Vec::new(),
        };
        let declared = spot.schema.is_some_and(|schema| schema.is("x-secret"));
        let scalar = !matches!(control, Control::Group | Control::List | Control::Map | Control::Yaml | Control::Toggle);
        let secret = declared || (scalar && secret::is_secret(&path, spot.holder));
        let source = spot.place.source();
        let pending = context.pending.get(&id);
        let key = path.last().map_or("", String::as_str);
        self.part.fields[at] = Field {
            label: Self::label(&spot, value, key),
            description: self.description(&id, &spot),
            input: pending.map_or_else(|| input(&control, &spot.place), |(text, _)| text.clone()),
            unset: value.is_none(),
            file: spot
                .place
                .said()
                .and_then(|(layer, _)| context.layers.all.get(layer))
                .map_or_else(String::new, |layer| layer.name.to_owned()),
            over: if inside.is_empty() { self.over(&spot.place, source, secret) } else { None },
            error: pending.map(|(_, reason)| reason.clone()).or_else(|| context.violations.get(&id).cloned()),
            inert,
            caution: spot.schema.filter(|_| source == Source::Mine).and_then(|schema| schema.text("x-immutable")).map(str::to_owned),
            cures: texts(spot.schema.and_then(|schema| schema.get("x-cures"))),
            children: inside,
            id: id.clone(),
            path,
            control,
            source,
            advanced,
            secret,
        };
        id
    }

    fn group(&mut self, path: &[String], spot: &Spot<'a>, advanced: bool, inert: Option<&str>) -> Vec<String> {
        let mut inside = Vec::new();
        let off = Self::switched_off(path, spot);
        for (order, key, schema) in children(spot.schema, &spot.place) {
            let mut path = path.to_vec();
            path.push(key);
            let switch = path.last().is_some_and(|key| key == "enabled");
            let own = schema.and_then(|schema| schema.text("x-section")).filter(|section| *section != spot.section);
            let section = own.map_or_else(|| spot.section.clone(), str::to_owned);
            let key = path.last().map_or("", String::as_str);
            let child = Spot {
                schema,
                named: spot.schema.is_none_or(|parent| parent.named(key).is_some()),
                place: spot.place.child(key),
                holder: spot.place.value(),
                section: section.clone(),
                advanced,
                inert: inert.map(str::to_owned).or_else(|| off.clone().filter(|_| !switch)),
            };
            let id = self.field(path, child);
            if own.is_some() { self.part.tops.push((section, order, id)) } else { inside.push(id) }
        }
        inside
    }

    /// What the fields beside a switch that is off say.
    fn switched_off(path: &[String], spot: &Spot<'a>) -> Option<String> {
        let enabled = spot.place.child("enabled");
        if enabled.value().and_then(Node::bool) != Some(false) {
            return None;
        }
        let name = Self::label(spot, None, path.last().map_or("", String::as_str)).to_lowercase();
        Some(format!("Used only while {name} is on."))
    }

    fn map(&mut self, path: &[String], spot: &Spot<'a>, inert: Option<&str>) -> Vec<String> {
        let mut inside = Vec::new();
        for (_, key, schema) in children(spot.schema, &spot.place) {
            let named = spot.schema.is_some_and(|parent| parent.named(&key).is_some());
            // A free key that a null took away is gone.
            if named || spot.place.child(&key).value().is_some() {
                inside.push(self.inner(path, key, schema, named, spot, inert));
            }
        }
        inside
    }

    fn list(&mut self, path: &[String], spot: &Spot<'a>, value: Option<&'a Node>, inert: Option<&str>) -> Vec<String> {
        let items = spot.schema.and_then(Schema::items);
        let count = value.and_then(Node::list).map_or(0, <[Node]>::len);
        (0..count).map(|at| self.inner(path, at.to_string(), items, false, spot, inert)).collect()
    }

    fn inner(
        &mut self,
        path: &[String],
        key: String,
        schema: Option<Schema<'a>>,
        named: bool,
        spot: &Spot<'a>,
        inert: Option<&str>,
    ) -> String {
        let mut path = path.to_vec();
        let place = spot.place.child(&key);
        path.push(key);
        let holder = spot.place.value();
        self.field(
            path,
            Spot { schema, named, place, holder, section: spot.section.clone(), advanced: false, inert: inert.map(str::to_owned) },
        )
    }

    fn label(spot: &Spot<'a>, value: Option<&Node>, key: &str) -> String {
        let named = spot.named;
        if let Some(title) = spot.schema.filter(|_| named).and_then(|schema| schema.text("title")) {
            return title.to_owned();
        }
        if let Some(at) = crate::values::index(key) {
            let name = ["name", "key", "host"].iter().find_map(|name| value?.get(name)?.str());
            return name.map_or_else(|| format!("#{}", at + 1), str::to_owned);
        }
        // A map's free keys are the user's own words.
        if named { label(key) } else { key.to_owned() }
    }

    fn description(&self, id: &str, spot: &Spot<'a>) -> String {
        let own = spot.schema.and_then(|schema| schema.text("description"));
        own.or_else(|| self.context.comments.get(id).map(String::as_str)).unwrap_or("").to_owned()
    }

    /// What takes the effect away, by `x-depends-on`.
    fn depends(&mut self, schema: Schema<'a>) -> Option<String> {
        let rule = schema.get("x-depends-on")?;
        let one = std::slice::from_ref(rule);
        rule.list().unwrap_or(one).iter().find_map(|rule| {
            let path: Vec<String> = rule.get("path")?.str()?.split('.').map(str::to_owned).collect();
            let is = self.context.layers.at(&path).whole();
            if !self.part.depends.iter().any(|(known, _)| *known == path) {
                self.part.depends.push((path.clone(), is.clone()));
            }
            let wanted = rule.get("equals");
            let fits = match wanted {
                Some(wanted) => match wanted.list() {
                    Some(any) => any.iter().any(|one| is.as_ref() == Some(one)),
                    None => is.as_ref() == Some(wanted) || (is.is_none() && (wanted.is_null() || wanted.bool() == Some(false))),
                },
                None => is.is_some(),
            };
            let note = rule
                .get("note")
                .and_then(Node::str)
                .map_or_else(|| format!("Without effect as {} is now.", pointer::dotted(&path)), str::to_owned);
            (!fits).then_some(note)
        })
    }

    /// What it would be without me, and what the chart says, where they differ from now.
    fn over(&self, place: &Place<'a>, source: Source, secret: bool) -> Option<String> {
        let say = |layer: usize, node: &Node| {
            let mut text = match &node.value {
                _ if secret => secret::MASK.to_owned(),
                Value::Null => "not set".to_owned(),
                Value::String(text) if text.is_empty() => "empty".to_owned(),
                Value::String(text) if !text.contains('\n') => text.to_string(),
                _ => to_line(node),
            };
            if text.chars().count() > MAX_OVER {
                text = text.chars().take(MAX_OVER).collect::<String>() + "…";
            }
            match self.context.layers.all.get(layer).filter(|_| layer > 0) {
                Some(layer) => format!("{text} in {}", layer.name),
                None => format!("{text} by default"),
            }
        };
        let mut parts = Vec::new();
        let mut last = place.said().map(|(_, node)| node);
        if source == Source::Mine {
            match place.before_me() {
                Some(Some((layer, node))) => {
                    parts.push(say(layer, node));
                    last = Some(node);
                    if layer == 0 {
                        return Some(parts.remove(0));
                    }
                }
                Some(None) => return Some("not set otherwise".to_owned()),
                None => {}
            }
        }
        if let Some(default) = place.in_layer(0).filter(|default| last != Some(*default) && source != Source::Default) {
            parts.push(say(0, default));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn blank(id: &str) -> Field {
    Field {
        id: id.to_owned(),
        path: Vec::new(),
        label: String::new(),
        description: String::new(),
        control: Control::Group,
        input: String::new(),
        unset: true,
        source: Source::Default,
        file: String::new(),
        over: None,
        error: None,
        inert: None,
        caution: None,
        advanced: false,
        secret: false,
        children: Vec::new(),
        cures: Vec::new(),
    }
}

/// The text that a control shows.
fn input(control: &Control, place: &Place<'_>) -> String {
    match control {
        Control::Group | Control::List | Control::Map => String::new(),
        Control::Choice { .. } => to_json(place.value().unwrap_or(&Value::Null.into())),
        Control::Toggle => place.value().and_then(Node::bool).unwrap_or(false).to_string(),
        Control::Yaml => match place.whole() {
            Some(node) if node.map().is_none_or(|pairs| !pairs.is_empty()) && node.list().is_none_or(|items| !items.is_empty()) => {
                to_yaml(&node).trim_end_matches('\n').to_owned()
            }
            _ => String::new(),
        },
        _ => place.value().map_or_else(String::new, to_text),
    }
}

fn texts(list: Option<&Node>) -> Vec<String> {
    list.and_then(Node::list).unwrap_or_default().iter().filter_map(Node::str).map(str::to_owned).collect()
}
