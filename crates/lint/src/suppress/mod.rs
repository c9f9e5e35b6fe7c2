//! Suppressions: annotations of an object, or of its pods' template, that say that a finding is known and meant. Those of other linters count
//! too: whoever silenced the check there need not do it again here.

mod annotation;

use std::collections::HashSet;

use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

use crate::finding::{Finding, Place, Suppressed};
use crate::fix::Fix;
use crate::rule::{Rule, place};
use crate::rules::{RULES, UNUSED_SUPPRESSION};

pub(crate) use annotation::Directive;
use annotation::Which;

/// The annotations of an object that suppress something; places are of the object's document.
pub(crate) fn read(object: Object<'_>) -> Vec<Directive> {
    let root = object.root();
    let mut directives = annotation::read(object, root, root);
    // A bare pod is its own template.
    if let Some([path @ .., _]) = object.kind().pod_spec_path().filter(|path| path.len() > 1)
        && let Some(template) = root.at(path)
    {
        directives.extend(annotation::read(object, template, root));
    }
    directives
}

/// An object's directives, with the object.
pub(crate) struct Suppressing<'e, 't> {
    pub(crate) object: Object<'t>,
    pub(crate) directives: &'e [Directive],
}

impl Suppressing<'_, '_> {
    /// The directive that speaks of a finding.
    fn of(&self, finding: &Finding) -> Option<usize> {
        let root = self.object.root();
        let span = root.tree().span(root.id());
        let is_here = finding.place.document == self.object.document
            && (span.line..=span.end_line).contains(&finding.place.line)
            && finding.object.name == self.object.name()
            && finding.object.kind == self.object.kind_name();
        if !is_here {
            return None;
        }
        self.directives.iter().position(|directive| {
            let rest = finding.place.pointer.strip_prefix(directive.below.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) && directive.is_about(finding.rule, finding.aliases)
        })
    }
}

/// Takes what is suppressed out of the findings, and adds a finding for each suppression that was of no use. `wanted` are the rules that were asked for:
/// of what was not looked for nothing can be said.
pub(crate) fn apply(findings: &mut Vec<Finding>, suppressing: &[Suppressing<'_, '_>], wanted: &HashSet<&str>) -> Vec<Suppressed> {
    let mut suppressed = Vec::new();
    let mut used = HashSet::new();
    if suppressing.is_empty() {
        return suppressed;
    }
    let mut kept = Vec::with_capacity(findings.len());
    for finding in std::mem::take(findings) {
        let found = suppressing.iter().enumerate().find_map(|(number, one)| Some((number, one.of(&finding)?)));
        match found {
            Some((number, at)) => {
                used.insert((number, at));
                let directive = &suppressing[number].directives[at];
                suppressed.push(Suppressed { finding, by: directive.key.clone(), reason: directive.reason.clone() });
            }
            None => kept.push(finding),
        }
    }
    *findings = kept;
    if wanted.contains(UNUSED_SUPPRESSION.id) {
        for (number, one) in suppressing.iter().enumerate() {
            let unused = one.directives.iter().enumerate().filter(|(at, _)| !used.contains(&(number, *at)));
            findings.extend(unused.filter_map(|(_, directive)| unused_finding(one.object, directive, wanted)));
        }
    }
    suppressed
}

fn unused_finding(object: Object<'_>, directive: &Directive, wanted: &HashSet<&str>) -> Option<Finding> {
    let node = Node::new(object.root().tree(), directive.node);
    let message = match &directive.which {
        Which::Unknown(id) => format!("there is no rule {id}"),
        Which::Unfounded(id) => format!("{} does not say why {id} is meant", directive.key),
        // What else the other tool would find, is not known here.
        Which::AllOf(_) => return None,
        Which::One { id, .. } => {
            let asked = |rule: &&&Rule| wanted.contains(rule.id) && directive.is_about(rule.id, rule.aliases);
            RULES.iter().find(asked)?;
            format!("{} silences {id}, which finds nothing here", directive.key)
        }
    };
    let rule = &UNUSED_SUPPRESSION;
    Some(Finding {
        rule: rule.id,
        severity: rule.severity,
        object: object.reference(),
        place: Place { document: object.document, ..place(object, node) },
        places: Vec::new(),
        message,
        reason: rule.reason,
        cure: rule.cure.to_owned(),
        aliases: rule.aliases,
        fix: directive.is_whole.then(|| Fix::remove(node)),
    })
}
