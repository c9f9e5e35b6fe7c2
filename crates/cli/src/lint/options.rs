//! What the command line of `chartwright lint` says.

use crate::flags::Parsed;
use crate::flags::known::LINT;
use crate::layers::Layers;
use chartwright_helm::HelmVersion;
use chartwright_lint::{Profile, Severity};
use std::io::IsTerminal;

/// The Kubernetes that is checked against unless a version is given: the newest that the checks know.
pub(super) const NEWEST_MINOR: u32 = 37;
/// The oldest that they know.
pub(super) const OLDEST_MINOR: u32 = 25;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// For people: excerpts of the lines.
    Text,
    /// One object with all findings.
    Json,
    /// For code hosts and editors.
    Sarif,
    /// For what shows test results.
    Junit,
    /// Annotations of a workflow run.
    Github,
}

impl Format {
    const ALL: [(&'static str, Format); 5] =
        [("text", Format::Text), ("json", Format::Json), ("sarif", Format::Sarif), ("junit", Format::Junit), ("github", Format::Github)];
}

/// From which severity on findings fail the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailOn {
    /// This one and worse.
    AtLeast(Severity),
    /// None at all.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity fails the command.
    pub(super) fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Never => false,
            FailOn::AtLeast(least) => severity <= least,
        }
    }
}

/// The command line, read.
pub(super) struct Options {
    pub(super) paths: Vec<String>,
    pub(super) format: Format,
    pub(super) profile: Option<Profile>,
    pub(super) fail_on: FailOn,
    /// What is deployed, to compare with.
    pub(super) against: Vec<String>,
    /// Whether text is coloured.
    pub(super) colour: bool,
    /// Folders and files with definitions of custom resources.
    pub(super) definitions: Vec<String>,
    /// The version as it was given.
    pub(super) kube_version: Option<String>,
    pub(super) release: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) api_versions: Vec<String>,
    /// Environments of the charts that are rendered; nothing for the charts as they are.
    pub(super) environments: Vec<String>,
    pub(super) skip_schema_validation: bool,
    /// Whether files are mended.
    pub(super) fix: bool,
    /// Whether every release is checked against.
    pub(super) sweep: bool,
    /// The values of the flags.
    pub(super) layers: Layers,
    pub(super) helm: HelmVersion,
}

/// The namespace of objects that name none, unless one is given.
pub(super) const NAMESPACE: &str = "default";

impl Options {
    /// Reads them, and the files of values.
    ///
    /// # Errors
    /// What is asked for and is not there, in a sentence.
    pub(super) fn read(parsed: &Parsed, helm: HelmVersion) -> Result<Options, String> {
        if parsed.positional.is_empty() {
            return Err("name a chart, a folder or a manifest file; - is standard input".to_owned());
        }
        let kube_version = parsed.text("kube-version").map(str::to_owned);
        if let Some(version) = &kube_version {
            minor(version)?;
        }
        if parsed.on("sweep") && (kube_version.is_some() || parsed.on("fix")) {
            return Err("--sweep checks against every release and mends nothing: leave out --kube-version and --fix".to_owned());
        }
        let against = parsed.all("against").to_vec();
        if !against.is_empty() && (parsed.on("sweep") || parsed.on("fix")) {
            return Err("--against compares and mends nothing: leave out --sweep and --fix".to_owned());
        }
        if against.iter().chain(&parsed.positional).filter(|path| *path == "-").count() > 1 {
            return Err("- is standard input, which can be read once".to_owned());
        }
        let namespace = std::env::var("HELM_NAMESPACE").ok().filter(|name| !name.is_empty());
        let namespace = parsed.text("namespace").map(str::to_owned).or(namespace);
        Ok(Options {
            paths: parsed.positional.clone(),
            format: one_of("format", parsed.text("format").unwrap_or("text"), &Format::ALL)?,
            profile: match parsed.text("profile") {
                None => None,
                Some(name) => Some(one_of("profile", name, &Profile::ALL.map(|profile| (profile.name(), profile)))?),
            },
            fail_on: fail_on(parsed.text("fail-on").unwrap_or("error"))?,
            against,
            colour: is_coloured(parsed.text("color").or_else(|| parsed.text("colour"))),
            definitions: parsed.all("crds").to_vec(),
            kube_version,
            release: parsed.text("release").map(str::to_owned),
            namespace,
            api_versions: parsed.all("api-versions").to_vec(),
            environments: parsed.all("environment").to_vec(),
            skip_schema_validation: parsed.on("skip-schema-validation"),
            fix: parsed.on("fix"),
            sweep: parsed.on("sweep"),
            layers: Layers::read(parsed, helm)?,
            helm,
        })
    }
}

/// All flags of the command.
pub(super) const FLAGS: &[crate::flags::Flag] = LINT;

/// The choice of a name.
fn one_of<T: Copy>(flag: &str, name: &str, choices: &[(&str, T)]) -> Result<T, String> {
    choices.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        format!("--{flag} is one of {}, not {name:?}", names.join(", "))
    })
}

fn fail_on(name: &str) -> Result<FailOn, String> {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let mut choices = severities.map(|severity| (severity.name(), FailOn::AtLeast(severity))).to_vec();
    choices.push(("never", FailOn::Never));
    one_of("fail-on", name, &choices)
}

/// The minor version of Kubernetes 1.x.
pub(super) fn minor(version: &str) -> Result<u32, String> {
    chartwright_helm::check_kube_version(version).map_err(|error| format!("invalid kube version '{version}': {error}"))?;
    let mut parts = version.trim().trim_start_matches('v').split(['.', '-', '+']);
    let (major, minor) = (parts.next(), parts.next().and_then(|minor| minor.parse().ok()));
    minor
        .filter(|_| major == Some("1"))
        .ok_or_else(|| format!("invalid kube version '{version}': Kubernetes 1.25 to 1.{NEWEST_MINOR} are known"))
}

/// As <https://no-color.org> has it, unless the flag says otherwise.
fn is_coloured(mode: Option<&str>) -> bool {
    match mode {
        Some("always") => true,
        Some("never") => false,
        _ => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stdout().is_terminal(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        assert_eq!((minor("1.31"), minor("v1.29.4"), minor("1.30.0-gke.100")), (Ok(31), Ok(29), Ok(30)));
        assert_eq!(minor("2.0").err().as_deref(), Some("invalid kube version '2.0': Kubernetes 1.25 to 1.37 are known"));
        assert!(minor("x").is_err());
    }

    #[test]
    fn a_choice_that_is_none_names_all() {
        assert_eq!(fail_on("info"), Ok(FailOn::AtLeast(Severity::Info)));
        assert_eq!(fail_on("all").err().as_deref(), Some("--fail-on is one of error, warning, info, never, not \"all\""));
    }
}
