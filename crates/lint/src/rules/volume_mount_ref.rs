//! `volume-mount-ref`: a mount of a volume that the pod does not have.
//!
//! # What it checks
//!
//! Each of a container's `volumeMounts` and `volumeDevices` names one of the pod's `volumes`, or one of the claims that a StatefulSet
//! makes for it.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! volumeMounts:
//!   - name: tmp
//!     mountPath: /tmp
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumeMounts:
//!   - name: tmp
//!     mountPath: /tmp
//! volumes:
//!   - name: tmp
//!     emptyDir: {}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "volume-mount-ref",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a mount of a volume that is not there.",
    cure: "Declare the volume, or mount one that is declared.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let templates = context.object.spec_node().into_iter().flat_map(|spec| spec.items_at("volumeClaimTemplates"));
    let claimed = templates.filter_map(|template| template.at(&["metadata", "name"])?.str());
    let known: Vec<&str> = context.pod.spec().items_at("volumes").filter_map(|volume| volume.str_at("name")).chain(claimed).collect();
    for container in context.pod.containers() {
        for mount in container.node.items_at("volumeMounts").chain(container.node.items_at("volumeDevices")) {
            let Some(name) = mount.get("name") else { continue };
            if name.str().is_some_and(|name| !known.contains(&name)) {
                let message =
                    format!("container {} mounts {}, which is no volume of the pod", container.name(), name.str().unwrap_or_default());
                sink.report(context.object, name, message);
            }
        }
    }
}
