//! Small charts that each try one corner (values, dependencies, templates, the command), against what real Helm printed
//! (`tools/case-goldens.mjs`), Helm 4 and Helm 3: stdout, exit code and written files to the byte, stderr as a set of lines, since Helm
//! tells schema violations and warnings of maps in no order.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    inputs: BTreeMap<String, String>,
    /// Base64.
    #[serde(default)]
    binary: BTreeMap<String, String>,
    #[serde(default)]
    links: BTreeMap<String, String>,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    #[serde(default)]
    args: Vec<String>,
    /// The whole command line, where it is not `template rel NAME ARGS…`.
    command: Option<Vec<String>>,
    #[serde(default)]
    stdin: String,
    #[serde(flatten)]
    helm4: Answer,
    /// Helm 3's answer, where it is another.
    helm3: Option<Answer>,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Answer {
    stdout: String,
    stderr: String,
    exit: i32,
    #[serde(default)]
    written: BTreeMap<String, String>,
}

fn parent_of(path: &Path) -> &Path {
    let parent = path.parent().unwrap();
    fs::create_dir_all(parent).unwrap();
    parent
}

impl Case {
    fn lay(&self, place: &Path) {
        fs::create_dir_all(place).unwrap();
        let own = self.files.iter().map(|(path, text)| (place.join(&self.name).join(path), text.clone().into_bytes()));
        let beside = self.inputs.iter().map(|(path, text)| (place.join(path), text.clone().into_bytes()));
        let binary = self.binary.iter().map(|(path, text)| (place.join(path), chartwright_go::base64::decode64(text.as_bytes()).unwrap()));
        for (path, bytes) in own.chain(beside).chain(binary) {
            parent_of(&path);
            fs::write(path, bytes).unwrap();
        }
        for (path, target) in &self.links {
            let path = place.join(path);
            parent_of(&path);
            std::os::unix::fs::symlink(target, path).unwrap();
        }
    }
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// An archive's files in their order, and what they hold.
fn unpacked(archive: &Path) -> String {
    let tar = |flags: &str| {
        let output = Command::new("tar").arg(flags).arg(archive).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    tar("-tzf") + &tar("-xzOf")
}

fn written(place: &Path, path: &str, found: &mut BTreeMap<String, String>) {
    let full = place.join(path);
    if full.is_dir() {
        for entry in fs::read_dir(&full).unwrap() {
            written(place, &format!("{path}/{}", entry.unwrap().file_name().to_string_lossy()), found);
        }
    } else if full.is_file() {
        let text = if path.ends_with(".tgz") { unpacked(&full) } else { fs::read_to_string(full).unwrap() };
        found.insert(path.to_owned(), text);
    }
}

fn answer(case: &Case, run: &Run, helm: &str, place: &Path) -> Answer {
    case.lay(place);
    let usual = || ["template".to_owned(), "rel".to_owned(), case.name.clone()].into_iter().chain(run.args.iter().cloned()).collect();
    let args: Vec<String> = run.command.clone().unwrap_or_else(usual);
    let mut child = Command::new(env!("CARGO_BIN_EXE_chartwright"))
        .args(["--helm", helm])
        .args(args)
        .current_dir(place)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may have closed its end already.
    let _ = child.stdin.take().unwrap().write_all(run.stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let clean = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&place.display().to_string(), "{here}");
    let mut files = BTreeMap::new();
    written(place, "out", &mut files);
    fs::remove_dir_all(place).unwrap();
    Answer { stdout: clean(&output.stdout), stderr: clean(&output.stderr), exit: output.status.code().unwrap_or(-1), written: files }
}

#[track_caller]
fn check(topic: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(topic).with_extension("json");
    let cases: Vec<Case> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let place = fs::canonicalize(std::env::temp_dir()).unwrap().join(format!("chartwright-cases-{topic}-{}", std::process::id()));
    let mut failures = Vec::new();
    let mut count = 0;
    for case in &cases {
        for run in &case.runs {
            let has_notes = run.command.as_ref().is_some_and(|command| command[0] == "notes");
            let both = [("4", &run.helm4), ("3", run.helm3.as_ref().unwrap_or(&run.helm4))];
            // Helm 3 prints no notes without a cluster, so there is nothing to hold them to.
            for (helm, expected) in both.into_iter().take(if has_notes { 1 } else { 2 }) {
                count += 1;
                let found = answer(case, run, helm, &place);
                let same = found.stdout == expected.stdout
                    && sorted(&found.stderr) == sorted(&expected.stderr)
                    && found.exit == expected.exit
                    && found.written == expected.written;
                if !same {
                    let args = run.command.as_ref().unwrap_or(&run.args);
                    let show = |answer: &Answer| format!("{}{}{:?}", answer.stdout, answer.stderr, answer.written);
                    failures.push(format!("{} {args:?} --helm {helm}\n  Helm: {}\n  ours: {}", case.name, show(expected), show(&found)));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} runs differ:\n{}", failures.len(), failures.join("\n"));
}

/// A test for each file of cases, and one that none is left out.
macro_rules! topics {
    ($($topic:ident)*) => {
        $(
            #[test]
            fn $topic() {
                check(stringify!($topic));
            }
        )*

        #[test]
        fn every_file_has_a_test() {
            let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases")).unwrap();
            let mut files: Vec<String> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
            files.sort();
            assert_eq!(files, [$(concat!(stringify!($topic), ".json")),*]);
        }
    };
}

topics!(charts command dependencies flags fuzzed jsonpath lint metaschema notes package public references schema structs templates values);
