//! What Chartwright would answer in the API server's place: a manifest a line in (JSON, with duplicate keys as they are), a verdict a line out.
//! `tools/admission-check.mjs` holds it to a real API server.
//!
//! `admission [MINOR [DEFINITIONS]]`, DEFINITIONS a file of CustomResourceDefinitions; each answer is an object: `decoding` is the error of the decoder or null, `required` are the fields that are missing, and `invalid`
//! is what validation finds besides.

use std::io::{self, BufRead, Write};

use chartwright_kube::crd::{self, Definitions};
use chartwright_kube::node::Node;
use chartwright_kube::object::Manifest;
use chartwright_kube::schema::{self, FaultKind, Schemas};
use chartwright_kube::validate::{Subject, validate, validate_custom};
use chartwright_yaml::Tree;
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let minor = std::env::args().nth(1).map_or(Ok(37), |minor| minor.parse())?;
    let schemas = Schemas::parse(schema::KUBERNETES)?;
    let version = schemas.for_version(minor);
    let definitions = Manifest::parse(&std::env::args().nth(2).map_or(Ok(String::new()), std::fs::read_to_string)?);
    let mut custom = Definitions::default();
    definitions.objects(0, "", "").for_each(|object| custom.add(object.root()));
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let tree = Tree::parse(&line?)?;
        let root = Node::new(&tree, tree.root());
        let (api_version, kind) = (root.str_at("apiVersion").unwrap_or_default(), root.str_at("kind").unwrap_or_default());
        let answer = match version.kind(api_version, kind) {
            None if custom.get(api_version, kind).is_some() => {
                let mut faults = crd::duplicates(root);
                faults.extend(custom.get(api_version, kind).into_iter().flat_map(|definition| crd::check(definition, Some(version), root)));
                let metadata = validate_custom(root, minor);
                let of = |wanted| faults.iter().filter(|fault| fault.kind == wanted).map(|fault| &fault.message).collect::<Vec<_>>();
                json!({
                    "decoding": schema::verdict(api_version, kind, &faults),
                    "required": of(FaultKind::Missing),
                    "invalid": of(FaultKind::Invalid).into_iter().chain(metadata.iter().map(|error| &error.message)).collect::<Vec<_>>(),
                })
            }
            resource if !schema::is_served(resource) => {
                json!({ "decoding": schema::unserved(api_version, kind), "required": [], "invalid": [] })
            }
            None => json!({ "decoding": null, "required": [], "invalid": [] }),
            Some(resource) => {
                let faults = schema::decode(resource, root);
                let missing = faults.iter().filter(|fault| fault.kind == FaultKind::Missing).map(|fault| &fault.message);
                let invalid = validate(Subject { root, api_version, kind, minor });
                json!({
                    "decoding": schema::verdict(api_version, kind, &faults),
                    "required": missing.collect::<Vec<_>>(),
                    "invalid": invalid.iter().map(|error| &error.message).collect::<Vec<_>>(),
                })
            }
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}
