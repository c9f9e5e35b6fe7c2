//! `chartwright stack`: several charts as one system. `list` says what they come to together, `template` prints their manifests in the order in
//! which they are installed, `export` writes what hands them to a GitOps tool. Helm has no such command; flags mean what they mean in Helm's.

mod export;
mod given;
mod member;

use crate::flags::Parsed;
use crate::flags::known::{GLOBAL, STACK};
use crate::{Outcome, help};
use chartwright_configure::stack::{Checked, RenderedMember, Stack, check, table};
use chartwright_helm::HelmVersion;
use chartwright_kube::crd::{Bundle, COMMON};
use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_lint::{Document, Linter};
use member::Loaded;
use std::sync::Arc;

/// The name of a stack whose charts name none.
const UNNAMED: &str = "stack";

/// What a chart's annotation names the stack by that it belongs to.
const ANNOTATION: &str = "chartwright/stack";

/// The Kubernetes that is checked against unless a version is given: the newest that the checks know.
const NEWEST_MINOR: u32 = 37;

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let Some((what, rest)) = args.split_first().filter(|(what, _)| ["list", "ls", "template", "export"].contains(&what.as_str())) else {
        return match args.first().filter(|first| !first.starts_with('-')) {
            Some(other) => Outcome::failed(format!(
                "unknown command {} for \"chartwright stack\": it is list, template or export",
                chartwright_go::quote::quoted(other.as_bytes())
            )),
            None => Outcome::printed(help::command("stack", &[STACK])),
        };
    };
    let parsed = match Parsed::read(rest, &[STACK, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("stack", &[STACK])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    if parsed.positional.is_empty() {
        return Outcome::failed(format!(
            "\"chartwright stack {what}\" requires at least 1 argument\n\nUsage:  chartwright stack {what} [RELEASE=]CHART... [flags]"
        ));
    }
    let mut outcome = Outcome { stdout: String::new(), warnings: parsed.warnings.clone(), error: None, code: crate::FAILED };
    let made = member::load_all(&parsed, helm, &mut outcome.warnings).and_then(|loaded| {
        let (stack, checked) = whole(&parsed, &loaded)?;
        match what.as_str() {
            "template" => template(&loaded, &checked, &mut outcome),
            "export" => outcome.stdout = export::export(&parsed, &stack, &checked, &loaded)?,
            _ => list(&stack, &loaded, &checked, &mut outcome),
        }
        Ok(())
    });
    if let Err(error) = made {
        outcome.error = Some(error);
    }
    outcome
}

/// The stack of what was loaded, and what it comes to.
fn whole(parsed: &Parsed, loaded: &[Loaded]) -> Result<(Stack, Checked), String> {
    let named = loaded.iter().find_map(|one| one.annotation(ANNOTATION)).unwrap_or(UNNAMED);
    let origin = loaded.iter().find_map(Loaded::origin);
    let (repository, revision) = origin.map_or_else(Default::default, |(repository, revision, _)| (repository, revision));
    let or = |flag: &str, default: String| parsed.text(flag).map_or(default, str::to_owned);
    let stack = Stack {
        name: or("name", named.to_owned()),
        repository: or("repository", repository),
        revision: or("revision", revision),
        members: loaded.iter().map(|one| one.member.clone()).collect(),
    };
    let minor = match parsed.text("kube-version") {
        None => NEWEST_MINOR,
        Some(version) => version.trim_start_matches('v').split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(NEWEST_MINOR),
    };
    let rendered: Vec<RenderedMember<'_>> = loaded.iter().map(|one| RenderedMember { documents: documents(one) }).collect();
    let immediate: Vec<&str> = loaded.iter().flat_map(|one| &one.immediate).map(String::as_str).collect();
    let mut linter = Linter::default();
    // The table is part of the program, and is read by a test of its crate: without it the rest is told still.
    if let Ok(schemas) = Schemas::parse(KUBERNETES) {
        linter.set_schemas(Arc::new(schemas));
    }
    linter.set_bundle(Arc::new(Bundle::parse(COMMON)));
    let checked = check(&mut linter, &rendered, minor, &immediate);
    Ok((stack, checked))
}

fn list(stack: &Stack, loaded: &[Loaded], checked: &Checked, outcome: &mut Outcome) {
    let faults: Vec<Option<String>> = loaded.iter().map(|one| one.rendered.as_ref().err().map(|error| error.message.clone())).collect();
    outcome.stdout = table(stack, checked, &faults);
    outcome.error = member::failures(loaded).or_else(|| checked.has_errors().then(|| "the stack has errors".to_owned()));
}

/// All manifests, in the order of the waves.
fn template(loaded: &[Loaded], checked: &Checked, outcome: &mut Outcome) {
    outcome.error = member::failures(loaded);
    if outcome.error.is_some() {
        return;
    }
    let mut order: Vec<(usize, &Loaded)> = checked.waves.iter().copied().zip(loaded).collect();
    order.sort_by_key(|(wave, _)| *wave);
    for (_, one) in order {
        if let Ok(rendered) = &one.rendered {
            outcome.stdout.push_str(&rendered.manifest());
        }
    }
}

/// A release's documents, if it could be rendered.
fn documents(one: &Loaded) -> Option<Vec<Document<'_>>> {
    let rendered = one.rendered.as_ref().ok()?;
    let namespace = &one.member.namespace;
    Some(rendered.documents.iter().map(|document| Document { source: &document.source, content: &document.content, namespace }).collect())
}
