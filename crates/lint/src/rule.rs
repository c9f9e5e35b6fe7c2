//! What a rule is made of, and what its check is given. The rules themselves are in `rules`.

use chartwright_kube::crd::Definitions;
use chartwright_kube::index::{Index, Scale};
use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use chartwright_kube::pod::Pod;
use chartwright_kube::pss;
use chartwright_kube::schema::{Fault, FaultKind, Resource, Version};
use chartwright_kube::validate::{Concern, FieldError};

use crate::chart::{Chart, ChartSink};
use crate::finding::{Finding, Place, Severity};
use crate::fix::Fix;

/// A rule: what it is called and why it is there, and its check.
pub struct Rule {
    /// As in the catalogue of checks, and in suppressions.
    pub id: &'static str,
    /// How bad what it finds is.
    pub severity: Severity,
    /// Whether it belongs to the default profile: what most teams want to hear.
    pub by_default: bool,
    /// The heading that it is listed under.
    pub group: &'static str,
    /// What the same check is called elsewhere, after the tool's name.
    pub aliases: &'static [&'static str],
    /// Why it matters, in a sentence or two.
    pub reason: &'static str,
    /// What to do, unless the finding knows better.
    pub cure: &'static str,
    /// How it is found.
    pub check: Check,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// How a rule looks at a render. Checks of one object are kept with its document from run to run, so they may look at nothing else.
pub enum Check {
    /// Found by the reader of documents, not by a check of its own.
    Reader,
    /// At each object.
    Object(for<'t> fn(ObjectContext<'t>, &mut Sink<'_, 't>)),
    /// At each object of which the API server's validation refuses something of these concerns: told in its words.
    Invalid(&'static [Concern]),
    /// At each object that makes pods.
    Pod(for<'t> fn(PodContext<'t>, &mut Sink<'_, 't>)),
    /// At the render as a whole.
    Set(for<'t> fn(&SetContext<'_, 't>, &mut Sink<'_, 't>)),
    /// At the chart itself: its files and its values.
    Chart(fn(&Chart<'_>, &mut ChartSink<'_>)),
}

/// What the schemas say of an object.
pub struct Judged<'t> {
    /// Its kind; nothing for what no release of the table has.
    pub resource: Option<Resource<'t>>,
    /// What does not fit.
    pub faults: Vec<Fault>,
}

/// What a check of an object knows.
#[derive(Clone, Copy)]
pub struct ObjectContext<'t> {
    /// The object.
    pub object: Object<'t>,
    /// The minor version of Kubernetes 1.x.
    pub minor: u32,
    /// What the schemas say, once they are loaded.
    pub schema: Option<&'t Judged<'t>>,
    /// What the API server's validation refuses, in the document's order.
    pub invalid: &'t [FieldError],
}

impl<'t> PodContext<'t> {
    /// The container that a node belongs to, or the pod's spec.
    pub fn holder(self, node: Node<'t>) -> Node<'t> {
        let pointer = node.pointer();
        let holds = |container: Node<'t>| {
            let own = container.pointer();
            pointer.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.pod.containers().map(|container| container.node).find(|node| holds(*node)).unwrap_or_else(|| self.pod.spec())
    }
}

impl<'t> ObjectContext<'t> {
    /// What validation refuses of some concerns, with the places.
    pub fn invalid(self, concerns: &'static [Concern]) -> impl Iterator<Item = (&'t FieldError, Node<'t>)> {
        let tree = self.object.root().tree();
        self.invalid.iter().filter(|error| concerns.contains(&error.concern)).map(|error| (error, Node::new(tree, error.node)))
    }

    /// The faults of some kinds that the schemas find, with their places.
    pub fn faults(self, kinds: &'static [FaultKind]) -> impl Iterator<Item = (&'t Fault, Node<'t>)> {
        let all = self.schema.map(|judged| judged.faults.as_slice()).unwrap_or_default();
        let tree = self.object.root().tree();
        all.iter().filter(|fault| kinds.contains(&fault.kind)).map(|fault| (fault, Node::new(tree, fault.node)))
    }
}

/// What a check of pods knows.
#[derive(Clone, Copy)]
pub struct PodContext<'t> {
    /// The object that makes the pods.
    pub object: Object<'t>,
    /// A pod of it.
    pub pod: Pod<'t>,
    /// The minor version of Kubernetes 1.x.
    pub minor: u32,
}

/// What a check of the whole render knows.
pub struct SetContext<'s, 't> {
    /// The render.
    pub index: &'s Index<'t>,
    /// The objects of other charts, which may be referred to.
    pub others: &'s Index<'t>,
    /// What is deployed, where that is given to compare with.
    pub before: &'s [Object<'t>],
    /// The definitions of custom resources: of the render, of the other charts, and those that are known besides.
    pub definitions: &'s Definitions<'t>,
    /// The chosen release's API, once the schemas are loaded.
    pub version: Option<Version<'s>>,
    /// Whether all documents could be read: if not, nothing can be said to be missing.
    pub complete: bool,
    /// Whether each document is a file of its own, which may be applied without the others.
    pub apart: bool,
    /// The minor version of Kubernetes 1.x.
    pub minor: u32,
}

impl<'t> SetContext<'_, 't> {
    /// An object of the render, or else of the other charts.
    #[must_use]
    pub fn find(&self, kind: Kind, namespace: &'t str, name: &'t str) -> Option<Object<'t>> {
        self.index.find(kind, namespace, name).or_else(|| self.others.find(kind, namespace, name))
    }

    /// The workloads that are to keep pods running for good, with how many.
    pub fn long_running(&self) -> impl Iterator<Item = (Object<'t>, Pod<'t>, Scale)> + '_ {
        let workloads = self.index.workloads().iter().filter(|(object, _)| object.is_long_running());
        workloads.filter_map(|&(object, scale)| Some((object, object.pod()?, scale)))
    }
}

/// Where a check puts what it finds.
pub struct Sink<'o, 't> {
    rule: &'static Rule,
    out: &'o mut Vec<Finding>,
    lifetime: std::marker::PhantomData<&'t ()>,
}

impl<'o, 't> Sink<'o, 't> {
    pub(crate) fn new(rule: &'static Rule, out: &'o mut Vec<Finding>) -> Self {
        Self { rule, out, lifetime: std::marker::PhantomData }
    }

    /// Reports a cause at a node of an object. What comes back takes more of it: another cure, further places.
    pub fn report(&mut self, object: Object<'t>, node: Node<'t>, message: String) -> Reported<'_> {
        self.out.push(Finding {
            rule: self.rule.id,
            severity: self.rule.severity,
            object: object.reference(),
            place: place(object, node),
            places: Vec::new(),
            message,
            reason: self.rule.reason,
            cure: self.rule.cure.to_owned(),
            aliases: self.rule.aliases,
            fix: None,
        });
        Reported { out: self.out }
    }

    /// Reports what validation refuses of some concerns, in the API server's words.
    pub fn invalid(&mut self, context: ObjectContext<'t>, concerns: &'static [Concern]) {
        for (error, node) in context.invalid(concerns) {
            self.report(context.object, node, error.message.clone());
        }
    }

    /// Reports what a pod does against a check of the Pod Security Standards.
    pub fn standard(&mut self, context: PodContext<'t>) {
        self.standard_with(context, |_| None);
    }

    /// The same, with what cures each violation for certain.
    pub fn standard_with(&mut self, context: PodContext<'t>, fix: impl Fn(&pss::Violation<'t>) -> Option<Fix>) {
        for violation in pss::violations(self.rule.id, context.pod, context.minor) {
            let fix = fix(&violation);
            self.report(context.object, violation.node, violation.message).fix(fix);
        }
    }
}

/// The finding that was just reported.
pub struct Reported<'o> {
    out: &'o mut Vec<Finding>,
}

impl Reported<'_> {
    /// Says what to do here, instead of what the rule says in general.
    pub fn cure(self, cure: String) -> Self {
        if let Some(finding) = self.out.last_mut() {
            finding.cure = cure;
        }
        self
    }

    /// Makes it milder or worse than the rule is in general.
    pub fn severity(self, severity: Severity) -> Self {
        if let Some(finding) = self.out.last_mut() {
            finding.severity = severity;
        }
        self
    }

    /// Says what cures it for certain.
    pub fn fix(self, fix: impl Into<Option<Fix>>) -> Self {
        if let (Some(finding), Some(fix)) = (self.out.last_mut(), fix.into()) {
            finding.fix = Some(fix);
        }
        self
    }

    /// Adds a place of the same cause.
    pub fn also<'t>(self, object: Object<'t>, node: Node<'t>) -> Self {
        if let Some(finding) = self.out.last_mut() {
            finding.places.push(place(object, node));
        }
        self
    }
}

/// A node's place.
pub(crate) fn place(object: Object<'_>, node: Node<'_>) -> Place {
    Place { document: object.document, line: node.line(), pointer: node.pointer() }
}
