//! A report as a whole: prerequisites, order, what is switched off, that a linter's memory changes nothing, and that odd input does no harm.

use chartwright_lint::{Document, Input, Linter, Profile, Report, lint};

fn run(linter: &mut Linter, documents: &[&str], context: &[&str], disabled: &[&str]) -> Report {
    let documents: Vec<Document<'_>> = documents.iter().map(|content| Document { source: "t.yaml", content, namespace: "data" }).collect();
    let context: Vec<Document<'_>> = context.iter().map(|content| Document { source: "t.yaml", content, namespace: "data" }).collect();
    linter.lint(&Input {
        documents: &documents,
        context: &context,
        kubernetes_minor: 37,
        partial: false,
        apart: false,
        profile: Profile::Default,
        disabled,
    })
}

#[track_caller]
fn check(documents: &[&str], context: &[&str], expected: &[&str]) {
    let report = run(&mut Linter::default(), documents, context, &[]);
    let lines: Vec<String> = report
        .prerequisites
        .iter()
        .map(|need| {
            let place = need.namespace.as_ref().map_or(String::new(), |namespace| format!(" in {namespace}"));
            let keys = if need.keys.is_empty() { String::new() } else { format!(" with {}", need.keys.join(", ")) };
            let optional = if need.optional { ", if at all" } else { "" };
            let by: Vec<String> = need.needed_by.iter().map(|object| format!("{}/{}", object.kind, object.name)).collect();
            format!("{} {}{place}{keys} for {}{optional} (line {})", need.kind, need.name, by.join(", "), need.place.line)
        })
        .collect();
    assert_eq!(lines, expected);
}

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  priorityClassName: batch-low
  imagePullSecrets:
    - name: registry
  containers:
    - name: api
      image: registry.example/api:1.4.0
      env:
        - name: USER
          valueFrom: {secretKeyRef: {name: credentials, key: user}}
        - name: PASSWORD
          valueFrom: {secretKeyRef: {name: credentials, key: password}}
      envFrom:
        - secretRef: {name: extra, optional: true}
";

#[test]
fn what_no_chart_brings_is_a_prerequisite() {
    check(
        &[POD],
        &[],
        &[
            "PriorityClass batch-low for Pod/api (line 6)",
            "Secret registry in data for Pod/api (line 8)",
            "Secret extra in data for Pod/api, if at all (line 18)",
            "Secret credentials in data with user, password for Pod/api (line 14)",
        ],
    );
}

#[test]
fn what_a_chart_brings_is_none() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: credentials}\n";
    let class = "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: batch-low}\n";
    let certificate = "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: x}\nspec: {secretName: registry}\n";
    let external = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: extra}\nspec: {}\n";
    check(
        &[POD, secret, certificate],
        &[class, external],
        &["CustomResourceDefinition Certificate.cert-manager.io for Certificate/x (line 1)"],
    );
}

#[test]
fn kinds_and_namespaces() {
    let monitor = "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: api\n  namespace: monitoring\n";
    check(
        &[monitor],
        &[],
        &[
            "CustomResourceDefinition ServiceMonitor.monitoring.coreos.com for ServiceMonitor/api (line 1)",
            "Namespace monitoring for ServiceMonitor/api (line 5)",
        ],
    );
    let definition = "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: servicemonitors.monitoring.coreos.com}
spec: {group: monitoring.coreos.com, names: {kind: ServiceMonitor}}
";
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: monitoring}\n";
    check(&[monitor, definition, namespace], &[], &[]);
}

#[test]
fn classes_of_storage_and_ingress() {
    let claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d}\nspec: {storageClassName: efs-sc}\n";
    let unclassed = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: e}\nspec: {storageClassName: ''}\n";
    let ingress = "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec:
  ingressClassName: traefik
  tls: [{secretName: web-tls}]
";
    check(
        &[claim, unclassed, ingress],
        &[],
        &[
            "StorageClass efs-sc for PersistentVolumeClaim/d (line 4)",
            "IngressClass traefik for Ingress/i (line 5)",
            "Secret web-tls in data for Ingress/i (line 6)",
        ],
    );
}

#[test]
fn the_worst_comes_first_and_what_is_switched_off_not_at_all() {
    let cron = "apiVersion: batch/v1\nkind: Service\nkind: [\n";
    let ids = |disabled: &[&str]| -> Vec<&str> {
        run(&mut Linter::default(), &[POD, cron], &[], disabled).findings.iter().map(|finding| finding.rule).collect()
    };
    let all = ids(&[]);
    assert_eq!(all.first(), Some(&"yaml-parse"));
    assert_eq!(all.last(), Some(&"no-liveness-probe"));
    assert!(all.contains(&"runAsNonRoot"));
    assert!(!ids(&["runAsNonRoot"]).contains(&"runAsNonRoot"));
}

#[test]
fn memory_changes_nothing() {
    let claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d}\nspec: {storageClassName: efs-sc}\n";
    let orders: [&[&str]; 4] = [&[POD, claim], &[claim, POD], &[POD], &[POD, POD]];
    let mut linter = Linter::default();
    for documents in orders.iter().chain(&orders) {
        let remembered = run(&mut linter, documents, &[], &[]);
        let afresh = run(&mut Linter::default(), documents, &[], &[]);
        assert_eq!(remembered.findings, afresh.findings);
        assert_eq!(remembered.prerequisites, afresh.prerequisites);
    }
}

#[test]
fn nothing_at_all() {
    let report = lint(&Input {
        documents: &[],
        context: &[],
        kubernetes_minor: 37,
        partial: false,
        apart: false,
        profile: Profile::Default,
        disabled: &[],
    });
    assert!(report.findings.is_empty() && report.prerequisites.is_empty());
}

#[test]
fn one_cause_is_one_finding() {
    let pod = "apiVersion: v1
kind: Pod
metadata: {name: api}
spec:
  containers:
    - name: api
      securityContext:
        capabilities: {drop: [ALL], add: [SYS_ADMIN]}
        seccompProfile: {type: Unconfined}
  volumes:
    - name: logs
      hostPath: {path: /var/log}
";
    let rules = |disabled: &[&str]| -> Vec<&str> {
        let report = run(&mut Linter::default(), &[pod], &[], disabled);
        let of_interest = ["capabilities_", "seccompProfile_", "hostPath", "restrictedVolumes"];
        report.findings.iter().map(|finding| finding.rule).filter(|rule| of_interest.iter().any(|start| rule.starts_with(start))).collect()
    };
    assert_eq!(rules(&[]), ["capabilities_restricted", "seccompProfile_restricted", "hostPathVolumes"]);
    assert_eq!(rules(&["capabilities_restricted"]), ["capabilities_baseline", "seccompProfile_restricted", "hostPathVolumes"]);
}

/// Values that no field wants.
const ODD: [&str; 8] = [" null", " -1", " 99999999999999999999", " \"\"", " [x, {}]", " {a: {b: c}}", " 0x7fffffffffffffff", " &a [*a]"];

#[test]
fn odd_values_anywhere_do_no_harm() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder of specifications").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut tried = 0;
    for (number, file) in files.iter().enumerate() {
        let text = std::fs::read_to_string(file).expect("a text");
        for manifest in text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let lines: Vec<&str> = manifest.lines().collect();
            for at in 0..lines.len() {
                let Some((key, _)) = lines[at].split_once(':') else { continue };
                let odd = ODD[(tried + number) % ODD.len()];
                let changed: Vec<String> = lines
                    .iter()
                    .enumerate()
                    .map(|(index, line)| if index == at { format!("{key}:{odd}") } else { (*line).to_owned() })
                    .collect();
                let changed = changed.join("\n");
                let documents: Vec<&str> = changed.split("---\n").collect();
                for finding in run(&mut Linter::default(), &documents, &[], &[]).findings {
                    let lines = documents[finding.place.document].lines().count();
                    assert!((1..=lines).contains(&(finding.place.line as usize)), "{}: {finding:?}", file.display());
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 1000, "{tried}");
}
