//! What each version of Kubernetes serves, and the types of it: kinds, fields, deprecations. Reading the table is [`parse`]'s, holding
//! objects to it [`decode`]'s.

mod decode;
mod fault;
mod optional;
mod parse;
mod scalar;

pub use decode::decode;
pub(crate) use decode::decode_metadata;
pub use fault::{Fault, FaultKind, is_served, unserved, verdict};
pub use parse::TableError;

use rustc_hash::FxHashMap;
use std::ops::Range;

/// The table of the releases that Chartwright knows. In the command it is part of the program; the page loads it on need.
pub const KUBERNETES: &str = include_str!("../../data/kubernetes.txt");

/// The number of a shape in [`Schemas`].
pub(crate) type ShapeId = u32;

/// What JSON a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Bool,
    /// An integer of so many bits.
    Int(u32),
    Float,
    /// Base64.
    Bytes,
    /// Whatever it is.
    Any,
    List(ShapeId),
    Map(ShapeId),
    /// The fields of this type.
    Struct(u32),
    /// The Go type reads itself.
    Own(Own),
    /// Not known: whatever it is.
    Missing,
}

/// Types that read themselves from JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    Quantity,
    Time,
    MicroTime,
    Duration,
    IntOrString,
    /// A schema or a list of schemas.
    SchemaOrArray,
    /// A schema or a list of names.
    SchemaOrNames,
    /// A schema or a boolean.
    SchemaOrBool,
}

/// A shape with how the table spells it: `[]core/v1.Container`.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) shape: Shape,
    pub(crate) spelling: Box<str>,
    /// The values of an enum with the releases that know them; empty for what is none.
    pub(crate) values: Vec<(Box<str>, Releases)>,
}

/// The first and the last minor version that something is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Releases(pub(crate) u32, pub(crate) u32);

impl Releases {
    pub(crate) fn contain(self, minor: u32) -> bool {
        (self.0..=self.1).contains(&minor)
    }
}

/// The beginning of a name as a number: names of another order have another one, or their beginnings are the same.
pub(crate) fn rank(name: &str) -> u64 {
    let mut first = [0; 8];
    for (place, byte) in first.iter_mut().zip(name.bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(first)
}

/// How items of a list are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// By their place alone.
    None,
    /// By their value.
    Set,
    /// By these fields.
    Keys(Box<[Box<str>]>),
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Box<str>,
    /// The name's [`rank`].
    pub(crate) rank: u64,
    pub(crate) shape: ShapeId,
    pub(crate) identity: Identity,
    /// The embedded structs that it belongs to, which Go names on the way to it.
    pub(crate) through: Box<[Box<str>]>,
    pub(crate) releases: Releases,
}

#[derive(Debug)]
pub(crate) struct Type {
    /// Go's name without its package: `PodSpec`.
    pub(crate) name: Box<str>,
    pub(crate) fields: Range<usize>,
    /// Those of its fields that OpenAPI lists as required.
    pub(crate) required: Vec<usize>,
    pub(crate) releases: Releases,
}

/// What a release, or several, know of a kind.
#[derive(Debug)]
pub(crate) struct KindEntry {
    pub(crate) shape: ShapeId,
    pub(crate) plural: Box<str>,
    pub(crate) namespaced: bool,
    /// None for what was gone before the first release of the table.
    pub(crate) releases: Option<Releases>,
    /// Where it is served without being asked for.
    pub(crate) on: Option<Releases>,
    pub(crate) deprecated: Option<u32>,
    pub(crate) removed: Option<u32>,
    /// `apps/v1` and `Deployment`.
    pub(crate) instead: Option<(Box<str>, Box<str>)>,
}

/// The API of several releases of Kubernetes.
#[derive(Debug)]
pub struct Schemas {
    pub(crate) releases: Releases,
    pub(crate) shapes: Vec<Named>,
    pub(crate) types: Vec<Type>,
    pub(crate) fields: Vec<Field>,
    /// By `apiVersion`, and then by kind.
    pub(crate) kinds: FxHashMap<Box<str>, FxHashMap<Box<str>, KindEntry>>,
    /// Of schemas within a CustomResourceDefinition.
    pub(crate) schema_shape: Option<ShapeId>,
    /// Of the metadata of objects.
    pub(crate) metadata_shape: Option<ShapeId>,
    /// Of a string.
    pub(crate) text_shape: Option<ShapeId>,
}

impl Schemas {
    /// Reads a table such as [`KUBERNETES`].
    ///
    /// # Errors
    /// Where a line is not as the format wants it.
    pub fn parse(table: &str) -> Result<Self, TableError> {
        parse::parse(table)
    }

    /// The minor versions of Kubernetes 1.x that the table holds, the first and the last.
    #[must_use]
    pub fn minors(&self) -> (u32, u32) {
        (self.releases.0, self.releases.1)
    }

    /// The API of Kubernetes 1.`minor`. What the table does not hold is read as its nearest release.
    #[must_use]
    pub fn for_version(&self, minor: u32) -> Version<'_> {
        Version { schemas: self, minor: minor.clamp(self.releases.0, self.releases.1) }
    }
}

/// The API of one release.
#[derive(Clone, Copy, Debug)]
pub struct Version<'s> {
    schemas: &'s Schemas,
    minor: u32,
}

impl<'s> Version<'s> {
    /// Its minor version.
    #[must_use]
    pub fn minor(self) -> u32 {
        self.minor
    }

    /// A kind that this release or another one knows.
    #[must_use]
    pub fn kind(self, api_version: &str, kind: &str) -> Option<Resource<'s>> {
        let entry = self.schemas.kinds.get(api_version)?.get(kind)?;
        Some(Resource { version: self, entry })
    }

    /// All that the release serves by itself, as Helm asks a cluster for it: each `apiVersion`, and each with its kinds (`apps/v1`, `apps/v1/Deployment`), sorted.
    #[must_use]
    pub fn api_versions(self) -> Vec<String> {
        let mut names = Vec::new();
        for (api_version, kinds) in &self.schemas.kinds {
            let served = kinds.iter().filter(|(_, entry)| Resource { version: self, entry }.served() == Served::Yes);
            let before = names.len();
            names.extend(served.map(|(kind, _)| format!("{api_version}/{kind}")));
            if names.len() > before {
                names.push(api_version.to_string());
            }
        }
        chartwright_go::sort::plain(&mut names);
        names
    }

    /// Whether any release of the table serves something of this `apiVersion`.
    #[must_use]
    pub fn knows(self, api_version: &str) -> bool {
        self.schemas.kinds.contains_key(api_version)
    }

    pub(crate) fn shape(self, id: ShapeId) -> Shape {
        self.schemas.shapes.get(id as usize).map_or(Shape::Missing, |named| named.shape)
    }

    /// A shape as Go names it: `[]v1.Container`.
    pub(crate) fn go_name(self, id: ShapeId) -> String {
        self.schemas.shapes.get(id as usize).map_or_else(String::new, |named| parse::go_name(&named.spelling))
    }

    /// The field of a type in this release.
    pub(crate) fn field(self, of: &Type, name: &str) -> Option<&'s Field> {
        let fields = self.schemas.fields.get(of.fields.clone())?;
        let rank = rank(name);
        let first = fields.partition_point(|field| field.rank < rank || field.rank == rank && *field.name < *name);
        fields[first..].iter().take_while(|field| *field.name == *name).find(|field| field.releases.contain(self.minor))
    }

    pub(crate) fn type_at(self, number: u32) -> Option<&'s Type> {
        self.schemas.types.get(number as usize)
    }
}

/// What one release knows of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'s> {
    version: Version<'s>,
    entry: &'s KindEntry,
}

/// Whether a release serves a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// It does.
    Yes,
    /// Only where its API server is told to (`--runtime-config`): alpha and newer beta versions.
    OnRequest,
    /// Not yet: it came with this minor version.
    Since(u32),
    /// No more: this minor version was the first without it.
    Until(u32),
}

impl<'s> Resource<'s> {
    /// Its name in URLs and in rules of RBAC: `deployments`.
    #[must_use]
    pub fn plural(self) -> &'s str {
        &self.entry.plural
    }

    /// Whether its objects belong to a namespace.
    #[must_use]
    pub fn is_namespaced(self) -> bool {
        self.entry.namespaced
    }

    /// Whether the release serves it.
    #[must_use]
    pub fn served(self) -> Served {
        let minor = self.version.minor;
        match self.entry.releases {
            None => Served::Until(self.entry.removed.unwrap_or(self.version.schemas.releases.0)),
            Some(releases) if minor < releases.0 => Served::Since(releases.0),
            Some(releases) if minor > releases.1 => Served::Until(releases.1 + 1),
            Some(_) if self.entry.on.is_some_and(|on| on.contain(minor)) => Served::Yes,
            Some(_) => Served::OnRequest,
        }
    }

    /// The release that deprecated it, if this one or an earlier one did.
    #[must_use]
    pub fn deprecated(self) -> Option<u32> {
        self.entry.deprecated.filter(|since| *since <= self.version.minor)
    }

    /// The release that removes it or removed it.
    #[must_use]
    pub fn removed(self) -> Option<u32> {
        self.entry.removed
    }

    /// The `apiVersion` and the kind that took its place.
    #[must_use]
    pub fn instead(self) -> Option<(&'s str, &'s str)> {
        self.entry.instead.as_ref().map(|(api_version, kind)| (&**api_version, &**kind))
    }

    pub(crate) fn shape(self) -> ShapeId {
        self.entry.shape
    }

    /// The release that its fields are read in: where the chosen one does not serve it, the nearest that does.
    pub(crate) fn nearest(self) -> Version<'s> {
        let Some(Releases(first, last)) = self.entry.releases else { return self.version };
        Version { minor: self.version.minor.max(first).min(last), ..self.version }
    }
}

/// The warning that the API server answers with for a deprecated kind, without `Warning:`
/// (`k8s.io/apiserver/pkg/endpoints/deprecation/deprecation.go`).
#[must_use]
pub fn deprecation(api_version: &str, kind: &str, resource: Resource<'_>) -> Option<String> {
    let since = resource.deprecated()?;
    let mut text = format!("{api_version} {kind} is deprecated in v1.{since}+");
    if let Some(removed) = resource.removed() {
        text.push_str(&format!(", unavailable in v1.{removed}+"));
    }
    if let Some((api_version, kind)) = resource.instead() {
        text.push_str(&format!("; use {api_version} {kind}"));
    }
    Some(text)
}
