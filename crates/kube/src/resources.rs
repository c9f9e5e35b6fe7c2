//! What a pod asks of a node and how far it may go: sums over its containers, and its quality of service. How many pods there are, is `totals`'.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use crate::pod::{Pod, Role};
use crate::quantity::Quantity;

/// The three resources that totals are made of.
pub const NAMES: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// An amount of each of [`NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts<T> {
    /// Cores.
    pub cpu: T,
    /// Bytes.
    pub memory: T,
    /// Bytes on the node's disk.
    pub ephemeral_storage: T,
}

impl<T> Amounts<T> {
    /// One for each name.
    pub fn each(mut amount: impl FnMut(&'static str) -> T) -> Self {
        Self { cpu: amount(NAMES[0]), memory: amount(NAMES[1]), ephemeral_storage: amount(NAMES[2]) }
    }

    /// The amount under a name of [`NAMES`]; CPU for any other.
    pub fn get(&self, name: &str) -> &T {
        match name {
            "memory" => &self.memory,
            "ephemeral-storage" => &self.ephemeral_storage,
            _ => &self.cpu,
        }
    }
}

/// Who is ended first when a node runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Qos {
    /// Asks for nothing: first to go.
    BestEffort,
    /// Asks for less than it may use.
    Burstable,
    /// Asks for exactly what it may use: last to go.
    Guaranteed,
}

impl Qos {
    /// Its name in a pod's status.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BestEffort => "BestEffort",
            Self::Burstable => "Burstable",
            Self::Guaranteed => "Guaranteed",
        }
    }
}

/// What a pod asks of a node, and how far it may go.
#[derive(Clone, Debug)]
pub struct Demand {
    /// What the scheduler sets aside.
    pub requests: Amounts<Quantity>,
    /// The most that it may use; nothing of a resource that a running container has no limit for.
    pub limits: Amounts<Option<Quantity>>,
    /// Its class.
    pub qos: Qos,
}

impl Default for Demand {
    fn default() -> Self {
        Self { requests: Amounts::each(|_| Quantity::ZERO), limits: Amounts::each(|_| None), qos: Qos::BestEffort }
    }
}

/// Sums up a pod.
pub(crate) fn demand(pod: Pod<'_>) -> Demand {
    Demand { requests: requests(pod), limits: limits(pod), qos: qos(pod) }
}

/// An amount in a map of a container; nothing where it is absent or no quantity.
fn amount(map: Option<&BTreeMap<String, Text>>, name: &str) -> Option<Quantity> {
    Quantity::parse(&map?.get(name)?.0).ok()
}

fn limit(resources: Option<&ResourceRequirements>, name: &str) -> Option<Quantity> {
    amount(resources?.limits.as_ref(), name)
}

/// What is asked for; where that is left open, the limit, as the API server fills it in.
pub fn request(resources: Option<&ResourceRequirements>, name: &str) -> Option<Quantity> {
    amount(resources?.requests.as_ref(), name).or_else(|| limit(resources, name))
}

/// What the scheduler sets aside for a pod (`k8s.io/component-helpers/resource/helpers.go`): its containers together, or the
/// hungriest moment of its start; pod-level requests before both; the overhead of its runtime on top.
fn requests(pod: Pod<'_>) -> Amounts<Quantity> {
    Amounts::each(|name| {
        let asked = |resources: Option<&ResourceRequirements>| request(resources, name).unwrap_or(Quantity::ZERO);
        let sum = match request(pod.resources(), name) {
            Some(amount) => amount,
            None => over_containers(pod, asked),
        };
        let overhead = pod.spec().at(&["overhead", name]).and_then(|node| Quantity::parse(node.scalar()?).ok());
        overhead.map_or(sum, |overhead| sum.plus(overhead))
    })
}

/// What a pod may use at most; nothing of a resource that a running container has no limit for.
fn limits(pod: Pod<'_>) -> Amounts<Option<Quantity>> {
    Amounts::each(|name| {
        limit(pod.resources(), name).or_else(|| {
            let bounded = pod.running().all(|container| limit(container.typed.resources.as_ref(), name).is_some());
            bounded.then(|| over_containers(pod, |resources| limit(resources, name).unwrap_or(Quantity::ZERO)))
        })
    })
}

fn over_containers(pod: Pod<'_>, of: impl Fn(Option<&ResourceRequirements>) -> Quantity) -> Quantity {
    let (mut running, mut sidecars, mut starting) = (Quantity::ZERO, Quantity::ZERO, Quantity::ZERO);
    for container in pod.containers() {
        let own = of(container.typed.resources.as_ref());
        match container.role {
            Role::Init => starting = starting.larger(own.plus(sidecars)),
            Role::Sidecar => {
                sidecars = sidecars.plus(own);
                running = running.plus(own);
                starting = starting.larger(sidecars);
            }
            Role::Main => running = running.plus(own),
            Role::Ephemeral => {}
        }
    }
    running.larger(starting)
}

/// A pod's class (`k8s.io/kubernetes/pkg/apis/core/v1/helper/qos`): only CPU and memory count, init containers too.
fn qos(pod: Pod<'_>) -> Qos {
    let of = |resources: Option<&ResourceRequirements>| {
        let compute = ["cpu", "memory"];
        let positive = |quantity: Option<Quantity>| quantity.filter(|quantity| !quantity.is_zero());
        let any = compute.iter().any(|name| positive(request(resources, name)).is_some());
        let full = compute.iter().all(|name| {
            let limit = positive(limit(resources, name));
            limit.is_some() && limit == request(resources, name)
        });
        (any, full)
    };
    let whole = of(pod.resources());
    if whole.0 {
        return if whole.1 { Qos::Guaranteed } else { Qos::Burstable };
    }
    let parts: Vec<(bool, bool)> = pod
        .containers()
        .filter(|container| container.role != Role::Ephemeral)
        .map(|container| of(container.typed.resources.as_ref()))
        .collect();
    if parts.iter().all(|(any, _)| !any) {
        Qos::BestEffort
    } else if parts.iter().all(|(_, full)| *full) {
        Qos::Guaranteed
    } else {
        Qos::Burstable
    }
}
