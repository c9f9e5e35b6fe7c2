//! The chartwright command: the engine on a terminal, with Helm's flags, output and exit codes. Files, clock and randomness are
//! read here and handed down; what charts mean is in `helm`.

mod bench;
mod flags;
mod host;
mod load;
mod notes;
mod template;

use std::io::Write;
use std::process::ExitCode;

const USAGE: &str = "Renders Helm charts as Helm does.

Usage:
  chartwright template [NAME] CHART [flags]   what `helm template` prints
  chartwright notes [NAME] CHART [flags]      what `helm install --dry-run=client` prints after NOTES:
  chartwright bench [flags] CHART...          how long renders take, as tab-separated values

Flags are those of `helm template`.
";

/// What a command has to say.
pub(crate) struct Outcome {
    stdout: String,
    /// Lines before the error, without `Error: `.
    warnings: Vec<String>,
    error: Option<String>,
}

impl Outcome {
    pub(crate) fn printed(stdout: String) -> Outcome {
        Outcome { stdout, warnings: Vec::new(), error: None }
    }

    pub(crate) fn failed(error: impl Into<String>) -> Outcome {
        Outcome { stdout: String::new(), warnings: Vec::new(), error: Some(error.into()) }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let outcome = match args.first().map(String::as_str) {
        Some("template") => template::run(&args[1..]),
        Some("notes") => notes::run(&args[1..]),
        Some("bench") => bench::run(&args[1..]),
        None | Some("help" | "--help" | "-h") => Outcome::printed(USAGE.to_owned()),
        Some("version" | "--version") => Outcome::printed(format!("chartwright {}\n", env!("CARGO_PKG_VERSION"))),
        Some(other) => Outcome::failed(format!("unknown command {other:?} for \"chartwright\"")),
    };
    // A closed pipe is no failure worth telling.
    let _ = std::io::stdout().write_all(outcome.stdout.as_bytes());
    let mut errors = std::io::stderr().lock();
    for line in &outcome.warnings {
        let _ = writeln!(errors, "{line}");
    }
    match outcome.error {
        None => ExitCode::SUCCESS,
        Some(error) => {
            let _ = writeln!(errors, "Error: {error}");
            ExitCode::FAILURE
        }
    }
}
