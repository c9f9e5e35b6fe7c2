//! Small charts that each try one corner (values, dependencies, templates, the command), against what real Helm printed
//! (`tools/case-goldens.mjs`): stdout and exit code to the byte, stderr as a set of lines, since Helm tells schema violations and
//! warnings of maps in no order.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Deserialize)]
struct Case {
    name: String,
    files: BTreeMap<String, String>,
    #[serde(default)]
    inputs: BTreeMap<String, String>,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    args: Vec<String>,
    stdout: String,
    stderr: String,
    exit: i32,
}

fn write(place: &Path, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let path = place.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[track_caller]
fn check(topic: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(topic).with_extension("json");
    let cases: Vec<Case> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let place = std::env::temp_dir().join(format!("chartwright-cases-{topic}-{}", std::process::id()));
    let mut failures = Vec::new();
    let mut count = 0;
    for Case { name, files, inputs, runs } in &cases {
        fs::create_dir_all(&place).unwrap();
        write(&place.join(name), files);
        write(&place, inputs);
        for run in runs {
            count += 1;
            let output = Command::new(env!("CARGO_BIN_EXE_chartwright"))
                .args(["template", "rel", name])
                .args(&run.args)
                .current_dir(&place)
                .output()
                .unwrap();
            let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            if stdout != run.stdout || sorted(&stderr) != sorted(&run.stderr) || output.status.code() != Some(run.exit) {
                failures.push(format!("{name} {:?}\n  Helm: {}{}\n  ours: {stdout}{stderr}", run.args, run.stdout, run.stderr));
            }
        }
        fs::remove_dir_all(&place).unwrap();
    }
    assert!(failures.is_empty(), "{} of {count} runs differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn values() {
    check("values");
}

#[test]
fn dependencies() {
    check("dependencies");
}

#[test]
fn templates() {
    check("templates");
}

#[test]
fn command() {
    check("command");
}
