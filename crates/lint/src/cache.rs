//! Documents by content, kept from run to run: an edit changes few of them. What was found in one outlives no change of the Kubernetes
//! version, nor of the rules that are asked for; what was read does.

use std::collections::HashSet;
use std::sync::Arc;

use chartwright_kube::kind::{group, is_builtin_group};
use chartwright_kube::object::{Manifest, Object};
use chartwright_kube::schema::{self, Fault, FaultKind, Schemas};
use chartwright_kube::validate::{FieldError, Subject, validate, validate_custom};
use chartwright_yaml::{NodeId, Tree};
use rustc_hash::FxHashMap;

use crate::finding::Finding;
use crate::rule::{Check, Judged, ObjectContext, PodContext, Rule, Sink};
use crate::rules::RULES;
use crate::suppress::{self, Directive};

/// A document that has not been asked for in so many rounds (two a run) is forgotten, once there are more than [`ROOM`].
const PATIENCE: u64 = 64;
/// So many documents are kept whatever their age.
const ROOM: usize = 256;

/// A document, read, with what the checks of single objects found in it.
pub(crate) struct Entry {
    pub(crate) manifest: Arc<Manifest>,
    /// By object in the document's order; places are of document 0.
    pub(crate) findings: Vec<Vec<Finding>>,
    /// What annotations suppress, by object in the document's order.
    pub(crate) directives: Vec<Vec<Directive>>,
    minor: u32,
    rules: Rules,
}

/// Which rules are asked for, by their place in [`RULES`].
#[derive(Clone)]
pub(crate) struct Rules(Arc<[bool]>);

impl Rules {
    /// Those that `wants` takes.
    pub(crate) fn new(wants: impl Fn(&Rule) -> bool) -> Self {
        Self(RULES.iter().map(|rule| wants(rule)).collect())
    }

    /// Whether these are among them. What the others find besides is left out later.
    fn cover(&self, others: &Self) -> bool {
        self.0 == others.0 || self.0.iter().zip(others.0.iter()).all(|(own, other)| *own || !other)
    }

    /// The rules themselves, in the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static Rule> + '_ {
        RULES.iter().zip(self.0.iter()).filter_map(|(rule, wanted)| wanted.then_some(*rule))
    }
}

impl Entry {
    /// Reads a document and checks its objects one by one.
    pub(crate) fn read(content: &str, minor: u32, rules: &Rules, schemas: Option<&Schemas>) -> Entry {
        judged(Arc::new(Manifest::parse(content)), minor, rules, schemas)
    }

    /// The text that it was read from, shared with its trees where it has some.
    fn text(&self, content: &str) -> Arc<str> {
        self.manifest.trees().first().map_or_else(|| Arc::from(content), Tree::shared_text)
    }
}

#[derive(Default)]
pub(crate) struct Cache {
    entries: FxHashMap<Arc<str>, (Arc<Entry>, u64)>,
    run: u64,
    schemas: Option<Arc<Schemas>>,
}

impl Cache {
    /// Judges by these from now on; what was found without them is forgotten.
    pub(crate) fn set_schemas(&mut self, schemas: Arc<Schemas>) {
        self.entries.clear();
        self.schemas = Some(schemas);
    }

    /// The schemas that it judges by.
    pub(crate) fn schemas(&self) -> Option<Arc<Schemas>> {
        self.schemas.clone()
    }

    /// What was read of a document, if it is known.
    pub(crate) fn manifest(&self, content: &str) -> Option<Arc<Manifest>> {
        self.entries.get(content).map(|(entry, _)| entry.manifest.clone())
    }

    /// Takes over a document that was read elsewhere, for the next run.
    pub(crate) fn adopt(&mut self, content: &str, entry: Entry) {
        self.entries.insert(entry.text(content), (Arc::new(entry), self.run + 1));
    }

    /// Reads the documents that are not known yet, and returns all in their order.
    pub(crate) fn entries<'a>(&mut self, contents: impl Iterator<Item = &'a str>, minor: u32, rules: &Rules) -> Vec<Arc<Entry>> {
        self.run += 1;
        let run = self.run;
        // Growing means hashing all texts again.
        self.entries.reserve(contents.size_hint().0);
        let entries = contents.map(|content| match self.entries.get_mut(content) {
            Some((entry, last)) => {
                *last = run;
                if entry.minor != minor || !entry.rules.cover(rules) {
                    *entry = Arc::new(judged(entry.manifest.clone(), minor, rules, self.schemas.as_deref()));
                }
                entry.clone()
            }
            None => {
                let entry = Arc::new(Entry::read(content, minor, rules, self.schemas.as_deref()));
                self.entries.insert(entry.text(content), (entry.clone(), run));
                entry
            }
        });
        let entries = entries.collect();
        if self.entries.len() > ROOM {
            self.entries.retain(|_, (_, last)| *last + PATIENCE >= run);
        }
        entries
    }
}

/// A document with what is found in it.
fn judged(manifest: Arc<Manifest>, minor: u32, rules: &Rules, schemas: Option<&Schemas>) -> Entry {
    let findings = check(&manifest, minor, rules, schemas);
    let directives = manifest.objects(0, "", "").map(suppress::read).collect();
    Entry { manifest, findings, directives, minor, rules: rules.clone() }
}

/// Holds an object to the schemas; nothing where there are none.
fn judge<'t>(object: Object<'t>, minor: u32, schemas: Option<&'t Schemas>) -> Option<Judged<'t>> {
    let version = schemas?.for_version(minor);
    let resource = version.kind(object.api_version(), object.kind_name());
    let faults = resource.map(|resource| schema::decode(resource, object.root())).unwrap_or_default();
    Some(Judged { resource, faults })
}

/// What validation refuses of an object, but for what the schemas say already: values of other types, and fields that are missing.
fn refused(object: Object<'_>, minor: u32, judged: Option<&Judged<'_>>) -> Vec<FieldError> {
    let is_known = judged.map_or_else(|| is_builtin_group(group(object.api_version())), |judged| judged.resource.is_some());
    let (root, api_version, kind) = (object.root(), object.api_version(), object.kind_name());
    let mut errors = if is_known {
        validate(Subject { root, api_version, kind, minor })
    } else if !kind.is_empty() && api_version.contains('/') && !is_builtin_group(group(api_version)) && root.get("metadata").is_some() {
        validate_custom(root, minor)
    } else {
        return Vec::new();
    };
    if errors.is_empty() {
        return errors;
    }
    let faults = judged.map(|judged| judged.faults.as_slice()).unwrap_or_default();
    let said = |error: &FieldError| {
        let says = |fault: &Fault| match fault.kind {
            FaultKind::Missing => fault.node == error.node && error.message.starts_with(&fault.message),
            // What cannot be read is read as nothing, which its object then lacks.
            FaultKind::Type | FaultKind::Unreadable => fault.node == error.node || root.tree().parent(fault.node) == Some(error.node),
            _ => false,
        };
        faults.iter().any(says)
    };
    errors.retain(|error| !said(error));
    // The API server may say several things of one field, of which the first is enough.
    let mut seen: HashSet<(NodeId, &str)> =
        faults.iter().filter(|fault| fault.kind == FaultKind::Missing).map(|fault| (fault.node, place(&fault.message))).collect();
    let first: Vec<bool> = errors.iter().map(|error| seen.insert((error.node, place(&error.message)))).collect();
    let mut first = first.into_iter();
    errors.retain(|_| first.next().unwrap_or(true));
    errors
}

/// The field that an error names before its colon.
fn place(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(place, _)| place)
}

fn check(manifest: &Manifest, minor: u32, rules: &Rules, schemas: Option<&Schemas>) -> Vec<Vec<Finding>> {
    let objects = manifest.objects(0, "", "");
    objects
        .map(|object| {
            let mut found = Vec::new();
            let judged = judge(object, minor, schemas);
            let invalid = refused(object, minor, judged.as_ref());
            let context = ObjectContext { object, minor, schema: judged.as_ref(), invalid: &invalid };
            let pod = object.pod().map(|pod| PodContext { object, pod, minor });
            for rule in rules.iter() {
                let mut sink = Sink::new(rule, &mut found);
                match (&rule.check, pod) {
                    (Check::Object(check), _) => check(context, &mut sink),
                    (Check::Invalid(concerns), _) if !invalid.is_empty() => sink.invalid(context, concerns),
                    (Check::Pod(check), Some(pod)) => check(pod, &mut sink),
                    _ => {}
                }
            }
            found
        })
        .collect()
}
