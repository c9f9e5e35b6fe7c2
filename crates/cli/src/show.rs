//! `chartwright show`: what `helm show` prints of a chart (`pkg/action/show.go`).

use crate::flags::Parsed;
use crate::flags::known::{GLOBAL, IDLE, SHOW_VALUES};
use crate::jsonpath::Template;
use crate::{Outcome, help, load};
use chartwright_helm::{Chart, HelmVersion};
use chartwright_value::Heap;

/// What can be shown.
const PARTS: [&str; 5] = ["all", "chart", "crds", "readme", "values"];

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let Some((part, rest)) = args.split_first().filter(|(part, _)| PARTS.contains(&part.as_str())) else {
        return Outcome::printed(help::command("show", &[]));
    };
    let own = if part == "values" { SHOW_VALUES } else { &[] };
    let parsed = match Parsed::read(rest, &[own, IDLE, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("show", &[])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let [chart] = parsed.positional.as_slice() else {
        return Outcome::failed(format!("\"helm show {part}\" requires 1 argument\n\nUsage:  helm show {part} [CHART] [flags]"));
    };
    let mut warnings = Vec::new();
    match load::locate(chart).and_then(|place| load::chart(&place, helm, &mut warnings)) {
        Ok(chart) => match parsed.text("jsonpath") {
            Some(path) => match found(&chart, path) {
                Ok(stdout) => Outcome { stdout, warnings, error: None, code: crate::FAILED },
                Err(error) => Outcome::refused(warnings, error),
            },
            None => Outcome { stdout: text(&chart, part, helm), warnings, error: None, code: crate::FAILED },
        },
        Err(error) => Outcome::refused(warnings, error),
    }
}

/// What a path finds in values.yaml.
fn found(chart: &Chart, path: &str) -> Result<String, String> {
    let template = Template::parse(path).map_err(|error| format!("error parsing jsonpath {path}: {error}"))?;
    let mut heap = Heap::default();
    let values = chart.put_values(&mut heap);
    Ok(String::from_utf8_lossy(&template.print(&mut heap, values)).into_owned())
}

fn text(chart: &Chart, part: &str, helm: HelmVersion) -> String {
    let mut out = String::new();
    let all = part == "all";
    if all || part == "chart" {
        out.push_str(&format!("{}\n", String::from_utf8_lossy(&chart.metadata_yaml())));
    }
    let rule = if all { "---\n" } else { "" };
    if let Some(values) = chart.values_file().filter(|_| all || part == "values") {
        out.push_str(&format!("{rule}{values}\n"));
    }
    if let Some(readme) = chart.readme().filter(|_| all || part == "readme") {
        out.push_str(&format!("{rule}{}\n", readme.text()));
    }
    if all || part == "crds" {
        for (at, crd) in chart.crds().into_iter().enumerate() {
            let text = crd.text();
            // Helm 3 draws a line before the first alone, and only where there is something above it.
            let ruled = helm == HelmVersion::V4 || (all && at == 0);
            let rule = if text.starts_with("---") || !ruled { "" } else { "---\n" };
            out.push_str(&format!("{rule}{text}\n"));
        }
    }
    out
}
