//! The chartwright command: the engine on a terminal, with Helm's flags, output and exit codes. Files, clock and randomness are
//! read here and handed down; what charts mean is in `helm`. `main.rs` only prints what comes out; `examples/loop.rs` asks again and again.

mod bench;
mod dependency;
mod explain;
mod flags;
mod help;
mod host;
mod jsonpath;
mod layers;
mod lint;
mod load;
mod notes;
mod package;
mod remote;
mod show;
mod sniff;
mod stack;
mod template;
mod vary;
mod write;

use chartwright_helm::HelmVersion;

/// The exit code of a command that failed. `lint` has more of them.
const FAILED: u8 = 1;

/// What a command has to say.
pub struct Outcome {
    stdout: String,
    /// Lines before the error, without `Error: `.
    warnings: Vec<String>,
    /// The error; empty if a warning has told it.
    error: Option<String>,
    /// The exit code of what failed.
    code: u8,
}

impl Outcome {
    /// What goes to standard output.
    pub fn stdout(&self) -> &str {
        &self.stdout
    }

    /// What goes to standard error: lines, the last of them the error.
    pub fn stderr(&self) -> String {
        let mut text: String = self.warnings.iter().map(|line| format!("{line}\n")).collect();
        if let Some(error) = self.error.as_ref().filter(|error| !error.is_empty()) {
            text.push_str(&format!("Error: {error}\n"));
        }
        text
    }

    /// Whether the command did what it was asked.
    pub fn succeeded(&self) -> bool {
        self.error.is_none()
    }

    /// The exit code: 0 if the command did what it was asked.
    pub fn code(&self) -> u8 {
        if self.succeeded() { 0 } else { self.code }
    }

    pub(crate) fn printed(stdout: String) -> Outcome {
        Outcome { stdout, warnings: Vec::new(), error: None, code: FAILED }
    }

    pub(crate) fn failed(error: impl Into<String>) -> Outcome {
        Outcome::refused(Vec::new(), error)
    }

    pub(crate) fn refused(warnings: Vec<String>, error: impl Into<String>) -> Outcome {
        Outcome { stdout: String::new(), warnings, error: Some(error.into()), code: FAILED }
    }
}

fn unknown(first: &str, args: &[String]) -> Outcome {
    match first.strip_prefix('-') {
        None => Outcome::failed(format!(
            "unknown command {} for \"chartwright\"\nRun 'chartwright --help' for usage.",
            chartwright_go::quote::quoted(first.as_bytes())
        )),
        Some(_) => match flags::Parsed::read(args, &[flags::known::GLOBAL], HelmVersion::V4) {
            Err(refused) => Outcome::refused(refused.warnings, refused.error),
            Ok(_) => Outcome::printed(help::USAGE.to_owned()),
        },
    }
}

/// Takes `--helm 3|4` out of the command line, wherever it stands before `--`; says whether it was there. To `lint` it also means to be
/// Helm's twin, so that there it may stand without a version.
fn version_of(args: Vec<String>) -> Result<(Vec<String>, HelmVersion, bool), String> {
    let is_lint = args.iter().find(|arg| !arg.starts_with('-')).is_some_and(|command| command == "lint");
    let mut helm = HelmVersion::V4;
    let mut is_given = false;
    let mut rest = Vec::with_capacity(args.len());
    let mut args = args.into_iter().peekable();
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--helm") {
            Some("") if is_lint => args.next_if(|next| matches!(next.as_str(), "3" | "4")).unwrap_or_else(|| "4".to_owned()),
            Some("") => args.next().ok_or_else(|| "flag needs an argument: --helm".to_owned())?,
            Some(value) if value.starts_with('=') => value[1..].to_owned(),
            _ if arg == "--" => {
                rest.push(arg);
                rest.extend(args);
                break;
            }
            _ => {
                rest.push(arg);
                continue;
            }
        };
        is_given = true;
        helm = match value.as_str() {
            "3" => HelmVersion::V3,
            "4" => HelmVersion::V4,
            other => return Err(format!("invalid argument {other:?} for \"--helm\" flag: it is 3 or 4")),
        };
    }
    Ok((rest, helm, is_given))
}

/// What Helm 4 says of a mode of colours that it does not have, before it looks at anything else (`pkg/cmd/root.go`). Here nothing is
/// coloured.
fn bad_colours(args: &[String]) -> Option<String> {
    let mut mode = None;
    let mut args = args.iter().take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        let Some(rest) = arg.strip_prefix("--color").or_else(|| arg.strip_prefix("--colour")) else { continue };
        mode = if rest.is_empty() { args.next().map(String::as_str) } else { rest.strip_prefix('=').or(mode) };
    }
    let mode = mode.filter(|mode| !matches!(*mode, "never" | "auto" | "always"))?;
    let error = format!("invalid color mode \"{mode}\": must be one of: never, auto, always");
    Some(format!("level=WARN msg=\"command failed\" error={}", chartwright_go::quote::quoted(error.as_bytes())))
}

/// Runs the command with these arguments, without the program's own name. Paths are relative to the working directory.
pub fn run(args: Vec<String>) -> Outcome {
    host::begin();
    let (args, helm, is_helm) = match version_of(args) {
        Ok(all) => all,
        Err(error) => return Outcome::failed(error),
    };
    if let Some(told) = bad_colours(&args).filter(|_| helm == HelmVersion::V4) {
        return Outcome::refused(vec![told], "");
    }
    match args.first().map(String::as_str) {
        Some("template") => template::run(&args[1..], helm),
        Some("explain") => explain::run(&args[1..], helm),
        Some("notes") => notes::run(&args[1..], helm),
        Some("lint") if is_helm => lint::helm::run(&args[1..], helm),
        Some("lint") => lint::run(&args[1..], helm),
        Some("package") => package::run(&args[1..], helm),
        Some("show" | "inspect") => show::run(&args[1..], helm),
        Some("dependency" | "dep" | "dependencies") => dependency::run(&args[1..], helm),
        Some("stack") => stack::run(&args[1..], helm),
        Some("bench") => bench::run(&args[1..], helm),
        None | Some("help" | "--help" | "-h") => Outcome::printed(help::USAGE.to_owned()),
        Some("version" | "--version") => Outcome::printed(format!("chartwright {}\n", env!("CARGO_PKG_VERSION"))),
        Some(other) => unknown(other, &args),
    }
}
