//! All objects of a render, found by kind, namespace and name, and by the labels of their pods. What they refer to, is `reference`'s.

use std::collections::HashMap;

use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscalerSpec;
use k8s_openapi::api::policy::v1::PodDisruptionBudgetSpec;

use crate::kind::Kind;
use crate::node::Node;
use crate::object::{Object, Spec};
use crate::selector;

/// The objects of a render, in its order.
pub struct Index<'t> {
    objects: Vec<Object<'t>>,
    by_name: HashMap<(Kind, &'t str, &'t str), usize>,
    by_kind: HashMap<Kind, Vec<usize>>,
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
                by_name.entry((object.kind(), object.namespace().unwrap_or_default(), object.name())).or_insert(index);
            }
        }
        Self { objects, by_name, by_kind }
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

    /// The services that send traffic to a workload's pods.
    pub fn services_of(&self, workload: Object<'t>) -> impl Iterator<Item = Object<'t>> + '_ {
        let labels = workload.pod().and_then(super::pod::Pod::labels);
        self.of(Kind::Service).filter(move |service| {
            let Spec::Service(spec) = service.spec() else { return false };
            let pairs = spec.selector.iter().flatten().map(|(key, value)| (key.as_str(), value.as_str()));
            service.namespace() == workload.namespace() && selector::matches_pairs(pairs, labels)
        })
    }

    /// The disruption budgets that count a workload's pods.
    pub fn budgets_of(&self, workload: Object<'t>) -> impl Iterator<Item = (Object<'t>, &'t PodDisruptionBudgetSpec)> + '_ {
        let labels = workload.pod().and_then(super::pod::Pod::labels);
        self.budgets().filter(move |(object, spec)| {
            object.namespace() == workload.namespace() && spec.selector.as_ref().is_some_and(|selector| selector::matches(selector, labels))
        })
    }

    /// All disruption budgets.
    pub fn budgets(&self) -> impl Iterator<Item = (Object<'t>, &'t PodDisruptionBudgetSpec)> + '_ {
        self.of(Kind::PodDisruptionBudget).filter_map(|object| match object.spec() {
            Spec::PodDisruptionBudget(spec) => Some((object, &**spec)),
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

    /// The autoscaler of a workload, if one is in the render.
    #[must_use]
    pub fn autoscaler_of(&self, workload: Object<'t>) -> Option<(Object<'t>, &'t HorizontalPodAutoscalerSpec)> {
        self.autoscalers().find(|&(object, spec)| {
            self.target_of(object, spec).is_some_and(|target| target.kind() == workload.kind() && same_place(target, workload))
        })
    }

    /// KEDA's autoscaler of a workload, if one is in the render.
    #[must_use]
    pub fn scaled_object_of(&self, workload: Object<'t>) -> Option<Object<'t>> {
        self.of(Kind::ScaledObject).find(|object| {
            let target = object.root().at(&["spec", "scaleTargetRef"]);
            let text = |key| target.and_then(|target| target.str_at(key));
            object.namespace() == workload.namespace()
                && text("name") == Some(workload.name())
                && text("kind").unwrap_or("Deployment") == workload.kind_name()
        })
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

fn same_place(one: Object<'_>, other: Object<'_>) -> bool {
    one.namespace() == other.namespace() && one.name() == other.name()
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
/// Nothing for what makes no pods.
#[must_use]
pub fn scale(workload: Object<'_>, index: &Index<'_>) -> Option<Scale> {
    workload.pod()?;
    let fixed = |count| Scale { min: count, max: count, per_node: false, autoscaled: false };
    let number = |path: &[&str]| workload.root().at(path).and_then(Node::int);
    if let Some((_, spec)) = index.autoscaler_of(workload) {
        let min = i64::from(spec.min_replicas.unwrap_or(1));
        return Some(Scale { min, max: i64::from(spec.max_replicas).max(min), per_node: false, autoscaled: true });
    }
    if let Some(object) = index.scaled_object_of(workload) {
        let bound = |key, default| object.root().at(&["spec", key]).and_then(Node::int).unwrap_or(default);
        let (min, max) = (bound("minReplicaCount", 0), bound("maxReplicaCount", 100));
        return Some(Scale { min, max: max.max(min), per_node: false, autoscaled: true });
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
