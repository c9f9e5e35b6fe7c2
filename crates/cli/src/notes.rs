//! `chartwright notes`: what `helm install --dry-run=client` prints after `NOTES:` (`pkg/cmd/status.go`).

use crate::flags::Parsed;
use crate::flags::known::{GLOBAL, IDLE, NOTES, TEMPLATE};
use crate::template::render;
use crate::{Outcome, help};
use chartwright_helm::HelmVersion;

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[TEMPLATE, NOTES, IDLE, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("notes", &[TEMPLATE, NOTES])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let asked = match render(&parsed, helm) {
        Ok(asked) => asked,
        // What cobra refuses comes before the installation.
        Err((warnings, error)) if parsed.positional.is_empty() || error.starts_with("if any flags") => {
            return Outcome::refused(warnings, error);
        }
        Err((warnings, error)) => return Outcome::refused(warnings, format!("INSTALLATION FAILED: {error}")),
    };
    let mut outcome = Outcome { stdout: asked.printed, warnings: asked.warnings, error: None, code: crate::FAILED };
    match asked.result {
        Ok(rendered) => {
            outcome.warnings.extend(rendered.warnings);
            let notes = rendered.notes.as_deref().filter(|notes| !notes.is_empty());
            if let Some(notes) = notes.filter(|_| !parsed.on("hide-notes")) {
                outcome.stdout.push_str(chartwright_helm::trim_space(notes));
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
