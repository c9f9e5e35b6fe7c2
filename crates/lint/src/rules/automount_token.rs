//! `automount-token`: a token that nobody needs.
//!
//! # What it checks
//!
//! Pods whose account no binding gives a right have `automountServiceAccountToken: false`, in their spec or in their
//! ServiceAccount. Pods that ask for the token in their own spec, accounts with a binding in the render or in a chart beside it,
//! accounts that no chart makes, and tests are left alone.
//!
//! # Why it matters
//!
//! Every container of the pod finds a token of the API server. Who gets into one asks the server who it is and what else it may
//! do, and gains whatever right is bound to the account later.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   template:
//!     spec:
//!       serviceAccountName: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   template:
//!     spec:
//!       serviceAccountName: api
//!       automountServiceAccountToken: false
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use super::rbac;
use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "automount-token",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &[
        "polaris:automountServiceAccountToken",
        "checkov:CKV_K8S_38",
        "trivy:KSV036",
        "kubescape:C-0034",
        "kubescape:C-0190",
        "kubescape:C-0261",
        "kyverno:restrict-automount-sa-token",
        "kyverno:restrict-sa-automount-sa-token",
        "datree:SRVACC_INCORRECT_AUTOMOUNTSERVICEACCOUNTTOKEN_VALUE",
        "datree:CIS_INVALID_VALUE_AUTOMOUNTSERVICEACCOUNTTOKEN",
        "popeye:POP-301",
        "popeye:POP-303",
    ],
    reason: "Who gets into a container has a token of the API server, and whatever right is bound to it later.",
    cure: "Set automountServiceAccountToken: false.",
    check: Check::Set(check),
};

const SWITCH: &str = "automountServiceAccountToken";

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    let indexes = [context.index, context.others];
    for &(workload, _) in context.index.workloads() {
        let Some(pod) = workload.pod().filter(|pod| pod.spec().get(SWITCH).is_none() && !workload.is_test()) else { continue };
        let Some(namespace) = workload.namespace() else { continue };
        let spec = pod.spec();
        let name = spec.str_at("serviceAccountName").or(spec.str_at("serviceAccount")).filter(|name| !name.is_empty()).unwrap_or("default");
        let account = context.find(Kind::ServiceAccount, namespace, name);
        let is_off = account.is_some_and(|account| account.root().get(SWITCH).and_then(Node::bool) == Some(false));
        let is_unknown = account.is_none() && name != "default";
        let mut bindings = indexes.into_iter().flat_map(|index| index.of(Kind::RoleBinding).chain(index.of(Kind::ClusterRoleBinding)));
        if !is_off && !is_unknown && !bindings.any(|binding| rbac::binds(binding, namespace, name)) {
            let message = format!("the pod has a token of the ServiceAccount {name}, which has no rights");
            let fix = Fix::set(spec, &[SWITCH], NewValue::Bool(false));
            sink.report(workload, spec.nearest(&["serviceAccountName"]), message).fix(fix);
        }
    }
}
