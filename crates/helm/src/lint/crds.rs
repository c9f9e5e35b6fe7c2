//! What lies in `crds/` (`pkg/chart/v2/lint/rules/crds.go`). Helm 3 does not look there.

use super::Messages;
use super::objects::Objects;
use crate::{Chart, HelmVersion};

const FOLDER: &str = "crds/";

/// Without a chart, `crds` is no folder.
pub(super) fn check(chart: Option<Result<&Chart, &str>>, messages: &mut Messages) {
    let chart = match chart {
        Some(Ok(chart)) => chart,
        Some(Err(error)) => return messages.error(FOLDER, error),
        None => return messages.error(FOLDER, "not a directory"),
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
