//! Reads the table of releases, which `tools/kube-schemas.mjs` writes.
//!
//! A line each, told apart by how it begins; `FIRST-LAST` at the end says in which minor versions it holds, an end left out is that of what
//! encloses it, and nothing at all means as long as that:
//!
//! ```text
//! kubernetes 1.25-1.37                             the releases
//! G apps/v1                                        kinds of this apiVersion follow
//! K Deployment apps/v1.Deployment deployments N    kind, type, resource, N(amespaced) or C(luster); then off, on=, deprecated=, removed=, instead=
//! P core/v1                                        types of this Go package follow; its name is left out within it
//! T Container                                      a struct, its fields follow
//!  ports []ContainerPort map=containerPort,protocol
//!  name! string                                    listed as required by OpenAPI
//!  exec ExecAction @ProbeHandler                   declared in an embedded struct
//! N Protocol string "SCTP" "TCP" "UDP"             a named type, with its values where Go marks it as an enum
//! ```

use rustc_hash::FxHashMap;
use std::fmt;

use super::{Field, Identity, KindEntry, Named, Own, Releases, Schemas, Shape, ShapeId, Type, rank};

/// Why a text is no table of releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The line that cannot be read, counted from 1.
    pub line: usize,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the table of releases cannot be read", self.line)
    }
}

impl std::error::Error for TableError {}

pub(super) fn parse(table: &str) -> Result<Schemas, TableError> {
    let mut lines = table.lines().enumerate();
    let first = lines.next().and_then(|(_, line)| line.strip_prefix("kubernetes 1.")?.split_once("-1."));
    let releases = first.and_then(|(first, last)| Some(Releases(first.parse().ok()?, last.parse().ok()?)));
    let releases = releases.filter(|releases| releases.0 <= releases.1).ok_or(TableError { line: 1 })?;
    let mut reader = Reader::new(releases);
    for (number, line) in lines {
        reader.line(line).ok_or(TableError { line: number + 1 })?;
    }
    Ok(reader.finish())
}

struct Reader<'a> {
    schemas: Schemas,
    group: &'a str,
    package: &'a str,
    /// Shapes by their full spelling: `[]core/v1.Container`.
    by_spelling: FxHashMap<String, ShapeId>,
    /// The same as they are written within the current package.
    by_word: FxHashMap<&'a str, ShapeId>,
    /// The named types, and what they are: known only once all are read.
    named: Vec<(ShapeId, ShapeId)>,
}

impl<'a> Reader<'a> {
    fn new(releases: Releases) -> Self {
        let schemas = Schemas {
            releases,
            shapes: Vec::new(),
            types: Vec::new(),
            fields: Vec::new(),
            kinds: FxHashMap::default(),
            schema_shape: None,
            metadata_shape: None,
            text_shape: None,
        };
        Self { schemas, group: "", package: "", by_spelling: FxHashMap::default(), by_word: FxHashMap::default(), named: Vec::new() }
    }

    fn line(&mut self, line: &'a str) -> Option<()> {
        if let Some(field) = line.strip_prefix(' ') {
            return self.field(field);
        }
        let (what, rest) = line.split_once(' ')?;
        match what {
            "G" => self.group = rest,
            "P" => {
                self.package = rest;
                self.by_word.clear();
            }
            "K" => self.kind(rest)?,
            "T" => self.begin_type(rest)?,
            "N" => self.named_type(rest)?,
            _ => return None,
        }
        Some(())
    }

    fn kind(&mut self, line: &'a str) -> Option<()> {
        let all = self.schemas.releases;
        let (line, releases) = releases(line, all)?;
        let mut words = line.split(' ');
        let (kind, id, plural, scope) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let mut entry = KindEntry {
            shape: self.shape(id),
            plural: plural.into(),
            namespaced: scope == "N",
            releases: (id != "-").then_some(releases),
            on: (id != "-").then_some(releases),
            deprecated: None,
            removed: None,
            instead: None,
        };
        for note in words {
            match note.split_once('=').unwrap_or((note, "")) {
                ("off", _) => entry.on = None,
                ("on", span) => entry.on = Some(span_of(span, all)?),
                ("deprecated", minor) => entry.deprecated = Some(minor.parse().ok()?),
                ("removed", minor) => entry.removed = Some(minor.parse().ok()?),
                ("instead", of) => entry.instead = of.split_once(',').map(|(api_version, kind)| (api_version.into(), kind.into())),
                _ => return None,
            }
        }
        self.schemas.kinds.entry(self.group.into()).or_default().insert(kind.into(), entry);
        Some(())
    }

    fn begin_type(&mut self, line: &'a str) -> Option<()> {
        let (name, releases) = releases(line, self.schemas.releases)?;
        let id = self.shape(name);
        let number = u32::try_from(self.schemas.types.len()).ok()?;
        if let Some(named) = self.schemas.shapes.get_mut(id as usize).filter(|named| named.shape == Shape::Missing) {
            named.shape = Shape::Struct(number);
        }
        let end = self.schemas.fields.len();
        self.schemas.types.push(Type { name: name.into(), fields: end..end, required: Vec::new(), releases });
        Some(())
    }

    fn field(&mut self, line: &'a str) -> Option<()> {
        let within = self.schemas.types.last()?.releases;
        let (line, releases) = releases(line, within)?;
        let mut words = line.split(' ');
        let (name, spelling) = (words.next()?, words.next()?);
        let required = name.ends_with('!');
        let name = name.trim_end_matches('!');
        let mut field = Field {
            name: name.into(),
            rank: rank(name),
            shape: self.shape(spelling),
            identity: Identity::None,
            through: Box::default(),
            releases,
        };
        let mut through: Vec<Box<str>> = Vec::new();
        for note in words {
            match note.split_once('=') {
                Some(("map", keys)) => field.identity = Identity::Keys(keys.split(',').map(Into::into).collect()),
                None if note == "set" => field.identity = Identity::Set,
                None => through.push(note.strip_prefix('@')?.into()),
                Some(_) => return None,
            }
        }
        field.through = through.into();
        self.schemas.fields.push(field);
        let of = self.schemas.types.last_mut()?;
        of.fields.end = self.schemas.fields.len();
        if required {
            of.required.push(of.fields.end - 1);
        }
        Some(())
    }

    fn named_type(&mut self, line: &'a str) -> Option<()> {
        let (line, within) = releases(line, self.schemas.releases)?;
        let (name, rest) = line.split_once(' ')?;
        let (spelling, mut rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let (id, of) = (self.shape(name), self.shape(spelling));
        self.named.push((id, of));
        let mut values = Vec::new();
        while let Some(quoted) = rest.trim_start().strip_prefix('"') {
            let (value, after) = quoted.split_once('"')?;
            let span = after.split(' ').next()?;
            rest = &after[span.len()..];
            let span = span.strip_prefix(':').map_or(Some(within), |span| span_of(span, within))?;
            values.push((value.into(), span));
        }
        self.schemas.shapes.get_mut(id as usize)?.values = values;
        rest.trim().is_empty().then_some(())
    }

    /// The shape of a type as it is spelled in the current package. What it is made of comes first.
    fn shape(&mut self, word: &'a str) -> ShapeId {
        if let Some(known) = self.by_word.get(word) {
            return *known;
        }
        let id = self.spelled(self.qualified(word));
        self.by_word.insert(word, id);
        id
    }

    fn spelled(&mut self, spelling: String) -> ShapeId {
        if let Some(known) = self.by_spelling.get(&spelling) {
            return *known;
        }
        // From the inside out: `map[K][]V` is V, then []V, then the map.
        let mut starts = vec![0];
        let mut rest = spelling.as_str();
        while let Some(inner) = rest.strip_prefix("[]").or_else(|| Some(rest.strip_prefix("map[")?.split_once(']')?.1)) {
            rest = inner;
            starts.push(spelling.len() - rest.len());
        }
        let mut inner = None;
        for start in starts.into_iter().rev() {
            inner = Some(self.layer(&spelling[start..], inner));
        }
        inner.unwrap_or_default()
    }

    /// A type of which all but the outermost layer is known.
    fn layer(&mut self, spelling: &str, inner: Option<ShapeId>) -> ShapeId {
        if let Some(id) = self.by_spelling.get(spelling) {
            return *id;
        }
        let shape = match (spelling, inner) {
            ("[]byte", _) => Shape::Bytes,
            (list, Some(inner)) if list.starts_with("[]") => Shape::List(inner),
            (_, Some(inner)) => Shape::Map(inner),
            (name, None) => leaf(name),
        };
        let id = u32::try_from(self.schemas.shapes.len()).unwrap_or(u32::MAX);
        self.schemas.shapes.push(Named { shape, spelling: spelling.into(), values: Vec::new() });
        self.by_spelling.insert(spelling.to_owned(), id);
        id
    }

    /// The spelling with the current package's name where none is written.
    fn qualified(&self, spelling: &str) -> String {
        let mut out = String::with_capacity(spelling.len() + self.package.len() + 1);
        for word in words(spelling) {
            if word.starts_with(|first: char| first.is_ascii_uppercase()) {
                out.push_str(self.package);
                out.push('.');
            }
            out.push_str(word);
        }
        out
    }

    /// Named types are what they stand for, through further names.
    fn finish(mut self) -> Schemas {
        let of: FxHashMap<ShapeId, ShapeId> = self.named.iter().copied().collect();
        for (id, _) in &self.named {
            let mut target = *id;
            for _ in 0..self.named.len() {
                match of.get(&target) {
                    Some(next) => target = *next,
                    None => break,
                }
            }
            let shape = self.schemas.shapes.get(target as usize).map_or(Shape::Missing, |named| named.shape);
            if let Some(named) = self.schemas.shapes.get_mut(*id as usize) {
                named.shape = shape;
            }
        }
        self.schemas.schema_shape = self.by_spelling.get("apiextensions/v1.JSONSchemaProps").copied();
        self.schemas.metadata_shape = self.by_spelling.get("meta/v1.ObjectMeta").copied();
        self.schemas.text_shape = self.by_spelling.get("string").copied();
        self.schemas
    }
}

/// A spelling in pieces: names with their packages, and what stands between them.
fn words(spelling: &str) -> impl Iterator<Item = &str> {
    let mut rest = spelling;
    std::iter::from_fn(move || {
        let is_name = |c: char| !matches!(c, '[' | ']');
        let named = rest.starts_with(is_name);
        let end = rest.find(|c: char| is_name(c) != named).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// As `reflect.Type` prints it: of a package only the last part of its path.
pub(super) fn go_name(spelling: &str) -> String {
    words(spelling).map(|word| if word == "byte" { "uint8" } else { word.rsplit('/').next().unwrap_or(word) }).collect()
}

fn leaf(name: &str) -> Shape {
    match name {
        "string" => Shape::Text,
        "bool" => Shape::Bool,
        "int32" => Shape::Int(32),
        "int64" | "int" => Shape::Int(64),
        "float64" => Shape::Float,
        "any" | "runtime.RawExtension" | "meta/v1.FieldsV1" | "apiextensions/v1.JSON" => Shape::Any,
        "resource.Quantity" => Shape::Own(Own::Quantity),
        "intstr.IntOrString" => Shape::Own(Own::IntOrString),
        "meta/v1.Time" => Shape::Own(Own::Time),
        "meta/v1.MicroTime" => Shape::Own(Own::MicroTime),
        "meta/v1.Duration" => Shape::Own(Own::Duration),
        "apiextensions/v1.JSONSchemaPropsOrArray" => Shape::Own(Own::SchemaOrArray),
        "apiextensions/v1.JSONSchemaPropsOrStringArray" => Shape::Own(Own::SchemaOrNames),
        "apiextensions/v1.JSONSchemaPropsOrBool" => Shape::Own(Own::SchemaOrBool),
        _ => Shape::Missing,
    }
}

/// A line without the releases at its end, and those.
fn releases(line: &str, within: Releases) -> Option<(&str, Releases)> {
    let span = line
        .rsplit_once(' ')
        .filter(|(_, last)| last.contains('-') && last.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()) && last.len() > 1);
    match span {
        Some((rest, span)) => Some((rest, span_of(span, within)?)),
        None => Some((line, within)),
    }
}

fn span_of(span: &str, within: Releases) -> Option<Releases> {
    let (first, last) = span.split_once('-')?;
    let end = |text: &str, default| if text.is_empty() { Some(default) } else { text.parse().ok() };
    Some(Releases(end(first, within.0)?, end(last, within.1)?))
}
