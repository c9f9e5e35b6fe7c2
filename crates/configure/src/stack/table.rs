//! A stack as text for a terminal: its releases in their order, and what they come to together.

use super::{Checked, Stack};
use crate::checks::words;
use chartwright_kube::object::ObjectRef;
use chartwright_lint::Severity;

/// The text. `faults` says of each member why its render failed, if it did.
pub fn table(stack: &Stack, checked: &Checked, faults: &[Option<String>]) -> String {
    let release = |member: usize| stack.members.get(member).map_or("", |member| member.release.as_str());
    let mut order: Vec<usize> = (0..stack.members.len()).collect();
    chartwright_go::sort::by_key(&mut order, |at| checked.waves.get(*at).copied());
    let mut rows = vec![["WAVE", "RELEASE", "NAMESPACE", "CHART", "ENVIRONMENT", "OBJECTS"].map(str::to_owned).to_vec()];
    for at in order {
        let member = &stack.members[at];
        let objects = checked.owners.iter().filter(|owner| owner.member == at).count();
        let failed = faults.get(at).is_some_and(Option::is_some);
        rows.push(vec![
            checked.waves.get(at).copied().unwrap_or_default().to_string(),
            member.release.clone(),
            member.namespace.clone(),
            format!("{}-{}", member.chart, member.version),
            member.environment.clone(),
            if failed { "failed".to_owned() } else { objects.to_string() },
        ]);
    }
    let mut out = columns(&rows);

    let totals = words::totals(&checked.report.totals, &[]);
    out.push_str("\nTOTALS\n");
    let lines = [
        ("pods", totals.replicas),
        ("requests", format!("{} · {}", totals.requests_cpu, totals.requests_memory)),
        ("limits", format!("{} · {}", totals.limits_cpu, totals.limits_memory)),
        ("storage", totals.storage),
        ("exposure", totals.exposure),
        ("security", totals.security),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    out.push_str(&columns(&lines.map(|(name, text)| vec![name.to_owned(), text]).collect::<Vec<_>>()));

    let mut rows = vec![["WORKLOAD", "RELEASE", "PODS", "REQUESTS", "LIMITS", "QOS"].map(str::to_owned).to_vec()];
    for (workload, member) in checked.report.totals.workloads.iter().zip(&checked.workloads) {
        let [requests, limits] = words::amounts(workload);
        let qos = workload.demand.qos.name().to_owned();
        rows.push(vec![name(&workload.object), release(*member).to_owned(), words::scale(workload.scale), requests, limits, qos]);
    }
    part(&mut out, "", rows);

    let ties = checked.ties.iter().map(|tie| {
        let end = |(member, object): &(usize, ObjectRef)| format!("{} of {}", name(object), release(*member));
        vec![end(&tie.from), "needs".to_owned(), end(&tie.to)]
    });
    part(&mut out, "REFERENCES", ties.collect());
    let needed = checked.report.prerequisites.iter().map(|needed| {
        let by: Vec<String> = needed.needed_by.iter().map(name).collect();
        vec![format!("{}/{}", needed.kind, needed.name), "for".to_owned(), by.join(", ")]
    });
    part(&mut out, "PREREQUISITES", needed.collect());
    let findings = checked.report.findings.iter().map(|finding| {
        let owner = checked.owners.get(finding.place.document).map_or("", |owner| release(owner.member));
        let message = format!("{} ({})", finding.message, finding.rule);
        vec![finding.severity.name().to_owned(), owner.to_owned(), name(&finding.object), message]
    });
    part(&mut out, "FINDINGS", findings.collect());
    out
}

impl Checked {
    /// Whether something is found that will not work.
    pub fn has_errors(&self) -> bool {
        self.report.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

fn name(object: &ObjectRef) -> String {
    format!("{}/{}", object.kind, object.name)
}

/// A part with its title; left out where it is empty.
fn part(out: &mut String, title: &str, rows: Vec<Vec<String>>) {
    if rows.len() > usize::from(title.is_empty()) {
        out.push('\n');
        if !title.is_empty() {
            out.push_str(title);
            out.push('\n');
        }
        out.push_str(&columns(&rows));
    }
}

/// Rows with their columns below each other, three spaces apart.
fn columns(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows.iter().map(Vec::len).max().unwrap_or_default()).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        out.push_str(cells.join("   ").trim_end());
        out.push('\n');
    }
    out
}
