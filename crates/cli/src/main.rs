//! The command's process: prints what `chartwright_cli::run` has to say.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let outcome = chartwright_cli::run(args);
    // A closed pipe is no failure worth telling.
    let _ = std::io::stdout().write_all(outcome.stdout().as_bytes());
    let _ = std::io::stderr().write_all(outcome.stderr().as_bytes());
    ExitCode::from(outcome.code())
}
