//! The command again and again in one process, for `tools/fuzz-helm`: a line `{"dir": …, "args": […]}` in, a line
//! `{"stdout": …, "stderr": …, "exit": …}` out.

use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        std::env::set_current_dir(asked["dir"].as_str().unwrap_or("."))?;
        let args = asked["args"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let outcome = chartwright_cli::run(args);
        let answer = json!({ "stdout": outcome.stdout(), "stderr": outcome.stderr(), "exit": outcome.code() });
        writeln!(io::stdout(), "{answer}")?;
    }
    Ok(())
}
