//! Objects against the schemas of their release. The messages are those of a real kube-apiserver 1.37 (`make admission-check`).

use chartwright_kube::node::Node;
use chartwright_kube::schema::{self, KUBERNETES, Schemas, Served, TableError};
use chartwright_yaml::Tree;

fn schemas() -> Schemas {
    Schemas::parse(KUBERNETES).expect("the table that is part of the program")
}

/// The faults of a manifest, a line each: line, JSON pointer, message.
#[track_caller]
fn check(minor: u32, manifest: &str, expected: &[&str]) {
    let schemas = schemas();
    let tree = Tree::parse(manifest).expect("YAML");
    let root = Node::new(&tree, tree.root());
    let (api_version, kind) = (root.str_at("apiVersion").expect("apiVersion"), root.str_at("kind").expect("kind"));
    let resource = schemas.for_version(minor).kind(api_version, kind).expect("a kind of the table");
    let found: Vec<String> = schema::decode(resource, root)
        .into_iter()
        .map(|fault| {
            let node = Node::new(&tree, fault.node);
            format!("{} {} {}", node.line(), node.pointer(), fault.message)
        })
        .collect();
    assert_eq!(found, expected);
}

const DEPLOYMENT: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          resources: {limits: {cpu: 1, memory: 1Gi}}
          livenessProbe: {httpGet: {port: http}}
";

#[test]
fn a_valid_object_has_no_faults() {
    for minor in 25..=37 {
        check(minor, DEPLOYMENT, &[]);
    }
}

#[test]
fn what_only_the_openapi_definitions_call_required_may_be_missing() {
    let volume = "scaleIO: {gateway: https://gateway.example, system: data, volumeName: a}";
    check(37, &format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [], volumes: [{{name: a, {volume}}}]}}\n"), &[]);
    check(37, &format!("apiVersion: v1\nkind: PersistentVolume\nspec: {{{volume}}}\n"), &[]);
}

#[test]
fn fields_that_are_unknown_or_there_twice() {
    check(
        37,
        &DEPLOYMENT.replace("  replicas: 3\n", "  replica: 3\n  replicas: 3\n  replicas: 4\n").replace("image: web:1", "imagee: web:1"),
        &[
            "7 /spec/replica unknown field \"spec.replica\"",
            "9 /spec/replicas duplicate field \"spec.replicas\"",
            "16 /spec/template/spec/containers/0/imagee unknown field \"spec.template.spec.containers[0].imagee\"",
        ],
    );
}

#[test]
fn values_of_other_types() {
    check(
        37,
        &DEPLOYMENT
            .replace("replicas: 3", "replicas: three")
            .replace("labels: {app: web}\nspec", "labels: {app: 1}\nspec")
            .replace("image: web:1", "image: [web]")
            .replace("memory: 1Gi", "memory: 1GB")
            .replace("port: http", "port: 1.5"),
        &[
            "5 /metadata/labels/app json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
            "7 /spec/replicas json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
            "14 /spec/template/spec/containers/0/image json: cannot unmarshal array into Go struct field Container.spec.template.spec.containers.image of type string",
            "15 /spec/template/spec/containers/0/resources/limits/memory quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            "16 /spec/template/spec/containers/0/livenessProbe/httpGet/port json: cannot unmarshal number 1.5 into Go struct field HTTPGetAction.spec.template.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32",
        ],
    );
}

#[test]
fn named_types_bytes_and_times() {
    check(
        37,
        "apiVersion: v1
kind: Secret
metadata: {name: s, creationTimestamp: yesterday}
type: 1
data: {a: aGVsbG8=, b: not base64}
stringData: {c: null}
",
        &[
            "3 /metadata/creationTimestamp parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"",
            "4 /type json: cannot unmarshal number into Go struct field Secret.type of type v1.SecretType",
            "5 /data/b illegal base64 data at input byte 3",
        ],
    );
}

#[test]
fn what_is_missing_is_told_where_it_should_stand() {
    check(
        37,
        &DEPLOYMENT
            .replace("name: web\n          image: web:1", "image: web:1")
            .replace("  selector: {matchLabels: {app: web}}\n", "  selector: null\n"),
        &[
            "6 /spec spec.selector: Required value",
            "13 /spec/template/spec/containers/0 spec.template.spec.containers[0].name: Required value",
        ],
    );
    // What controllers write is not looked at.
    check(37, &format!("{DEPLOYMENT}status: {{conditions: [{{}}]}}\n"), &[]);
    check(37, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: null\n", &["1  spec: Required value"]);
}

#[test]
fn null_is_a_value_left_out() {
    let manifest =
        DEPLOYMENT.replace("replicas: 3", "replicas: null").replace("port: http", "port: 80, path: null").replace("cpu: 1", "cpu: null");
    check(37, &manifest, &[]);
}

#[test]
fn a_schema_within_a_definition_is_read_by_its_own_rules() {
    check(
        37,
        "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          other: 1
          properties: {a: {items: {other: 1, type: 1}, additionalProperties: text, default: {any: [1]}}}
",
        &[
            "15 /spec/versions/0/schema/openAPIV3Schema/other unknown field \"spec.versions[0].schema.openAPIV3Schema.other\"",
            "16 /spec/versions/0/schema/openAPIV3Schema/properties/a/items/type json: cannot unmarshal number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.items.type of type string",
            "16 /spec/versions/0/schema/openAPIV3Schema/properties/a/additionalProperties boolean or JSON schema expected",
        ],
    );
}

#[test]
fn fields_come_with_releases() {
    let job = "apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  podReplacementPolicy: Failed
  template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}
";
    check(37, job, &[]);
    check(27, job, &["5 /spec/podReplacementPolicy unknown field \"spec.podReplacementPolicy\""]);
}

#[track_caller]
fn verdict(manifest: &str, expected: Option<&str>) {
    let schemas = schemas();
    let tree = Tree::parse(manifest).expect("YAML");
    let root = Node::new(&tree, tree.root());
    let resource = schemas.for_version(37).kind("v1", "Service").expect("Service");
    assert_eq!(schema::verdict("v1", "Service", &schema::decode(resource, root)).as_deref(), expected);
}

#[test]
fn the_server_tells_of_one_sort_of_fault_at_a_time() {
    let service = |spec: &str| format!("apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec: {spec}\n");
    let refused = |error: &str| format!("Service in version \"v1\" cannot be handled as a Service: {error}");
    verdict(&service("{ports: [{port: 80}]}"), None);
    verdict(
        &service("{a: 1, ports: [{port: 80, b: 1, b: 1}]}"),
        Some(&refused("strict decoding error: unknown field \"spec.a\", unknown field \"spec.ports[0].b\"")),
    );
    let mistyped = "json: cannot unmarshal number into Go struct field ServiceSpec.spec.type of type v1.ServiceType";
    verdict(&service("{a: 1, type: 2, clusterIP: 3}"), Some(&refused(mistyped)));
    let unreadable = "json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32";
    verdict(&service("{type: 2, ports: [{targetPort: true}]}"), Some(&refused(unreadable)));
}

#[track_caller]
fn served(minor: u32, api_version: &str, kind: &str, expected: Option<Served>, warning: Option<&str>) {
    let schemas = schemas();
    let resource = schemas.for_version(minor).kind(api_version, kind);
    assert_eq!(resource.map(|resource| resource.served()), expected);
    assert_eq!(resource.and_then(|resource| schema::deprecation(api_version, kind, resource)).as_deref(), warning);
}

#[test]
fn which_release_serves_what() {
    served(37, "apps/v1", "Deployment", Some(Served::Yes), None);
    served(37, "apps/v1", "Deploymint", None, None);
    served(
        25,
        "policy/v1beta1",
        "PodDisruptionBudget",
        Some(Served::Until(25)),
        Some("policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget"),
    );
    served(
        28,
        "flowcontrol.apiserver.k8s.io/v1beta2",
        "FlowSchema",
        Some(Served::Yes),
        Some(
            "flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema is deprecated in v1.26+, unavailable in v1.29+; use flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema",
        ),
    );
    served(32, "v1", "Endpoints", Some(Served::Yes), None);
    served(33, "v1", "Endpoints", Some(Served::Yes), Some("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"));
    served(29, "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", Some(Served::Since(30)), None);
    served(33, "resource.k8s.io/v1beta1", "ResourceClaim", Some(Served::OnRequest), None);
    served(
        25,
        "extensions/v1beta1",
        "Ingress",
        Some(Served::Until(22)),
        Some("extensions/v1beta1 Ingress is deprecated in v1.14+, unavailable in v1.22+; use networking.k8s.io/v1 Ingress"),
    );
}

#[test]
fn a_release_beyond_the_table_is_its_nearest() {
    let schemas = schemas();
    assert_eq!((schemas.minors(), schemas.for_version(20).minor(), schemas.for_version(99).minor()), ((25, 37), 25, 37));
}

#[test]
fn what_is_no_table_is_refused_with_its_line() {
    for (table, line) in
        [("", 1), ("kubernetes 1.30-1.20", 1), ("kubernetes 1.25-1.37\nX y", 2), ("kubernetes 1.25-1.37\nP core/v1\n name string", 3)]
    {
        assert_eq!(Schemas::parse(table).err(), Some(TableError { line }));
    }
}

#[test]
fn anchors_within_each_other_end() {
    let mut manifest = String::from("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na: &a0 {x: y}\n");
    for level in 1..200 {
        manifest.push_str(&format!("a{level}: &a{level} {{x: *a{}}}\n", level - 1));
    }
    let schemas = schemas();
    let tree = Tree::parse(&manifest).expect("YAML");
    let resource = schemas.for_version(37).kind("v1", "ConfigMap").expect("ConfigMap");
    assert_eq!(schema::decode(resource, Node::new(&tree, tree.root())).len(), 200);
}
