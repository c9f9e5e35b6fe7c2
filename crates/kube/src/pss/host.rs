//! What a pod shares with the node that it runs on, volumes aside.

use super::{Violation, each};
use crate::node::Node;
use crate::pod::Pod;

pub(super) fn namespaces<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let spec = pod.spec();
    let switches = ["hostNetwork", "hostPID", "hostIPC"].into_iter().filter(|switch| pod.is_on(switch));
    switches.map(|switch| Violation { node: spec.nearest(&[switch]), message: format!("the pod sets {switch}") }).collect()
}

pub(super) fn ports<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let mut out = Vec::new();
    for container in pod.containers() {
        for port in container.node.items_at("ports").filter_map(|port| port.get("hostPort")) {
            if let Some(number) = port.int().filter(|number| *number != 0) {
                out.push(Violation { node: port, message: format!("container {} takes port {number} of the node", container.name()) });
            }
        }
    }
    out
}

pub(super) fn probes<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let mut out = Vec::new();
    for container in pod.containers() {
        // Most containers have none of these: their typed view says so quickly.
        let typed = container.typed;
        let probes = [&typed.liveness_probe, &typed.readiness_probe, &typed.startup_probe];
        if probes.iter().all(|probe| probe.is_none()) && typed.lifecycle.is_none() {
            continue;
        }
        let places: [&[&str]; 5] =
            [&["livenessProbe"], &["readinessProbe"], &["startupProbe"], &["lifecycle", "postStart"], &["lifecycle", "preStop"]];
        for handler in places.iter().filter_map(|path| container.node.at(path)) {
            for host in ["httpGet", "tcpSocket"].iter().filter_map(|kind| handler.at(&[kind, "host"])) {
                if let Some(name) = host.str().filter(|name| !name.is_empty()) {
                    let message = format!("a probe or hook of container {} goes to the host {name}", container.name());
                    out.push(Violation { node: host, message });
                }
            }
        }
    }
    out
}

pub(super) fn sysctls<'t>(pod: Pod<'t>, minor: u32) -> Vec<Violation<'t>> {
    let since = |name: &str| match name {
        "kernel.shm_rmid_forced"
        | "net.ipv4.ip_local_port_range"
        | "net.ipv4.tcp_syncookies"
        | "net.ipv4.ping_group_range"
        | "net.ipv4.ip_unprivileged_port_start" => Some(0),
        "net.ipv4.ip_local_reserved_ports" => Some(27),
        "net.ipv4.tcp_keepalive_time" | "net.ipv4.tcp_fin_timeout" | "net.ipv4.tcp_keepalive_intvl" | "net.ipv4.tcp_keepalive_probes" => {
            Some(29)
        }
        "net.ipv4.tcp_rmem" | "net.ipv4.tcp_wmem" => Some(32),
        "net.ipv4.tcp_slow_start_after_idle" | "net.ipv4.tcp_notsent_lowat" => Some(37),
        _ => None,
    };
    let list = pod.spec().get("securityContext").into_iter().flat_map(|context| context.items_at("sysctls"));
    list.filter_map(|sysctl| {
        let node = sysctl.nearest(&["name"]);
        let name = sysctl.get("name").and_then(Node::str).unwrap_or_default();
        since(name).is_none_or(|version| version > minor).then(|| Violation { node, message: format!("the pod sets the sysctl {name}") })
    })
    .collect()
}

pub(super) fn windows_process<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let path = ["securityContext", "windowsOptions", "hostProcess"];
    let mut out = each(pod, &path, |container| {
        let options = container.typed.security_context.as_ref()?.windows_options.as_ref()?;
        (options.host_process == Some(true)).then(|| format!("container {} runs as a process of the node", container.name()))
    });
    if pod.security().windows_options.as_ref().is_some_and(|options| options.host_process == Some(true)) {
        out.insert(0, Violation { node: pod.spec().nearest(&path), message: "the pod runs as a process of the node".to_owned() });
    }
    out
}
