//! What breaks in which release of Kubernetes.

use std::sync::Arc;

use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_lint::{Document, Input, Linter, Profile, Sweep};

const RENDER: &str = "\
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: budget}
spec: {minAvailable: 1, selector: {matchLabels: {app: api}}}
---
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: {name: flow}
spec: {priorityLevelConfiguration: {name: exempt}}
---
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: more}
spec: {cidrs: [10.0.0.0/24]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaler}
spec: {minReplicas: 3, maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: TZ=UTC 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: job, image: example/job:1}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: fine}
data: {key: value}
";

fn input<'a>(documents: &'a [Document<'a>]) -> Input<'a> {
    Input { documents, context: &[], kubernetes_minor: 30, partial: false, apart: false, profile: Profile::Api, disabled: &[] }
}

fn linter() -> Linter {
    Linter::with_schemas(Arc::new(Schemas::parse(KUBERNETES).expect("the table is sound")))
}

fn lines(sweep: &Sweep) -> Vec<String> {
    let lines = sweep.breaks().iter().map(|cause| {
        let finding = &cause.finding;
        format!("{}: {}/{}: {}: {}", sweep.releases(cause), finding.object.kind, finding.object.name, finding.rule, finding.message)
    });
    lines.collect()
}

#[test]
fn each_cause_is_told_once_with_its_releases() {
    let documents = [Document { source: "t.yaml", content: RENDER, namespace: "data" }];
    let sweep = linter().sweep(&input(&documents), 25..=37);
    assert_eq!(sweep.minors(), (25..=37).collect::<Vec<_>>());
    assert_eq!(
        lines(&sweep),
        [
            "every release: PodDisruptionBudget/budget: removed-api: Kubernetes has no PodDisruptionBudget of policy/v1beta1 since 1.25",
            "every release: HorizontalPodAutoscaler/scaler: hpa-min-max: spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`",
            "before 1.26: FlowSchema/flow: unknown-kind: no matches for kind \"FlowSchema\" in version \"flowcontrol.apiserver.k8s.io/v1beta3\", which came with Kubernetes 1.26",
            "before 1.33: ServiceCIDR/more: unknown-kind: no matches for kind \"ServiceCIDR\" in version \"networking.k8s.io/v1\", which came with Kubernetes 1.33",
            "since 1.29: CronJob/nightly: cron-schedule: spec.schedule: Invalid value: \"TZ=UTC 0 3 * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead",
            "since 1.32: FlowSchema/flow: removed-api: Kubernetes has no FlowSchema of flowcontrol.apiserver.k8s.io/v1beta3 since 1.32",
        ]
    );
}

#[test]
fn a_release_lists_its_own() {
    let documents = [Document { source: "t.yaml", content: RENDER, namespace: "data" }];
    let sweep = linter().sweep(&input(&documents), 25..=37);
    let names = |minor| sweep.broken(minor).map(|cause| cause.finding.object.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names(25), ["budget", "scaler", "flow", "more"]);
    assert_eq!(names(37), ["budget", "scaler", "nightly", "flow"]);
    assert_eq!(names(38), [""; 0]);
}

#[test]
fn what_breaks_everywhere_is_not_the_releases_fault() {
    let documents = [Document { source: "t.yaml", content: RENDER, namespace: "data" }];
    let sweep = linter().sweep(&input(&documents), 25..=37);
    let everywhere = sweep.breaks().iter().filter(|cause| sweep.is_everywhere(cause));
    assert_eq!(everywhere.map(|cause| cause.finding.object.name.as_str()).collect::<Vec<_>>(), ["budget", "scaler"]);
}

/// A chart whose render breaks in some releases only, in whatever order they are taken in.
#[test]
fn renders_may_differ_by_release() {
    let broken = RENDER.split("---\n").nth(3).expect("an autoscaler");
    let sound = broken.replace("minReplicas: 3", "minReplicas: 1");
    for (minors, expected) in [
        (&[25, 26, 28][..], "1.25 to 1.26, 1.28"),
        (&[27], "1.27"),
        (&[29, 28], "since 1.28"),
        (&[25], "before 1.26"),
        (&[25, 26, 27, 28, 29], "every release"),
        (&[25, 29], "1.25, 1.29"),
    ] {
        let mut linter = linter();
        let mut sweep: Sweep = Sweep::default();
        for minor in [29, 27, 25, 26, 28, 28] {
            let content = if minors.contains(&minor) { broken } else { &sound };
            let documents = [Document { source: "t.yaml", content, namespace: "data" }];
            let report = linter.lint(&Input { kubernetes_minor: minor, ..input(&documents) });
            sweep.add(minor, &report);
        }
        assert_eq!(sweep.breaks().iter().map(|cause| sweep.releases(cause)).collect::<Vec<_>>(), [expected]);
    }
    assert_eq!(<Sweep>::default().breaks(), []);
}
