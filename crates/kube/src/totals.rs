//! What a render asks of a cluster as a whole: pods, compute, storage, exposure, and how well its pods are kept in. No judgement.

use k8s_openapi::api::core::v1::PersistentVolumeClaimSpec;

use crate::index::{Index, Scale, scale};
use crate::kind::Kind;
use crate::node::Node;
use crate::object::{Object, ObjectRef, Spec};
use crate::pss::Level;
use crate::quantity::Quantity;
use crate::resources::{Amounts, Demand, Qos};
use crate::typed;

/// From at least to at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    /// At least.
    pub min: T,
    /// At most.
    pub max: T,
}

/// A workload's part of the totals, for one pod of it.
#[derive(Clone, Debug)]
pub struct WorkloadTotals {
    /// Which.
    pub object: ObjectRef,
    /// How many pods.
    pub scale: Scale,
    /// What a pod asks of a node.
    pub demand: Demand,
    /// The strictest Pod Security Standard that admits a pod.
    pub security: Level,
}

/// The storage class of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageClass {
    /// The field is left out: the cluster's default class.
    Default,
    /// The field is empty: no class, only a volume that is there already.
    None,
    /// A class by name.
    Named(String),
}

/// Storage that is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The claim, or the template of claims.
    pub name: String,
    /// Of one claim.
    pub size: Option<Quantity>,
    /// Whose storage.
    pub class: StorageClass,
    /// `ReadWriteOnce` and its like, as written.
    pub access_modes: Vec<String>,
    /// How many such claims.
    pub count: Range<i64>,
}

/// A way in. Later ones reach further.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// Within the cluster.
    ClusterIp {
        /// The service.
        service: String,
    },
    /// A port of every node.
    NodePort {
        /// The service.
        service: String,
    },
    /// An address of its own.
    LoadBalancer {
        /// The service.
        service: String,
    },
    /// A host name and path that an ingress serves.
    Ingress {
        /// `*` where it serves any.
        host: String,
        /// The first path of the host.
        path: String,
        /// Whether it is served encrypted.
        tls: bool,
    },
}

/// What a render asks of a cluster. `helm test` pods do not count; hooks count for security alone.
#[derive(Clone, Debug)]
pub struct Totals {
    /// Pods that run at once; those of a `DaemonSet` once.
    pub pods: Range<i64>,
    /// Whether some of them run once on each node.
    pub per_node: bool,
    /// What they ask for together.
    pub requests: Amounts<Range<Quantity>>,
    /// What they may use together; nothing of a resource that some pod may use without bound.
    pub limits: Amounts<Option<Range<Quantity>>>,
    /// What is claimed.
    pub storage: Vec<Claim>,
    /// The ways in, the furthest reaching first.
    pub exposure: Vec<Exposure>,
    /// The strictest Pod Security Standard that admits all pods; nothing without pods.
    pub security: Option<Level>,
    /// The lowest class of all pods; nothing without pods.
    pub qos: Option<Qos>,
    /// By workload.
    pub workloads: Vec<WorkloadTotals>,
}

/// Sums up a render for Kubernetes 1.`minor`.
#[must_use]
pub fn totals(index: &Index<'_>, minor: u32) -> Totals {
    let mut security = None;
    let mut workloads = Vec::new();
    for &(object, scale) in index.workloads().iter().filter(|(object, _)| !object.is_test()) {
        let Some(pod) = object.pod() else { continue };
        let level = pod.level(minor);
        security = Some(security.map_or(level, |lowest: Level| lowest.min(level)));
        if !object.is_hook() {
            workloads.push(WorkloadTotals { object: object.reference(), scale, demand: pod.demand().clone(), security: level });
        }
    }
    let sum = |of: &dyn Fn(&WorkloadTotals) -> Quantity, count: fn(&Scale) -> i64| {
        workloads.iter().fold(Quantity::ZERO, |sum, workload| sum.plus(of(workload).times(count(&workload.scale))))
    };
    let range = |of: &dyn Fn(&WorkloadTotals) -> Quantity| Range { min: sum(of, |scale| scale.min), max: sum(of, |scale| scale.max) };
    let count = |of: fn(&Scale) -> i64| workloads.iter().fold(0_i64, |sum, workload| sum.saturating_add(of(&workload.scale)));
    Totals {
        pods: Range { min: count(|scale| scale.min), max: count(|scale| scale.max) },
        per_node: workloads.iter().any(|workload| workload.scale.per_node),
        requests: Amounts::each(|name| range(&|workload| *workload.demand.requests.get(name))),
        limits: Amounts::each(|name| {
            let bounded = workloads.iter().all(|workload| workload.demand.limits.get(name).is_some());
            (bounded && !workloads.is_empty()).then(|| range(&|workload| workload.demand.limits.get(name).unwrap_or(Quantity::ZERO)))
        }),
        storage: storage(index),
        exposure: exposure(index),
        security,
        qos: workloads.iter().map(|workload| workload.demand.qos).min(),
        workloads,
    }
}

fn storage(index: &Index<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for &object in index.objects().iter().filter(|object| !object.is_test()) {
        if let Spec::PersistentVolumeClaim(spec) = object.spec() {
            claims.push(claim(object.name(), spec, Range { min: 1, max: 1 }));
        }
        let Some(scale) = scale(object, index) else { continue };
        let count = Range { min: scale.min, max: scale.max };
        for (name, spec) in claim_templates(object) {
            claims.push(claim(name, &typed::read(Some(spec), &mut Vec::new()), count));
        }
    }
    claims
}

/// The claims that an object's pods each bring: a stateful set's templates, and generic ephemeral volumes.
fn claim_templates(object: Object<'_>) -> Vec<(&str, Node<'_>)> {
    let templates = object
        .spec_node()
        .filter(|_| object.kind() == Kind::StatefulSet)
        .into_iter()
        .flat_map(|spec| spec.items_at("volumeClaimTemplates"));
    let own = templates.filter_map(|template| Some((template.at(&["metadata", "name"])?.str()?, template.get("spec")?)));
    let volumes = object.pod().into_iter().flat_map(|pod| pod.spec().items_at("volumes"));
    let ephemeral = volumes.filter_map(|volume| Some((volume.str_at("name")?, volume.at(&["ephemeral", "volumeClaimTemplate", "spec"])?)));
    own.chain(ephemeral).collect()
}

fn claim(name: &str, spec: &PersistentVolumeClaimSpec, count: Range<i64>) -> Claim {
    let size = spec.resources.as_ref().and_then(|resources| resources.requests.as_ref()?.get("storage"));
    Claim {
        name: name.to_owned(),
        size: size.and_then(|size| Quantity::parse(&size.0).ok()),
        class: match spec.storage_class_name.as_deref() {
            None => StorageClass::Default,
            Some("") => StorageClass::None,
            Some(class) => StorageClass::Named(class.to_owned()),
        },
        access_modes: spec.access_modes.clone().unwrap_or_default(),
        count,
    }
}

fn exposure(index: &Index<'_>) -> Vec<Exposure> {
    let mut out = Vec::new();
    for object in index.objects().iter().filter(|object| !object.is_test()) {
        match object.spec() {
            Spec::Service(spec) => {
                let service = object.name().to_owned();
                match spec.type_.as_deref() {
                    Some("LoadBalancer") => out.push(Exposure::LoadBalancer { service }),
                    Some("NodePort") => out.push(Exposure::NodePort { service }),
                    Some("ExternalName") => {}
                    _ => out.push(Exposure::ClusterIp { service }),
                }
            }
            Spec::Ingress(spec) => {
                let tls = |host: &str| spec.tls.iter().flatten().any(|tls| tls.hosts.iter().flatten().any(|name| covers(name, host)));
                for rule in spec.rules.iter().flatten() {
                    let host = rule.host.as_deref().filter(|host| !host.is_empty()).unwrap_or("*");
                    let path = rule.http.as_ref().and_then(|http| http.paths.first()).and_then(|path| path.path.as_deref()).unwrap_or("/");
                    out.push(Exposure::Ingress { host: host.to_owned(), path: path.to_owned(), tls: tls(host) });
                }
                if spec.default_backend.is_some() && spec.rules.as_ref().is_none_or(Vec::is_empty) {
                    out.push(Exposure::Ingress {
                        host: "*".to_owned(),
                        path: "/".to_owned(),
                        tls: spec.tls.as_ref().is_some_and(|tls| !tls.is_empty()),
                    });
                }
            }
            _ => {}
        }
    }
    out.sort_by(|one, other| other.cmp(one));
    out.dedup();
    out
}

/// Whether a name of a certificate covers a host: itself, or one label under its wildcard.
#[must_use]
pub fn covers(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(parent) => name == host || host.split_once('.').is_some_and(|(_, rest)| rest == parent),
        None => name == host,
    }
}
