//! How long a key press takes: types into fields of a chart of this repository and prints the median time of an action.
//! `cargo run --release -p chartwright-configure --example keypress`

use chartwright_configure::Session;
use chartwright_configure::protocol::{Action, Update};
use std::path::Path;
use std::time::Instant;

fn bundle(root: &Path) -> String {
    let mut charts = serde_json::Map::new();
    for group in std::fs::read_dir(root).into_iter().flatten().flatten() {
        for chart in std::fs::read_dir(group.path()).into_iter().flatten().flatten() {
            let mut files = serde_json::Map::new();
            collect(&chart.path(), &chart.path(), &mut files);
            charts.insert(format!("{}/{}", group.file_name().to_string_lossy(), chart.file_name().to_string_lossy()), files.into());
        }
    }
    serde_json::json!({ "charts": charts }).to_string()
}

fn collect(base: &Path, folder: &Path, files: &mut serde_json::Map<String, serde_json::Value>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(base, &path, files);
        } else if let (Ok(text), Ok(name)) = (std::fs::read_to_string(&path), path.strip_prefix(base)) {
            files.insert(name.to_string_lossy().into_owned(), text.into());
        }
    }
}

fn timed(session: &mut Session, action: Action) -> (f64, Update) {
    let start = Instant::now();
    let zero = Instant::now();
    let update = session.act(action, &mut || zero.elapsed().as_secs_f64() * 1e6);
    (start.elapsed().as_secs_f64() * 1e6, update)
}

fn main() {
    let bundle = bundle(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charts"));
    let mut session = Session::new();
    let (micros, _) = timed(&mut session, Action::Start { bundle, dropped: Vec::new(), fragment: None, saved: None });
    println!("start\t{micros:.0} µs");
    let (micros, _) = timed(&mut session, Action::Chart("applications/kaggle-data-api".to_owned()));
    println!("chart\t{micros:.0} µs");
    let path = |id: &str| id.split('/').map(str::to_owned).collect::<Vec<_>>();
    for checks in [false, true] {
        if checks {
            let (micros, update) = timed(&mut session, Action::Recheck);
            println!("recheck\t{micros:.0} µs, {} bytes", update.check.map_or(0, |check| check.len()));
        }
        for (name, make) in [
            (
                "memory limit",
                &(|at: usize| Action::Input { path: path("resources/limits/memory"), text: format!("{}Mi", 1000 + at) })
                    as &dyn Fn(usize) -> Action,
            ),
            ("replicas", &|at| Action::Input { path: path("replicaCount"), text: (at % 900).to_string() }),
            ("new key", &|at| Action::Input { path: path("service/port"), text: (1000 + at).to_string() }),
            ("not a number", &|at| Action::Input { path: path("replicaCount"), text: format!("x{at}") }),
            ("switch", &|at| Action::Set { path: path("autoscaling/enabled"), json: (at % 2 == 0).to_string() }),
        ] {
            let mut all: Vec<(f64, f64, usize)> = (0..200)
                .map(|at| {
                    let (micros, update) = timed(&mut session, make(at));
                    let render = update.render.as_ref().map_or(0.0, |render| render.micros);
                    (micros, render, chartwright_configure::protocol::wire::encode(&update).len())
                })
                .collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (median, render, bytes) = all[100];
            println!(
                "{name}\t{median:.0} µs median, {:.0} µs p95, render {render:.0} µs, {bytes} bytes{}",
                all[190].0,
                if checks { ", with checks" } else { "" }
            );
        }
    }
}
