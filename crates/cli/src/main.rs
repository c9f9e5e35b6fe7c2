//! The command's process: prints what `chartwright_cli::run` has to say.

use std::io::Write;

fn main() {
    let args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let outcome = chartwright_cli::run(args);
    // A closed pipe is no failure worth telling.
    let _ = std::io::stdout().write_all(outcome.stdout().as_bytes());
    let _ = std::io::stdout().flush();
    let _ = std::io::stderr().write_all(outcome.stderr().as_bytes());
    // The memory goes back as a whole.
    std::process::exit(i32::from(outcome.code()));
}
