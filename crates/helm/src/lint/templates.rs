//! What the templates write (`pkg/chart/v2/lint/rules/template.go`).

use super::objects::{self, Object, Objects};
use super::{Entry, Folder, Linter, Loaded, Messages, Topic, deprecations, names};
use crate::engine::Stopped;
use crate::{Chart, Engine, HelmVersion, Release, Request, SourceFile, trim_space};
use chartwright_go::quote::quoted;
use chartwright_template::Host;
use std::collections::HashMap;
use std::sync::Arc;

const FOLDER: &str = "templates/";

/// How long a line may be that Go's `bufio.Scanner` reads.
const LONGEST_LINE: usize = 64 << 10;

pub(super) fn check(folder: &Folder, loaded: &Loaded, linter: &mut Linter, host: &mut dyn Host, messages: &mut Messages) {
    let helm = linter.options.helm;
    match (&folder.templates, helm) {
        (Entry::Folder(_), _) | (Entry::Missing, HelmVersion::V3) => {}
        (Entry::Missing, HelmVersion::V4) => return messages.warning(FOLDER, "directory does not exist"),
        (Entry::Unreadable(why), HelmVersion::V4) => return messages.error(FOLDER, why.as_str()),
        (Entry::Unreadable(_), HelmVersion::V3) => {}
        (_, HelmVersion::V3) => return messages.warning(FOLDER, "not a directory"),
        (_, HelmVersion::V4) => return messages.error(FOLDER, "not a directory"),
    }
    let chart = match loaded.load_shared(linter) {
        Ok(chart) => Arc::clone(chart),
        Err(error) => return messages.error(FOLDER, error),
    };
    let outputs = match render(&chart, linter, host) {
        Ok(outputs) => outputs,
        Err(Stopped::Silently) => return,
        Err(Stopped::With(error)) => return messages.error(FOLDER, error),
    };
    for template in chart.templates() {
        messages.about(Topic::Templates);
        let extension = chartwright_go::path::ext(template.path.as_bytes());
        if !matches!(extension, b".yaml" | b".yml" | b".tpl" | b".txt") {
            let extension = String::from_utf8_lossy(extension);
            messages
                .error(&template.path, format!("file extension '{extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt"));
        }
        if helm == HelmVersion::V3 {
            check_source(template, messages);
        }
        if !is_yaml(&template.path, helm) {
            continue;
        }
        let name = format!("{}/{}", chart.name(), template.path);
        let output = outputs.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
        if !check_output(&template.path, output, linter, messages) {
            return;
        }
    }
}

/// Whether what a template writes is looked at.
pub(super) fn is_yaml(path: &str, helm: HelmVersion) -> bool {
    let extension = chartwright_go::path::ext(path.as_bytes());
    match helm {
        HelmVersion::V3 => extension == b".yaml",
        HelmVersion::V4 => [".yaml", ".yml"].iter().any(|known| extension.eq_ignore_ascii_case(known.as_bytes())),
    }
}

fn render(chart: &Arc<Chart>, linter: &mut Linter, host: &mut dyn Host) -> Result<HashMap<Arc<str>, Vec<u8>>, Stopped> {
    let options = linter.options.clone();
    let release =
        Release { name: "test-release".to_owned(), namespace: options.namespace, is_install: false, revision: 0, ..Release::default() };
    let request = Request {
        release,
        kube_version: options.kube_version.as_deref(),
        skip_schema_validation: options.skip_schema_validation,
        debug: options.debug,
        ..Request::new("", "")
    };
    let mut engine = Engine::compile_for_lint(Arc::clone(chart), options.helm).map_err(|error| Stopped::With(error.message))?;
    let mut told = Vec::new();
    let outputs = engine.lint(&linter.values, &request, host, &mut told);
    told.into_iter().for_each(|line| linter.tell(line));
    Ok(outputs?.into_iter().collect())
}

/// What is no longer as it was in Helm 2.
fn check_source(template: &SourceFile, messages: &mut Messages) {
    let text = template.text();
    let is_hook = |rest: &str| {
        let rest = rest.strip_prefix('"').unwrap_or(rest);
        rest.strip_prefix(':').is_some_and(|rest| {
            let value = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
            value.len() < rest.len() && value.starts_with("crd-install")
        })
    };
    if text.match_indices("helm.sh/hook").any(|(at, word)| is_hook(&text[at + word.len()..])) {
        let words = "manifest is a crd-install hook. This hook is no longer supported in v3 and all CRDs should also exist the crds/ directory at the top level of the chart";
        messages.warning(&template.path, words);
    }
    if text.contains(".Release.Time") {
        let words = ".Release.Time has been removed in v3, please replace with the `now` function in your templates";
        messages.error(&template.path, words);
    }
}

/// Looks at what one template wrote. Says whether the others are to be looked at, too.
fn check_output(file: &str, output: &[u8], linter: &Linter, messages: &mut Messages) -> bool {
    let text = String::from_utf8_lossy(output);
    if trim_space(&text).is_empty() {
        return true;
    }
    if let Some(fault) = top_indent(&text) {
        messages.about(Topic::TopIndent).warning(file, fault);
    }
    messages.about(Topic::Object);
    let helm = linter.options.helm;
    for object in Objects::new(output, helm) {
        let object = match object {
            Ok(Some(object)) => object,
            Ok(None) => continue,
            Err(error) => {
                messages.error(file, format!("unable to parse YAML: {error}"));
                return false;
            }
        };
        if let Some(fault) = names::check(&object.kind, &object.name) {
            messages.warning(file, fault);
        }
        if let Some(fault) = deprecations::check(&object.api_version, &object.kind, linter.options.kube_version.as_deref(), helm) {
            messages.warning(file, fault);
        }
        if let Some(fault) = selector(&object, &text) {
            messages.error(file, fault);
        }
        check_list(file, &object, output, helm, messages);
    }
    true
}

/// The same, of the form alone.
pub(super) fn check_form(file: &str, output: &[u8], helm: HelmVersion, messages: &mut Messages) {
    let text = String::from_utf8_lossy(output);
    if trim_space(&text).is_empty() {
        return;
    }
    if let Some(fault) = top_indent(&text) {
        messages.about(Topic::TopIndent).warning(file, fault);
    }
    // Reading everything as YAML for the few lists there are would take long.
    if text.lines().any(may_be_list) {
        let objects = Objects::new(output, helm).map_while(Result::ok);
        objects.flatten().for_each(|object| check_list(file, &object, output, helm, messages));
    }
}

/// Whether a line may say that an object is a list.
fn may_be_list(line: &str) -> bool {
    let key = line.trim_start_matches([' ', '-', '{', '"', '\'']);
    let is_kind = |line: &str| line.strip_prefix("kind").is_some_and(|rest| rest.contains("List"));
    is_kind(key) || line.contains("\"kind\":\"List\"") || line.contains("\"kind\": \"List\"")
}

fn check_list(file: &str, object: &Object, output: &[u8], helm: HelmVersion, messages: &mut Messages) {
    if object.kind == "List"
        && let Some(fault) = objects::list_fault(output, helm)
    {
        messages.about(Topic::ResourcePolicy).error(file, fault);
        messages.about(Topic::Object);
    }
}

/// Whether the first line that is not blank is indented.
fn top_indent(text: &str) -> Option<String> {
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = match rest.split_once('\n') {
            Some((line, after)) if line.len() < LONGEST_LINE => (line, after),
            None if rest.len() < LONGEST_LINE => (rest, ""),
            _ => return Some("bufio.Scanner: token too long".to_owned()),
        };
        let line = line.strip_suffix('\r').unwrap_or(line);
        if !trim_space(line).is_empty() {
            let shown = || format!("document starts with an illegal indent: {}, which may cause parsing problems", quoted(line.as_bytes()));
            return line.starts_with([' ', '\t']).then(shown);
        }
        rest = after;
    }
    None
}

/// Workloads need selectors; Helm looks for the words in all that the template wrote.
fn selector(object: &Object, text: &str) -> Option<String> {
    let selects = matches!(object.kind.as_str(), "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet");
    (selects && !text.contains("matchLabels") && !text.contains("matchExpressions")).then(|| {
        let name = quoted(object.name.as_bytes());
        format!("a {} must contain matchLabels or matchExpressions, and {name} does not", object.kind)
    })
}
