//! `hpa-missing-requests`: an autoscaler aims at a share of a request that is not there.
//!
//! # What it checks
//!
//! For each metric of the type `Utilization` of a HorizontalPodAutoscaler (without metrics it is 80 % of CPU) the containers of its
//! target request that resource: all of them, sidecars included, or the one that the metric names. A limit counts as a request, and
//! so does a request of the pod as a whole.
//!
//! # Why it matters
//!
//! Utilization is use divided by request. Without it the autoscaler reports `missing request for cpu` and never scales.
//!
//! # Example
//!
//! ```yaml
//! metrics:
//!   - type: Resource
//!     resource:
//!       name: memory
//!       target: {type: Utilization, averageUtilization: 80}
//! ---
//! resources:
//!   requests:
//!     cpu: 100m
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests:
//!     cpu: 100m
//!     memory: 256Mi
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::pod::ContainerView;
use k8s_openapi::api::autoscaling::v2::{MetricSpec, MetricTarget};

use super::resources::has_request;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hpa-missing-requests",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &[],
    reason: "Utilization is use divided by request: without the request the autoscaler never scales.",
    cure: "Request the resource in every container of the pod, or aim at an AverageValue.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (object, spec) in context.index.autoscalers() {
        let Some((workload, pod)) = context.index.target_of(object, spec).and_then(|workload| Some((workload, workload.pod()?))) else {
            continue;
        };
        let root = object.root();
        let metrics = spec.metrics.as_deref().unwrap_or_default();
        let mut aims: Vec<(&str, Option<&str>, Node<'t>)> =
            metrics.iter().zip(root.nearest(&["spec", "metrics"]).items()).filter_map(|(metric, node)| aim(metric, node)).collect();
        // What the API server fills in (`pkg/apis/autoscaling/v2/defaults.go`), and what it makes of `autoscaling/v1`.
        if metrics.is_empty() {
            aims.push(("cpu", None, root.nearest(&["spec"])));
        } else if root.at(&["spec", "metrics"]).is_none() {
            aims.push(("cpu", None, root.nearest(&["spec", "targetCPUUtilizationPercentage"])));
        }
        for (resource, only, node) in aims {
            if has_request(pod.resources(), resource) {
                continue;
            }
            let lacking: Vec<ContainerView<'t>> = pod
                .running()
                .filter(|container| {
                    only.is_none_or(|name| container.name() == name) && !has_request(container.typed.resources.as_ref(), resource)
                })
                .collect();
            if lacking.is_empty() {
                continue;
            }
            let names: Vec<&str> = lacking.iter().map(|container| container.name()).collect();
            let message = format!(
                "it aims at a share of the {resource} request, but {} of {} {} requests none",
                names.join(", "),
                workload.kind_name(),
                workload.name()
            );
            let mut reported = sink.report(object, node, message);
            for container in lacking {
                reported = reported.also(workload, container.node.nearest(&["resources", "requests"]));
            }
        }
    }
}

/// The resource that a metric takes a share of, the one container that it looks at if so, and where it says so.
fn aim<'t>(metric: &'t MetricSpec, node: Node<'t>) -> Option<(&'t str, Option<&'t str>, Node<'t>)> {
    let by_share = |target: &MetricTarget| target.type_ == "Utilization";
    match metric.type_.as_str() {
        "Resource" => metric
            .resource
            .as_ref()
            .filter(|source| by_share(&source.target))
            .map(|source| (source.name.as_str(), None, node.nearest(&["resource"]))),
        "ContainerResource" => {
            let source = metric.container_resource.as_ref().filter(|source| by_share(&source.target))?;
            Some((&source.name, Some(&source.container), node.nearest(&["containerResource"])))
        }
        _ => None,
    }
}
