//! `chartwright bench`: how long warm renders take, with one value changed at each, as tab-separated values:
//! name, median and least time of a render in microseconds, time of loading and parsing, bytes rendered.

use crate::flags::{Flag, Parsed, TEMPLATE, Takes};
use crate::host::Machine;
use crate::template::Layers;
use crate::{Outcome, load};
use chartwright_helm::{Engine, HelmVersion, Request, ValuesLayer};
use std::time::Instant;

const FLAGS: &[Flag] = &[("runs", None, Takes::Value), ("vary", None, Takes::Value)];

/// Renders before the clock counts.
const WARM_UP: usize = 20;

/// The command.
pub(crate) fn run(args: &[String]) -> Outcome {
    let parsed = match Parsed::read(args, &[TEMPLATE, FLAGS]) {
        Ok(parsed) => parsed,
        Err(error) => return Outcome::failed(error),
    };
    let mut text = String::new();
    for chart in &parsed.positional {
        match measure(&parsed, chart) {
            Ok(line) => text.push_str(&line),
            Err(error) => return Outcome { stdout: text, warnings: Vec::new(), error: Some(error) },
        }
    }
    Outcome::printed(text)
}

fn measure(parsed: &Parsed, place: &str) -> Result<String, String> {
    let runs: usize = parsed.value("runs").unwrap_or("300").parse().map_err(|_| "--runs takes a number".to_owned())?;
    let folder = load::locate(place)?;
    let mut warnings = Vec::new();
    let parsing = Instant::now();
    let mut chart = load::chart(&folder, &mut warnings)?;
    if !chart.missing_dependencies().is_empty() {
        load::update_dependencies(&mut chart, &folder, &mut warnings)?;
    }
    let name = chart.name().to_owned();
    let mut engine = Engine::compile(chart, HelmVersion::V4).map_err(|error| error.message)?;
    let own = Layers::read(parsed)?;
    let base = own.layers();
    let expressions = variations(parsed.value("vary").unwrap_or("replicaCount=1,2"))?;
    let layers: Vec<Vec<ValuesLayer<'_>>> =
        expressions.iter().map(|expression| base.iter().cloned().chain([ValuesLayer::Set(expression)]).collect()).collect();
    let mut once = |run: usize| -> Result<usize, String> {
        let mut request = Request::new("bench", "default");
        request.values = &layers[run % layers.len()];
        let rendered = engine.render(&request, &mut Machine).map_err(|error| error.message)?;
        Ok(rendered.documents.iter().map(|document| document.content.len()).sum())
    };
    once(0)?;
    let parsing = parsing.elapsed();
    for run in 0..WARM_UP {
        once(run)?;
    }
    let mut times = Vec::with_capacity(runs);
    let mut bytes = 0;
    for run in 0..runs.max(1) {
        let start = Instant::now();
        bytes = once(run)?;
        times.push(start.elapsed());
    }
    times.sort();
    let micros = |time: std::time::Duration| time.as_nanos() as f64 / 1000.0;
    Ok(format!("{name}\t{:.1}\t{:.1}\t{:.1}\t{bytes}\n", micros(times[times.len() / 2]), micros(times[0]), micros(parsing)))
}

/// `key=a,b` as the expressions that set each.
fn variations(vary: &str) -> Result<Vec<String>, String> {
    let (key, values) = vary.split_once('=').ok_or_else(|| "--vary takes KEY=VALUE,VALUE".to_owned())?;
    Ok(values.split(',').map(|value| format!("{key}={value}")).collect())
}
