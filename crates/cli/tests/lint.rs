//! `chartwright lint`: each case of `tests/lint/` is a folder of files, a command, and what it prints, written by hand as the specification
//! of the formats. What the rules find is held to in `crates/lint`.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A file of cases, in Markdown: a heading a case, a block for each file (`yaml PATH`), one for standard input (`stdin`), the command (`console`,
/// with what it prints after it, then lines of stderr that begin with `! `, and the exit code as `? N`), and files afterwards (`after PATH`).
struct Case {
    title: String,
    files: Vec<(String, String)>,
    stdin: String,
    console: String,
    after: Vec<(String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut block, line.strip_prefix("````")) {
            (Some(_), Some("")) => {
                let (name, content) = block.take().unwrap();
                let case = cases.last_mut().unwrap();
                match name.split_once(' ') {
                    Some(("after", path)) => case.after.push((path.to_owned(), content)),
                    Some((_, path)) => case.files.push((path.to_owned(), content)),
                    None if name == "stdin" => case.stdin = content,
                    None => case.console = content,
                }
            }
            (Some((_, content)), _) => {
                content.push_str(line);
                content.push('\n');
            }
            (None, Some(name)) => block = Some((name.to_owned(), String::new())),
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    let title = title.to_owned();
                    cases.push(Case { title, files: Vec::new(), stdin: String::new(), console: String::new(), after: Vec::new() });
                }
            }
        }
    }
    cases
}

struct Place(PathBuf);

impl Place {
    fn new(name: &str, files: &[(String, String)]) -> Place {
        let place = Place(std::env::temp_dir().join(format!("chartwright-lint-{}-{name}", std::process::id())));
        fs::create_dir_all(&place.0).unwrap();
        for (path, text) in files {
            let path = place.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a command prints, as a `console` block shows it.
fn run(place: &Path, command: &str, stdin: &str) -> String {
    let args = command.strip_prefix("$ chartwright ").unwrap().split(' ');
    let mut child = Command::new(env!("CARGO_BIN_EXE_chartwright"))
        .args(args)
        .current_dir(place)
        .env_remove("NO_COLOR")
        .env_remove("HELM_NAMESPACE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut told = format!("{command}\n{}", String::from_utf8(output.stdout).unwrap());
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        told.push_str(&format!("! {line}\n"));
    }
    told.push_str(&format!("? {}\n", output.status.code().unwrap()));
    told
}

#[track_caller]
fn check(name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint").join(format!("{name}.md"));
    for (number, case) in cases(&fs::read_to_string(file).unwrap()).iter().enumerate() {
        let place = Place::new(&format!("{name}-{number}"), &case.files);
        // One block may hold several commands, one after the other.
        let mut told = String::new();
        for command in case.console.lines().filter(|line| line.starts_with("$ ")) {
            told.push_str(&run(&place.0, command, &case.stdin));
        }
        assert!(told == case.console, "{name}: {}\n--- expected\n{}\n--- printed\n{told}", case.title, case.console);
        for (path, expected) in &case.after {
            assert_eq!(&fs::read_to_string(place.0.join(path)).unwrap(), expected, "{name}: {}: {path}", case.title);
        }
    }
}

#[test]
fn text() {
    check("text");
}

#[test]
fn json() {
    check("json");
}

#[test]
fn formats_for_other_programs() {
    check("formats");
}

#[test]
fn colours_are_asked_for() {
    let place = Place::new("colours", &[("a.yaml".to_owned(), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a_b}\n".to_owned())]);
    let told = run(&place.0, "$ chartwright lint --color always --profile api a.yaml", "");
    assert!(told.contains("\n\u{1b}[1;31merror[invalid-object-name]\u{1b}[0m\u{1b}[1m: metadata.name: Invalid value: \"a_b\""), "{told}");
    let plain = run(&place.0, "$ chartwright lint --profile api a.yaml", "");
    assert!(!plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn what_annotations_silence() {
    check("suppressions");
}

#[test]
fn the_project_file() {
    check("project");
}

#[test]
fn what_is_certain_is_mended() {
    check("fix");
}

#[test]
fn releases() {
    check("sweep");
}

/// Rules that offer a fix for what their specifications show; `deprecated-api` and `yaml-octal` have their own in `fix.md`.
const MENDING: [&str; 13] = [
    "allowPrivilegeEscalation",
    "automount-token",
    "capabilities_restricted",
    "deprecated-service-account-field",
    "hpa-replicas-conflict",
    "ignored-service-field",
    "pdb-unhealthy-pod-eviction-policy",
    "probe-success-threshold",
    "removed-api",
    "schema-type",
    "seccompProfile_baseline",
    "seccompProfile_restricted",
    "unused-suppression",
];

/// Each of them mends some of the faults that its specification shows, by the judgement of all rules.
#[test]
fn fixes_cure_what_their_rules_find() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lint/tests/rules");
    for rule in MENDING {
        let text = fs::read_to_string(folder.join(format!("{rule}.md"))).unwrap();
        let files: Vec<(String, String)> = (0..)
            .zip(text.split("```yaml\n").skip(1))
            .map(|(number, block)| (format!("{number}.yaml"), block.split("```").next().unwrap().to_owned()))
            .collect();
        let place = Place::new(&format!("mending-{rule}"), &files);
        // What the restricted standard says of the same cause comes before.
        let profile = if rule.ends_with("_baseline") { "baseline" } else { "all" };
        let mut mended = 0;
        for (file, _) in &files {
            // Each for itself: objects of several cases have the same names.
            let told = run(&place.0, &format!("$ chartwright lint --profile {profile} --fail-on never --fix {file}"), "");
            mended += told.matches(&format!("mended[{rule}]")).count();
        }
        assert!(mended > 0, "{rule} mends nothing of its specification");
    }
}

#[test]
fn what_charts_are_told_of_the_cluster() {
    check("serves");
}

#[test]
fn what_is_deployed() {
    check("against");
}

#[test]
fn what_is_linted() {
    check("paths");
}

#[test]
fn exit_codes_and_what_is_wrong_with_a_command() {
    check("codes");
}

#[test]
fn many_manifests_at_once_come_in_their_order() {
    let manifest =
        |number: usize| format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{number}_}}\n{}", "# more\n".repeat(300 - number));
    let files: Vec<(String, String)> = (100..260).map(|number| (format!("{number}.yaml"), manifest(number))).collect();
    let place = Place::new("manifests", &files);
    let first = run(&place.0, "$ chartwright lint --profile api --format github .", "");
    let names: Vec<&str> = first.lines().filter_map(|line| line.strip_prefix("::error file=")?.split(',').next()).collect();
    assert_eq!(names, files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    assert_eq!(run(&place.0, "$ chartwright lint --profile api --format github .", ""), first);
}

#[test]
fn many_charts_at_once_come_in_their_order() {
    let mut files = Vec::new();
    for number in 10..40 {
        files.push((format!("c{number}/Chart.yaml"), format!("apiVersion: v2\nname: c{number}\nversion: 0.1.0\n")));
        files.push((
            format!("c{number}/templates/a.yaml"),
            format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{number}_}}\n{}", "# more\n".repeat(40 - number)),
        ));
    }
    let place = Place::new("many", &files);
    let first = run(&place.0, "$ chartwright lint .", "");
    let names: Vec<&str> = first.lines().filter_map(|line| line.trim().strip_prefix("--> ")).collect();
    assert_eq!(names.len(), 30, "{first}");
    assert!(names.is_sorted(), "{names:?}");
    for _ in 0..3 {
        assert_eq!(run(&place.0, "$ chartwright lint .", ""), first);
    }
}

#[test]
fn fixes_of_what_is_made_by_chance_are_looked_for_once() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ randAlphaNum 20 | lower }}}\n\
        spec: {containers: [{name: a, image: x:1, securityContext: {privileged: true}}]}\n";
    let chart = "apiVersion: v2\nname: c\nversion: 0.1.0\n";
    let files = [("c/Chart.yaml", chart), ("c/values.yaml", "a: 1\n"), ("c/templates/a.yaml", pod)];
    let place = Place::new("chance", &files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    for flags in ["--format json", "--fix"] {
        let told = run(&place.0, &format!("$ chartwright lint --profile restricted --fail-on never {flags} c"), "");
        assert!(told.contains("container a is privileged"), "{told}");
    }
}
