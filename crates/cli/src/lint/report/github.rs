//! The report as GitHub's workflow commands, which annotate the lines of a pull request.
//!
//! Source: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use crate::lint::found::{Found, Report};
use chartwright_lint::Severity;
use std::fmt::Write;

pub(super) fn write(report: &Report) -> String {
    let mut out = String::new();
    for found in report.open() {
        command(&mut out, found);
    }
    out
}

fn command(out: &mut String, found: &Found) {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let home = found.home();
    let _ = write!(out, "::{command} file={},line={}", property(&home.file), home.line.max(1));
    if home.column > 0 {
        let _ = write!(out, ",col={}", home.column);
    }
    if home.column > 0 && home.width > 0 {
        let _ = write!(out, ",endColumn={}", home.column + home.width);
    }
    let text = format!("{}\n{}", found.message, found.cure);
    let _ = writeln!(out, ",title={}::{}", property(found.rule), data(&text));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
