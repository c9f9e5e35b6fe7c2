//! `chartwright lint`: what is wrong with charts, folders of charts or manifests, and manifest files. What is looked for is in `chartwright_lint`;
//! here files are found and read, charts rendered, findings led back to templates and values, and reports written.

mod against;
mod chart;
mod exclude;
mod files;
mod found;
mod gather;
mod ground;
pub(crate) mod helm;
mod hygiene;
mod locate;
mod manifest;
mod mend;
mod options;
mod plain;
mod report;
mod run;
mod serves;
mod sweep;
mod terms;
mod threads;

use crate::flags::Parsed;
use crate::flags::known::GLOBAL;
use crate::{Outcome, help};
use against::Against;
use chartwright_helm::HelmVersion;
use ground::Ground;
use options::Options;

/// The exit code where something was found that is to fail the command.
const FOUND: u8 = 1;
/// The exit code where the command line is wrong, or something cannot be read.
const UNUSABLE: u8 = 2;

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[options::FLAGS, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("lint", &[options::FLAGS])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome { code: UNUSABLE, ..Outcome::refused(refused.warnings, refused.error) },
    };
    match lint(&parsed, helm) {
        Ok(outcome) => outcome,
        Err(error) => Outcome { code: UNUSABLE, ..Outcome::refused(parsed.warnings, error) },
    }
}

fn lint(parsed: &Parsed, helm: HelmVersion) -> Result<Outcome, String> {
    let mut options = Options::read(parsed, helm)?;
    let (gathered, ground) = std::thread::scope(|scope| {
        let ground = scope.spawn(Ground::new);
        (gather::gather(&options.paths), ground.join())
    });
    let (gathered, ground) = (gathered?, ground.unwrap_or_else(|_| Ground::new()));
    let ground = if options.sweep { ground } else { ground.with(Against::read(&options)?) };
    let report = if options.sweep {
        sweep::lint(&gathered.targets, &mut options, &ground)?
    } else {
        run::lint(&gathered.targets, &options, &ground)?
    };
    let fails = report.open().any(|finding| options.fail_on.fails(finding.severity));
    let mut warnings = parsed.warnings.clone();
    warnings.extend(gathered.notes.iter().chain(&report.notes).map(|note| format!("note: {note}")));
    let stdout = report::write(&report, &options);
    // The process ends with this: its memory goes back as a whole, which is quicker than piece by piece.
    std::mem::forget((gathered, ground, report));
    Ok(Outcome { stdout, warnings, error: fails.then(String::new), code: FOUND })
}
