//! The stack: which charts are rendered together, each with its release and its environment's values as they are edited. It is worked out while it is
//! looked at; a render whose texts did not change is remembered.

use super::act::Done;
use super::documents::shown;
use super::render::{Inputs, Outcome, Purpose};
use super::{Rc, Release, Session, names};
use crate::protocol::{Flavour, MemberDocuments, MemberView, StackView, Update};
use crate::stack::{origin, repository_error, revision_error};

/// What a chart's annotation names the stack by that it belongs to.
const ANNOTATION: &str = "chartwright/stack";

/// The name of a stack whose charts name none.
const UNNAMED: &str = "stack";

/// How many releases a stack may have.
pub(super) const MAX_MEMBERS: usize = 50;

/// A stack as it is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Choice {
    pub(crate) name: Rc<str>,
    pub(crate) repository: Rc<str>,
    pub(crate) revision: Rc<str>,
    pub(crate) members: Vec<MemberChoice>,
}

/// A release of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MemberChoice {
    pub(crate) chart: Rc<str>,
    pub(crate) release: Rc<str>,
    pub(crate) namespace: Rc<str>,
    /// Nothing: the page's, or the chart's first where it has no such environment.
    pub(crate) environment: Option<Rc<str>>,
}

/// What the page has, and what the checks are asked about.
#[derive(Default)]
pub(super) struct Memory {
    /// Whether it is looked at.
    pub(super) open: bool,
    /// What is to be downloaded.
    pub(super) wanted: Option<Flavour>,
    /// The members' renders, by place; nothing of a chart that cannot be loaded.
    pub(super) renders: Vec<Option<Outcome>>,
    /// As it is shown.
    pub(super) view: Option<StackView>,
    /// The render and the masks of what was sent of each member.
    pub(super) sent: Vec<(Option<Outcome>, Vec<String>)>,
}

impl Session {
    /// The stack as it is chosen, or the one that the charts name.
    pub(super) fn stack_choice(&mut self) -> Choice {
        let mut choice = match &self.state.stack {
            Some(choice) => (**choice).clone(),
            None => self.default_stack(),
        };
        choice.members.retain(|member| self.library.has(&member.chart));
        choice
    }

    /// The charts that name the same stack as the first that names one; what holds data before what uses it.
    fn default_stack(&mut self) -> Choice {
        let mut cards: Vec<(Rc<str>, bool)> =
            self.library.cards().iter().map(|card| (Rc::from(card.id.as_str()), card.group != "infrastructure")).collect();
        chartwright_go::sort::by_key(&mut cards, |(_, later)| *later);
        let mut choice = Choice::default();
        for (id, _) in cards {
            let Some(named) = self.annotation(&id) else { continue };
            if choice.members.is_empty() {
                choice.name = named;
            } else if choice.name != named {
                continue;
            }
            let member = self.new_member(&id);
            choice.members.push(member);
        }
        if choice.name.is_empty() {
            choice.name = UNNAMED.into();
        }
        let found = choice.members.first().and_then(|member| self.origin(&member.chart));
        let (repository, revision) = found.map_or_else(Default::default, |(repository, revision, _)| (repository, revision));
        choice.repository = repository.into();
        choice.revision = if revision.is_empty() { "main".into() } else { revision.into() };
        choice
    }

    fn annotation(&mut self, id: &Rc<str>) -> Option<Rc<str>> {
        // Most charts name none: they are not opened to find that out.
        if !self.library.text(id, "Chart.yaml")?.contains(ANNOTATION) {
            return None;
        }
        self.open(id).ok()?;
        let annotations = self.charts.get(id)?.chart.metadata().annotations.as_ref()?;
        annotations.get(ANNOTATION).map(|name| Rc::from(name.as_str()))
    }

    /// Repository, revision and folder that a chart's sources name.
    pub(super) fn origin(&self, id: &str) -> Option<(String, String, String)> {
        origin(self.charts.get(id)?.chart.metadata().sources.iter().map(String::as_str))
    }

    fn new_member(&self, id: &Rc<str>) -> MemberChoice {
        let name = self.charts.get(id).map_or("", |open| open.chart.name());
        let release: Rc<str> = if names::release_error(name).is_none() { name.into() } else { "release".into() };
        MemberChoice { chart: Rc::clone(id), release, namespace: Rc::clone(&self.release.namespace), environment: None }
    }

    /// Changes the stack.
    fn change_stack(&mut self, change: impl FnOnce(&mut Session, &mut Choice) -> Done) -> Done {
        let mut choice = self.stack_choice();
        let notice = change(self, &mut choice)?;
        self.state.stack = Some(Rc::new(choice));
        Ok(notice)
    }

    pub(super) fn name_stack(&mut self, name: &str, repository: &str, revision: &str) -> Done {
        self.change_stack(|_, choice| {
            (choice.name, choice.repository, choice.revision) = (name.trim().into(), repository.trim().into(), revision.trim().into());
            Ok(None)
        })
    }

    pub(super) fn set_member(&mut self, at: usize, release: &str, namespace: &str, environment: &str) -> Done {
        self.change_stack(|_, choice| {
            let member = choice.members.get_mut(at).ok_or("there is no such release")?;
            (member.release, member.namespace) = (release.trim().into(), namespace.trim().into());
            member.environment = Some(environment).filter(|name| !name.is_empty()).map(Rc::from);
            Ok(None)
        })
    }

    pub(super) fn add_member(&mut self, id: &str) -> Done {
        let id: Rc<str> = id.into();
        self.open(&id)?;
        if self.charts.get(&id).is_some_and(super::Open::is_library) {
            return Err("A library chart is not installed by itself.".to_owned());
        }
        self.change_stack(|session, choice| {
            if choice.members.len() >= MAX_MEMBERS {
                return Err(format!("A stack has at most {MAX_MEMBERS} releases."));
            }
            let mut member = session.new_member(&id);
            let taken = |name: &str| choice.members.iter().any(|other| *other.release == *name);
            let free = (2..).map(|count| format!("{}-{count}", member.release)).find(|name| !taken(name));
            if let Some(free) = free.filter(|_| taken(&member.release)) {
                member.release = free.into();
            }
            choice.members.push(member);
            Ok(None)
        })
    }

    pub(super) fn remove_member(&mut self, at: usize) -> Done {
        self.change_stack(|_, choice| {
            if at >= choice.members.len() {
                return Err("there is no such release".to_owned());
            }
            choice.members.remove(at);
            Ok(None)
        })
    }

    /// The environment that a member has.
    pub(super) fn environment_of_member(&self, member: &MemberChoice) -> Rc<str> {
        let known = |wanted: &Rc<str>| {
            let open = self.charts.get(&member.chart);
            open.is_some_and(|open| open.environments.iter().any(|(name, _)| name == wanted))
        };
        let wanted = member.environment.as_ref().filter(|name| known(name)).or(Some(&self.state.environment).filter(|name| known(name)));
        wanted.cloned().unwrap_or_else(|| self.library.first_environment(&member.chart).into())
    }

    /// What changed of the stack, while it is looked at.
    pub(super) fn stack(&mut self, update: &mut Update) {
        if !self.stack.open {
            self.stack.view = None;
            self.stack.sent.clear();
            self.stack.renders.clear();
            return;
        }
        let choice = self.stack_choice();
        let mut view = StackView {
            name: choice.name.to_string(),
            repository: choice.repository.to_string(),
            revision: choice.revision.to_string(),
            errors: [names::namespace_error(&choice.name), repository_error(&choice.repository), revision_error(&choice.revision)],
            members: Vec::with_capacity(choice.members.len()),
        };
        let mut renders = Vec::with_capacity(choice.members.len());
        for (at, member) in choice.members.iter().enumerate() {
            let (shown, outcome) = self.member_view(&choice, at, member);
            if let Some(documents) = self.member_documents(at, member, &shown.environment.as_str().into(), outcome.as_ref()) {
                update.stack_documents.push(documents);
            }
            view.members.push(shown);
            renders.push(outcome);
        }
        self.stack.sent.truncate(renders.len());
        self.stack.renders = renders;
        if self.stack.view.as_ref() != Some(&view) {
            self.stack.view = Some(view.clone());
            update.stack = Some(view);
        }
    }

    fn member_view(&mut self, choice: &Choice, at: usize, member: &MemberChoice) -> (MemberView, Option<Outcome>) {
        let mut view = MemberView {
            chart: member.chart.to_string(),
            release: member.release.to_string(),
            namespace: member.namespace.to_string(),
            ..MemberView::default()
        };
        let twin = choice.members[..at].iter().any(|other| (&other.release, &other.namespace) == (&member.release, &member.namespace));
        let twin = twin.then(|| format!("there is another {} in {}", member.release, member.namespace));
        view.errors = vec![names::release_error(&member.release).or(twin), names::namespace_error(&member.namespace)];
        if let Err(error) = self.open(&member.chart) {
            view.failed = Some(error);
            return (view, None);
        }
        let environment = self.environment_of_member(member);
        let values = self.environment_of(&member.chart, &environment);
        let layers = values.layers.iter().map(|layer| (Rc::clone(&layer.name), Rc::clone(&layer.good))).collect();
        // A name that is refused is not rendered with: what is typed half-way would fail in every chart.
        let valid = |text: &Rc<str>, error: &Option<String>, other: &Rc<str>| Rc::clone(if error.is_none() { text } else { other });
        let name = if names::release_error(&member.release).is_none() { Rc::clone(&member.release) } else { "release".into() };
        let release =
            Release { name, namespace: valid(&member.namespace, &view.errors[1], &self.release.namespace), ..self.release.clone() };
        let mine = self.mine_in(&values);
        let Some(open) = self.charts.get_mut(&member.chart) else { return (view, None) };
        view.title = format!("{} {}", open.chart.name(), open.chart.metadata().version);
        view.environments = open.environments.iter().map(|(name, _)| name.to_string()).collect();
        let (outcome, _) = self.renders.render(&member.chart, open, Purpose::Stack(at), Inputs { release, layers });
        view.environment = environment.to_string();
        view.follows = member.environment.is_none();
        view.mine = mine;
        match outcome.as_ref() {
            Ok(rendered) => view.objects = rendered.documents.len(),
            Err(error) => view.failed = Some(error.message.clone()),
        }
        (view, Some(outcome))
    }

    /// A member's manifests, if the page does not have them.
    fn member_documents(
        &mut self,
        at: usize,
        member: &MemberChoice,
        environment: &Rc<str>,
        outcome: Option<&Outcome>,
    ) -> Option<MemberDocuments> {
        let secrets = self.secrets_of(&member.chart, environment);
        let new = (outcome.cloned(), secrets);
        let same =
            |known: &(Option<Outcome>, Vec<String>)| known.0.as_ref().map(Rc::as_ptr) == new.0.as_ref().map(Rc::as_ptr) && known.1 == new.1;
        if self.stack.sent.get(at).is_some_and(same) {
            return None;
        }
        let documents = match outcome.map(Rc::as_ref) {
            Some(Ok(rendered)) => shown(rendered, &new.1).into_iter().map(|document| (document.id, document.text.to_string())).collect(),
            _ => Vec::new(),
        };
        match self.stack.sent.get_mut(at) {
            Some(known) => *known = new,
            None => self.stack.sent.push(new),
        }
        Some(MemberDocuments { member: u32::try_from(at).unwrap_or(u32::MAX), documents })
    }
}
