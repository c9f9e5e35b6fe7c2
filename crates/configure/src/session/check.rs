//! What the checks' worker is told: the manifests of each environment of the chart, and of the other charts beside it; only what it does
//! not have yet is sent in full.

use super::hygiene::Inspected;
use super::render::Outcome;
use super::{Key, Rc, Session, names};
use crate::checks::request::{
    ChartRequest, CheckRequest, DocumentRequest, EnvironmentRequest, ExportRequest, ExportedMember, FileRequest, MemberRequest,
    StackRequest, documents, hash,
};
use crate::library::DEFAULT;
use crate::protocol::{Profile, StackView};
use crate::share::SavedSilence;
use crate::values::Node;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the worker has.
#[derive(Default)]
pub(super) struct Memory {
    wanted: bool,
    texts: HashSet<u64>,
    last: Option<Question>,
    /// The documents of each render that is asked about, by chart and environment.
    known: HashMap<Key, Known>,
}

/// A render and its documents without their texts.
type Known = (Outcome, Rc<Vec<DocumentRequest>>);

/// A request in short: what it is about, and the renders that it stands on.
struct Question {
    chart: Rc<str>,
    namespace: Rc<str>,
    minor: u32,
    profile: Profile,
    silences: Vec<SavedSilence>,
    project: Rc<str>,
    environments: Vec<Part>,
    stack: Option<(StackView, Vec<Option<Outcome>>)>,
}

struct Part {
    name: Rc<str>,
    /// What is known of the chart with its values.
    inspected: Option<Rc<Inspected>>,
    own: Outcome,
    context: Vec<(Rc<str>, Rc<str>, Outcome)>,
}

impl Question {
    fn about_the_same(&self, other: &Question) -> bool {
        self.chart == other.chart && self.namespace == other.namespace && self.minor == other.minor
    }

    fn is(&self, other: &Question) -> bool {
        let environments =
            self.environments.len() == other.environments.len() && self.environments.iter().zip(&other.environments).all(|(a, b)| a.is(b));
        let stack = match (&self.stack, &other.stack) {
            (Some((view, renders)), Some((known, before))) => {
                let same = |(a, b): (&Option<Outcome>, &Option<Outcome>)| a.as_ref().map(Rc::as_ptr) == b.as_ref().map(Rc::as_ptr);
                view == known && renders.len() == before.len() && renders.iter().zip(before).all(same)
            }
            (stack, known) => stack.is_none() && known.is_none(),
        };
        let knows = |(a, b): (&Part, &Part)| a.knows_the_same(b);
        let environments = environments && self.environments.iter().zip(&other.environments).all(knows);
        let asked = self.profile == other.profile && self.silences == other.silences && self.project == other.project;
        self.about_the_same(other) && asked && environments && stack
    }
}

impl Part {
    fn is(&self, other: &Part) -> bool {
        let context =
            self.context.len() == other.context.len() && self.context.iter().zip(&other.context).all(|(a, b)| Rc::ptr_eq(&a.2, &b.2));
        self.name == other.name && Rc::ptr_eq(&self.own, &other.own) && context
    }

    fn knows_the_same(&self, other: &Part) -> bool {
        self.name == other.name && self.inspected.as_ref().map(Rc::as_ptr) == other.inspected.as_ref().map(Rc::as_ptr)
    }
}

impl Memory {
    /// Whether there is a worker that checks.
    pub(super) fn are_wanted(&self) -> bool {
        self.wanted
    }

    /// Whether the worker has a text.
    pub(super) fn has(&self, hash: u64) -> bool {
        self.texts.contains(&hash)
    }

    /// A new worker, which has nothing.
    pub(super) fn begin(&mut self) {
        *self = Memory { wanted: true, known: std::mem::take(&mut self.known), ..Memory::default() };
    }
}

impl Session {
    /// The next request, if anything changed for the checks.
    pub(super) fn check(&mut self) -> Option<String> {
        if !self.checks.wanted {
            return None;
        }
        let question = self.question();
        let wanted = self.stack.wanted.take();
        if wanted.is_none() && self.checks.last.as_ref().is_some_and(|last| last.is(&question)) {
            return None;
        }
        let mut request = self.request(&question);
        if let (Some(flavour), Some(stack)) = (wanted, &mut request.stack) {
            stack.export = Some(self.exported(flavour));
        }
        self.checks.last = Some(question);
        serde_json::to_string(&request).ok()
    }

    /// The environments of the chosen chart that are checked, the chosen one first.
    pub(super) fn checked_environments(&self) -> Vec<Rc<str>> {
        let open = self.charts.get(&self.state.chart);
        let mut names: Vec<Rc<str>> =
            open.map(|open| open.environments.iter().map(|(name, _)| Rc::clone(name)).collect()).unwrap_or_default();
        let chosen = &self.state.environment;
        if names.len() > 1 {
            // The chart without a file is no environment of anyone's, unless it is looked at.
            names.retain(|name| **name != *DEFAULT || name == chosen);
        }
        chartwright_go::sort::by_key(&mut names, |name| name != chosen);
        names
    }

    fn question(&mut self) -> Question {
        let chart = Rc::clone(&self.state.chart);
        let names = self.checked_environments();
        let others: Vec<Rc<str>> = self
            .library
            .cards()
            .iter()
            .filter(|card| card.kind != "library" && *card.id != *chart)
            .map(|card| card.id.as_str().into())
            .collect();
        let mut environments = Vec::with_capacity(names.len());
        for name in names {
            let own = self.render_environment(&chart, &name);
            let mut context = Vec::with_capacity(others.len());
            for other in &others {
                if self.open(other).is_ok() {
                    let same = self.charts[other].environments.iter().find(|(known, _)| *known == name).map(|(known, _)| Rc::clone(known));
                    let name = same.unwrap_or_else(|| self.library.first_environment(other).into());
                    let outcome = self.render_environment(other, &name);
                    context.push((Rc::clone(other), name, outcome));
                }
            }
            environments.push(Part { inspected: self.inspected(&name), name, own, context });
        }
        let stack = self.stack.view.clone().map(|view| (view, self.stack.renders.clone()));
        Question {
            chart,
            namespace: Rc::clone(&self.release.namespace),
            minor: names::minor(&self.release.kube_version),
            profile: self.profile(),
            silences: self.silences(),
            project: self.project_text(),
            environments,
            stack,
        }
    }

    fn request(&mut self, question: &Question) -> CheckRequest {
        let mut has = HashSet::new();
        let last = self.checks.last.take().filter(|last| last.about_the_same(question));
        let cures = if last.is_none() { Some(self.cures()) } else { None };
        let mut request = CheckRequest {
            chart: question.chart.to_string(),
            namespace: question.namespace.to_string(),
            minor: question.minor,
            profile: question.profile.name().to_owned(),
            silences: question.silences.clone(),
            project: question.project.to_string(),
            cures,
            ..CheckRequest::default()
        };
        for part in &question.environments {
            let same = last.iter().flat_map(|last| &last.environments).any(|known| known.is(part));
            let mut environment = EnvironmentRequest { environment: part.name.to_string(), same, ..EnvironmentRequest::default() };
            environment.failed = part.own.as_ref().as_ref().err().map(|error| error.message.clone());
            // The texts of a part that is left out are kept too.
            environment.documents = self.told(&question.chart, &part.name, &part.own, &mut has);
            for (chart, name, outcome) in &part.context {
                environment.context.extend(self.told(chart, name, outcome, &mut has));
            }
            if same {
                (environment.documents, environment.context, environment.failed) = (Vec::new(), Vec::new(), None);
            }
            request.environments.push(environment);
            let knew = last.iter().flat_map(|last| &last.environments).any(|known| known.knows_the_same(part));
            request.charts.extend(part.inspected.as_ref().and_then(|inspected| self.chart_request(part, inspected, knew, &mut has)));
        }
        request.stack = question.stack.as_ref().map(|(view, renders)| {
            let members = view.members.iter().zip(renders).enumerate().map(|(at, (member, outcome))| {
                let good = outcome.as_ref().filter(|outcome| outcome.is_ok());
                let slot: Rc<str> = format!("stack {at}").into();
                let documents = good.map(|outcome| self.told(&slot, &"".into(), outcome, &mut has));
                MemberRequest { namespace: member.namespace.clone(), documents }
            });
            let members = members.collect();
            let immediate = self.classes.iter().filter(|class| class.binding == "Immediate").map(|class| class.name.clone());
            StackRequest { members, immediate: immediate.collect(), export: None }
        });
        self.checks.texts = has;
        request
    }

    /// What a download of the stack is made of: each member's files as they are.
    fn exported(&mut self, flavour: crate::protocol::Flavour) -> ExportRequest {
        let choice = self.stack_choice();
        let failed = self
            .stack
            .view
            .iter()
            .flat_map(|view| &view.members)
            .find_map(|member| member.failed.as_ref().map(|error| format!("{} cannot be rendered: {error}", member.release)));
        let mut members = Vec::with_capacity(choice.members.len());
        for member in &choice.members {
            let Some(open) = self.charts.get(&member.chart) else { continue };
            let (chart, version) = (open.chart.name().to_owned(), open.chart.metadata().version.clone());
            let environment = self.environment_of_member(member);
            let values = self.environment_of(&member.chart, &environment);
            members.push(ExportedMember {
                release: member.release.to_string(),
                namespace: member.namespace.to_string(),
                environment: environment.to_string(),
                folder: self.origin(&member.chart).map_or_else(|| format!("charts/{chart}"), |(_, _, folder)| folder),
                chart,
                version,
                values: values.layers.iter().map(|layer| (names::file_name(&layer.name), layer.text.to_string())).collect(),
            });
        }
        ExportRequest {
            flavour: flavour.name().to_owned(),
            names: [&choice.name, &choice.repository, &choice.revision].map(|text| text.to_string()),
            members,
            fault: failed,
        }
    }

    /// What is known of the chart with an environment's values; `same` where the worker knows it.
    fn chart_request(&self, part: &Part, inspected: &Inspected, same: bool, has: &mut HashSet<u64>) -> Option<ChartRequest> {
        let open = self.charts.get(&self.state.chart)?;
        let own = std::iter::once(("values.yaml", open.chart.values_text(), true));
        let given = inspected.inputs.layers.iter().map(|(name, text)| (&**name, &**text, false));
        let file = |(name, text, is_own): (&str, &str, bool)| {
            let hash = hash(text);
            let new = has.insert(hash) && !self.checks.texts.contains(&hash);
            FileRequest { name: name.to_owned(), is_own, hash, text: new.then(|| text.to_owned()) }
        };
        // The texts of what is left out are kept too.
        let files: Vec<FileRequest> = own.chain(given).map(file).collect();
        let environment = part.name.to_string();
        Some(match same {
            true => ChartRequest { environment, same, ..ChartRequest::default() },
            false => ChartRequest { environment, same, facts: inspected.facts.clone(), files },
        })
    }

    /// A render's documents; a text that the worker has, or that stands in this request already, goes by its hash alone.
    fn told(&mut self, chart: &Rc<str>, name: &Rc<str>, outcome: &Outcome, has: &mut HashSet<u64>) -> Vec<DocumentRequest> {
        let Ok(rendered) = outcome.as_ref() else { return Vec::new() };
        let slot = (Rc::clone(chart), Rc::clone(name));
        let known = self.checks.known.get(&slot).filter(|(known, _)| Rc::ptr_eq(known, outcome)).map(|(_, all)| Rc::clone(all));
        let all = known.unwrap_or_else(|| {
            let all = Rc::new(documents(rendered));
            self.checks.known.insert(slot, (Rc::clone(outcome), Rc::clone(&all)));
            all
        });
        let tell = |(document, rendered): (&DocumentRequest, &chartwright_helm::Document)| {
            let new = has.insert(document.hash) && !self.checks.texts.contains(&document.hash);
            DocumentRequest { text: new.then(|| rendered.content.to_string()), ..document.clone() }
        };
        all.iter().zip(&rendered.documents).map(tell).collect()
    }

    /// Which fields cure which findings, by `x-cures`, the first in the schema first.
    fn cures(&self) -> BTreeMap<String, Vec<String>> {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let root = self.charts.get(&self.state.chart).and_then(|open| open.schema.as_ref()).map(crate::form::Schema::new);
        let mut open: Vec<(Vec<String>, crate::form::Schema<'_>)> = root.into_iter().map(|root| (Vec::new(), root)).collect();
        while let Some((path, schema)) = open.pop() {
            for rule in schema.get("x-cures").and_then(Node::list).unwrap_or_default().iter().filter_map(Node::str) {
                all.entry(rule.to_owned()).or_default().push(crate::pointer::id(&path));
            }
            if path.len() < 12 {
                open.extend(schema.properties().into_iter().rev().map(|(key, child)| ([&path[..], &[key.to_owned()]].concat(), child)));
            }
        }
        all
    }
}
