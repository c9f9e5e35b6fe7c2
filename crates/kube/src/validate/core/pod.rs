//! Pods and templates of pods.

use std::collections::{HashMap, HashSet};

use super::paths::{any_name, named, one_of, one_of_or_default};
use super::volumes::{Volume, volumes};
use super::{annotations, container, network, resources, scheduling, security, shown, windows};
use crate::node::Node;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{labels, names};

/// What parts of a pod have to know of the whole.
pub(super) struct Facts<'t> {
    /// The volumes that are as they should be.
    pub(super) volumes: HashMap<&'t str, Volume>,
    /// The names of claims of devices.
    pub(super) claims: HashSet<&'t str>,
    /// The time that it has to end, after what is filled in.
    pub(super) grace: Option<i64>,
    /// Its restart policy, after what is filled in.
    pub(super) restart_policy: &'t str,
    /// Whether it has the users of its host.
    pub(super) host_users: bool,
    /// Whether ports of the host are filled in with the containers' own.
    pub(super) fills_host_ports: bool,
    /// The operating system that it is for, if it says so.
    pub(super) os: Option<&'t str>,
}

/// Whether a pod is a Pod or within something that makes some.
#[derive(Clone, Copy)]
enum Role<'p, 't> {
    Pod,
    Template,
    /// With claims of these names.
    Claiming(&'p [Node<'t>]),
}

/// `ValidatePodTemplateSpec`: the template of a workload. That its labels meet the workload's selector, and that its restart policy is one
/// that the workload can have, is the workload's own check.
pub(crate) fn pod_template(template: &Field<'_, '_>, errors: &mut Errors) {
    template_for(template, Role::Template, errors);
}

/// The same for a workload that makes claims for its pods, each a volume of its name, and gives pods hostnames of its own.
pub(crate) fn pod_template_with_claims<'t>(template: &Field<'_, 't>, claims: &Field<'_, 't>, errors: &mut Errors) {
    let names: Vec<Node<'t>> = claims.items().map(|claim| claim.field("metadata.name").near()).collect();
    template_for(template, Role::Claiming(&names), errors);
}

fn template_for<'t>(template: &Field<'_, 't>, role: Role<'_, 't>, errors: &mut Errors) {
    // The API server names labels and annotations without their metadata here.
    let metadata = template.field("metadata");
    let own = |name| template.field(name).of(metadata.field(name).near());
    if metadata.field("labels").is_set() {
        labels::labels(&own("labels"), errors);
    }
    let annotated = metadata.field("annotations").is_set();
    let spec = template.field("spec");
    if annotated {
        labels::annotations(&own("annotations"), errors);
        annotations::of_pod(&own("annotations"), &spec, errors);
    }
    pod_spec(&spec, "", role, errors);
    annotations::against_fields(&metadata.field("annotations"), &spec, errors);
    let ephemeral = spec.field("ephemeralContainers");
    if !ephemeral.is_empty() {
        errors.push(ephemeral.forbidden("ephemeral containers not allowed in pod template"));
    }
}

/// `ValidatePodCreate` but for its metadata.
pub(super) fn pod(root: &Field<'_, '_>, errors: &mut Errors) {
    let (metadata, spec) = (root.field("metadata"), root.field("spec"));
    annotations::of_pod(&metadata.field("annotations"), &spec, errors);
    pod_spec(&spec, metadata.field("name").text(), Role::Pod, errors);
    let account = [spec.field("serviceAccountName"), spec.field("serviceAccount")].iter().any(|name| !name.text().is_empty());
    if !account {
        for volume in spec.field("volumes").items() {
            for source in volume.field("projected.sources").items() {
                let token = source.field("serviceAccountToken");
                if token.is_set() {
                    errors.push(token.forbidden("must not be specified when serviceAccountName is not set"));
                }
            }
        }
    }
    for list in ["containers", "initContainers"] {
        for container in spec.field(list).items() {
            container::image_padding(&container, errors);
        }
    }
    let ephemeral = spec.field("ephemeralContainers");
    if !ephemeral.is_empty() {
        errors.push(ephemeral.forbidden("cannot be set on create"));
    }
    let node = spec.field("nodeName");
    if !node.text().is_empty() && !spec.field("schedulingGates").is_empty() {
        errors.push(node.forbidden("cannot be set until all schedulingGates have been cleared"));
    }
    annotations::against_fields(&metadata.field("annotations"), &spec, errors);
}

/// Calls back for every container of every sort, in the API server's order.
pub(super) fn all_containers<'t>(spec: &Field<'_, 't>, mut look: impl for<'p> FnMut(&Field<'p, 't>, usize)) {
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (index, container) in spec.field(list).items().enumerate() {
            look(&container, index);
        }
    }
}

/// Before this, templates had their host ports filled in as pods have (`DefaultHostNetworkHostPortsInPodTemplates`).
const EMPTY_HOST_PORTS: u32 = 28;
/// From here on pods ask for resources as a whole (`PodLevelResources`).
const POD_RESOURCES: u32 = 34;
/// From here on claims of devices are kept (`DynamicResourceAllocation`).
const DEVICE_CLAIMS: u32 = 34;
/// From here on pods have users of their own (`UserNamespacesSupport`).
const OWN_USERS: u32 = 33;
/// The time that a pod has to end, where it says none.
const GRACE: i64 = 30;

/// `ValidatePodSpec`.
fn pod_spec<'t>(spec: &Field<'_, 't>, name: &str, role: Role<'_, 't>, errors: &mut Errors) {
    let minor = errors.minor;
    let grace = spec.field("terminationGracePeriodSeconds").int().unwrap_or(GRACE);
    let claimed = if let Role::Claiming(names) = role { names } else { &[] };
    let volumes = volumes(&spec.field("volumes"), name, claimed, errors);
    let is_pod = matches!(role, Role::Pod);
    let claims = spec.field("resourceClaims");
    let restart = spec.field("restartPolicy");
    let host_network = spec.field("hostNetwork").is_on();
    let facts = Facts {
        volumes,
        claims: claims.items().map(|claim| claim.field("name").text()).filter(|name| !name.is_empty()).collect(),
        grace: Some(if is_pod && grace < 0 { 1 } else { grace }),
        restart_policy: Some(restart.text()).filter(|text| !text.is_empty()).unwrap_or("Always"),
        host_users: minor < OWN_USERS || spec.field("hostUsers").bool() != Some(false),
        fills_host_ports: host_network && (is_pod || minor < EMPTY_HOST_PORTS),
        os: spec.field("os.name").str(),
    };
    if minor >= DEVICE_CLAIMS {
        device_claims(&claims, errors);
    }
    let containers = spec.field("containers");
    container::containers(&containers, &facts, errors);
    container::init_containers(&spec.field("initContainers"), &containers, &facts, errors);
    container::ephemeral_containers(spec, &spec.field("ephemeralContainers"), &facts, errors);
    if minor >= POD_RESOURCES {
        resources::of_pod(spec, errors);
    }
    network::host_ports(spec, errors);
    one_of_or_default(&restart, &["Always", "OnFailure", "Never"], errors);
    one_of_or_default(&spec.field("dnsPolicy"), &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], errors);
    labels::labels(&spec.field("nodeSelector"), errors);
    security::of_pod(spec, errors);
    let shared = spec.field("shareProcessNamespace");
    if shared.is_on() && spec.field("hostPID").is_on() {
        errors.push(shared.invalid("ShareProcessNamespace and HostPID cannot both be enabled"));
    }
    scheduling::affinity(&spec.field("affinity"), errors);
    network::dns(spec, errors);
    for gate in spec.field("readinessGates").items() {
        any_name(&gate.field("conditionType"), names::qualified, errors);
    }
    scheduling_gates(&spec.field("schedulingGates"), errors);
    scheduling::spread(&spec.field("topologySpreadConstraints"), errors);
    windows::host_processes(spec, errors);
    if !facts.host_users {
        host_users(spec, errors);
    }
    network::hostname(spec, errors);
    texts(spec, errors);
    if !matches!(role, Role::Claiming(_)) {
        named(&spec.field("hostname"), names::label, errors);
        named(&spec.field("subdomain"), names::label, errors);
    }
    scheduling::tolerations(&spec.field("tolerations"), errors);
    network::host_aliases(&spec.field("hostAliases"), errors);
    resources::overhead(&spec.field("overhead"), errors);
    windows::system(spec, &facts, errors);
    variables_of_files(spec, &facts, errors);
}

/// Names, numbers and choices that stand by themselves.
fn texts(spec: &Field<'_, '_>, errors: &mut Errors) {
    let account = spec.field("serviceAccountName");
    if account.text().is_empty() {
        // The older field is copied into the newer one.
        if let Some(node) = spec.field("serviceAccount").node() {
            named(&account.of(node), names::subdomain, errors);
        }
    } else {
        named(&account, names::subdomain, errors);
    }
    named(&spec.field("nodeName"), names::subdomain, errors);
    let deadline = spec.field("activeDeadlineSeconds");
    if deadline.int().is_some_and(|seconds| !(1..=i64::from(i32::MAX)).contains(&seconds)) {
        errors.push(deadline.invalid(&names::inclusive(1, i64::from(i32::MAX))));
    }
    named(&spec.field("priorityClassName"), names::subdomain, errors);
    let runtime = spec.field("runtimeClassName");
    if runtime.is_set() {
        any_name(&runtime, names::subdomain, errors);
    }
    let preemption = spec.field("preemptionPolicy");
    match preemption.str() {
        Some("") => errors.push(preemption.required("")),
        _ => one_of(&preemption, &["PreemptLowerPriority", "Never"], errors),
    }
}

fn scheduling_gates(gates: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = HashSet::new();
    for gate in gates.items() {
        let name = gate.field("name");
        let shown = shown_text(name.text());
        for message in names::qualified(name.text()) {
            errors.push(gate.invalid_value(&shown, &message));
        }
        if !seen.insert(name.text()) {
            errors.push(gate.duplicate_value(&shown));
        }
    }
}

fn device_claims(claims: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = HashSet::new();
    for claim in claims.items() {
        let (name, by_name, by_template) =
            (claim.field("name"), claim.field("resourceClaimName"), claim.field("resourceClaimTemplateName"));
        if name.text().is_empty() {
            errors.push(name.required(""));
        } else if !seen.insert(name.text()) {
            errors.push(name.duplicate());
        } else {
            errors.invalid(&name, names::label(name.text()), Concern::Other);
        }
        if by_name.is_set() && by_template.is_set() {
            errors.push(claim.invalid_value(
                &shown::go(&claim, shown::RESOURCE_CLAIM),
                "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
            ));
        } else if !by_name.is_set() && !by_template.is_set() {
            errors.push(claim.invalid_value(
                &shown::go(&claim, shown::RESOURCE_CLAIM),
                "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
            ));
        }
        for reference in [&by_name, &by_template] {
            if reference.is_set() {
                any_name(reference, names::subdomain, errors);
            }
        }
    }
}

/// `validateHostUsers`: what does not go with users of the pod's own.
fn host_users(spec: &Field<'_, '_>, errors: &mut Errors) {
    const MESSAGE: &str = "when `hostUsers` is false";
    for (name, place) in [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")] {
        let switch = spec.field(name);
        if switch.is_on() {
            errors.push(spec.field(place).of(switch.near()).forbidden(MESSAGE));
        }
    }
    all_containers(spec, |container, _| {
        let devices = container.field("volumeDevices");
        if !devices.is_empty() {
            errors.push(devices.forbidden(MESSAGE));
        }
    });
}

/// From here on variables come from files (`EnvFiles`).
const FILES: u32 = 35;

/// `validateFileKeyRefVolumes`: files with variables lie in empty folders, where containers put them.
fn variables_of_files(spec: &Field<'_, '_>, facts: &Facts<'_>, errors: &mut Errors) {
    if errors.minor < FILES {
        return;
    }
    all_containers(spec, |container, _| {
        for variable in container.field("env").items() {
            let name = variable.field("valueFrom.fileKeyRef.volumeName");
            if !variable.field("valueFrom.fileKeyRef").is_set() {
                continue;
            }
            match facts.volumes.get(name.text()) {
                None => errors.push(name.not_found().about(Concern::VolumeMount)),
                Some(volume) if !volume.is_empty_dir => {
                    errors.push(name.invalid("referenced volume must be of type emptyDir").about(Concern::VolumeMount));
                }
                Some(_) => {}
            }
        }
    });
}
