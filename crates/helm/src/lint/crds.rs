//! What lies in `crds/` (`pkg/chart/v2/lint/rules/crds.go`). Helm 3 does not look there.

use super::Messages;
use super::objects::Objects;
use crate::{Chart, HelmVersion, SourceFile};

const FOLDER: &str = "crds/";

/// Without a chart, `crds` is no folder.
pub(super) fn check(chart: Option<Result<&Chart, &str>>, messages: &mut Messages) {
    let chart = match chart {
        Some(Ok(chart)) => chart,
        Some(Err(error)) => return messages.error(FOLDER, error),
        None => return messages.error(FOLDER, "not a directory"),
    };
    check_files(chart, |_| true, messages);
}

/// Whether each document says in lines of its own that it is a definition.
pub(super) fn are_plain(text: &str) -> bool {
    let mut documents = vec![(false, false, false)];
    for line in text.lines() {
        if line.starts_with("---") {
            documents.push((false, false, false));
        }
        let Some((has_content, has_version, has_kind)) = documents.last_mut() else { continue };
        *has_content |= !(line.trim().is_empty() || line.starts_with('#') || line.starts_with("---"));
        *has_version |= line.starts_with("apiVersion: apiextensions.k8s.io/");
        *has_kind |= line.trim_end() == "kind: CustomResourceDefinition";
    }
    documents.iter().all(|(has_content, has_version, has_kind)| !has_content || *has_version && *has_kind)
}

/// Looks at the files that are wanted.
pub(super) fn check_files(chart: &Chart, wanted: impl Fn(&SourceFile) -> bool, messages: &mut Messages) {
    for file in chart.crds().into_iter().filter(|file| wanted(file)) {
        for object in Objects::new(&file.bytes, HelmVersion::V4) {
            let object = match object {
                Ok(Some(object)) => object,
                Ok(None) => continue,
                Err(error) => return messages.error(&file.path, format!("unable to parse YAML: {error}")),
            };
            if !object.api_version.starts_with("apiextensions.k8s.io") {
                messages.error(&file.path, "apiVersion is not in 'apiextensions.k8s.io'");
            }
            if object.kind != "CustomResourceDefinition" {
                messages.error(&file.path, "object kind is not 'CustomResourceDefinition'");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(are_plain(text), expected, "{text}");
    }

    #[test]
    fn definitions_by_their_lines() {
        let one = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\n";
        check(one, true);
        check(&format!("# a\n---\n{one}---\n{one}---\n"), true);
        check(&format!("{one}---\napiVersion: v1\nkind: ConfigMap\n"), false);
        check("apiVersion: apiextensions.k8s.io/v1\nkind: \"CustomResourceDefinition\"\n", false);
        check("apiVersion: apiextensions.k8s.io/v1\nspec:\n  kind: CustomResourceDefinition\n", false);
    }
}
