//! Services. Addresses and ports that the cluster gives out are not known here.

use std::collections::HashSet;

use super::paths::{any_name, one_of, one_of_or_default};
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{ip, labels, names, numbers};

const TYPES: &[&str] = &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
const TOPOLOGY_MODE: &str = "service.kubernetes.io/topology-mode";
const TOPOLOGY_HINTS: &str = "service.kubernetes.io/topology-aware-hints";
const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";
const ONLY_LOAD_BALANCERS: &str = "may only be used when `type` is 'LoadBalancer'";

/// From here on traffic is kept in a zone or on a node (`PreferSameTrafficDistribution`).
const SAME_ZONE: u32 = 34;

/// `ValidateServiceCreate` but for its metadata.
pub(super) fn service(root: &Field<'_, '_>, errors: &mut Errors) {
    let (spec, annotations) = (root.field("spec"), root.field("metadata.annotations"));
    let (mode, hints) = (annotations.key(TOPOLOGY_MODE), annotations.key(TOPOLOGY_HINTS));
    if mode.is_set() && hints.is_set() && mode.text() != hints.text() {
        errors.push(mode.invalid(&format!("must match annotations[{TOPOLOGY_HINTS}] when both are specified")));
    }
    let kind = Some(spec.field("type").text()).filter(|text| !text.is_empty()).unwrap_or("ClusterIP");
    let addresses = Addresses::of(&spec);
    let ports = spec.field("ports");
    if ports.is_empty() && !addresses.is_headless() && kind != "ExternalName" {
        errors.push(ports.required(""));
    }
    match kind {
        "LoadBalancer" | "NodePort" if addresses.is_headless() => {
            let list = spec.field("clusterIPs");
            let first = list.at(0).of(addresses.near(&spec));
            errors.push(first.invalid_value("\"None\"", &format!("may not be set to 'None' for {kind} services")));
        }
        "ExternalName" => external_name(&spec, &addresses, errors),
        _ => {}
    }
    self::ports(&ports, kind, errors);
    labels::labels(&spec.field("selector"), errors);
    affinity(&spec, errors);
    if kind != "ExternalName" {
        cluster_addresses(&spec, &addresses, errors);
    }
    for address in spec.field("externalIPs").items() {
        let messages = ip::legacy(address.text(), errors.minor);
        if messages.is_empty() {
            ip::endpoint(&address, errors);
        }
        for message in messages {
            errors.push(address.invalid_value(&shown_text(address.text()), &message));
        }
    }
    one_of_or_default(&spec.field("type"), TYPES, errors);
    source_ranges(&spec, &annotations, kind, errors);
    let allocate = spec.field("allocateLoadBalancerNodePorts");
    if allocate.is_set() && kind != "LoadBalancer" {
        errors.push(allocate.forbidden(ONLY_LOAD_BALANCERS));
    }
    let class = spec.field("loadBalancerClass");
    if class.is_set() {
        if kind == "LoadBalancer" {
            any_name(&class, names::qualified, errors);
        } else {
            errors.push(class.forbidden(ONLY_LOAD_BALANCERS));
        }
    }
    traffic(&spec, kind, errors);
}

fn external_name(spec: &Field<'_, '_>, addresses: &Addresses<'_>, errors: &mut Errors) {
    const MESSAGE: &str = "may not be set for ExternalName services";
    if !addresses.all.is_empty() {
        errors.push(spec.field("clusterIPs").of(addresses.near(spec)).forbidden(MESSAGE));
    }
    if !spec.field("ipFamilies").is_empty() {
        errors.push(spec.field("ipFamilies").forbidden(MESSAGE));
    }
    if spec.field("ipFamilyPolicy").is_set() {
        errors.push(spec.field("ipFamilyPolicy").forbidden(MESSAGE));
    }
    let name = spec.field("externalName");
    let text = name.text().strip_suffix('.').unwrap_or(name.text());
    if text.is_empty() {
        errors.push(name.required(""));
    }
    for message in names::subdomain(text).into_iter().filter(|_| !text.is_empty()) {
        errors.push(name.invalid_value(&shown_text(text), &message));
    }
}

/// The addresses of a Service after what is filled in: of `clusterIP` and `clusterIPs` one is made from the other.
struct Addresses<'t> {
    single: &'t str,
    all: Vec<&'t str>,
}

impl<'t> Addresses<'t> {
    fn of(spec: &Field<'_, 't>) -> Self {
        let single = spec.field("clusterIP").text();
        let mut all: Vec<&str> = spec.field("clusterIPs").items().map(|address| address.text()).collect();
        if all.is_empty() && !single.is_empty() {
            all.push(single);
        }
        Self { single, all }
    }

    fn is_headless(&self) -> bool {
        self.all == ["None"]
    }

    /// The field that says so.
    fn near(&self, spec: &Field<'_, 't>) -> crate::node::Node<'t> {
        let (single, all) = (spec.field("clusterIP"), spec.field("clusterIPs"));
        if all.is_set() { all.near() } else { single.near() }
    }
}

const FAMILIES: &[&str] = &["IPv4", "IPv6"];

/// `ValidateServiceClusterIPsRelatedFields`.
fn cluster_addresses(spec: &Field<'_, '_>, addresses: &Addresses<'_>, errors: &mut Errors) {
    let list = spec.field("clusterIPs").of(addresses.near(spec));
    let all = &addresses.all;
    let shown = format!("[{}]", all.iter().map(|address| shown_text(address)).collect::<Vec<_>>().join(","));
    let invalid = |message: &str| list.invalid_value(&shown, message);
    match (addresses.single, all.first()) {
        ("", Some(_)) => errors.push(invalid("must be empty when `clusterIP` is not specified")),
        (single, Some(first)) if *first != single => errors.push(invalid("first value must match `clusterIP`")),
        _ => {}
    }
    let families = spec.field("ipFamilies");
    let mut seen = HashSet::new();
    for family in families.items() {
        if !FAMILIES.contains(&family.text()) {
            errors.push(family.not_supported_value(&shown_text(family.text()), FAMILIES));
        }
        if !seen.insert(family.text()) {
            errors.push(family.duplicate());
        }
    }
    one_of(&spec.field("ipFamilyPolicy"), &["PreferDualStack", "RequireDualStack", "SingleStack"], errors);
    // Said where addresses are given out, after all else is well.
    let policy = spec.field("ipFamilyPolicy");
    if matches!(policy.text(), "" | "SingleStack") {
        for (count, what) in [(all.len(), "cluster IPs"), (families.len(), "IP families")] {
            if count == 2 {
                let message = format!("must be 'RequireDualStack' or 'PreferDualStack' when multiple {what} are specified");
                errors.push(policy.invalid_value("\"SingleStack\"", &message));
            }
        }
    }
    let mut faulty = false;
    for (index, address) in all.iter().enumerate() {
        if index == 0 && *address == "None" {
            if all.len() > 1 {
                faulty = true;
                errors.push(invalid("'None' must be the first and only value"));
            }
            continue;
        }
        for message in ip::legacy(address, errors.minor) {
            faulty = true;
            errors.push(list.at(index).of(list.near()).invalid_value(&shown_text(address), &message));
        }
    }
    if all.len() > 2 {
        errors.push(invalid("may only hold up to 2 values"));
    }
    if faulty {
        return;
    }
    let is_v6: Vec<Option<bool>> = all.iter().map(|address| ip::is_v6(address)).collect();
    if all.len() > 1 && !(is_v6.contains(&Some(true)) && is_v6.contains(&Some(false))) {
        errors.push(invalid("may specify no more than one IP for each IP family"));
    }
    if addresses.is_headless() {
        return;
    }
    for (index, (address, family)) in all.iter().zip(families.items()).enumerate() {
        let wanted = family.text();
        if FAMILIES.contains(&wanted) && is_v6.get(index).is_some_and(|six| six.unwrap_or_default() != (wanted == "IPv6")) {
            let message = format!("expected an {wanted} value as indicated by `ipFamilies[{index}]`");
            errors.push(list.at(index).of(list.near()).invalid_value(&shown_text(address), &message));
        }
    }
}

fn protocol<'t>(port: &Field<'_, 't>) -> &'t str {
    Some(port.field("protocol").text()).filter(|text| !text.is_empty()).unwrap_or("TCP")
}

/// `validateServicePort`, and that no two are alike.
fn ports(list: &Field<'_, '_>, kind: &str, errors: &mut Errors) {
    let (mut names_seen, mut node_ports, mut seen) = (HashSet::new(), HashSet::new(), HashSet::new());
    for port in list.items() {
        let (name, number, target, node) = (port.field("name"), port.field("port"), port.field("targetPort"), port.field("nodePort"));
        if name.text().is_empty() {
            if list.len() > 1 {
                errors.push(name.required("").about(Concern::ServicePortName));
            }
        } else {
            errors.invalid(&name, names::label(name.text()), Concern::ServicePortName);
            if !names_seen.insert(name.text()) {
                errors.push(name.duplicate().about(Concern::ServicePortName));
            }
        }
        numbers::port(&number, errors);
        one_of_or_default(&port.field("protocol"), PROTOCOLS, errors);
        // 0 and no text are filled in with the port, which is told of by itself.
        if target.int().is_some_and(|number| number != 0) || !target.text().is_empty() {
            numbers::port_or_name(&target, errors);
        }
        let application = port.field("appProtocol");
        if application.is_set() {
            any_name(&application, names::qualified, errors);
        }
        if let Some(given) = node.int().filter(|number| *number != 0) {
            if kind == "ClusterIP" {
                errors.push(node.forbidden("may not be used when `type` is 'ClusterIP'"));
            }
            if !node_ports.insert((protocol(&port), given)) {
                errors.push(node.duplicate());
            }
        }
        let key = (protocol(&port), number.int().unwrap_or_default());
        if !seen.insert(key) {
            // As Go writes its own type.
            let shown = format!(r#"{{"Name":"","Protocol":"{}","AppProtocol":null,"Port":{},"TargetPort":0,"NodePort":0}}"#, key.0, key.1);
            errors.push(port.duplicate_value(&shown));
        }
    }
}

const DAY: i64 = 86_400;

fn affinity(spec: &Field<'_, '_>, errors: &mut Errors) {
    let affinity = spec.field("sessionAffinity");
    one_of_or_default(&affinity, &["ClientIP", "None"], errors);
    let timeout = spec.field("sessionAffinityConfig.clientIP.timeoutSeconds");
    if affinity.text() == "ClientIP" && timeout.int().is_some_and(|seconds| seconds <= 0 || seconds > DAY) {
        errors.push(timeout.invalid(&format!("must be greater than 0 and less than {DAY}")));
    }
}

fn source_ranges(spec: &Field<'_, '_>, annotations: &Field<'_, '_>, kind: &str, errors: &mut Errors) {
    let (list, annotation) = (spec.field("loadBalancerSourceRanges"), annotations.key(SOURCE_RANGES));
    let minor = errors.minor;
    let mut check = |at: &Field<'_, '_>, text: &str| {
        for message in ip::legacy_network(text.trim(), minor) {
            errors.push(at.invalid_value(&shown_text(text.trim()), &message));
        }
    };
    if !list.is_empty() {
        let at = spec.field("LoadBalancerSourceRanges").of(list.near());
        for (index, range) in list.items().enumerate() {
            check(&at.at(index).of(range.near()), range.text());
        }
        if kind != "LoadBalancer" {
            errors.push(at.forbidden(ONLY_LOAD_BALANCERS));
        }
    } else if annotation.is_set() {
        let text = annotation.text().trim();
        for range in text.split(',').filter(|_| !text.is_empty()) {
            check(&annotation, range);
        }
        if kind != "LoadBalancer" {
            errors.push(annotation.forbidden(ONLY_LOAD_BALANCERS));
        }
    }
}

/// Which endpoints traffic goes to.
fn traffic(spec: &Field<'_, '_>, kind: &str, errors: &mut Errors) {
    let (external, health) = (spec.field("externalTrafficPolicy"), spec.field("healthCheckNodePort"));
    let is_external = matches!(kind, "LoadBalancer" | "NodePort") || kind == "ClusterIP" && !spec.field("externalIPs").is_empty();
    if is_external {
        one_of_or_default(&external, &["Cluster", "Local"], errors);
    } else if !external.text().is_empty() {
        errors.push(external.invalid("may only be set for externally-accessible services"));
    }
    if let Some(port) = health.int().filter(|port| *port != 0) {
        if kind == "LoadBalancer" && external.text() == "Local" {
            numbers::port(&health, errors);
        } else {
            let message = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
            errors.push(health.invalid_value(&port.to_string(), message));
        }
    }
    one_of(&spec.field("internalTrafficPolicy"), &["Cluster", "Local"], errors);
    let distributions: &[&str] =
        if errors.minor >= SAME_ZONE { &["PreferClose", "PreferSameZone", "PreferSameNode"] } else { &["PreferClose"] };
    one_of(&spec.field("trafficDistribution"), distributions, errors);
}
