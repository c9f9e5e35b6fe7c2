//! `chartwright bench`: how long warm renders take, with one value changed at each, as tab-separated values:
//! name, median and least time of a render in microseconds, time of loading and parsing, bytes rendered.
//! Which value changed, as `--vary` takes it, and the most memory held go to stderr.

use crate::flags::known::TEMPLATE;
use crate::flags::{Flag, Has, Parsed, Takes};
use crate::host::Machine;
use crate::layers::Layers;
use crate::vary::Vary;
use crate::{Outcome, help, load};
use chartwright_helm::{Engine, HelmVersion, Request, ValuesLayer};
use std::time::Instant;

const FLAGS: &[Flag] = &[
    Flag { name: "runs", letter: None, takes: Takes::Int, has: Has::Both, help: "how many renders are measured (300)" },
    Flag {
        name: "edit",
        letter: None,
        takes: Takes::Switch,
        has: Has::Both,
        help: "measure traced renders that execute what reads the value",
    },
    Flag { name: "trace", letter: None, takes: Takes::Switch, has: Has::Both, help: "measure traced renders of everything" },
    Flag { name: "vary", letter: None, takes: Takes::Value, has: Has::Both, help: "what changes: KEY=VALUE,VALUE (replicaCount=1,2)" },
];

/// Renders before the clock counts.
const WARM_UP: usize = 20;

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[TEMPLATE, FLAGS], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("bench", &[FLAGS, TEMPLATE])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let mut text = String::new();
    let mut said = Vec::new();
    let mut failed = 0;
    for chart in &parsed.positional {
        match measure(&parsed, chart, helm) {
            Ok((line, beside)) => {
                text.push_str(&line);
                said.extend(beside);
            }
            Err(error) => {
                failed += 1;
                said.push(format!("{chart}: {error}"));
            }
        }
    }
    let error = (failed > 0).then(|| format!("{failed} of {} charts cannot be measured", parsed.positional.len()));
    Outcome { stdout: text, warnings: said, error, code: crate::FAILED }
}

fn measure(parsed: &Parsed, place: &str, helm: HelmVersion) -> Result<(String, Vec<String>), String> {
    let runs: usize = parsed.value("runs").unwrap_or("300").parse().map_err(|_| "--runs takes a number".to_owned())?;
    let folder = load::locate(place)?;
    let mut warnings = Vec::new();
    let parsing = Instant::now();
    let mut chart = load::chart(&folder, helm, &mut warnings)?;
    if !chart.missing_dependencies().is_empty() {
        load::update_dependencies(&mut chart, &folder, helm, &mut warnings)?;
    }
    let name = chart.name().to_owned();
    let mut engine = Engine::compile(chart, helm).map_err(|error| error.message)?;
    let own = Layers::read(parsed, helm)?;
    let base = own.layers();
    let candidates = match parsed.value("vary") {
        Some(given) => vec![Vary::parse(given)?],
        None => Vary::candidates(engine.chart(), runs),
    };
    let mut once = |expression: Option<&str>| -> Result<usize, String> {
        let layers: Vec<ValuesLayer<'_>> = base.iter().cloned().chain(expression.map(ValuesLayer::Set)).collect();
        let mut request = Request::new("bench", "default");
        request.values = &layers;
        request.whole = parsed.on("trace");
        request.trace = request.whole || parsed.on("edit");
        let rendered = engine.render(&request, &mut Machine).map_err(|error| error.message)?;
        Ok(rendered.documents.iter().map(|document| document.content.len()).sum())
    };
    let given = parsed.value("vary").and_then(|_| candidates.first()).map(Vary::expressions);
    once(given.iter().flatten().next().map(String::as_str))?;
    let parsing = parsing.elapsed();
    // A value that the chart refuses is no value to measure with.
    let vary = candidates.iter().find(|vary| {
        let expressions = vary.expressions();
        given.is_some() || [expressions.first(), expressions.last()].iter().flatten().all(|expression| once(Some(expression)).is_ok())
    });
    let expressions = vary.map(Vary::expressions).unwrap_or_default();
    let mut at_run = |run: usize| once(if expressions.is_empty() { None } else { Some(&expressions[run % expressions.len()]) });
    for run in 0..WARM_UP {
        at_run(run)?;
    }
    let mut times = Vec::with_capacity(runs);
    let mut bytes = 0;
    for run in 0..runs.max(1) {
        let start = Instant::now();
        bytes = at_run(WARM_UP + run)?;
        times.push(start.elapsed());
    }
    times.sort();
    let micros = |time: std::time::Duration| time.as_nanos() as f64 / 1000.0;
    let line = format!("{name}\t{:.1}\t{:.1}\t{:.1}\t{bytes}\n", micros(times[times.len() / 2]), micros(times[0]), micros(parsing));
    let vary = vary.map(|vary| format!("{name}: --vary {}", vary.written()));
    Ok((line, vary.into_iter().chain(peak().map(|peak| format!("{name}: peak {peak} KB"))).collect()))
}

/// The most memory that the process has held, in KB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
