//! What renders ask of a cluster, written as people would read it.

use chartwright_kube::index::Index;
use chartwright_kube::object::Manifest;
use chartwright_kube::quantity::Quantity;
use chartwright_kube::totals::{Exposure, Range, StorageClass, Totals, totals};

fn range(range: Range<Quantity>) -> String {
    if range.min == range.max { range.min.to_string() } else { format!("{}–{}", range.min, range.max) }
}

fn write(totals: &Totals) -> String {
    let bounded = |of: Option<Range<Quantity>>| of.map_or("unbounded".to_owned(), range);
    let each = if totals.per_node { " and one on each node" } else { "" };
    let mut out = format!("pods {}–{}{each}\n", totals.pods.min, totals.pods.max);
    let (requests, limits) = (&totals.requests, &totals.limits);
    out +=
        &format!("requests {} cpu, {} memory, {} disk\n", range(requests.cpu), range(requests.memory), range(requests.ephemeral_storage));
    out += &format!("limits {} cpu, {} memory\n", bounded(limits.cpu), bounded(limits.memory));
    for claim in &totals.storage {
        let class = match &claim.class {
            StorageClass::Default => "the default class",
            StorageClass::None => "no class",
            StorageClass::Named(name) => name,
        };
        let size = claim.size.map_or("?".to_owned(), |size| size.to_string());
        out += &format!("{}–{} × {} {size} {} on {class}\n", claim.count.min, claim.count.max, claim.name, claim.access_modes.join(", "));
    }
    for way in &totals.exposure {
        out += &match way {
            Exposure::ClusterIp { service } => format!("within the cluster: {service}\n"),
            Exposure::NodePort { service } => format!("on each node: {service}\n"),
            Exposure::LoadBalancer { service } => format!("on an address of its own: {service}\n"),
            Exposure::Ingress { host, path, tls } => format!("{}{host}{path}\n", if *tls { "https://" } else { "http://" }),
        };
    }
    let security = totals.security.map_or("no pods", |level| level.name());
    let qos = totals.qos.map_or("no pods", |qos| qos.name());
    out + &format!("{security}, {qos}\n")
}

#[track_caller]
fn check(manifests: &str, expected: &str) {
    let manifest = Manifest::parse(manifests);
    assert!(manifest.error.is_none(), "{:?}", manifest.error);
    let index = Index::new(manifest.objects(0, "test", "data").collect());
    assert_eq!(write(&totals(&index, 37)), expected);
}

const RESTRICTED: &str = "
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: api
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          resources:
            requests: {cpu: 500m, memory: 512Mi, ephemeral-storage: 128Mi}
            limits: {cpu: 1, memory: 512Mi}
";

fn deployment(extra: &str, pod: &str) -> String {
    format!("---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: api}}\nspec:\n{extra}  template:\n    spec:{pod}")
}

#[test]
fn an_autoscaler_makes_a_range() {
    let hpa = "---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
  minReplicas: 2
  maxReplicas: 10
";
    check(
        &(deployment("", RESTRICTED) + hpa),
        "pods 2–10\nrequests 1–5 cpu, 1Gi–5Gi memory, 256Mi–1280Mi disk\nlimits 2–10 cpu, 1Gi–5Gi memory\nrestricted, Burstable\n",
    );
}

#[test]
fn init_containers_count_at_their_hungriest_and_sidecars_always() {
    let pod = "
      initContainers:
        - {name: log, restartPolicy: Always, resources: {requests: {cpu: 100m, memory: 64Mi}}}
        - {name: migrate, resources: {requests: {cpu: 2, memory: 32Mi}}}
      containers:
        - {name: api, resources: {requests: {cpu: 500m, memory: 512Mi}}}
      overhead: {cpu: 10m}
";
    // The start: 2 + 0.1 cores; the run: 0.5 + 0.1 cores; both on top of the runtime's own.
    check(
        &deployment("  replicas: 1\n", pod),
        "pods 1–1\nrequests 2110m cpu, 576Mi memory, 0 disk\nlimits unbounded cpu, unbounded memory\nbaseline, Burstable\n",
    );
}

#[test]
fn a_limit_is_the_request_that_is_not_given() {
    let pod = "
      containers:
        - {name: api, resources: {limits: {cpu: 250m, memory: 128Mi}}}
";
    check(
        &deployment("  replicas: 3\n", pod),
        "pods 3–3\nrequests 750m cpu, 384Mi memory, 0 disk\nlimits 750m cpu, 384Mi memory\nbaseline, Guaranteed\n",
    );
}

#[test]
fn a_pod_may_have_resources_as_a_whole() {
    let pod = "
      resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}
      containers:
        - {name: api}
        - {name: proxy, resources: {requests: {cpu: 100m}}}
      hostNetwork: true
";
    check(&deployment("", pod), "pods 1–1\nrequests 1 cpu, 1Gi memory, 0 disk\nlimits 1 cpu, 1Gi memory\nprivileged, Guaranteed\n");
}

#[test]
fn jobs_run_now_and_then() {
    let cron = "
apiVersion: batch/v1
kind: CronJob
metadata: {name: fetch}
spec:
  schedule: 0 2 * * *
  jobTemplate:
    spec:
      parallelism: 4
      completions: 3
      template:
        spec:
          containers: [{name: fetch, resources: {requests: {cpu: 1}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: test, annotations: {helm.sh/hook: test}}
spec: {hostPID: true, containers: [{name: test, resources: {requests: {cpu: 8}}}]}
";
    check(cron, "pods 0–3\nrequests 0–3 cpu, 0 memory, 0 disk\nlimits unbounded cpu, unbounded memory\nbaseline, Burstable\n");
}

#[test]
fn claims_of_each_kind() {
    let claims = "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteMany], storageClassName: efs-sc, resources: {requests: {storage: 20Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: bound}
spec: {accessModes: [ReadOnlyMany], storageClassName: '', resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  template: {spec: {containers: []}}
  volumeClaimTemplates:
    - metadata: {name: store}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10G}}}
";
    check(
        claims,
        "pods 3–3\nrequests 0 cpu, 0 memory, 0 disk\nlimits 0 cpu, 0 memory\n\
         1–1 × data 20Gi ReadWriteMany on efs-sc\n1–1 × bound 1Gi ReadOnlyMany on no class\n\
         3–3 × store 10G ReadWriteOnce on the default class\nrestricted, BestEffort\n",
    );
}

#[test]
fn ways_in_with_the_furthest_first() {
    let ways = "
apiVersion: v1
kind: Service
metadata: {name: inner}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: outer}
spec: {type: LoadBalancer, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: alias}
spec: {type: ExternalName, externalName: example.com}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: ['*.example.com'], secretName: web-tls}]
  rules:
    - {host: api.example.com, http: {paths: [{path: /v1, pathType: Prefix}]}}
    - {host: a.b.example.com, http: {paths: [{path: /, pathType: Prefix}]}}
    - {http: {paths: [{path: /, pathType: Prefix}]}}
";
    check(
        ways,
        "pods 0–0\nrequests 0 cpu, 0 memory, 0 disk\nlimits unbounded cpu, unbounded memory\n\
         https://api.example.com/v1\nhttp://a.b.example.com/\nhttp://*/\n\
         on an address of its own: outer\nwithin the cluster: inner\nno pods, no pods\n",
    );
}

#[test]
fn a_value_of_the_wrong_type_hides_nothing_else() {
    let pod = "
      containers:
        - name: api
          env: [{name: PORT, value: 8080}]
          resources: {requests: {cpu: 500m}, limits: {memory: [1Gi]}}
";
    check(
        &deployment("  replicas: 2\n", pod),
        "pods 2–2\nrequests 1 cpu, 0 memory, 0 disk\nlimits unbounded cpu, unbounded memory\nbaseline, Burstable\n",
    );
}

#[test]
fn a_template_makes_no_pods() {
    let template = format!(
        "apiVersion: v1
kind: PodTemplate
metadata: {{name: template}}
template:
    spec:{RESTRICTED}      volumes: [{{name: scratch, ephemeral: {{volumeClaimTemplate: {{spec: {{accessModes: [ReadWriteOnce]}}}}}}}}]
"
    );
    let nothing = "pods 0–0\nrequests 0 cpu, 0 memory, 0 disk\nlimits unbounded cpu, unbounded memory\nno pods, no pods\n";
    check(&template, nothing);
}
