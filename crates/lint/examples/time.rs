//! How long the checks of a render take, and what part of that is reading it: `time RENDER.yaml [ROUNDS]`, a manifest file as `helm template`
//! prints it. Compiled with optimisation, as `cargo run --profile quick --package chartwright-lint --example time` does. On Linux it is the
//! processor's time that counts, which other work on the machine does not lengthen.

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use chartwright_kube::crd::{Bundle, COMMON};
use chartwright_kube::object::Manifest;
use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_lint::{Document, Input, Linter, Profile};

const ROUNDS: u32 = 100;

fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = spent.as_deref().and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// What a run of `work` takes on average, each on what `prepare` makes anew. Sums are what the clock of the processor's time can tell.
fn time<T, R>(rounds: u32, prepare: impl FnMut() -> T, mut work: impl FnMut(T) -> R) -> Duration {
    let mut prepare = prepare;
    let prepared: Vec<T> = (0..rounds).map(|_| prepare()).collect();
    let mut results = Vec::with_capacity(prepared.len());
    let start = now();
    for one in prepared {
        results.push(work(one));
    }
    now().saturating_sub(start) / rounds
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a manifest file")?;
    let rounds = std::env::args().nth(2).map_or(Ok(ROUNDS), |text| text.parse())?.max(1);
    let text = std::fs::read_to_string(path)?;
    let contents: Vec<&str> = text.split("\n---\n").collect();
    let documents: Vec<Document<'_>> =
        contents.iter().map(|content| Document { source: "chart/templates/manifest.yaml", content, namespace: "monitoring" }).collect();
    let schemas = Arc::new(Schemas::parse(KUBERNETES)?);
    let bundle = Arc::new(Bundle::parse(COMMON));

    println!("{} documents, {} KiB; the average of {rounds} runs", documents.len(), text.len() / 1024);
    let read = || contents.iter().map(|content| Manifest::parse(content)).collect::<Vec<_>>();
    println!("reading alone          {:>9.2?}", time(rounds, || (), |()| read()));
    let linter = || {
        let mut linter = Linter::with_schemas(schemas.clone());
        linter.set_bundle(bundle.clone());
        linter
    };
    for profile in Profile::ALL {
        let input =
            Input { documents: &documents, context: &[], kubernetes_minor: 37, partial: false, apart: false, profile, disabled: &[] };
        let cold = time(rounds, linter, |mut linter| (linter.lint(&input), linter));
        let mut known = linter();
        let findings = known.lint(&input).findings.len();
        let again = time(rounds, || (), |()| known.lint(&input));
        println!("{:<12} from text {cold:>9.2?}, again {again:>9.2?}, {findings} findings", profile.name());
    }
    Ok(())
}
