//! The report as JUnit's XML, for what shows test results: a suite for each chart and manifest file, a case for each finding.

use super::locations::title;
use crate::lint::found::{Found, Report};
use crate::lint::options::FailOn;
use std::fmt::Write;

pub(super) fn write(report: &Report, fail_on: FailOn) -> String {
    let fails = |found: &Found| found.silenced.is_none() && fail_on.fails(found.severity);
    let mut suites = String::new();
    for judged in report.charts.iter().chain(&report.files) {
        let found: Vec<&Found> = report.findings.iter().filter(|found| suite(found) == judged).collect();
        let count = |is: &dyn Fn(&&&Found) -> bool| found.iter().filter(is).count();
        let failures = count(&|found| fails(found));
        let skipped = count(&|found| found.silenced.is_some());
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">",
            escaped(judged),
            found.len().max(1)
        );
        for found in &found {
            case(&mut suites, found, fails(found));
        }
        if found.is_empty() {
            let _ = writeln!(suites, "    <testcase name=\"lint\" classname=\"{}\"/>", escaped(judged));
        }
        suites.push_str("  </testsuite>\n");
    }
    let tests = suites.matches("<testcase ").count();
    let failures = report.findings.iter().filter(|found| fails(found)).count();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"chartwright lint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{suites}</testsuites>\n"
    )
}

/// The chart or the manifest file that a finding belongs to.
fn suite(found: &Found) -> &str {
    found.chart.as_deref().unwrap_or(&found.spot.file)
}

/// What counts but does not fail the command is told in a case that passes.
fn case(out: &mut String, found: &Found, fails: bool) {
    let home = found.home();
    let object = title(&found.object);
    let name = format!("{} {object}{}", found.rule, found.pointer);
    let _ = writeln!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\">",
        escaped(name.trim_end()),
        escaped(suite(found)),
        escaped(&home.file),
        home.line
    );
    let text = format!(
        "{}:{}: {}[{}]: {}\n{}\n{}",
        home.file,
        home.line,
        found.severity.name(),
        found.rule,
        found.message,
        found.reason,
        found.cure
    );
    let _ = match &found.silenced {
        Some(silence) => {
            let reason = silence.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
            writeln!(out, "      <skipped message=\"{}\"/>", escaped(&format!("{}{reason}", silence.by)))
        }
        None if fails => writeln!(
            out,
            "      <failure message=\"{}\" type=\"{}\">{}</failure>",
            escaped(&found.message),
            found.severity.name(),
            escaped(&text)
        ),
        None => writeln!(out, "      <system-out>{}</system-out>", escaped(&text)),
    };
    out.push_str("    </testcase>\n");
}

/// Text in XML 1.0, which has no way to write most control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
