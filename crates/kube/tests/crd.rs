//! Custom resources against their definitions. The messages are those of a real kube-apiserver 1.37 (`make admission-check`).

use chartwright_kube::crd::{self, Definitions};
use chartwright_kube::node::Node;
use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_yaml::Tree;

const DEFINITION: &str = r#"
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets}
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [size, colour]
              properties:
                size: {type: integer, minimum: 1, maximum: 10}
                small: {type: integer, format: int32}
                share: {type: number, minimum: 0, exclusiveMinimum: true}
                colour: {type: string, enum: [red, green], default: red}
                kept: {type: string, nullable: true}
                amount: {x-kubernetes-int-or-string: true, pattern: "^[0-9]+%?$"}
                labels: {type: object, maxProperties: 1, additionalProperties: {type: string}}
                ports:
                  type: array
                  maxItems: 2
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items: {type: object, required: [name], properties: {name: {type: string, maxLength: 5}}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object}}}
                day: {type: string, format: date}
                source:
                  type: object
                  properties: {url: {type: string}, file: {type: string}}
                  oneOf: [{required: [url]}, {required: [file]}]
    - name: v2
      served: false
      deprecated: true
"#;

#[track_caller]
fn check(spec: &str, expected: &[&str]) {
    let schemas = Schemas::parse(KUBERNETES).expect("the table that is part of the program");
    let definition = Tree::parse(DEFINITION).expect("YAML");
    let mut definitions = Definitions::default();
    definitions.add(Node::new(&definition, definition.root()));
    let definition = definitions.get("example.com/v1", "Gadget").expect("the definition");
    let tree = Tree::parse(&format!("apiVersion: example.com/v1\nkind: Gadget\nmetadata: {{name: a}}\n{spec}")).expect("YAML");
    let root = Node::new(&tree, tree.root());
    let mut faults = crd::duplicates(root);
    faults.extend(crd::check(definition, Some(schemas.for_version(37)), root));
    faults.sort_by_key(|fault| Node::new(&tree, fault.node).line());
    let found: Vec<String> = faults
        .into_iter()
        .map(|fault| {
            let node = Node::new(&tree, fault.node);
            format!("{} {} {}", node.line(), node.pointer(), fault.message)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn what_the_definition_allows() {
    check(
        "spec:
  size: 3
  share: 0.5
  kept: null
  amount: 50%
  labels: {a: b}
  ports: [{name: http}]
  free: {other: {x: 1}, known: {}}
  day: '2026-01-02'
  source: {url: x}
",
        &[],
    );
}

#[test]
fn fields_and_metadata() {
    check(
        "spec: {size: 1, weight: 2, free: {known: {a: 1}}, ports: [{name: a, port: 1}]}",
        &[
            "4 /spec/weight unknown field \"spec.weight\"",
            "4 /spec/free/known/a unknown field \"spec.free.known.a\"",
            "4 /spec/ports/0/port unknown field \"spec.ports[0].port\"",
        ],
    );
    check(
        "metadata: {name: a, labels: {a: 1}, label: {}}\nspec: {size: 1, size: 2}",
        &[
            "4 /metadata duplicate field \"metadata\"",
            "4 /metadata/labels/a json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string",
            "4 /metadata/label unknown field \"metadata.label\"",
            "5 /spec/size duplicate field \"spec.size\"",
        ],
    );
}

#[test]
fn values() {
    check(
        "spec:
  size: 11
  small: 3000000000
  share: 0
  colour: blue
  amount: much
  labels: {a: b, c: 1}
  ports: [{name: http}, {name: https!}, {name: http}]
  day: today
",
        &[
            "5 /spec/size spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10",
            "6 /spec/small <nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in spec.small",
            "7 /spec/share spec.share: Invalid value: 0: spec.share in body should be greater than 0",
            "8 /spec/colour spec.colour: Unsupported value: \"blue\": supported values: \"red\", \"green\"",
            "9 /spec/amount spec.amount: Invalid value: \"much\": spec.amount in body should match '^[0-9]+%?$'",
            "10 /spec/labels spec.labels: Too many: 2: must have at most 1 item",
            "10 /spec/labels/c spec.labels.c: Invalid value: \"integer\": spec.labels.c in body must be of type string: \"integer\"",
            "11 /spec/ports spec.ports: Too many: 3: must have at most 2 items",
            "11 /spec/ports/1/name spec.ports[1].name: Too long: may not be more than 5 bytes",
            "11 /spec/ports/2 spec.ports[2]: Duplicate value: {\"name\":\"http\"}",
            "12 /spec/day spec.day: Invalid value: \"today\": spec.day in body must be of type date: \"today\"",
        ],
    );
}

#[test]
fn what_is_missing_and_what_null_is() {
    check("other: 1", &["1  spec: Required value", "4 /other unknown field \"other\""]);
    check("spec: {size: null, small: null}", &["4 /spec spec.size: Required value"]);
    check(
        "spec: {size: 1, ports: [null]}",
        &["4 /spec/ports/0 spec.ports[0]: Invalid value: \"null\": spec.ports[0] in body must be of type object: \"null\""],
    );
}

#[test]
fn items_of_a_list_with_keys() {
    check(
        "spec: {size: 1, ports: [text]}",
        &[
            "4 /spec/ports/0 spec.ports[0]: Invalid value: \"text\": must be an object for an array of list-type map",
            "4 /spec/ports/0 spec.ports[0]: Invalid value: \"string\": spec.ports[0] in body must be of type object: \"string\"",
        ],
    );
}

#[test]
fn one_of_several() {
    let none = "<nil>: Invalid value: \"\": \"spec.source\" must validate one and only one schema (oneOf). Found none valid";
    let source = "4 /spec/source";
    check("spec: {size: 1, source: {url: null}}", &[&format!("{source} {none}"), &format!("{source} spec.source.url: Required value")]);
    let both = "<nil>: Invalid value: \"\": \"spec.source\" must validate one and only one schema (oneOf). Found 2 valid alternatives";
    check("spec: {size: 1, source: {url: a, file: b}}", &[&format!("{source} {both}")]);
}

#[test]
fn versions() {
    let definition = Tree::parse(DEFINITION).expect("YAML");
    let mut definitions = Definitions::default();
    definitions.add(Node::new(&definition, definition.root()));
    let of = |version: &str| definitions.get(&format!("example.com/{version}"), "Gadget");
    assert_eq!(of("v1").map(|found| (found.is_served(), found.is_namespaced())), Some((true, true)));
    let warning = of("v2").and_then(|found| found.deprecation("example.com/v2", "Gadget"));
    assert_eq!(warning.as_deref(), Some("example.com/v2 Gadget is deprecated"));
    assert!(of("v3").is_none() && definitions.knows("example.com", "Gadget") && !definitions.knows("example.org", "Gadget"));
}
