//! What `--help` prints.

use crate::flags::{Flag, Takes};

/// The commands in general.
pub(crate) const USAGE: &str = "Renders Helm charts as Helm does.

Usage:
  chartwright template [NAME] CHART [flags]   what `helm template` prints
  chartwright notes [NAME] CHART [flags]      what `helm install --dry-run=client` prints after NOTES:
  chartwright explain [NAME] CHART [flags]    which template line and which values made each line of the output
  chartwright lint PATH... [flags]            what is wrong with charts, folders and manifest files (- is standard input)
  chartwright lint --helm PATH... [flags]     what `helm lint` prints
  chartwright package CHART... [flags]        a chart's folder as an archive, as `helm package` makes it
  chartwright show all|chart|crds|readme|values CHART
                                              what `helm show` prints
  chartwright dependency list CHART           what `helm dependency list` prints
  chartwright stack list|template|export [RELEASE=]CHART... [flags]
                                              several charts as one: what they come to, their manifests, files for a GitOps tool
  chartwright bench [flags] CHART...          how long renders take, as tab-separated values

`--helm 3` behaves as Helm 3.22, `--helm 4` (the default) as Helm 4.3. `chartwright COMMAND --help` lists a command's flags.
";

/// One command with its flags; those that change nothing are left out.
pub(crate) fn command(name: &str, known: &[&[Flag]]) -> String {
    let usage = USAGE.lines().find(|line| line.trim_start().starts_with(&format!("chartwright {name}"))).unwrap_or_default();
    let mut text = format!("Usage:\n{}\n\nFlags:\n", usage.trim_end());
    for flag in known.iter().flat_map(|flags| flags.iter()).filter(|flag| !flag.help.is_empty()) {
        let letter = flag.letter.map_or_else(|| "   ".to_owned(), |letter| format!("-{letter},"));
        let value = match flag.takes {
            Takes::Switch => "",
            Takes::Values | Takes::Commas => " VALUE…",
            _ => " VALUE",
        };
        let words = format!("{}{value}", flag.name);
        text.push_str(&format!("  {letter} --{words:<30} {}\n", flag.help));
    }
    text.push_str("      --helm 3|4                         which Helm to be the twin of (default 4)\n\nHelm's other flags of the command are taken and change nothing.\n");
    text
}
