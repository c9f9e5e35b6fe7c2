//! Where lines come from, and which lines a value makes, as the page asks it.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle, shipped};

const API: &str = "applications/kaggle-data-api";
const DEPLOYMENT: &str = "Deployment/rel-kaggle-data-api";

/// The number of the first line of a document that reads so.
#[track_caller]
fn line(user: &User, document: &str, text: &str) -> u32 {
    let at = user.document(document).text.lines().position(|line| line.trim() == text);
    at.map(|at| at as u32 + 1).expect("a line of the document")
}

#[track_caller]
fn explain(user: &mut User, document: &str, text: &str) -> Chain {
    let line = line(user, document, text);
    let asked = Action::Explain { environment: String::new(), document: document.to_owned(), line };
    user.does(asked).chain.clone().expect("a chain")
}

#[track_caller]
fn point(user: &mut User, field: &str) -> Marks {
    user.does(Action::Point(field.to_owned())).marks.clone().expect("marks")
}

/// The lines of runs, as a document shows them.
fn texts(user: &User, document: &str, runs: &[(u32, u32)]) -> Vec<String> {
    let lines: Vec<&str> = user.document(document).text.lines().collect();
    let numbers = runs.iter().flat_map(|(first, count)| *first..first + count);
    numbers.map(|number| lines[number as usize - 1].trim().to_owned()).collect()
}

fn keys(values: &[ChainValue]) -> Vec<&str> {
    values.iter().map(|value| value.key.as_str()).collect()
}

/// A small chart with one of everything.
const SMALL: &[(&str, &str)] = &[
    ("Chart.yaml", "apiVersion: v2\nname: small\nversion: 0.1.0\ndependencies:\n  - name: sub\n    version: 0.1.0\n"),
    ("values.yaml", "name: a\nextra: false\ncount: 1\npassword: \"\"\nsub:\n  port: 81\n"),
    ("values-production.yaml", "count: 2\n"),
    ("values-local.yaml", "count: 1\n"),
    ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
    ("charts/sub/values.yaml", "# A comment.\nport: 80\nhost: h\n"),
    ("charts/sub/templates/s.yaml", "kind: Service\nmetadata:\n  name: s\nspec:\n  port: {{ .Values.port }}\n  host: {{ .Values.host }}\n"),
    ("templates/_h.tpl", "{{- define \"small.count\" -}}\ncount: {{ .Values.count }}\n{{- end }}\n"),
    (
        "templates/a.yaml",
        "kind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\ndata:\n  {{- include \"small.count\" . | nindent 2 }}\n  fixed: x\n{{- if .Values.extra }}\n  more: y\n{{- end }}\n",
    ),
    (
        "templates/z.yaml",
        "kind: Secret\nmetadata:\n  name: z\ndata:\n  long: |\n    {{ .Values.password | default \"abcdef\" }}\n    second\n  short: x\nafter: {{ .Values.count }}\n",
    ),
];

fn small() -> User {
    let mut user = User::visits(&bundle("applications/small", SMALL));
    user.opens("applications/small", "production");
    assert_eq!(user.render.error, None);
    user
}

#[test]
fn a_line_leads_to_value_file_and_template() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.types("/resources/limits/memory", "2Gi");
    let chain = explain(&mut user, DEPLOYMENT, "memory: 2Gi");
    assert_eq!((chain.environment.as_str(), chain.document.as_str()), ("production", DEPLOYMENT));
    let memory = &chain.origins[0];
    assert_eq!((memory.id.as_str(), memory.value.as_str(), memory.source), ("/resources/limits/memory", "2Gi", Source::Mine));
    let place = memory.place.clone().expect("a place");
    assert_eq!((place.file.as_str(), place.layer.as_deref()), ("values-production.yaml", Some("values-production.yaml")));
    assert_eq!(user.yaml.text.lines().nth(place.line as usize - 1).map(str::trim), Some("memory: 2Gi"));
    let over: Vec<(&str, &str)> = memory.over.iter().map(|(value, place)| (value.as_str(), place.file.as_str())).collect();
    assert_eq!(over, [("768Mi", "values-production.yaml"), ("256Mi", "values.yaml")]);
    let template = chain.template.expect("a template");
    assert!(template.place.file.ends_with(".yaml") || template.place.file.ends_with(".tpl"), "{template:?}");
    let (_, text) = template.excerpt.iter().find(|(number, _)| *number == template.place.line).expect("the line in its excerpt");
    assert!(!text.is_empty());
    // The file that it names is there to be looked at, and has that line.
    let file = user.does(Action::Look(template.place.file)).file.clone().expect("a file");
    assert_eq!(file.text.lines().nth(template.place.line as usize - 1), Some(text.as_str()));
}

#[test]
fn calls_lead_to_a_named_template() {
    let mut user = small();
    let chain = explain(&mut user, "ConfigMap/a", "count: 2");
    let template = chain.template.expect("a template");
    assert_eq!(
        (template.template.as_str(), template.place.file.as_str(), template.place.line),
        ("small.count", "small/templates/_h.tpl", 2)
    );
    let calls: Vec<(&str, u32)> = template.calls.iter().map(|call| (call.file.as_str(), call.line)).collect();
    assert_eq!(calls, [("small/templates/a.yaml", 5)]);
    assert_eq!(keys(&chain.origins), ["count"]);
    // Text of the template comes from no value.
    let chain = explain(&mut user, "ConfigMap/a", "fixed: x");
    assert_eq!((chain.origins, chain.template.map(|template| template.place.line)), (Vec::new(), Some(6)));
    // Helm's own line leads to the file.
    let source = explain(&mut user, "ConfigMap/a", "# Source: small/templates/a.yaml");
    assert_eq!(source.template.map(|template| (template.place.file, template.place.line)), Some(("small/templates/a.yaml".to_owned(), 1)));
}

#[test]
fn conditions_are_told_apart() {
    let mut user = small();
    user.sets("/extra", "true");
    let chain = explain(&mut user, "ConfigMap/a", "more: y");
    assert_eq!((keys(&chain.origins), keys(&chain.conditions)), (Vec::new(), vec!["extra"]));
    assert_eq!(chain.conditions[0].source, Source::Mine);
    // The colour is that of what stands in the line.
    assert_eq!(user.source("ConfigMap/a", "more: y"), Source::Default);
    let marks = point(&mut user, "/extra");
    let document = &marks.environments[0].documents[0];
    assert_eq!((texts(&user, "ConfigMap/a", &document.steers), document.makes.clone()), (vec!["more: y".to_owned()], Vec::new()));
}

#[test]
fn subcharts_set_values_too() {
    let mut user = small();
    let chain = explain(&mut user, "Service/s", "port: 81");
    let port = &chain.origins[0];
    assert_eq!((port.key.as_str(), port.value.as_str()), ("sub.port", "81"));
    assert_eq!(port.place.as_ref().map(|place| (place.file.as_str(), place.line)), Some(("values.yaml", 6)));
    let over: Vec<(&str, &str, u32)> = port.over.iter().map(|(value, place)| (value.as_str(), place.file.as_str(), place.line)).collect();
    assert_eq!(over, [("80", "charts/sub/values.yaml", 2)]);
    let chain = explain(&mut user, "Service/s", "host: h");
    assert_eq!((chain.origins[0].key.as_str(), chain.origins[0].value.as_str()), ("sub.host", "h"));
    let file = user.does(Action::Look("charts/sub/values.yaml".to_owned())).file.clone();
    assert_eq!(file.map(|file| file.text), Some("# A comment.\nport: 80\nhost: h\n".to_owned()));
    assert_eq!(user.does(Action::Look("../../secrets".to_owned())).file, None);
}

#[test]
fn a_line_wears_the_colour_of_the_value_in_it() {
    let mut user = small();
    assert_eq!(user.source("ConfigMap/a", "count: 2"), Source::File);
    assert_eq!(user.source("ConfigMap/a", "fixed: x"), Source::Default);
    user.types("/count", "3");
    assert_eq!(user.source("ConfigMap/a", "count: 3"), Source::Mine);
    // What I set to what it was by default is mine all the same, as at its field.
    user.writes("count: 2\nname: a\n");
    assert_eq!((user.source("ConfigMap/a", "name: a"), user.field("/name").source), (Source::Mine, Source::Mine));
    user.resets("/name");
    assert_eq!((user.source("ConfigMap/a", "name: a"), user.source("ConfigMap/a", "count: 2")), (Source::Default, Source::File));
}

#[test]
fn masks_keep_the_lines_apart() {
    let mut user = small();
    user.types("/password", "swordfish");
    let document = user.document("Secret/z").text.clone();
    assert!(!document.contains("swordfish") && !document.contains("second"), "{document}");
    let chain = explain(&mut user, "Secret/z", "after: 2");
    assert_eq!((keys(&chain.origins), chain.template.map(|template| template.place.line)), (vec!["count"], Some(9)));
    let marks = point(&mut user, "/count");
    let secret = marks.environments[0].documents.iter().find(|document| document.document == "Secret/z").expect("the Secret");
    assert_eq!(texts(&user, "Secret/z", &secret.makes), ["after: 2"]);
    let chain = explain(&mut user, "Secret/z", "long: ••••••");
    let all = format!("{chain:?}");
    assert!(!all.contains("swordfish"), "{all}");
    user.types("/name", "swordfish-1");
    let chain = explain(&mut user, "ConfigMap/swordfish-1", "name: ••••••-1");
    assert_eq!(keys(&chain.origins), ["name"]);
}

#[test]
fn pointing_at_a_field_marks_lines_in_each_environment_that_is_shown() {
    let mut user = small();
    let marks = point(&mut user, "/count");
    assert_eq!(marks.environments.iter().map(|one| one.environment.as_str()).collect::<Vec<_>>(), ["production"]);
    user.does(Action::Compare(Some("local".to_owned())));
    let marks = point(&mut user, "/count");
    let told: Vec<(&str, &[DocumentMarks])> =
        marks.environments.iter().map(|one| (one.environment.as_str(), one.documents.as_slice())).collect();
    let [("production", ours), ("local", theirs)] = told[..] else { panic!("{told:?}") };
    assert_eq!(ours.iter().map(|one| one.document.as_str()).collect::<Vec<_>>(), ["Secret/z", "ConfigMap/a"]);
    assert_eq!(texts(&user, "ConfigMap/a", &ours[1].makes), ["count: 2"]);
    assert_eq!(theirs.len(), 2);
    // A line of the other side is explained too.
    let asked = Action::Explain { environment: "local".into(), document: "ConfigMap/a".into(), line: theirs[1].makes[0].0 };
    let chain = user.does(asked).chain.clone().expect("a chain");
    assert_eq!(
        (chain.origins[0].value.as_str(), chain.origins[0].place.as_ref().map(|place| place.file.as_str())),
        ("1", Some("values-local.yaml"))
    );
    // And of this one again, though another was rendered since.
    assert_eq!(explain(&mut user, "ConfigMap/a", "count: 2").origins[0].value, "2");
    // A group's lines are those of all that is in it.
    let marks = point(&mut user, "/sub");
    assert_eq!(texts(&user, "Service/s", &marks.environments[0].documents[0].makes), ["port: 81", "host: h"]);
}

#[test]
fn questions_change_nothing_and_edits_answer_none() {
    let mut user = small();
    user.types("/count", "5");
    assert_eq!((&user.last.chain, &user.last.marks), (&None, &None));
    let (save, fragment) = (user.save.clone(), user.fragment.clone());
    let line = line(&user, "ConfigMap/a", "count: 5");
    for question in [
        Action::Explain { environment: String::new(), document: "ConfigMap/a".into(), line },
        Action::Point("/count".into()),
        Action::Look("values.yaml".into()),
    ] {
        assert!(question.is_question());
        let update = user.does(question).clone();
        let rest = Update { chain: None, marks: None, file: None, ..update.clone() };
        assert_eq!(rest, Update::default());
        assert_ne!(update, rest);
    }
    assert_eq!((user.save.clone(), user.fragment.clone()), (save, fragment));
    user.undoes();
    user.sees("ConfigMap/a", "count: 2");
    // What there is not is not explained.
    let asked = Action::Explain { environment: String::new(), document: "ConfigMap/none".into(), line: 1 };
    assert_eq!(user.does(asked).chain, None);
}

#[test]
fn the_last_good_render_is_explained_while_another_fails() {
    let mut user = small();
    user.types("/count", "4");
    user.writes("count: 4\nname: [\n");
    user.writes("count: 7\nsub: 1\n");
    user.sees("ConfigMap/a", "count: 4");
    assert!(user.render.error.is_some(), "{:?}", user.render);
    assert_eq!(explain(&mut user, "ConfigMap/a", "count: 4").origins[0].value, "4");
}

/// A chart with one template, in production; `values` are its defaults.
fn failing(values: &str, template: &str) -> RenderFault {
    let files = [
        ("Chart.yaml", "apiVersion: v2\nname: odd\nversion: 0.1.0\n"),
        ("values.yaml", values),
        ("values-production.yaml", ""),
        ("templates/_h.tpl", "{{- define \"odd.port\" }}{{ upper .Values.server.port }}{{ end }}"),
        ("templates/a.yaml", template),
    ];
    let mut user = User::visits(&bundle("applications/odd", &files));
    user.opens("applications/odd", "production");
    user.render.error.clone().expect("a failure")
}

/// What is underlined.
fn underlined(fault: &RenderFault) -> String {
    let (begins, length) = fault.underline.expect("an underline");
    let (_, text) = fault.excerpt.iter().find(|(number, _)| Some(*number) == fault.at).expect("the line at fault");
    text.chars().skip(begins as usize).take(length as usize).collect()
}

#[test]
fn a_failure_names_the_key_that_is_missing() {
    let values = "enabled: true\nserver:\n  port: 80\n";
    let fault = failing(values, "kind: X\n{{- if .Values.enabled }}\nvalue: {{ .Values.servr.port }}\n{{- end }}\n");
    assert!(fault.message.contains("nil pointer evaluating interface {}.port"), "{}", fault.message);
    assert_eq!(underlined(&fault), ".Values.servr.port");
    assert_eq!((keys(&fault.origins), keys(&fault.conditions)), (vec!["servr"], vec!["enabled"]));
    assert_eq!(fault.hint.as_deref(), Some(".Values.servr is not set, so it has no port; did you mean server?"));
    let fault = failing(values, "kind: X\nvalue: {{ required \"a port is needed\" .Values.server.prot }}\n");
    assert_eq!(keys(&fault.origins), ["server.prot"]);
    assert_eq!(fault.hint.as_deref(), Some("server.prot is not set; did you mean port?"));
}

#[test]
fn a_failure_names_the_value_of_the_wrong_type_and_the_calls() {
    let fault = failing("server:\n  port: 80\n", "kind: X\nvalue: {{ include \"odd.port\" . }}\n");
    assert_eq!(fault.hint.as_deref(), Some("server.port is a number: 80"));
    let port = &fault.origins[0];
    assert_eq!(port.place.as_ref().map(|place| (place.file.as_str(), place.line)), Some(("values.yaml", 2)));
    let calls: Vec<(&str, u32, &str)> =
        fault.calls.iter().map(|call| (call.place.file.as_str(), call.place.line, call.expression.as_str())).collect();
    assert_eq!(calls[0], ("odd/templates/a.yaml", 2, "include \"odd.port\" ."));
    assert_eq!((calls[1].0, calls.len()), ("odd/templates/_h.tpl", 2));
    assert_eq!(underlined(&fault), ".Values.server.port");
}

#[test]
fn output_that_is_no_yaml_leads_to_the_template_line_and_the_value() {
    let fault = failing("name: \"a: b: c\"\n", "kind: X\nmetadata:\n  name: {{ .Values.name }}\n");
    assert!(fault.message.starts_with("YAML parse error on odd/templates/a.yaml"), "{}", fault.message);
    assert_eq!(underlined(&fault), "name: a: b: c");
    assert_eq!(keys(&fault.origins), ["name"]);
    assert_eq!(
        fault.calls.iter().map(|call| (call.place.file.as_str(), call.place.line)).collect::<Vec<_>>(),
        [("odd/templates/a.yaml", 3)]
    );
}
