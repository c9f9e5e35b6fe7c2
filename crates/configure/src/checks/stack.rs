//! The stack in the checks' worker: its members' manifests together, and its download, which goes by what refers to what.

use super::request::{ExportRequest, StackRequest};
use super::{finding_view, prerequisites, words};
use crate::protocol::{Archive, StackReport, TieView, WorkloadView};
use crate::stack::{Checked, Flavour, Member, RenderedMember, Stack, ValuesFile, check, files, zip};
use chartwright_kube::object::ObjectRef;
use chartwright_lint::{Document, Linter};
use std::collections::HashMap;

/// Looks at the stack of a request; `texts` are the documents' by hash.
pub(super) fn report(
    linter: &mut Linter,
    request: &StackRequest,
    texts: &HashMap<u64, String>,
    minor: u32,
) -> (StackReport, Option<Archive>) {
    let text = |hash| texts.get(hash).map_or("", String::as_str);
    let member = |member: &'_ super::request::MemberRequest| member.documents.is_some();
    let partial = !request.members.iter().all(member);
    let members: Vec<RenderedMember<'_>> = request
        .members
        .iter()
        .map(|member| RenderedMember {
            documents: member.documents.as_ref().map(|documents| {
                let document = documents.iter().map(|document| Document {
                    source: &document.source,
                    content: text(&document.hash),
                    namespace: &member.namespace,
                });
                document.collect()
            }),
        })
        .collect();
    let immediate: Vec<&str> = request.immediate.iter().map(String::as_str).collect();
    let checked = check(linter, &members, minor, &immediate);
    let archive = request.export.as_ref().map(|export| archive(export, &checked));
    (view(request, &checked, partial), archive)
}

fn view(request: &StackRequest, checked: &Checked, partial: bool) -> StackReport {
    let findings = checked.report.findings.iter().map(|finding| {
        let document = |document: usize| {
            let owner = checked.owners.get(document)?;
            request.members.get(owner.member)?.documents.as_ref()?.get(owner.document)
        };
        let member = checked.owners.get(finding.place.document).map_or(0, |owner| owner.member);
        (number(member), finding_view(finding, document))
    });
    let ties = checked.ties.iter().map(|tie| TieView {
        from_member: number(tie.from.0),
        from: name(&tie.from.1),
        to_member: number(tie.to.0),
        to: name(&tie.to.1),
    });
    let workloads = checked.report.totals.workloads.iter().zip(&checked.workloads).map(|(workload, member)| {
        let [requests, limits] = words::amounts(workload);
        WorkloadView {
            member: number(*member),
            object: name(&workload.object),
            pods: words::scale(workload.scale),
            requests,
            limits,
            qos: workload.demand.qos.name().to_owned(),
        }
    });
    StackReport {
        waves: checked.waves.iter().copied().map(number).collect(),
        ties: ties.collect(),
        findings: findings.collect(),
        prerequisites: prerequisites(&checked.report),
        totals: words::totals(&checked.report.totals, &[]),
        workloads: workloads.collect(),
        partial,
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn name(object: &ObjectRef) -> String {
    format!("{}/{}", object.kind, object.name)
}

fn archive(export: &ExportRequest, checked: &Checked) -> Archive {
    let [name, repository, revision] = export.names.clone();
    let file = format!("{name}-{}.zip", export.flavour);
    let member = |member: &super::request::ExportedMember| Member {
        release: member.release.clone(),
        namespace: member.namespace.clone(),
        environment: member.environment.clone(),
        chart: member.chart.clone(),
        version: member.version.clone(),
        folder: member.folder.clone(),
        values: member.values.iter().map(|(name, text)| ValuesFile { name: name.clone(), text: text.clone() }).collect(),
    };
    let stack = Stack { name, repository, revision, members: export.members.iter().map(member).collect() };
    let flavour = Flavour::ALL.into_iter().find(|flavour| flavour.name() == export.flavour);
    let made = match (&export.fault, flavour) {
        (Some(fault), _) => Err(fault.clone()),
        (None, Some(flavour)) => {
            files(&stack, checked, flavour).and_then(|files| zip(&files).ok_or_else(|| "The archive would be too large.".to_owned()))
        }
        (None, None) => Err("There is no such tool.".to_owned()),
    };
    match made {
        Ok(bytes) => Archive { name: file, bytes, refused: None },
        Err(refused) => Archive { name: file, bytes: Vec::new(), refused: Some(refused) },
    }
}
