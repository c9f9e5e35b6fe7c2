//! values.yaml and its schema (`pkg/chart/v2/lint/rules/values.go`).

use super::{Entry, Folder, Linter, Messages, Severity};
use crate::HelmVersion;
use crate::engine::{unmarshalled, unresolved_urn};
use crate::schema::Schema;
use crate::values::coalesce::{Coalescer, Rule, Trail};
use crate::values::snapshot::Snapshot;
use chartwright_template::Host;
use chartwright_value::Heap;

const FILE: &str = "values.yaml";

pub(super) fn check(folder: &Folder, linter: &mut Linter, host: &mut dyn Host, messages: &mut Messages) {
    if folder.values == Entry::Missing {
        messages.add(Severity::Info, FILE, "file does not exist");
    } else if let Err(error) = fits(folder, linter, host) {
        messages.error(FILE, error);
    }
}

fn fits(folder: &Folder, linter: &mut Linter, host: &mut dyn Host) -> Result<(), String> {
    let mut heap = Heap::default();
    let defaults = folder.values.bytes().map_err(str::to_owned).and_then(|bytes| {
        let own = match linter.options.helm {
            HelmVersion::V3 => "chartutil.Values",
            HelmVersion::V4 => "common.Values",
        };
        let read = chartwright_yaml::decode_map(&mut heap, bytes);
        read.map_err(|error| match error.message.strip_suffix("Go value of type map[string]interface {}") {
            Some(start) => format!("{start}Go value of type {own}"),
            None => error.message,
        })
    });
    let defaults = defaults.map_err(|error| format!("unable to parse YAML: {error}"))?;
    let given = linter.values.put(&mut heap);
    // Helm copies the first level alone: what is filled in below it stays in the user's values.
    let values = heap.copy_map(given);
    let mut told = Vec::new();
    let coalescer = &mut Coalescer { heap: &mut heap, rule: Rule::Coalesce, helm: linter.options.helm, warnings: &mut told };
    coalescer.tables(values, defaults, &Trail::Root("", ""));
    told.into_iter().for_each(|line| linter.tell(line));
    linter.values = Snapshot::take(&heap, given)?;
    let schema = folder.schema.bytes().unwrap_or_default();
    // Helm 3 holds values.yaml to its schema whatever it is told.
    if schema.is_empty() || linter.options.skip_schema_validation && linter.options.helm == HelmVersion::V4 {
        return Ok(());
    }
    let schema = String::from_utf8_lossy(schema);
    if linter.options.debug {
        unmarshalled(&schema).into_iter().for_each(|line| linter.tell(line));
    }
    let schema = Schema::parse_with(&schema, &mut |url| host.load(url))?;
    for urn in &schema.unresolved {
        linter.tell(unresolved_urn(urn, linter.options.helm));
    }
    schema.validate(&heap, values).map_err(|violations| format!("{violations}\n"))
}
