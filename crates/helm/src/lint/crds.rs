//! What lies in `crds/` (`pkg/chart/v2/lint/rules/crds.go`). Helm 3 does not look there.

use super::objects::Objects;
use super::{Entry, Folder, Linter, Loaded, Messages};
use crate::HelmVersion;

const FOLDER: &str = "crds/";

pub(super) fn check(folder: &Folder, loaded: &Loaded, linter: &mut Linter, messages: &mut Messages) {
    match &folder.crds {
        Entry::Missing => return,
        Entry::Folder(_) => {}
        _ => return messages.error(FOLDER, "not a directory"),
    }
    let chart = match loaded.load(linter) {
        Ok(chart) => chart,
        Err(error) => return messages.error(FOLDER, error.clone()),
    };
    for file in chart.crds() {
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
