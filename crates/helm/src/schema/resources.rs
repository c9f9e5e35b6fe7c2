//! The documents that a schema is made of, and the resources in them: the parts with an identifier of their own, from which references
//! are seen, and which hold anchors (`roots.go`, `root.go`, `loader.go`).

use super::draft::{self, Draft};
use super::validate::Dialect;
use chartwright_go::quote::quoted;
use chartwright_go::url::{self, Url};
use serde_json::{Map, Value as Json};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Reads the document at a URL that leads out of the chart, or says why it cannot.
pub(crate) type Loader<'l> = &'l mut dyn FnMut(&str) -> Result<Vec<u8>, String>;

/// How many documents one schema may be made of. Helm has no limit.
const MAX_DOCUMENTS: usize = 64;

/// Documents that live as long as their schema is being compiled.
#[derive(Default)]
pub(super) struct Documents {
    first: OnceCell<Box<Kept>>,
}

struct Kept {
    document: Json,
    next: OnceCell<Box<Kept>>,
}

impl Documents {
    pub(super) fn keep(&self, document: Json) -> &Json {
        let mut cell = &self.first;
        while let Some(kept) = cell.get() {
            cell = &kept.next;
        }
        &cell.get_or_init(|| Box::new(Kept { document, next: OnceCell::new() })).document
    }
}

/// A place in a document: the document's number and a JSON pointer.
pub(super) type Place = (usize, String);

/// A document whose resources are known.
pub(super) struct Root<'a> {
    pub(super) url: String,
    pub(super) document: &'a Json,
    /// The document itself first.
    pub(super) resources: Vec<Resource>,
    /// The pointers of what is known to be a schema.
    schemas: HashSet<String>,
}

/// A part of a document with an identifier of its own.
pub(super) struct Resource {
    pub(super) pointer: String,
    pub(super) id: Url,
    pub(super) draft: Draft,
    anchors: HashMap<String, String>,
    dynamic_anchors: Vec<String>,
}

impl Root<'_> {
    /// The resource that a place belongs to: the nearest around it.
    pub(super) fn resource(&self, pointer: &str) -> &Resource {
        let around = |resource: &&Resource| {
            pointer.strip_prefix(resource.pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.resources[1..].iter().filter(around).max_by_key(|resource| resource.pointer.len()).unwrap_or(&self.resources[0])
    }

    /// Whether a place has been seen to be a schema's.
    pub(super) fn knows(&self, pointer: &str) -> bool {
        self.schemas.contains(pointer)
    }

    /// The URL of a place, as errors show it.
    pub(super) fn location(&self, pointer: &str) -> String {
        format!("{}#{}", self.url, escaped(pointer))
    }

    /// Where a fragment of a resource leads.
    fn fragment(&self, fragment: &str, resource: &Resource) -> Result<String, String> {
        if fragment.is_empty() || fragment.starts_with('/') {
            return Ok(format!("{}{fragment}", resource.pointer));
        }
        resource.anchors.get(fragment).cloned().ok_or_else(|| {
            let reference = format!("{}#{}", text_of(&resource.id), escaped(fragment));
            format!("anchor in {} not found in schema {}", quoted(reference.as_bytes()), quoted(self.url.as_bytes()))
        })
    }
}

/// All documents of a schema.
pub(super) struct Roots<'a, 'l> {
    documents: &'a Documents,
    load: Loader<'l>,
    loaded: Vec<(String, &'a Json)>,
    pub(super) roots: Vec<Root<'a>>,
    /// URNs that nobody knows: what they name allows everything.
    pub(super) unresolved: Vec<String>,
}

impl<'a, 'l> Roots<'a, 'l> {
    pub(super) fn new(documents: &'a Documents, load: Loader<'l>) -> Self {
        Roots { documents, load, loaded: Vec::new(), roots: Vec::new(), unresolved: Vec::new() }
    }

    /// Takes a document in, whose resources are then known. Not one that is known.
    pub(super) fn add(&mut self, url: &str, document: &'a Json) -> Result<usize, String> {
        let mut root = Root { url: url.to_owned(), document, resources: Vec::new(), schemas: HashSet::new() };
        let resource = Resource::new(String::new(), parsed(url)?, draft::LATEST);
        self.collect(&mut root, resource, String::new())?;
        self.roots.push(root);
        Ok(self.roots.len() - 1)
    }

    /// Where a reference that stands at a place leads: a new document is loaded.
    pub(super) fn resolve(&mut self, (root, pointer): (usize, &str), reference: &str) -> Result<(Place, Option<usize>), String> {
        let (reference, fragment) = split(reference)?;
        let here = &self.roots[root];
        let target = join(&here.resource(pointer).id, reference)?;
        let url = text_of(&target);
        let own = if url == here.url { here.resources.first() } else { here.resources.iter().find(|resource| resource.id == target) };
        if let Some(resource) = own {
            return Ok(((root, here.fragment(&fragment, resource)?), None));
        }
        let (there, added) = match self.roots.iter().position(|root| root.url == url) {
            Some(known) => (known, None),
            None => {
                let document = self.load(&url)?;
                let added = self.add(&url, document)?;
                (added, Some(added))
            }
        };
        let root = &self.roots[there];
        Ok(((there, root.fragment(&fragment, &root.resources[0])?), added))
    }

    /// Learns the resources of a schema that stands where none is expected.
    pub(super) fn learn(&mut self, root: usize, pointer: &str) -> Result<(), String> {
        let mut taken = self.roots.swap_remove(root);
        let last = self.roots.len();
        let around = taken.resource(pointer);
        let (id, draft) = (around.id.clone(), around.draft);
        let result = self.collect(&mut taken, Resource::new(String::new(), id, draft), pointer.to_owned());
        self.roots.push(taken);
        self.roots.swap(root, last);
        result
    }

    /// The document at a URL: a metaschema, one that was loaded before, or whatever the loader finds.
    fn load(&mut self, url: &str) -> Result<&'a Json, String> {
        if let Some((_, known)) = self.loaded.iter().find(|(known, _)| known == url) {
            return Ok(known);
        }
        let fail = |error: &str| Err(format!("failing loading {}: {error}", quoted(url.as_bytes())));
        if self.loaded.len() == MAX_DOCUMENTS {
            return fail(&format!("a schema is made of more than {MAX_DOCUMENTS} documents"));
        }
        let document = match (Draft::by_url(url), parsed(url)?.scheme.as_slice()) {
            (Some(draft), _) => draft.metaschema(),
            (None, b"file" | b"http" | b"https") => {
                let bytes = (self.load)(url);
                let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                match text.and_then(|text| serde_json::from_str(&text).map_err(|error| super::syntax_error(&text, &error))) {
                    Ok(document) => document,
                    Err(error) => return fail(&error),
                }
            }
            (None, b"urn") => {
                self.unresolved.push(url.to_owned());
                Json::Bool(true)
            }
            _ => return fail(&format!("no URLLoader registered for {}", quoted(url.as_bytes()))),
        };
        let document = self.documents.keep(document);
        self.loaded.push((url.to_owned(), document));
        Ok(document)
    }

    /// The draft that a schema names, or the one around it.
    fn draft_of(&mut self, root: &Root<'_>, pointer: &str, object: &Map<String, Json>, around: Draft) -> Result<Draft, String> {
        let (mut own, mut is_root) = (root.url.clone(), pointer.is_empty());
        let mut named = object.get("$schema").and_then(Json::as_str);
        let mut seen: Vec<String> = Vec::new();
        while let Some(name) = named {
            let (url, fragment) = name.split_once('#').unwrap_or((name, ""));
            if let (Some(draft), "") = (Draft::by_url(url), fragment) {
                return Ok(draft);
            }
            if is_root && url == own {
                return Err(format!("draft {} is not supported", quoted(url.as_bytes())));
            }
            if seen.iter().any(|known| known == url) {
                return Err(format!("cycle in resolving $schema in {}", quoted(url.as_bytes())));
            }
            seen.push(url.to_owned());
            let document = self.load(url)?;
            (own, is_root) = (url.to_owned(), true);
            named = document.get("$schema").and_then(Json::as_str);
        }
        Ok(around)
    }

    /// Notes the resources and anchors of a schema and of all schemas in it.
    fn collect(&mut self, root: &mut Root<'a>, around: Resource, pointer: String) -> Result<(), String> {
        let json = root
            .document
            .pointer(&pointer)
            .ok_or_else(|| format!("json-pointer in {} not found", quoted(root.location(&pointer).as_bytes())))?;
        let (base, draft) = (around.id, around.draft);
        let mut pending = vec![(pointer, json, base, draft)];
        while let Some((pointer, json, mut base, around)) = pending.pop() {
            if !root.schemas.insert(pointer.clone()) {
                continue;
            }
            let Json::Object(object) = json else {
                if pointer.is_empty() {
                    root.resources.push(Resource::new(pointer, base, around));
                }
                continue;
            };
            let mut has_schema = object.get("$schema").is_some_and(Json::is_string);
            let mut draft = self.draft_of(root, &pointer, object, around)?;
            let mut id = draft.id_of(object);
            if id.is_empty() && !pointer.is_empty() {
                (draft, has_schema) = (around, false);
                id = draft.id_of(object);
            }
            if !id.is_empty() {
                base = join(&base, id).map_err(|_| format!("error in parsing id at {}", quoted(root.location(&pointer).as_bytes())))?;
            }
            if !id.is_empty() || pointer.is_empty() {
                match root.resources.iter().find(|resource| resource.id == base) {
                    Some(same) if same.pointer != pointer => {
                        let [id, url, mine, theirs] =
                            [&text_of(&base), &root.url, &pointer, &same.pointer].map(|text| quoted(text.as_bytes()));
                        return Err(format!("duplicate id {id} in {url} at {mine} and {theirs}"));
                    }
                    Some(_) => {}
                    None => {
                        root.resources.push(Resource::new(pointer.clone(), base.clone(), if has_schema { draft } else { around }));
                    }
                }
            }
            let Some(resource) = root.resources.iter_mut().find(|resource| resource.id == base) else {
                continue;
            };
            resource.take_anchors(object, &pointer, &root.url)?;
            let around = resource.draft;
            draft.subschemas(object, &pointer, |pointer, json| pending.push((pointer, json, base.clone(), around)));
        }
        Ok(())
    }
}

impl Resource {
    fn new(pointer: String, id: Url, draft: Draft) -> Resource {
        Resource { pointer, id, draft, anchors: HashMap::new(), dynamic_anchors: Vec::new() }
    }

    /// In which draft the schema at a place below another one is to be checked.
    pub(super) fn dialect(&self, above: &str) -> Option<Dialect> {
        let below = self.pointer.strip_prefix(above).filter(|below| below.is_empty() || below.starts_with('/'))?;
        let path = below.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
        Some(Dialect { path, draft: self.draft })
    }

    /// Its dynamic anchors with their pointers.
    pub(super) fn dynamic_anchors(&self) -> Vec<(String, String)> {
        self.dynamic_anchors.iter().filter_map(|name| Some((name.clone(), self.anchors.get(name)?.clone()))).collect()
    }

    /// Notes the anchors of a schema.
    fn take_anchors(&mut self, object: &Map<String, Json>, pointer: &str, root: &str) -> Result<(), String> {
        let text = |key: &str| object.get(key).and_then(Json::as_str);
        let mut names = Vec::new();
        if self.draft.version() < 2019 {
            if object.contains_key("$ref") {
                return Ok(());
            }
            let (_, fragment) = split(text(self.draft.id_key()).unwrap_or_default())?;
            if !fragment.is_empty() && !fragment.starts_with('/') {
                names.push(fragment);
            }
        } else {
            names.extend(text("$anchor").map(str::to_owned));
        }
        if self.draft.version() >= 2020
            && let Some(name) = text("$dynamicAnchor")
        {
            names.push(name.to_owned());
            self.dynamic_anchors.push(name.to_owned());
        }
        for name in names {
            match self.anchors.get(&name) {
                Some(known) if known != pointer => {
                    let [name, root, known, here] = [&name, root, known, pointer].map(|text| quoted(text.as_bytes()));
                    return Err(format!("duplicate anchor {name} in {root} at {known} and {here}"));
                }
                _ => drop(self.anchors.insert(name, pointer.to_owned())),
            }
        }
        Ok(())
    }
}

/// A reference's URL, and its fragment unescaped.
pub(super) fn split(reference: &str) -> Result<(&str, String), String> {
    let (url, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = url::path_unescape(fragment.as_bytes()).map_err(|error| unreadable(reference, &error))?;
    Ok((url, String::from_utf8_lossy(&fragment).into_owned()))
}

/// A fragment as errors show it.
fn escaped(fragment: &str) -> String {
    let parts: Vec<Vec<u8>> = fragment.split('/').map(|part| url::path_escape(part.as_bytes())).collect();
    String::from_utf8_lossy(&parts.join(&b'/')).into_owned()
}

fn parsed(text: &str) -> Result<Url, String> {
    Url::parse(text.as_bytes()).map_err(|error| unreadable(text, &error))
}

fn unreadable(text: &str, error: &str) -> String {
    format!("error in parsing {}: {error}", quoted(text.as_bytes()))
}

fn text_of(url: &Url) -> String {
    String::from_utf8_lossy(&url.write()).into_owned()
}

/// What a reference means in the document of a URL. Go leaves what is opaque out of account; the validator does not.
fn join(base: &Url, reference: &str) -> Result<Url, String> {
    let reference = parsed(reference)?;
    let mut url = base.resolve(&reference);
    if reference.scheme.is_empty() && !base.opaque.is_empty() {
        url.opaque.clone_from(&base.opaque);
    }
    Ok(url)
}
