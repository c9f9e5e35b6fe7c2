//! Pods against the Pod Security Standards, one rule a test. `make pss-check` compares many more with Kubernetes' own module.

use chartwright_kube::object::Manifest;
use chartwright_kube::pod::Pod;
use chartwright_kube::pss::{self, Level};

fn with_pod<T>(manifest: &str, look: impl FnOnce(Pod<'_>) -> T) -> T {
    let manifest = Manifest::parse(manifest);
    assert!(manifest.error.is_none(), "{:?}", manifest.error);
    let pod = manifest.objects(0, "test", "data").next().and_then(|object| object.pod());
    look(pod.expect("an object with a pod"))
}

/// A pod that is restricted but for what is added: lines of its spec, of its security context, and of its container's.
fn pod(spec: &str, shared: &str, own: &str) -> String {
    format!(
        "apiVersion: v1
kind: Pod
metadata: {{name: pod}}
spec:
  securityContext: {{runAsNonRoot: true, seccompProfile: {{type: RuntimeDefault}}{shared}}}
  containers:
    - name: main
      securityContext: {{allowPrivilegeEscalation: false, capabilities: {{drop: [ALL]}}{own}}}
{spec}"
    )
}

/// The checks that fail in a minor version, and the level that is left.
#[track_caller]
fn check(manifest: &str, minor: u32, failed: &[&str], level: Level) {
    with_pod(manifest, |pod| {
        let found: Vec<&str> = pss::CHECKS.iter().filter(|check| !check.violations(pod, minor).is_empty()).map(|check| check.id).collect();
        assert_eq!(found, failed, "in 1.{minor}");
        assert_eq!(pss::level(pod, minor), level, "in 1.{minor}");
    });
}

#[test]
fn volumes_of_images_are_allowed_and_those_of_servers_are_not() {
    let volume = |source: &str| pod(&format!("  volumes: [{{name: data{source}}}]"), "", "");
    check(&volume(", image: {reference: models:1}"), 25, &[], Level::Restricted);
    check(&volume(", nfs: {server: files, path: /}"), 37, &["restrictedVolumes"], Level::Baseline);
    check(&volume(", hostPath: {path: /}"), 37, &["hostPathVolumes", "restrictedVolumes"], Level::Privileged);
    // The API server makes an `emptyDir` of it.
    check(&volume(""), 37, &[], Level::Restricted);
    check(&volume(", nfs: null"), 37, &[], Level::Restricted);
}

#[test]
fn annotations_of_apparmor_count() {
    let annotated = |value: &str| {
        let annotations = format!("name: pod, annotations: {{container.apparmor.security.beta.kubernetes.io/main: {value}}}");
        pod("", "", "").replace("name: pod", &annotations)
    };
    check(&annotated("localhost/web"), 37, &[], Level::Restricted);
    check(&annotated("''"), 37, &[], Level::Restricted);
    check(&annotated("unconfined"), 25, &["appArmorProfile"], Level::Privileged);
}

#[test]
fn hosts_of_probes_and_hooks_are_refused_from_1_34() {
    let probing = |handler: &str| pod("", "", "").replace("    - name: main", &format!("    - name: main\n      {handler}"));
    let elsewhere = probing("livenessProbe: {httpGet: {port: 80, host: example.com}}");
    check(&elsewhere, 33, &[], Level::Restricted);
    check(&elsewhere, 34, &["hostProbesAndHostLifecycle"], Level::Privileged);
    let hook = probing("lifecycle: {preStop: {tcpSocket: {port: 80, host: 127.0.0.1}}}");
    check(&hook, 34, &["hostProbesAndHostLifecycle"], Level::Privileged);
    check(&probing("livenessProbe: {httpGet: {port: 80, host: ''}}"), 34, &[], Level::Restricted);
}

#[test]
fn users_of_their_own_relax_identity_and_proc_from_1_35() {
    let root = pod("  hostUsers: false", ", runAsUser: 0", ", runAsNonRoot: false");
    check(&root, 34, &["runAsNonRoot", "runAsUser"], Level::Baseline);
    check(&root, 35, &[], Level::Restricted);
    let unmasked = |hosts: &str| pod(&format!("  hostUsers: {hosts}"), "", ", procMount: Unmasked");
    check(&unmasked("false"), 34, &["procMount"], Level::Privileged);
    check(&unmasked("false"), 35, &["procMount_restricted"], Level::Baseline);
    check(&unmasked("true"), 35, &["procMount", "procMount_restricted"], Level::Privileged);
}

#[test]
fn non_root_is_inherited_but_a_false_is_not_made_good() {
    let inner = |own: &str| pod("", "", own).replace("runAsNonRoot: true, seccomp", "seccomp");
    check(&inner(", runAsNonRoot: true"), 37, &[], Level::Restricted);
    check(&inner(""), 37, &["runAsNonRoot"], Level::Baseline);
    check(&pod("", "", ", runAsNonRoot: false"), 37, &["runAsNonRoot"], Level::Baseline);
    let pod_is_false = pod("", "", ", runAsNonRoot: true").replace("{runAsNonRoot: true, seccomp", "{runAsNonRoot: false, seccomp");
    check(&pod_is_false, 37, &["runAsNonRoot"], Level::Baseline);
}

#[test]
fn safe_sysctls_grow() {
    let setting = |name: &str| pod("", &format!(", sysctls: [{{name: {name}, value: '1'}}]"), "");
    for (name, since) in [
        ("net.ipv4.ip_local_reserved_ports", 27),
        ("net.ipv4.tcp_fin_timeout", 29),
        ("net.ipv4.tcp_wmem", 32),
        ("net.ipv4.tcp_notsent_lowat", 37),
    ] {
        check(&setting(name), since - 1, &["sysctls"], Level::Privileged);
        check(&setting(name), since, &[], Level::Restricted);
    }
    // Safe for the kubelet's check, but not a name that admission knows.
    check(&setting("net/ipv4/tcp_wmem"), 37, &["sysctls"], Level::Privileged);
}

#[test]
fn the_type_of_container_engines_is_allowed_from_1_31() {
    let engine = pod("", ", seLinuxOptions: {type: container_engine_t}", "");
    check(&engine, 30, &["seLinuxOptions"], Level::Privileged);
    check(&engine, 31, &[], Level::Restricted);
}

#[test]
fn init_and_ephemeral_containers_are_looked_at() {
    for list in ["initContainers", "ephemeralContainers"] {
        let privileged = format!("  {list}: [{{name: other, securityContext: {{privileged: true}}}}]");
        let failed = ["privileged", "allowPrivilegeEscalation", "capabilities_restricted"];
        check(&pod(&privileged, "", ""), 37, &failed, Level::Privileged);
    }
}

#[test]
fn windows_pods_are_freed_of_what_they_cannot_set() {
    let windows = "apiVersion: v1
kind: Pod
metadata: {name: pod}
spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: main}]}";
    check(windows, 25, &[], Level::Restricted);
    check(
        &windows.replace("windows}", "linux}"),
        25,
        &["allowPrivilegeEscalation", "capabilities_restricted", "seccompProfile_restricted"],
        Level::Baseline,
    );
    // The restricted level has no check of capabilities there, and the baseline level has.
    let adds = windows.replace("name: main", "name: main, securityContext: {capabilities: {add: [SYS_ADMIN]}}");
    check(&adds, 37, &["capabilities_baseline"], Level::Restricted);
    with_pod(&adds, |pod| assert!(!pss::admits(Level::Baseline, pod, 37)));
}

#[test]
fn every_kind_of_workload_has_its_pod_judged() {
    let spec = "spec: {hostPID: true, securityContext: {runAsNonRoot: true}, containers: [{name: main}]}";
    for (kind, body) in [
        ("apiVersion: v1\nkind: PodTemplate", format!("template: {{{spec}}}")),
        ("apiVersion: v1\nkind: ReplicationController", format!("spec: {{template: {{{spec}}}}}")),
        ("apiVersion: apps/v1\nkind: ReplicaSet", format!("spec: {{template: {{{spec}}}}}")),
        ("apiVersion: apps/v1\nkind: Deployment", format!("spec: {{template: {{{spec}}}}}")),
        ("apiVersion: apps/v1\nkind: DaemonSet", format!("spec: {{template: {{{spec}}}}}")),
        ("apiVersion: apps/v1\nkind: StatefulSet", format!("spec: {{template: {{{spec}}}}}")),
        ("apiVersion: batch/v1\nkind: Job", format!("spec: {{template: {{{spec}}}}}")),
        ("apiVersion: batch/v1\nkind: CronJob", format!("spec: {{jobTemplate: {{spec: {{template: {{{spec}}}}}}}}}")),
    ] {
        with_pod(&format!("{kind}\nmetadata: {{name: object}}\n{body}"), |pod| {
            assert!(!pss::violations("hostNamespaces", pod, 37).is_empty(), "{kind}");
        });
    }
}
