//! Replays what real Helm made of the charts (`tests/goldens`): the same arguments give the same stdout, stderr and exit code, to
//! the byte, and the same notes.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// Puts the subcharts that `file://` repositories name into each chart, as they were when Helm made the goldens.
fn vendor(folder: &Path) {
    let metadata = folder.join("Chart.yaml");
    if let Ok(text) = fs::read_to_string(&metadata) {
        for line in text.lines() {
            if let Some((_, path)) = line.split_once("file://") {
                let subchart = folder.join(path.trim_end_matches(['"', '\'', ' ']));
                let name = subchart.file_name().unwrap().to_owned();
                copy(&subchart, &folder.join("charts").join(name));
            }
        }
        return;
    }
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            vendor(&entry.path());
        }
    }
}

fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.join("args").is_file() {
                found.push(path.clone());
            }
            cases(&path, found);
        }
    }
}

fn run(args: &[String], place: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chartwright")).args(args).current_dir(place).output().unwrap()
}

/// Helm tells violations of a schema in no order.
fn comparable(stderr: &str) -> String {
    if !stderr.contains("values don't meet the specifications") {
        return stderr.to_owned();
    }
    let mut lines: Vec<&str> = stderr.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

fn first_difference(expected: &str, found: &str) -> String {
    let mut lines = (expected.lines(), found.lines());
    for number in 1.. {
        match (lines.0.next(), lines.1.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => return format!("line {number}:\n    Helm: {}\n    ours: {}", a.unwrap_or("(end)"), b.unwrap_or("(end)")),
        }
    }
    "in line ends".to_owned()
}

#[test]
fn the_command_prints_what_helm_printed() {
    let root = root();
    let goldens = root.join("tests/goldens");
    let place = std::env::temp_dir().join(format!("chartwright-goldens-{}", std::process::id()));
    copy(&root.join("charts"), &place.join("charts"));
    copy(&root.join("tests/charts"), &place.join("tests/charts"));
    copy(&goldens.join("inputs"), &place.join("tests/goldens/inputs"));
    // The files that the end-to-end tests download.
    copy(&root.join("tests/e2e/expected"), &place.join("tests/e2e/expected"));
    vendor(&place.join("charts"));
    let mut found = Vec::new();
    cases(&goldens, &mut found);
    found.sort();
    assert!(found.len() > 50, "only {} goldens found", found.len());
    let mut failures = Vec::new();
    for case in &found {
        let name = case.strip_prefix(&goldens).unwrap().display().to_string();
        // These cases saw the tree without subcharts in place.
        let here = if name.starts_with("dependencies/") { &root } else { &place };
        let args: Vec<String> = fs::read_to_string(case.join("args")).unwrap().lines().map(str::to_owned).collect();
        let read = |file: &str| fs::read_to_string(case.join(file)).unwrap_or_default();
        let output = run(&args, here);
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if stdout != read("stdout") {
            failures.push(format!("{name}: stdout differs, {}", first_difference(&read("stdout"), &stdout)));
        }
        if comparable(&stderr) != comparable(&read("stderr")) {
            failures.push(format!("{name}: stderr differs, {}", first_difference(&read("stderr"), &stderr)));
        }
        let code = output.status.code().unwrap().to_string();
        if code != read("exit").trim() {
            failures.push(format!("{name}: exit code {code}, Helm's is {}", read("exit").trim()));
        }
        if case.join("notes").is_file() {
            let mut args = args;
            "notes".clone_into(&mut args[0]);
            let notes = run(&args, here);
            let notes = String::from_utf8_lossy(&notes.stdout);
            if notes != read("notes") {
                failures.push(format!("{name}: notes differ, {}", first_difference(&read("notes"), &notes)));
            }
        }
    }
    fs::remove_dir_all(&place).unwrap();
    assert!(failures.is_empty(), "{} of {} goldens differ:\n{}", failures.len(), found.len(), failures.join("\n"));
}
