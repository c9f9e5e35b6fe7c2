//! Hostile charts and values: each ends within a second of the processor's time and 256 MiB, and where Helm itself ends with an ordinary
//! answer (`hostile/helm.json`, written by `tools/hostile-goldens.sh`), with Helm's answer, unless a case says `ours`.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

#[path = "hostile/material.rs"]
mod material;

use serde_json::{Map, Value as Json, json};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a child may take: seconds of the processor, and KiB of memory.
struct Measure {
    seconds: u32,
    kibibytes: u32,
}

/// Unoptimised code is many times slower: there the limit only catches what never ends.
const OURS: Measure = Measure { seconds: if cfg!(debug_assertions) { 60 } else { 1 }, kibibytes: 256 << 10 };
const HELM: Measure = Measure { seconds: 10, kibibytes: 3 << 20 };

/// How often a program that crashes is asked again.
const RETRIES: usize = 20;

/// Longer texts are compared by their beginning.
const TOLD: usize = 600;

struct Answer {
    stdout: String,
    stderr: String,
    exit: Option<i32>,
    signal: Option<i32>,
}

fn run(program: &Path, place: &Path, args: &[String], measure: Option<&Measure>) -> Answer {
    let limits = measure.map_or_else(String::new, |Measure { seconds, kibibytes }| format!("ulimit -d {kibibytes}; ulimit -t {seconds}; "));
    let limits = format!("{limits}ulimit -c 0; exec \"$@\"");
    let output = Command::new("sh").args(["-c", &limits, "sh"]).arg(program).args(args).current_dir(place).output().unwrap();
    // Compiled to Wasm, it sees that folder alone.
    let here = if measure.is_some() { format!("file '{}/", fs::canonicalize(place).unwrap().display()) } else { "file '/".to_owned() };
    let short = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(&here, "file '{here}/");
        match text.char_indices().nth(TOLD) {
            Some((end, _)) => format!("{}… ({} bytes)", &text[..end], bytes.len()),
            None => text,
        }
    };
    let (exit, signal) = (output.status.code(), output.status.signal());
    Answer { stdout: short(&output.stdout), stderr: short(&output.stderr), exit, signal }
}

/// A crash of Go's runtime is no answer.
fn crashed(answer: &Answer) -> bool {
    answer.exit.is_none_or(|code| code > 1) || ["runtime:", "fatal error:", "panic:"].iter().any(|sign| answer.stderr.starts_with(sign))
}

fn parts(case: &Json, chart: &str) -> Vec<String> {
    let own = case.get("args").and_then(Json::as_array).into_iter().flatten();
    let own = own.map(|arg| String::from_utf8(material::content(arg)).unwrap().replace("{chart}", chart));
    ["template", "rel", chart].map(str::to_owned).into_iter().chain(own).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

fn read(name: &str) -> Json {
    serde_json::from_slice(&fs::read(folder().join(name)).unwrap()).unwrap()
}

/// Makes each case's chart in a folder of its own and asks `ask` about it, on as many threads as there are processors.
fn each<T: Send>(only: Option<&str>, ask: impl Fn(&Json, &Path, &[String]) -> T + Sync) -> Vec<(String, T)> {
    let cases = read("cases.json");
    let cases: Vec<&Json> = cases
        .as_array()
        .unwrap()
        .iter()
        .filter(|case| {
            let name = case["name"].as_str().unwrap();
            only.is_none_or(|only| only.split(',').any(|only| only == name))
        })
        .collect();
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = case["name"].as_str().unwrap();
                    let place = std::env::temp_dir().join(format!("chartwright-hostile-{}-{name}", std::process::id()));
                    fs::create_dir_all(&place).unwrap();
                    let chart = material::write(&place, case);
                    let answer = ask(case, &place, &parts(case, &chart));
                    fs::remove_dir_all(&place).unwrap();
                    answers.lock().unwrap().push((name.to_owned(), answer));
                }
            });
        }
    });
    answers.into_inner().unwrap()
}

fn difference(case: &Json, expected: &Json, answer: &Answer) -> Option<String> {
    let Answer { stdout, stderr, exit, signal } = answer;
    if let Some(signal) = signal {
        return Some(format!("killed by signal {signal} (24: too long)\n  {stderr}"));
    }
    if !matches!(exit, Some(0 | 1)) || (*exit == Some(1)) != stderr.lines().any(|line| line.starts_with("Error: ")) {
        return Some(format!("no ordinary end: {exit:?}\n  {stderr}"));
    }
    match (case.get("ours").and_then(Json::as_str), expected) {
        // Nothing is said of what there is no error for.
        (Some(""), _) => None,
        (Some(ours), _) => (!stderr.contains(ours) || *exit != Some(1)).then(|| format!("expected {ours}\n  found {stdout}{stderr}")),
        (None, Json::Null) => Some(format!("Helm has no answer, and the case does not say ours\n  found {stdout}{stderr}")),
        (None, helm) => {
            let same = helm["stdout"] == *stdout && helm["stderr"] == *stderr && helm["exit"] == json!(exit);
            (!same).then(|| {
                format!("Helm: {}{}\n  ours: {stdout}{stderr}", helm["stdout"].as_str().unwrap(), helm["stderr"].as_str().unwrap())
            })
        }
    }
}

#[test]
fn nothing_hurts() {
    let only = std::env::var("CHARTWRIGHT_HOSTILE").ok();
    if let Some(helm) = std::env::var_os("CHARTWRIGHT_HELM") {
        write_goldens(Path::new(&helm), only.as_deref());
        return;
    }
    let expected = read("helm.json");
    // Compiled otherwise, it measures itself: `make hostile-wasm`.
    let other = std::env::var_os("CHARTWRIGHT_PROGRAM");
    let differences = each(only.as_deref(), |case, place, args| {
        let answer = match &other {
            // V8 itself crashes now and then: that says nothing of the case.
            Some(program) => {
                (0..RETRIES).map(|_| run(Path::new(program), place, args, None)).find(|answer| answer.signal.is_none()).unwrap()
            }
            None => run(Path::new(env!("CARGO_BIN_EXE_chartwright")), place, args, Some(&OURS)),
        };
        difference(case, &expected[case["name"].as_str().unwrap()], &answer)
    });
    let total = differences.len();
    assert!(total > 0);
    let told: Vec<String> = differences.into_iter().filter_map(|(name, told)| Some(format!("{name}: {}", told?))).collect();
    assert!(told.is_empty(), "{} of {total} cases:\n{}", told.len(), told.join("\n"));
}

fn write_goldens(helm: &Path, only: Option<&str>) {
    let answers = each(only, |_, place, args| run(helm, place, args, Some(&HELM)));
    let file = folder().join("helm.json");
    let mut all: Map<String, Json> = match only {
        Some(_) => read("helm.json").as_object().unwrap().clone(),
        None => Map::new(),
    };
    for (name, answer) in answers {
        let told =
            if crashed(&answer) { Json::Null } else { json!({ "stdout": answer.stdout, "stderr": answer.stderr, "exit": answer.exit }) };
        all.insert(name, told);
    }
    fs::write(file, format!("{:#}\n", Json::Object(all))).unwrap();
}
