//! APIs that are on their way out (`pkg/chart/v2/lint/rules/deprecations.go`; `k8s.io/apiserver`, `pkg/endpoints/deprecation`).

use crate::HelmVersion;
use crate::engine::KubeVersion;

/// `apiVersion`, `kind`, deprecated since, removed in, replaced by: all that `k8s.io/client-go` knows. Written by `tools/helm-deprecations`.
const TABLE: &str = include_str!("deprecations.tsv");

/// What to say of an object for a Kubernetes version; none is the version that Helm takes by default.
pub(super) fn check(api_version: &str, kind: &str, kube_version: Option<&str>, helm: HelmVersion) -> Option<String> {
    let mut rows = TABLE.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        Some([cell(), cell(), cell(), cell(), cell()]).filter(|row| row[0] == api_version && row[1] == kind)
    });
    let [_, _, since, removed, instead] = rows.next()?;
    let version = kube_version.and_then(|text| KubeVersion::parse(text, helm).ok()).unwrap_or_default();
    let (major, minor) = since.split_once('.')?;
    let number = |text: &str| text.parse::<u64>().unwrap_or(0);
    let current = (number(&version.major), number(&version.minor));
    // To Kubernetes, version 0.0 is one that nobody knows.
    if current != (0, 0) && current < (number(major), number(minor)) {
        return None;
    }
    let gone = if removed.is_empty() { String::new() } else { format!(", unavailable in v{removed}+") };
    let instead = if instead.is_empty() { String::new() } else { format!("; use {instead}") };
    Some(format!("{api_version} {kind} is deprecated in v{since}+{gone}{instead}"))
}
