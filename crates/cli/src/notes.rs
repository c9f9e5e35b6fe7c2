//! `chartwright notes`: what `helm install --dry-run=client` prints after `NOTES:` (`pkg/cmd/status.go`).

use crate::Outcome;
use crate::flags::{IDLE, Parsed, TEMPLATE};
use crate::template::render;

/// The command.
pub(crate) fn run(args: &[String]) -> Outcome {
    let asked = Parsed::read(args, &[TEMPLATE, IDLE]).and_then(|parsed| render(&parsed));
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => return Outcome::failed(error),
    };
    let mut outcome = Outcome { stdout: asked.printed, warnings: asked.warnings, error: None };
    match asked.result {
        Ok(rendered) => {
            outcome.warnings.extend(rendered.warnings);
            if let Some(notes) = rendered.notes.as_deref().map(chartwright_helm::trim_space).filter(|notes| !notes.is_empty()) {
                outcome.stdout.push_str(notes);
                outcome.stdout.push('\n');
            }
        }
        Err(error) => {
            outcome.warnings.extend(error.warnings);
            outcome.error = Some(format!("INSTALLATION FAILED: {}", error.message));
        }
    }
    outcome
}
