//! Every line of `tests/functions/TOPIC.tmpl`, as a named template that is given the values, against what real Helm printed for it:
//! a JSON string, or its error after an exclamation mark.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use chartwright_helm::{Chart, Engine, HelmVersion, RenderError, Rendered, Request, SourceFile};
use chartwright_template::NoHost;
use std::fs;
use std::path::Path;

/// What `helm template` adds below an error of a render.
const ADVICE: &str = "\n\nUse --debug flag to render out invalid YAML";

fn render(case: &str, values: &[u8]) -> String {
    let template = format!("{{{{ define \"case\" }}}}{case}{{{{ end }}}}out: {{{{ include \"case\" .Values | toJson }}}}");
    let file = |path: &str, bytes: &[u8]| SourceFile { path: path.to_owned(), bytes: bytes.to_vec() };
    let chart = Chart::load(vec![
        file("Chart.yaml", b"apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        file("templates/case.yaml", template.as_bytes()),
        file("values.yaml", values),
    ]);
    let mut engine = Engine::compile(chart.unwrap(), HelmVersion::V4).unwrap();
    let mut request = Request::new("r", "default");
    let result = engine.render(&request, &mut NoHost);
    // A traced render is the same render.
    request.trace = true;
    let traced = engine.render(&request, &mut NoHost);
    let told = |result: &Result<Rendered, RenderError>| result.as_ref().map_or_else(|error| error.message.clone(), Rendered::manifest);
    assert_eq!(told(&traced), told(&result), "{case}");
    match result {
        Ok(rendered) => {
            let text = rendered.manifest();
            text.lines().find_map(|line| line.strip_prefix("out: ")).unwrap_or_default().to_owned()
        }
        Err(error) => format!("!Error: {}{ADVICE}", error.message).replace('\n', "\\n"),
    }
}

#[test]
fn functions_do_what_they_do_in_helm() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/functions"));
}

#[test]
#[cfg(feature = "rare")]
fn the_functions_of_a_full_build_do_what_they_do_in_helm() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/functions/full"));
}

#[test]
#[cfg(not(feature = "rare"))]
fn what_is_left_out_says_so() {
    for (case, name) in [("{{ toToml . }}", "toToml"), ("{{ genCA `x` 1 }}", "genCA"), ("{{ fromToml `` }}", "fromToml")] {
        let found = render(case, b"");
        assert!(found.contains(&format!("{name} needs the full engine")), "{found}");
    }
}

fn check(folder: &Path) {
    let values = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/functions/values.yaml")).unwrap();
    let mut topics: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    topics.retain(|path| path.extension().is_some_and(|extension| extension == "tmpl"));
    topics.sort();
    assert!(!topics.is_empty());
    let (mut failures, mut count) = (Vec::new(), 0);
    for topic in topics {
        let cases = fs::read_to_string(&topic).unwrap();
        let expected = fs::read_to_string(topic.with_extension("out")).unwrap();
        assert_eq!(cases.lines().count(), expected.lines().count(), "{}", topic.display());
        for (number, (case, expected)) in cases.lines().zip(expected.lines()).enumerate() {
            count += 1;
            let found = render(case, &values);
            if found != expected.trim_end_matches("\\n") {
                let name = topic.file_name().unwrap().to_string_lossy().into_owned();
                failures.push(format!("{name}:{}: {case}\n    Helm: {expected}\n    ours: {found}", number + 1));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} cases differ:\n{}", failures.len(), failures.join("\n"));
}
