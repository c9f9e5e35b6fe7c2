//! The flags of each command: `helm template`'s (`pkg/cmd/install.go`, `pkg/cmd/template.go`), and Helm's global ones.

use super::Has::{Both, Deprecated, Only4};
use super::Takes::{Commas, Duration, Float, Int, Optional, Pairs, PostRenderer, Switch, Uint, Value, Values, Wait};
use super::{Flag, Has, Takes};

const fn flag(name: &'static str, takes: Takes, has: Has, help: &'static str) -> Flag {
    Flag { name, letter: None, takes, has, help }
}

const fn lettered(name: &'static str, letter: char, takes: Takes, help: &'static str) -> Flag {
    Flag { name, letter: Some(letter), takes, has: Both, help }
}

/// A flag that changes nothing where there is neither cluster nor registry.
const fn idle(name: &'static str, takes: Takes, has: Has) -> Flag {
    flag(name, takes, has, "")
}

// What all commands take that render with values.
const SET: Flag = flag("set", Values, Both, "set values: key1=val1,key2=val2");
const SET_FILE: Flag = flag("set-file", Values, Both, "set values to what files hold: key1=path1");
const SET_JSON: Flag = flag("set-json", Values, Both, "set JSON values: key1=jsonval1, or a JSON object");
const SET_LITERAL: Flag = flag("set-literal", Values, Both, "set one string, taken as it is");
const SET_STRING: Flag = flag("set-string", Values, Both, "set strings: key1=val1");
const SKIP_SCHEMA_VALIDATION: Flag = flag("skip-schema-validation", Switch, Both, "do not check values.schema.json");
const FILES: Flag = lettered("values", 'f', Commas, "a file of values, or - for standard input");

const UNUSED_NOTES: &str = "this flag has no effect for 'helm template' and will be removed in Helm 5";

/// What `template` and `notes` take and use.
pub(crate) const TEMPLATE: &[Flag] = &[
    lettered("api-versions", 'a', Commas, "more API versions for .Capabilities.APIVersions"),
    flag("debug", Switch, Both, "say more on stderr, and print files that are no YAML"),
    flag("dependency-update", Switch, Both, "take missing dependencies from the folders that file:// repositories name"),
    flag("dry-run", Optional("unset"), Both, "client, which is all that can be done here"),
    flag("enable-dns", Switch, Both, "let getHostByName ask for addresses"),
    lettered("generate-name", 'g', Switch, "make a name up (template always uses release-name)"),
    flag("include-crds", Switch, Both, "print what stands in crds/ too"),
    flag("is-upgrade", Switch, Both, "set .Release.IsUpgrade instead of .Release.IsInstall"),
    flag("kube-version", Value, Both, "the version for .Capabilities.KubeVersion"),
    flag("name-template", Value, Both, "a template that makes the release's name"),
    lettered("namespace", 'n', Value, "the release's namespace"),
    flag("no-hooks", Switch, Both, "leave hooks out"),
    flag("output-dir", Value, Both, "write files below this folder instead of printing them"),
    flag("release-name", Switch, Both, "put the release's name into the path below --output-dir"),
    SET,
    SET_FILE,
    SET_JSON,
    SET_LITERAL,
    SET_STRING,
    lettered("show-only", 's', Values, "print only what these templates made"),
    SKIP_SCHEMA_VALIDATION,
    flag("skip-tests", Switch, Both, "leave test hooks out"),
    flag("validate", Switch, Deprecated("use '--dry-run=server' instead"), ""),
    FILES,
];

/// `render-subchart-notes` does something in `notes` alone.
pub(crate) const NOTES: &[Flag] =
    &[flag("hide-notes", Switch, Both, "print nothing"), flag("render-subchart-notes", Switch, Both, "print the notes of subcharts too")];

/// The same in `template`.
pub(crate) const NO_NOTES: &[Flag] =
    &[idle("hide-notes", Switch, Deprecated(UNUSED_NOTES)), idle("render-subchart-notes", Switch, Deprecated(UNUSED_NOTES))];

/// Flags of Helm's that change nothing in a render without a cluster.
pub(crate) const IDLE: &[Flag] = &[
    idle("atomic", Switch, Deprecated("use --rollback-on-failure instead")),
    idle("ca-file", Value, Both),
    idle("cert-file", Value, Both),
    idle("create-namespace", Switch, Both),
    idle("description", Value, Both),
    idle("devel", Switch, Both),
    idle("disable-openapi-validation", Switch, Both),
    idle("force", Switch, Deprecated("use --force-replace instead")),
    idle("force-conflicts", Switch, Only4),
    idle("force-replace", Switch, Only4),
    idle("insecure-skip-tls-verify", Switch, Both),
    idle("key-file", Value, Both),
    idle("keyring", Value, Both),
    Flag { name: "labels", letter: Some('l'), takes: Pairs, has: Both, help: "" },
    idle("pass-credentials", Switch, Both),
    idle("password", Value, Both),
    idle("plain-http", Switch, Both),
    idle("post-renderer", PostRenderer, Both),
    idle("post-renderer-args", Values, Both),
    idle("replace", Switch, Both),
    idle("repo", Value, Both),
    idle("rollback-on-failure", Switch, Only4),
    idle("server-side", Switch, Only4),
    idle("skip-crds", Switch, Both),
    idle("take-ownership", Switch, Both),
    idle("timeout", Duration, Both),
    idle("username", Value, Both),
    idle("verify", Switch, Both),
    idle("version", Value, Both),
    idle("wait", Wait, Both),
    idle("wait-for-jobs", Switch, Both),
];

/// Helm's global flags.
pub(crate) const GLOBAL: &[Flag] = &[
    idle("burst-limit", Int, Both),
    Flag { name: "v", letter: Some('v'), takes: Int, has: Both, help: "" },
    idle("color", Value, Only4),
    idle("colour", Value, Only4),
    idle("content-cache", Value, Only4),
    idle("kube-apiserver", Value, Both),
    idle("kube-as-group", Values, Both),
    idle("kube-as-user", Value, Both),
    idle("kube-ca-file", Value, Both),
    idle("kube-context", Value, Both),
    idle("kube-insecure-skip-tls-verify", Switch, Both),
    idle("kube-tls-server-name", Value, Both),
    idle("kube-token", Value, Both),
    idle("kubeconfig", Value, Both),
    idle("qps", Float, Both),
    idle("registry-config", Value, Both),
    idle("repository-cache", Value, Both),
    idle("repository-config", Value, Both),
];

/// What `show values` takes.
pub(crate) const SHOW_VALUES: &[Flag] = &[flag("jsonpath", Value, Both, "print what this path finds, such as {.image.tag}")];

/// What `stack` takes. Helm has no such command.
pub(crate) const STACK: &[Flag] = &[
    lettered("api-versions", 'a', Commas, "more API versions for .Capabilities.APIVersions"),
    lettered("destination", 'd', Value, "export: the folder for the archive (.)"),
    lettered("environment", 'e', Values, "[RELEASE=]ENV: take values-ENV.yaml of the charts, or of one"),
    flag("for", Value, Both, "export: argocd, flux or helmfile"),
    flag("kube-version", Value, Both, "the version for .Capabilities.KubeVersion and the checks"),
    flag("name", Value, Both, "export: the stack's name, instead of what the charts' annotation chartwright/stack says"),
    lettered("namespace", 'n', Values, "[RELEASE=]NAMESPACE: where the releases go, or one"),
    flag("output-dir", Value, Both, "export: write files below this folder instead of an archive"),
    flag("repository", Value, Both, "export: the Git repository of the charts, instead of what their sources say"),
    flag("revision", Value, Both, "export: its branch, instead of what the charts' sources say"),
    lettered("values", 'f', Values, "[RELEASE=]FILE: a file of values above the environment's"),
];

/// What `lint --helm` takes (`pkg/cmd/lint.go`).
pub(crate) const HELM_LINT: &[Flag] = &[
    flag("debug", Switch, Both, "say more on stderr"),
    flag("kube-version", Value, Both, "the version for .Capabilities.KubeVersion and for what is deprecated"),
    lettered("namespace", 'n', Value, "the release's namespace"),
    flag("quiet", Switch, Both, "print warnings and errors alone"),
    SET,
    SET_FILE,
    SET_JSON,
    SET_LITERAL,
    SET_STRING,
    SKIP_SCHEMA_VALIDATION,
    flag("strict", Switch, Both, "fail on warnings"),
    FILES,
    flag("with-subcharts", Switch, Both, "look at the charts below charts/, too"),
];

/// What `package` takes.
pub(crate) const PACKAGE: &[Flag] = &[
    flag("app-version", Value, Both, "the application's version to write into the archive"),
    idle("ca-file", Value, Both),
    idle("cert-file", Value, Both),
    flag("debug", Switch, Both, ""),
    lettered("dependency-update", 'u', Switch, "take missing dependencies from the folders that file:// repositories name"),
    lettered("destination", 'd', Value, "the folder for the archive (.)"),
    idle("insecure-skip-tls-verify", Switch, Both),
    idle("key", Value, Both),
    idle("key-file", Value, Both),
    idle("keyring", Value, Both),
    lettered("namespace", 'n', Value, ""),
    idle("passphrase-file", Value, Both),
    idle("password", Value, Both),
    idle("plain-http", Switch, Both),
    idle("sign", Switch, Both),
    idle("username", Value, Both),
    flag("version", Value, Both, "the chart's version to write into the archive"),
];

/// What `dependency list` takes.
pub(crate) const DEPENDENCY: &[Flag] = &[
    flag("debug", Switch, Both, ""),
    flag("max-col-width", Uint, Both, "the greatest width of a column (80)"),
    lettered("namespace", 'n', Value, ""),
];

/// What `lint` takes: how charts are rendered as `template` has it.
pub(crate) const LINT: &[Flag] = &[
    flag(
        "against",
        Values,
        Both,
        "what is deployed: a manifest, a folder, or the chart at another version; changes that are refused are errors",
    ),
    lettered("api-versions", 'a', Commas, "more API versions for .Capabilities.APIVersions"),
    flag("color", Value, Both, "auto, always or never (auto)"),
    flag("crds", Values, Both, "a folder or file with CustomResourceDefinitions to hold custom resources to"),
    lettered("environment", 'e', Values, "take values-ENV.yaml of the charts; more than one is rendered for itself"),
    flag("fail-on", Value, Both, "the severity from which on the exit code is 1: error, warning, info or never (error)"),
    flag("fix", Switch, Both, "mend values files and manifests where a cure is certain"),
    flag("format", Value, Both, "text, json, sarif, junit or github (text)"),
    flag("kube-version", Value, Both, "the Kubernetes to check against and to render for"),
    lettered("namespace", 'n', Value, "the namespace of charts' releases, and of objects that name none"),
    flag("profile", Value, Both, "which rules: api, default, baseline, restricted or all (default)"),
    flag("release", Value, Both, "the name of charts' releases (release-name)"),
    SET,
    SET_FILE,
    SET_JSON,
    SET_LITERAL,
    SET_STRING,
    SKIP_SCHEMA_VALIDATION,
    flag("sweep", Switch, Both, "say what breaks in which release of Kubernetes, 1.25 to 1.37"),
    FILES,
];
