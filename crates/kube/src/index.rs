//! All objects of a render, found by kind, namespace and name, and by the labels of their pods. What they refer to, is `reference`'s.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscalerSpec;
use k8s_openapi::api::policy::v1::PodDisruptionBudgetSpec;

use crate::kind::Kind;
use crate::node::Node;
use crate::object::{Object, Spec};
use crate::selector;

/// The objects of a render, in its order.
pub struct Index<'t> {
    objects: Vec<Object<'t>>,
    by_name: HashMap<Name<'t>, usize>,
    by_kind: HashMap<Kind, Vec<usize>>,
    /// The autoscaler of a workload.
    scalers: HashMap<Name<'t>, usize>,
    services: ByLabel<'t>,
    budgets: ByLabel<'t>,
    /// The numbers of the services of whatever makes pods, by its place, once somebody asks.
    served: OnceCell<HashMap<(usize, usize), Vec<usize>>>,
    workloads: Vec<(Object<'t>, Scale)>,
    /// The workloads whose pods a budget counts, by the budget's number; both as numbers.
    counted: HashMap<usize, Vec<usize>>,
}

/// The document of an object and its first byte in there.
fn place_of(object: Object<'_>) -> (usize, usize) {
    let root = object.root();
    (object.document, root.tree().span(root.id()).start)
}

/// Kind, namespace (empty for what belongs to none), name.
type Name<'t> = (Kind, &'t str, &'t str);

fn name_of<'t>(object: Object<'t>) -> Name<'t> {
    (object.kind(), object.namespace().unwrap_or_default(), object.name())
}

impl<'t> Index<'t> {
    /// Indexes objects. Of those that share kind, namespace and name, the first is found by name.
    #[must_use]
    pub fn new(objects: Vec<Object<'t>>) -> Self {
        let mut by_name = HashMap::with_capacity(objects.len());
        let mut by_kind: HashMap<Kind, Vec<usize>> = HashMap::new();
        for (index, object) in objects.iter().enumerate() {
            by_kind.entry(object.kind()).or_default().push(index);
            if object.kind() != Kind::Other {
                by_name.entry(name_of(*object)).or_insert(index);
            }
        }
        let mut index = Self {
            objects,
            by_name,
            by_kind,
            scalers: HashMap::new(),
            services: ByLabel::default(),
            budgets: ByLabel::default(),
            served: OnceCell::new(),
            workloads: Vec::new(),
            counted: HashMap::new(),
        };
        index.tie();
        index
    }

    /// Finds out what belongs together.
    fn tie(&mut self) {
        let mut scalers = HashMap::new();
        for (number, &object) in self.objects.iter().enumerate() {
            let namespace = object.namespace().unwrap_or_default();
            match object.spec() {
                Spec::HorizontalPodAutoscaler(spec) => {
                    if let Some(target) = self.target_of(object, spec) {
                        scalers.entry(name_of(target)).or_insert(number);
                    }
                }
                Spec::Service(spec) => self.services.add(namespace, spec.selector.as_ref(), number),
                Spec::PodDisruptionBudget(spec) => {
                    let labels = spec.selector.as_ref().and_then(|selector| selector.match_labels.as_ref());
                    self.budgets.add(namespace, labels, number);
                }
                _ => {}
            }
        }
        for number in self.by_kind.get(&Kind::ScaledObject).cloned().unwrap_or_default() {
            let object = self.objects[number];
            let Some(target) = object.root().at(&["spec", "scaleTargetRef"]) else { continue };
            let kind = Kind::of(target.str_at("apiVersion").unwrap_or("apps/v1"), target.str_at("kind").unwrap_or("Deployment"));
            scalers.entry((kind, object.namespace().unwrap_or_default(), target.str_at("name").unwrap_or_default())).or_insert(number);
        }
        self.scalers = scalers;
        for (number, object) in self.objects.iter().enumerate().filter(|(_, object)| object.is_long_running()) {
            for budget in self.budgets_of(*object) {
                self.counted.entry(budget).or_default().push(number);
            }
        }
        self.workloads = self.objects.iter().filter_map(|&object| Some((object, scale(object, self)?))).collect();
    }

    /// All objects, in the order of the render.
    #[must_use]
    pub fn objects(&self) -> &[Object<'t>] {
        &self.objects
    }

    /// The object of a kind and name in a namespace; the namespace is empty for what belongs to none.
    #[must_use]
    pub fn find(&self, kind: Kind, namespace: &'t str, name: &'t str) -> Option<Object<'t>> {
        self.by_name.get(&(kind, namespace, name)).map(|&index| self.objects[index])
    }

    /// All objects of a kind, in the order of the render.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = Object<'t>> + '_ {
        self.by_kind.get(&kind).into_iter().flatten().map(|&index| self.objects[index])
    }

    /// All objects that make pods, with how many.
    #[must_use]
    pub fn workloads(&self) -> &[(Object<'t>, Scale)] {
        &self.workloads
    }

    /// The services that send traffic to the pods of a workload of this index.
    #[must_use]
    pub fn services_of(&self, workload: Object<'t>) -> Vec<Object<'t>> {
        let served = self.served.get_or_init(|| {
            let makers = self.objects.iter().filter(|object| object.pod().is_some());
            makers.map(|object| (place_of(*object), self.find_services(*object))).collect()
        });
        match served.get(&place_of(workload)) {
            Some(services) => services.iter().map(|number| self.objects[*number]).collect(),
            None => Vec::new(),
        }
    }

    /// Their numbers.
    fn find_services(&self, workload: Object<'t>) -> Vec<usize> {
        let labels = workload.pod().and_then(super::pod::Pod::labels);
        let candidates = self.services.candidates(workload.namespace().unwrap_or_default(), labels);
        let meets = |service: &Object<'t>| {
            let Spec::Service(spec) = service.spec() else { return false };
            let pairs = spec.selector.iter().flatten().map(|(key, value)| (key.as_str(), value.as_str()));
            selector::matches_pairs(pairs, labels)
        };
        let is_its = |number: &usize| self.objects[*number].namespace() == workload.namespace() && meets(&self.objects[*number]);
        candidates.into_iter().filter(is_its).collect()
    }

    /// The numbers of the disruption budgets that count a workload's pods.
    fn budgets_of(&self, workload: Object<'t>) -> Vec<usize> {
        let labels = workload.pod().and_then(super::pod::Pod::labels);
        let mut candidates = self.budgets.candidates(workload.namespace().unwrap_or_default(), labels);
        candidates.retain(|&number| match self.objects[number].spec() {
            Spec::PodDisruptionBudget(spec) => {
                let selected = spec.selector.as_ref().is_some_and(|selector| selector::matches(selector, labels));
                selected && self.objects[number].namespace() == workload.namespace()
            }
            _ => false,
        });
        candidates
    }

    /// Whether a disruption budget counts a workload's pods.
    #[must_use]
    pub fn has_budget(&self, workload: Object<'t>) -> bool {
        !self.budgets_of(workload).is_empty()
    }

    /// All disruption budgets, with the workloads whose pods they count: those that are to run for good.
    pub fn budgets(&self) -> impl Iterator<Item = Budget<'t>> + '_ {
        let numbers = self.by_kind.get(&Kind::PodDisruptionBudget).into_iter().flatten();
        numbers.filter_map(|number| match self.objects[*number].spec() {
            Spec::PodDisruptionBudget(spec) => {
                let counted = self.counted.get(number).into_iter().flatten().map(|&workload| self.objects[workload]).collect();
                Some(Budget { object: self.objects[*number], spec, counted })
            }
            _ => None,
        })
    }

    /// All autoscalers of Kubernetes' own kind.
    pub fn autoscalers(&self) -> impl Iterator<Item = (Object<'t>, &'t HorizontalPodAutoscalerSpec)> + '_ {
        self.of(Kind::HorizontalPodAutoscaler).filter_map(|object| match object.spec() {
            Spec::HorizontalPodAutoscaler(spec) => Some((object, &**spec)),
            _ => None,
        })
    }

    /// The workload that an autoscaler scales, if it is in the render.
    #[must_use]
    pub fn target_of(&self, autoscaler: Object<'t>, spec: &'t HorizontalPodAutoscalerSpec) -> Option<Object<'t>> {
        let target = &spec.scale_target_ref;
        // Without its group the reference is still meant for the workload of that name; the API server is less forgiving later.
        let api_version = target.api_version.as_deref().unwrap_or("apps/v1");
        self.find(Kind::of(api_version, &target.kind), autoscaler.namespace()?, &target.name).filter(|found| found.kind() != Kind::Other)
    }

    /// What scales a workload, if it is in the render: a HorizontalPodAutoscaler or KEDA's ScaledObject.
    #[must_use]
    pub fn autoscaler_of(&self, workload: Object<'t>) -> Option<Object<'t>> {
        self.scalers.get(&name_of(workload)).map(|&number| self.objects[number])
    }

    /// Whether a claim of this name is made by a stateful set's template.
    #[must_use]
    pub fn is_templated_claim(&self, namespace: &str, name: &str) -> bool {
        self.of(Kind::StatefulSet).filter(|set| set.namespace() == Some(namespace)).any(|set| {
            let templates = set.spec_node().into_iter().flat_map(|spec| spec.items_at("volumeClaimTemplates"));
            templates.filter_map(|template| template.at(&["metadata", "name"])?.str()).any(|template| {
                let ordinal =
                    name.strip_prefix(template).and_then(|rest| rest.strip_prefix('-')).and_then(|rest| rest.strip_prefix(set.name()));
                ordinal
                    .and_then(|rest| rest.strip_prefix('-'))
                    .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
            })
        })
    }
}

/// A disruption budget.
pub struct Budget<'t> {
    /// The object.
    pub object: Object<'t>,
    /// What it allows.
    pub spec: &'t PodDisruptionBudgetSpec,
    /// Whose pods it counts.
    pub counted: Vec<Object<'t>>,
}

/// Objects that select pods, found by one of the labels that they ask for.
#[derive(Default)]
struct ByLabel<'t> {
    /// By namespace, key and value.
    by_pair: HashMap<(&'t str, &'t str, &'t str), Vec<usize>>,
    /// Those that ask for no label by value.
    others: Vec<usize>,
}

impl<'t> ByLabel<'t> {
    fn add(&mut self, namespace: &'t str, labels: Option<&'t BTreeMap<String, String>>, number: usize) {
        match labels.and_then(BTreeMap::first_key_value) {
            Some((key, value)) => self.by_pair.entry((namespace, key, value)).or_default().push(number),
            None => self.others.push(number),
        }
    }

    /// Those that may select pods with these labels, in the order of the render. Only of the others the namespace is not yet known to be right.
    fn candidates(&self, namespace: &'t str, labels: Option<Node<'t>>) -> Vec<usize> {
        let pairs = labels.into_iter().flat_map(Node::entries).filter_map(|(key, value)| Some((namespace, key, value.str()?)));
        let mut found: Vec<usize> = pairs.filter_map(|pair| self.by_pair.get(&pair)).flatten().chain(&self.others).copied().collect();
        found.sort_unstable();
        found
    }
}

/// How many pods a workload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// At least.
    pub min: i64,
    /// At most.
    pub max: i64,
    /// Whether it is that many on each node.
    pub per_node: bool,
    /// Whether an autoscaler moves it.
    pub autoscaled: bool,
}

/// How many pods a workload has at least and at most: its replicas, or what its autoscaler allows; for a job how many run at once.
/// Nothing for what makes no pods, as a template does not by itself.
#[must_use]
pub fn scale(workload: Object<'_>, index: &Index<'_>) -> Option<Scale> {
    workload.pod().filter(|_| workload.kind() != Kind::PodTemplate)?;
    let fixed = |count| Scale { min: count, max: count, per_node: false, autoscaled: false };
    let number = |path: &[&str]| workload.root().at(path).and_then(Node::int);
    let autoscaled = |min, max: i64| Scale { min, max: max.max(min), per_node: false, autoscaled: true };
    if let Some(object) = index.autoscaler_of(workload) {
        let bound = |key, default| object.root().at(&["spec", key]).and_then(Node::int).unwrap_or(default);
        return Some(match object.spec() {
            Spec::HorizontalPodAutoscaler(spec) => autoscaled(i64::from(spec.min_replicas.unwrap_or(1)), i64::from(spec.max_replicas)),
            _ => autoscaled(bound("minReplicaCount", 0), bound("maxReplicaCount", 100)),
        });
    }
    Some(match workload.kind() {
        Kind::DaemonSet => Scale { per_node: true, ..fixed(1) },
        Kind::Pod => fixed(1),
        Kind::Job => {
            let suspended = workload.root().at(&["spec", "suspend"]).and_then(Node::bool) == Some(true);
            let most = at_once(number(&["spec", "parallelism"]), number(&["spec", "completions"]));
            Scale { min: 0, max: if suspended { 0 } else { most }, per_node: false, autoscaled: false }
        }
        Kind::CronJob => {
            let spec = ["spec", "jobTemplate", "spec"];
            let of = |key| number(&[spec[0], spec[1], spec[2], key]);
            let suspended = workload.root().at(&["spec", "suspend"]).and_then(Node::bool) == Some(true);
            Scale {
                min: 0,
                max: if suspended { 0 } else { at_once(of("parallelism"), of("completions")) },
                per_node: false,
                autoscaled: false,
            }
        }
        _ => fixed(number(&["spec", "replicas"]).unwrap_or(1)),
    })
}

/// How many pods of a job run at once: never more than are still to be completed.
fn at_once(parallelism: Option<i64>, completions: Option<i64>) -> i64 {
    let parallelism = parallelism.unwrap_or(1);
    completions.map_or(parallelism, |completions| parallelism.min(completions))
}
