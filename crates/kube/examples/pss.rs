//! What the Pod Security Standards say of objects, by Kubernetes version: an object a line in (JSON), its verdicts a line out.
//! `tools/pss-check.mjs` holds it to Kubernetes' own module.
//!
//! `pss FIRST LAST`: a verdict is an object with a row for each minor version from FIRST to LAST, of the levels that admit the object's pod
//! and the checks, of whatever level, that it fails. An object without a pod has null for a verdict.

use std::io::{self, BufRead, Write};

use chartwright_kube::object::Manifest;
use chartwright_kube::pod::Pod;
use chartwright_kube::pss::{self, Level};
use serde_json::{Map, Value, json};

fn row(pod: Pod<'_>, minor: u32) -> Value {
    let mut failed: Vec<&str> = pss::CHECKS.iter().filter(|check| !check.violations(pod, minor).is_empty()).map(|check| check.id).collect();
    failed.sort_unstable();
    json!({ "baseline": pss::admits(Level::Baseline, pod, minor), "restricted": pss::admits(Level::Restricted, pod, minor), "failed": failed })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let number = |index| std::env::args().nth(index).ok_or("pss FIRST LAST").map(|text: String| text.parse::<u32>());
    let minors = number(1)??..=number(2)??;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let manifest = Manifest::parse(&line?);
        let pod = manifest.objects(0, "", "").next().and_then(|object| object.pod());
        let verdict = pod.map(|pod| minors.clone().map(|minor| (minor.to_string(), row(pod, minor))).collect::<Map<_, _>>());
        writeln!(out, "{}", verdict.map_or(Value::Null, Value::Object))?;
    }
    Ok(())
}
