//! `duplicate-list-key`: an item of a list that is there twice.
//!
//! # What it checks
//!
//! Lists whose items are told apart by a name, a path or a port hold each once: volumes, names of ports, ports of the host,
//! scheduling gates, finalizers and others. Entries of `imagePullSecrets` and `hostAliases` that are there twice are accepted with
//! a warning. Two variables of one name in an admission policy are an error: a kube-apiserver 1.37 overflows its stack on them and ends.
//!
//! # Why it matters
//!
//! The API server refuses the object, or a later server-side apply does. It happens when a chart appends what the values already
//! hold.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - {name: tmp, emptyDir: {}}
//!   - {name: tmp, emptyDir: {}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - {name: tmp, emptyDir: {}}
//! ```

use std::collections::HashMap;

use chartwright_kube::kind::group;
use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-list-key",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &[],
    reason: "The API server refuses an item that is there twice.",
    cure: "Remove one of them, or give it another name.",
    check: Check::Object(check),
};

/// Lists of a pod whose items are merged by this field, and may yet be there twice.
const TOLERATED: &[(&str, &str)] = &[("imagePullSecrets", "name"), ("hostAliases", "ip")];

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    sink.invalid(context, &[Concern::Duplicate, Concern::DuplicateContainerPort]);
    variables(context, sink);
    let Some(pod) = context.object.pod() else { return };
    for (list, key) in TOLERATED {
        let mut seen = HashMap::new();
        for item in pod.spec().items_at(list) {
            let Some(name) = item.str_at(key) else { continue };
            if let Some(earlier) = seen.insert(name, item) {
                sink.report(context.object, item, format!("{list} has {name} twice"))
                    .severity(Severity::Warning)
                    .also(context.object, earlier);
            }
        }
    }
}

/// Variables of a policy are named by one another, and the API server follows them without an end where a name is there twice.
fn variables<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if !matches!(context.object.kind_name(), "ValidatingAdmissionPolicy" | "MutatingAdmissionPolicy")
        || group(context.object.api_version()) != "admissionregistration.k8s.io"
    {
        return;
    }
    let mut seen = HashMap::new();
    for variable in context.object.spec_node().into_iter().flat_map(|spec| spec.items_at("variables")) {
        let Some(name) = variable.str_at("name") else { continue };
        if let Some(earlier) = seen.insert(name, variable) {
            sink.report(context.object, variable, format!("variables has {name} twice")).also(context.object, earlier);
        }
    }
}
