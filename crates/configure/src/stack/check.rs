//! What the renders of a stack's members come to as a whole: references across members, findings and prerequisites as one list, totals as one sum.

use super::order::waves;
use chartwright_kube::index::Index;
use chartwright_kube::kind::Kind;
use chartwright_kube::links::{links, may_wait_for_consumer};
use chartwright_kube::object::ObjectRef;
use chartwright_lint::{Document, Input, Linter, Profile, Report};
use std::collections::HashMap;

/// A member's render.
#[derive(Clone, Debug)]
pub struct RenderedMember<'a> {
    /// Its documents, with the namespace of its release; nothing where the render failed.
    pub documents: Option<Vec<Document<'a>>>,
}

/// Where a document of [`Checked::report`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The member, by place.
    pub member: usize,
    /// The document, by place among the member's.
    pub document: usize,
}

/// An object of one member that needs one of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Who needs it: the member, by place, and its object.
    pub from: (usize, ObjectRef),
    /// What is needed.
    pub to: (usize, ObjectRef),
}

/// A stack as a whole.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Findings, prerequisites and totals over all members. Places count the documents of all members on.
    pub report: Report,
    /// Whose each document is.
    pub owners: Vec<Owner>,
    /// The references across members that are met.
    pub ties: Vec<Tie>,
    /// The wave that each member is installed in.
    pub waves: Vec<usize>,
    /// Whether a member makes a claim that another one mounts, and that may stay unbound until then: waiting for the member to be ready before
    /// the others are installed would wait for ever.
    pub waits_for_consumer: Vec<bool>,
    /// The member of each workload of the totals, by place.
    pub workloads: Vec<usize>,
}

/// Looks at all members together. `immediate` are the storage classes that are known to bind claims at once. Where a render failed, nothing is
/// said to be missing.
pub fn check(linter: &mut Linter, members: &[RenderedMember<'_>], minor: u32, immediate: &[&str]) -> Checked {
    let mut documents = Vec::new();
    let mut owners = Vec::new();
    for (member, rendered) in members.iter().enumerate() {
        for (at, document) in rendered.documents.iter().flatten().enumerate() {
            documents.push(*document);
            owners.push(Owner { member, document: at });
        }
    }
    let partial = members.iter().any(|member| member.documents.is_none());
    let input = Input {
        documents: &documents,
        context: &[],
        kubernetes_minor: minor,
        partial,
        apart: false,
        profile: Profile::Default,
        disabled: &[],
    };
    let (report, seen) = linter.lint_and(&input, |index| look(index, &owners, members.len(), immediate));
    let needs: Vec<(usize, usize)> = seen.ties.iter().map(|tie| (tie.from.0, tie.to.0)).collect();
    let workloads = report.totals.workloads.iter().map(|workload| seen.owners.get(&workload.object).copied().unwrap_or_default());
    Checked {
        workloads: workloads.collect(),
        report,
        owners,
        waves: waves(members.len(), &needs),
        ties: seen.ties,
        waits_for_consumer: seen.waits_for_consumer,
    }
}

struct Seen {
    ties: Vec<Tie>,
    waits_for_consumer: Vec<bool>,
    /// The member of each object; the first of those that are called alike.
    owners: HashMap<ObjectRef, usize>,
}

fn look(index: &Index<'_>, owners: &[Owner], count: usize, immediate: &[&str]) -> Seen {
    let member = |document: usize| owners.get(document).map_or(0, |owner| owner.member);
    let mut seen = Seen { ties: Vec::new(), waits_for_consumer: vec![false; count], owners: HashMap::new() };
    for object in index.objects() {
        seen.owners.entry(object.reference()).or_insert_with(|| member(object.document));
    }
    for link in links(index) {
        let (from, to) = (member(link.from.document), member(link.to.document));
        // What only `helm test` runs does not hold an installation up.
        if from == to || link.from.is_test() {
            continue;
        }
        if link.to.kind() == Kind::PersistentVolumeClaim && may_wait_for_consumer(link.to, index, immediate) {
            seen.waits_for_consumer[to] = true;
        }
        seen.ties.push(Tie { from: (from, link.from.reference()), to: (to, link.to.reference()) });
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}\n";
    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: reader}\nspec:\n  containers:\n  - {name: a, image: a:1, resources: {requests: {cpu: 500m}}, envFrom: [{secretRef: {name: token}}]}\n  volumes:\n  - {name: d, persistentVolumeClaim: {claimName: data}}\n";

    fn run(members: &[(&str, Option<&[&str]>)]) -> Checked {
        let document = |content, namespace| Document { source: "t.yaml", content, namespace };
        let members: Vec<RenderedMember<'_>> = members
            .iter()
            .map(|(namespace, texts)| RenderedMember {
                documents: texts.map(|texts| texts.iter().map(|text| document(text, namespace)).collect()),
            })
            .collect();
        check(&mut Linter::default(), &members, 37, &[])
    }

    fn missing(checked: &Checked) -> Vec<(usize, String)> {
        let claims = checked.report.findings.iter().filter(|finding| finding.rule == "missing-pvc-ref");
        claims.map(|finding| (checked.owners[finding.place.document].member, finding.message.clone())).collect()
    }

    #[test]
    fn references_are_met_across_members() {
        let checked = run(&[("a", Some(&[POD])), ("a", Some(&[CLAIM]))]);
        assert_eq!(missing(&checked), []);
        let names = |end: &(usize, ObjectRef)| (end.0, format!("{}/{}", end.1.kind, end.1.name));
        let ties: Vec<_> = checked.ties.iter().map(|tie| (names(&tie.from), names(&tie.to))).collect();
        assert_eq!(ties, [((0, "Pod/reader".to_owned()), (1, "PersistentVolumeClaim/data".to_owned()))]);
        assert_eq!(checked.waves, [1, 0]);
        assert_eq!(checked.waits_for_consumer, [false, true]);
        assert_eq!(checked.workloads, [0]);
    }

    #[test]
    fn what_dangles_is_named_with_its_member() {
        let checked = run(&[("a", Some(&[CLAIM])), ("b", Some(&[POD]))]);
        assert_eq!(missing(&checked), [(1, "the claim data is in the namespace a, not in b".to_owned())]);
        assert!(checked.ties.is_empty());
        let checked = run(&[("a", Some(&[POD]))]);
        assert_eq!(missing(&checked), [(0, "no chart makes the claim data".to_owned())]);
        // What no chart could make is asked of the cluster instead.
        let needed: Vec<&str> = checked.report.prerequisites.iter().map(|needed| needed.name.as_str()).collect();
        assert_eq!(needed, ["token"]);
    }

    #[test]
    fn nothing_is_missing_beside_a_failed_render() {
        let checked = run(&[("a", Some(&[POD])), ("a", None)]);
        assert_eq!(missing(&checked), []);
        assert_eq!(checked.waves, [0, 0]);
    }

    #[test]
    fn totals_are_one_sum() {
        let other = POD.replace("reader", "writer");
        let checked = run(&[("a", Some(&[POD, CLAIM])), ("a", Some(&[&other]))]);
        assert_eq!(checked.report.totals.pods.max, 2);
        assert_eq!(checked.report.totals.requests.cpu.max.millis(), 1000);
        assert_eq!(checked.report.totals.storage.len(), 1);
        assert_eq!(checked.workloads, [0, 1]);
    }

    #[test]
    fn two_members_that_make_the_same_object() {
        let checked = run(&[("a", Some(&[CLAIM])), ("a", Some(&[CLAIM]))]);
        assert!(checked.report.findings.iter().any(|finding| finding.rule == "duplicate-object"), "{:?}", checked.report.findings);
    }
}
