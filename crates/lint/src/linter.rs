//! A run: documents in, report out. What is looked for, is in `rules`.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chartwright_kube::crd::{Bundle, Bundled, Definitions};
use chartwright_kube::index::Index;
use chartwright_kube::kind::{Kind, group, is_builtin_group};
use chartwright_kube::object::{Manifest, Object, ObjectRef};
use chartwright_kube::schema::Schemas;
use chartwright_kube::totals::{Totals, totals};

use chartwright_yaml::ParseError;

use crate::cache::{Cache, Entry, Rules};
use crate::finding::{Finding, Place, Prerequisite, Severity, Suppressed};
use crate::prerequisites::prerequisites;
use crate::profile::Profile;
use crate::rule::{Check, Rule, SetContext, Sink};
use crate::rules;
use crate::suppress::{self, Suppressing};

/// A rendered document.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The template that made it: `kaggle-data-api/templates/deployment.yaml`.
    pub source: &'a str,
    /// Its text. Findings count its lines from 1.
    pub content: &'a str,
    /// The namespace of its release, where objects go that name none.
    pub namespace: &'a str,
}

/// What is to be linted.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The render.
    pub documents: &'a [Document<'a>],
    /// The renders of other charts that are installed beside it; they resolve references, and nothing is found in them.
    pub context: &'a [Document<'a>],
    /// The minor version of Kubernetes 1.x.
    pub kubernetes_minor: u32,
    /// Whether documents are left out that would be there, such as those of a render that failed: nothing can be said to be missing.
    pub partial: bool,
    /// Whether each document is a file of its own, which may be applied without the others: files of a folder are often alternatives.
    pub apart: bool,
    /// Which rules are asked for.
    pub profile: Profile,
    /// The ids of rules that are not wanted for all that.
    pub disabled: &'a [&'a str],
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The worst first, then in the order of the documents.
    pub findings: Vec<Finding>,
    /// What annotations silence, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// What the cluster must bring.
    pub prerequisites: Vec<Prerequisite>,
    /// What the render asks of the cluster.
    pub totals: Totals,
}

/// A document that was read and checked by itself: see [`Preparer`].
pub struct Prepared(Entry);

/// Reads documents and checks their objects one by one, which is most of the work, and which any thread may do. The linter takes them over by [`Linter::adopt`].
pub struct Preparer {
    kubernetes_minor: u32,
    rules: Rules,
    schemas: Option<Arc<Schemas>>,
}

impl Preparer {
    /// Reads and checks a document.
    #[must_use]
    pub fn prepare(&self, content: &str) -> Prepared {
        Prepared(Entry::read(content, self.kubernetes_minor, &self.rules, self.schemas.as_deref()))
    }
}

/// Lints a render once. Who lints again and again keeps a [`Linter`].
#[must_use]
pub fn lint(input: &Input<'_>) -> Report {
    Linter::default().lint(input)
}

/// Lints, and remembers documents by their content.
#[derive(Default)]
pub struct Linter {
    cache: Cache,
    /// Definitions that belong to no render: those of a folder, or of a chart's crds/.
    definitions: Vec<Manifest>,
    /// What is deployed, with the namespace of its release.
    before: Vec<(Manifest, String)>,
    bundle: Option<Arc<Bundle>>,
    /// What the bundle has of the kinds that were met.
    bundled: HashMap<(String, String), Option<Arc<Bundled>>>,
    wants_bundle: bool,
    /// What differs from the profile, by rule.
    settings: HashMap<&'static str, Setting>,
}

/// What a project says of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Whether it is asked for, whatever the profile says.
    pub enabled: Option<bool>,
    /// How bad what it finds is.
    pub severity: Option<Severity>,
}

impl Linter {
    /// One that judges by the schemas of Kubernetes' releases too.
    #[must_use]
    pub fn with_schemas(schemas: Arc<Schemas>) -> Self {
        let mut linter = Self::default();
        linter.set_schemas(schemas);
        linter
    }

    /// Judges by the schemas from now on.
    pub fn set_schemas(&mut self, schemas: Arc<Schemas>) {
        self.cache.set_schemas(schemas);
    }

    /// Holds custom resources to the CustomResourceDefinitions of a YAML text too, from now on. Those of a render come before them.
    ///
    /// # Errors
    /// Where the text is no YAML.
    pub fn add_definitions(&mut self, text: &str) -> Result<(), ParseError> {
        let manifest = Manifest::parse(text);
        match manifest.error {
            Some(error) => Err(error),
            None => {
                self.definitions.push(manifest);
                Ok(())
            }
        }
    }

    /// Compares with what is deployed too, from now on: a YAML text, and the namespace where its objects stand that name none.
    ///
    /// # Errors
    /// Where the text is no YAML.
    pub fn add_before(&mut self, text: &str, namespace: &str) -> Result<(), ParseError> {
        let manifest = Manifest::parse(text);
        match manifest.error {
            Some(error) => Err(error),
            None => {
                self.before.push((manifest, namespace.to_owned()));
                Ok(())
            }
        }
    }

    /// Compares with nothing any more.
    pub fn forget_before(&mut self) {
        self.before.clear();
    }

    /// Holds the custom resources of common operators to their definitions too, where none are brought.
    pub fn set_bundle(&mut self, bundle: Arc<Bundle>) {
        self.bundled.clear();
        self.bundle = Some(bundle);
    }

    /// What reads documents as this linter will for such an input, whatever documents that has.
    #[must_use]
    pub fn preparer(&self, input: &Input<'_>) -> Preparer {
        let rules = Rules::new(|rule| self.wants(rule, input.profile, input.disabled));
        Preparer { kubernetes_minor: input.kubernetes_minor, rules, schemas: self.cache.schemas() }
    }

    /// Takes over what a [`Preparer`] of it made of a document of the next run.
    pub fn adopt(&mut self, content: &str, prepared: Prepared) {
        self.cache.adopt(content, prepared.0);
    }

    /// A document of the last run as it was read, for who leads findings to their places.
    #[must_use]
    pub fn manifest(&self, content: &str) -> Option<Arc<Manifest>> {
        self.cache.manifest(content)
    }

    /// Says something of a rule that the profile does not, from now on.
    pub fn set_rule(&mut self, rule: &'static Rule, setting: Setting) {
        self.settings.insert(rule.id, setting);
    }

    /// Whether a rule is asked for.
    pub(crate) fn wants(&self, rule: &Rule, profile: Profile, disabled: &[&str]) -> bool {
        let said = self.settings.get(rule.id).and_then(|setting| setting.enabled);
        said.unwrap_or_else(|| profile.has(rule)) && !disabled.contains(&rule.id)
    }

    /// How bad a project says that what a rule finds is.
    pub(crate) fn severity(&self, rule: &str) -> Option<Severity> {
        self.settings.get(rule).and_then(|setting| setting.severity)
    }

    /// Whether the last render held custom resources that nothing defines, and no bundle is there to look in.
    #[must_use]
    pub fn wants_bundle(&self) -> bool {
        self.wants_bundle
    }

    /// Puts together what the bundle has of the kinds of some objects.
    fn unpack<'t>(&mut self, objects: impl Iterator<Item = Object<'t>>) {
        let Some(bundle) = &self.bundle else { return };
        for object in objects.filter(|object| !is_builtin_group(group(object.api_version()))) {
            let key = (object.api_version().to_owned(), object.kind_name().to_owned());
            self.bundled.entry(key).or_insert_with_key(|(api_version, kind)| bundle.get(api_version, kind));
        }
    }

    /// All definitions there are: the render's own come first.
    fn definitions<'t>(&'t self, rendered: impl Iterator<Item = Object<'t>>) -> Definitions<'t> {
        let mut definitions = Definitions::default();
        let brought = self.definitions.iter().flat_map(|manifest| manifest.objects(0, "", ""));
        for object in rendered.chain(brought).filter(|object| object.kind() == Kind::CustomResourceDefinition) {
            definitions.add(object.root());
        }
        for bundled in self.bundled.values().flatten() {
            definitions.add_bundled(bundled);
        }
        definitions
    }

    /// Lints a render. The report is the same whatever was linted before.
    #[must_use]
    pub fn lint(&mut self, input: &Input<'_>) -> Report {
        self.lint_and(input, |_| ()).0
    }

    /// Lints a render, and lets `look` see its objects too.
    pub fn lint_and<T>(&mut self, input: &Input<'_>, look: impl FnOnce(&Index<'_>) -> T) -> (Report, T) {
        let rules = Rules::new(|rule| self.wants(rule, input.profile, input.disabled));
        let entries = self.cache.entries(input.documents.iter().map(|document| document.content), input.kubernetes_minor, &rules);
        let beside = self.cache.entries(input.context.iter().map(|document| document.content), input.kubernetes_minor, &rules);

        let mut findings = Vec::new();
        let mut objects = Vec::new();
        let mut suppressing = Vec::new();
        let mut complete = !input.partial;
        for (number, (document, entry)) in input.documents.iter().zip(&entries).enumerate() {
            if let Some(error) = &entry.manifest.error {
                complete = false;
                findings.push(unreadable(number, document.content, error));
            }
            let read = entry.manifest.objects(number, document.source, document.namespace).zip(&entry.findings).zip(&entry.directives);
            for ((object, found), directives) in read {
                objects.push(object);
                if !directives.is_empty() {
                    suppressing.push(Suppressing { object, directives });
                }
                findings.extend(found.iter().map(|finding| placed(finding.clone(), object)));
            }
        }
        let others = input.context.iter().zip(&beside).enumerate();
        let others = others.flat_map(|(number, (document, entry))| entry.manifest.objects(number, document.source, document.namespace));
        let others = Index::new(others.collect());
        let index = Index::new(objects);
        let schemas = self.cache.schemas();
        self.unpack(index.objects().iter().copied());
        let is_custom = |object: &&Object<'_>| !is_builtin_group(group(object.api_version())) && !object.api_version().is_empty();
        let custom: Vec<(&str, &str)> =
            index.objects().iter().filter(is_custom).map(|object| (object.api_version(), object.kind_name())).collect();
        let definitions = self.definitions(index.objects().iter().chain(others.objects()).copied());

        let before: Vec<Object<'_>> = self
            .before
            .iter()
            .flat_map(|(manifest, namespace)| manifest.objects(0, "", namespace))
            .filter(|object| !object.is_hook())
            .collect();

        let context = SetContext {
            index: &index,
            others: &others,
            before: &before,
            definitions: &definitions,
            version: schemas.as_deref().map(|schemas| schemas.for_version(input.kubernetes_minor)),
            complete,
            apart: input.apart,
            minor: input.kubernetes_minor,
        };
        for rule in rules.iter() {
            if let Check::Set(check) = rule.check {
                check(&context, &mut Sink::new(rule, &mut findings));
            }
        }
        let wanted: HashSet<&str> = rules.iter().map(|rule| rule.id).collect();
        findings.retain(|finding| wanted.contains(finding.rule));
        override_milder(&mut findings);
        let mut suppressed = suppress::apply(&mut findings, &suppressing, &wanted);
        for finding in findings.iter_mut().chain(suppressed.iter_mut().map(|suppressed| &mut suppressed.finding)) {
            if let Some(severity) = self.severity(finding.rule) {
                finding.severity = severity;
            }
        }
        findings.sort_by(order);
        suppressed.sort_by(|one, other| order(&one.finding, &other.finding));
        let seen = look(&index);
        let report =
            Report { findings, suppressed, prerequisites: prerequisites(&context), totals: totals(&index, input.kubernetes_minor) };
        let undefined = custom.iter().any(|(api_version, kind)| definitions.get(api_version, kind).is_none());
        self.wants_bundle = undefined && self.bundle.is_none();
        (report, seen)
    }
}

/// The worst first, then in the order of the documents.
fn order(one: &Finding, other: &Finding) -> Ordering {
    (one.severity, &one.place, one.rule).cmp(&(other.severity, &other.place, other.rule))
}

/// Pairs of rules that see the same cause: what the first finds at a place, the second need not say again. Where both are checked,
/// the admission controller prefers the restricted standard's words too (`OverrideCheckIDs`).
const OVERRIDES: &[(&str, &str)] = &[
    ("capabilities_restricted", "capabilities_baseline"),
    ("seccompProfile_restricted", "seccompProfile_baseline"),
    ("procMount_restricted", "procMount"),
    ("hostPathVolumes", "restrictedVolumes"),
    ("sensitive-host-mounts", "hostPathVolumes"),
    ("docker-sock", "hostPathVolumes"),
    ("invalid-quantity", "schema-type"),
    ("schema-type", "yaml-truthy"),
    ("schema-type", "yaml-octal"),
    ("null-label-selector", "no-anti-affinity"),
    ("ignored-service-field", "service-external-ips"),
];

fn override_milder(findings: &mut Vec<Finding>) {
    for (stronger, milder) in OVERRIDES {
        let places: HashSet<Place> =
            findings.iter().filter(|finding| finding.rule == *stronger).map(|finding| finding.place.clone()).collect();
        if !places.is_empty() {
            findings.retain(|finding| finding.rule != *milder || !places.contains(&finding.place));
        }
    }
}

/// A remembered finding, in the document that its object stands in now.
fn placed(mut finding: Finding, object: Object<'_>) -> Finding {
    finding.object.namespace = object.namespace().map(str::to_owned);
    for place in std::iter::once(&mut finding.place).chain(&mut finding.places) {
        place.document = object.document;
    }
    finding
}

/// What is amiss at a document's end is told of its last line.
fn unreadable(document: usize, content: &str, error: &ParseError) -> Finding {
    let last = u32::try_from(content.lines().count()).unwrap_or(u32::MAX);
    let line = error.line.min(last).max(1);
    let rule = &rules::yaml_parse::RULE;
    Finding {
        rule: rule.id,
        severity: rule.severity,
        object: ObjectRef::default(),
        place: Place { document, line, pointer: String::new() },
        places: Vec::new(),
        message: error.message.clone(),
        reason: rule.reason,
        cure: rule.cure.to_owned(),
        aliases: rule.aliases,
        fix: None,
    }
}
