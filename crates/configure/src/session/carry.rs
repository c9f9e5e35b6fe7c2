//! A session's whole state, secrets and steps back included, as bytes that another engine goes on from. They never leave the worker;
//! what the browser keeps is `start`'s. Charts are not among them: the other engine hears of those as this one did.

use super::Session;
use super::stack::{Choice, MemberChoice};
use super::state::{Environment, Key, Layer, Release, State};
use crate::protocol::wire::{decode, encode};
use crate::protocol::{Helm, Profile, Silence};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Texts and environments are shared by most steps: each is written once and named by its number.
#[derive(Default)]
struct Packer {
    texts: Vec<String>,
    text_numbers: HashMap<Rc<str>, u32>,
    environments: Vec<PackedEnvironment>,
    environment_numbers: HashMap<*const Environment, u32>,
}

/// Layers as (id, name, file, original, text, good), the edited one, and what was typed that does not fit.
type PackedEnvironment = (Vec<Vec<Option<u32>>>, usize, Vec<(String, (String, String))>);

/// Name, repository, revision; of each member chart, release, namespace, and environment.
type PackedStack = ([u32; 3], Vec<([u32; 3], Option<u32>)>);

/// What is silenced, and project files, by chart.
type PackedChecks = (Vec<(u32, Vec<Silence>)>, Vec<(u32, u32)>);

/// Chart and environment, the release, the open environments, and the stack.
type PackedState = ((u32, u32), (u32, u32, u32), ((Helm, Option<Profile>), Vec<((u32, u32), u32)>, (Option<PackedStack>, PackedChecks)));

/// Texts, environments, the state, steps back and forward; the comparison, whether the stack is shown; layers counted, whether checks are made.
type Packed = ((Vec<String>, Vec<PackedEnvironment>), (Vec<PackedState>, Vec<PackedState>), ((Option<u32>, bool), u32, bool));

impl Packer {
    fn text(&mut self, text: &Rc<str>) -> u32 {
        let texts = &mut self.texts;
        *self.text_numbers.entry(Rc::clone(text)).or_insert_with(|| {
            texts.push(text.to_string());
            texts.len() as u32 - 1
        })
    }

    fn environment(&mut self, environment: &Rc<Environment>) -> u32 {
        if let Some(known) = self.environment_numbers.get(&Rc::as_ptr(environment)) {
            return *known;
        }
        let layer = |packer: &mut Packer, layer: &Layer| {
            let file = layer.file.as_ref().map(|file| packer.text(file));
            let mut text = |text: &Rc<str>| Some(packer.text(text));
            vec![text(&layer.id), text(&layer.name), file, text(&layer.original), text(&layer.text), text(&layer.good)]
        };
        let layers = environment.layers.iter().map(|one| layer(self, one)).collect();
        let pending = environment.pending.iter().map(|(id, typed)| (id.clone(), typed.clone())).collect();
        self.environments.push((layers, environment.edited, pending));
        let number = self.environments.len() as u32 - 1;
        self.environment_numbers.insert(Rc::as_ptr(environment), number);
        number
    }

    fn state(&mut self, state: &State) -> PackedState {
        let release = &state.release;
        let open =
            state.open.iter().map(|((chart, name), environment)| ((self.text(chart), self.text(name)), self.environment(environment)));
        let open = open.collect();
        let silences = state.silences.iter().map(|(chart, all)| (self.text(chart), all.to_vec())).collect();
        let projects = state.projects.iter().map(|(chart, text)| (self.text(chart), self.text(text))).collect();
        (
            (self.text(&state.chart), self.text(&state.environment)),
            (self.text(&release.name), self.text(&release.namespace), self.text(&release.kube_version)),
            ((release.helm, state.profile), open, (state.stack.as_ref().map(|stack| self.stack(stack)), (silences, projects))),
        )
    }

    fn stack(&mut self, stack: &Choice) -> PackedStack {
        let member = |packer: &mut Packer, member: &MemberChoice| {
            let names = [&member.chart, &member.release, &member.namespace].map(|text| packer.text(text));
            (names, member.environment.as_ref().map(|name| packer.text(name)))
        };
        let members = stack.members.iter().map(|one| member(self, one)).collect();
        ([&stack.name, &stack.repository, &stack.revision].map(|text| self.text(text)), members)
    }
}

struct Unpacker {
    texts: Vec<Rc<str>>,
    environments: Vec<Rc<Environment>>,
}

impl Unpacker {
    fn text(&self, number: u32) -> Option<Rc<str>> {
        self.texts.get(number as usize).cloned()
    }

    fn environment(&self, (layers, edited, pending): PackedEnvironment) -> Option<Environment> {
        let layer = |parts: Vec<Option<u32>>| {
            let [id, name, file, original, text, good] = parts.try_into().ok()?;
            let some = |number: Option<u32>| self.text(number?);
            let file = match file {
                Some(number) => Some(self.text(number)?),
                None => None,
            };
            Some(Layer { id: some(id)?, name: some(name)?, file, original: some(original)?, text: some(text)?, good: some(good)? })
        };
        let layers = layers.into_iter().map(layer).collect::<Option<Vec<Layer>>>()?;
        Some(Environment { layers, edited, pending: pending.into_iter().collect() })
    }

    fn state(
        &self,
        ((chart, environment), (name, namespace, kube_version), ((helm, profile), open, (stack, (silences, dropped)))): PackedState,
    ) -> Option<State> {
        let mut environments: BTreeMap<Key, Rc<Environment>> = BTreeMap::new();
        for ((chart, name), environment) in open {
            environments.insert((self.text(chart)?, self.text(name)?), Rc::clone(self.environments.get(environment as usize)?));
        }
        let (name, namespace, kube_version) = (self.text(name)?, self.text(namespace)?, self.text(kube_version)?);
        let release = Release { name, namespace, kube_version, helm };
        let stack = match stack {
            Some(stack) => Some(Rc::new(self.stack(stack)?)),
            None => None,
        };
        let mut silenced = BTreeMap::new();
        for (chart, all) in silences {
            silenced.insert(self.text(chart)?, Rc::new(all));
        }
        let mut projects = BTreeMap::new();
        for (chart, text) in dropped {
            projects.insert(self.text(chart)?, self.text(text)?);
        }
        let (chart, environment) = (self.text(chart)?, self.text(environment)?);
        Some(State { chart, environment, release, open: environments, stack, silences: silenced, projects, profile })
    }

    fn stack(&self, ([name, repository, revision], members): PackedStack) -> Option<Choice> {
        let member = |([chart, release, namespace], environment): ([u32; 3], Option<u32>)| {
            let environment = match environment {
                Some(name) => Some(self.text(name)?),
                None => None,
            };
            Some(MemberChoice { chart: self.text(chart)?, release: self.text(release)?, namespace: self.text(namespace)?, environment })
        };
        let members = members.into_iter().map(member).collect::<Option<_>>()?;
        Some(Choice { name: self.text(name)?, repository: self.text(repository)?, revision: self.text(revision)?, members })
    }
}

impl Session {
    /// Whether something was asked for that this engine leaves out; asking forgets it. The engine with the feature `rare` never says so.
    pub fn takes_more(&mut self) -> bool {
        std::mem::take(&mut self.needs_full) | std::mem::take(&mut self.renders.needs_full)
    }

    /// The state for another engine.
    pub fn carry(&self) -> Vec<u8> {
        let mut packer = Packer::default();
        let (past, future) = self.history.steps();
        let mut steps: Vec<PackedState> = vec![packer.state(&self.state)];
        steps.extend(past.iter().map(|state| packer.state(state)));
        let future = future.iter().map(|state| packer.state(state)).collect();
        let compare = self.compare.as_ref().map(|name| packer.text(name));
        let packed: Packed =
            ((packer.texts, packer.environments), (steps, future), ((compare, self.stack.open), self.layers, self.checks.are_wanted()));
        encode(&packed)
    }

    /// Goes on from what another engine had, with the same charts; says whether that could be read.
    pub fn go_on_from(&mut self, carried: &[u8]) -> bool {
        self.unpack(carried).is_some()
    }

    fn unpack(&mut self, carried: &[u8]) -> Option<()> {
        let ((texts, environments), (steps, future), ((compare, shows_stack), layers, checks)) = decode::<Packed>(carried)?;
        let mut unpacker = Unpacker { texts: texts.into_iter().map(Rc::from).collect(), environments: Vec::new() };
        for packed in environments {
            let environment = unpacker.environment(packed)?;
            unpacker.environments.push(Rc::new(environment));
        }
        let mut steps = steps.into_iter().map(|state| unpacker.state(state)).collect::<Option<Vec<State>>>()?.into_iter();
        let state = steps.next()?;
        let future = future.into_iter().map(|state| unpacker.state(state)).collect::<Option<Vec<State>>>()?;
        let charts = state.open.keys().map(|(chart, _)| Rc::clone(chart)).chain([Rc::clone(&state.chart)]);
        for chart in charts.filter(|chart| !chart.is_empty()) {
            self.open(&chart).ok()?;
        }
        self.compare = match compare {
            Some(number) => Some(unpacker.text(number)?),
            None => None,
        };
        self.history.go_on(steps.collect(), future);
        self.state = state;
        self.good.clear();
        self.layers = layers;
        self.stack = super::stack::Memory { open: shows_stack, ..super::stack::Memory::default() };
        if checks {
            self.checks.begin();
        }
        Some(())
    }

    /// Everything there is to show, after [`Session::go_on_from`].
    pub fn refresh(&mut self, micros: &mut dyn FnMut() -> f64) -> crate::protocol::Update {
        self.sent = super::update::Sent::default();
        self.stack = super::stack::Memory { open: self.stack.open, wanted: self.stack.wanted, ..super::stack::Memory::default() };
        self.update(super::Said { moved: true, ..super::Said::default() }, micros)
    }
}
