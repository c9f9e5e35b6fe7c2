//! The checks' worker without a browser: findings, prerequisites and totals of each environment of a chart.

mod chart;
mod entries;
mod project;
pub(crate) mod request;
mod stack;
mod sweep;
mod trial;
mod weaker;
pub(crate) mod words;

use crate::fix::{Known, known};
use crate::protocol::{CheckReport, EnvironmentReport, FindingView, PlaceView, Severity, Silence};
use crate::share::SavedSilence;
use chartwright_kube::crd::Bundle;
use chartwright_kube::index::Index;
use chartwright_kube::object::{Manifest, ObjectRef};
use chartwright_kube::schema::Schemas;
use chartwright_kube::totals::Claim;
use chartwright_lint::{Document, Finding, Input, Linter, Place, Profile, Report};
use request::{CheckRequest, DocumentRequest, EnvironmentRequest, StackRequest};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What the checks' worker keeps between two requests: manifests by hash, and what was found in them.
#[derive(Default)]
pub struct Checks {
    texts: HashMap<u64, String>,
    linter: Linter,
    wants_definitions: bool,
    /// Whether the answers are from before there was more to judge by.
    stale: bool,
    /// The last answer to each environment's part of a request.
    answers: HashMap<String, (EnvironmentRequest, Answer)>,
    cures: BTreeMap<String, Vec<String>>,
    /// What was found in the chart itself.
    charts: chart::Charts,
    /// The chart that was asked about last.
    chart: String,
    /// What was found in other releases of Kubernetes.
    releases: sweep::Releases,
    /// My silences of the last request.
    silences: Vec<Silence>,
    settings: (String, u32, Profile),
    project: project::Known,
}

/// An environment's report and what a comparison needs of it.
#[derive(Clone, Default)]
struct Answer {
    /// Without its findings.
    report: EnvironmentReport,
    findings: Vec<Found>,
    /// What annotations silence: with the annotation's key, and why.
    annotated: Vec<(Found, String, String)>,
    /// What was found, for a comparison with what would be.
    known: Known,
    strength: Option<weaker::Strength>,
}

/// A finding, and where in the object it is.
#[derive(Clone)]
struct Found {
    view: FindingView,
    object: ObjectRef,
    pointer: String,
    /// The template, from the chart's folder.
    template: String,
}

impl Found {
    fn new(finding: &Finding, documents: &[DocumentRequest]) -> Found {
        let document = documents.get(finding.place.document);
        let template = |document: &DocumentRequest| {
            document.source.split_once('/').map_or_else(|| document.source.clone(), |(_, rest)| rest.to_owned())
        };
        Found {
            view: FindingView { change: trial::change(finding, document), ..finding_view(finding, |number| documents.get(number)) },
            object: finding.object.clone(),
            pointer: finding.place.pointer.clone(),
            template: document.map(template).unwrap_or_default(),
        }
    }
}

impl Checks {
    /// Empty.
    pub fn new() -> Checks {
        Checks::default()
    }

    /// Judges by the schemas of Kubernetes' releases from now on; `table` is [`chartwright_kube::schema::KUBERNETES`], which is loaded on need.
    /// What is no such table changes nothing.
    pub fn set_schemas(&mut self, table: &str) {
        if let Ok(schemas) = Schemas::parse(table) {
            self.linter.set_schemas(Arc::new(schemas));
            self.stale = true;
        }
    }

    /// Holds custom resources of common operators to their definitions from now on; `definitions` is [`chartwright_kube::crd::COMMON`], which
    /// is loaded on need.
    pub fn set_definitions(&mut self, definitions: &str) {
        self.linter.set_bundle(Arc::new(Bundle::parse(definitions)));
        self.stale = true;
        self.wants_definitions = false;
    }

    /// Whether some request held custom resources that only those could tell of.
    #[must_use]
    pub fn wants_definitions(&self) -> bool {
        self.wants_definitions
    }

    /// Answers an [`Update::check`](crate::protocol::Update::check). What is no request is answered by an empty report.
    pub fn check(&mut self, request: &str) -> CheckReport {
        let Ok(mut request) = serde_json::from_str::<CheckRequest>(request) else { return CheckReport::default() };
        for environment in request.environments.iter_mut().filter(|environment| environment.same) {
            if let Some((asked, _)) = self.answers.get(&environment.environment) {
                *environment = asked.clone();
            }
        }
        for chart in request.charts.iter_mut().filter(|chart| chart.same) {
            if let Some((asked, _)) = self.charts.get(&chart.environment) {
                *chart = asked.clone();
            }
        }
        if let Some(cures) = request.cures.take() {
            self.cures = cures;
        }
        self.remember(&mut request);
        if request.chart != self.chart {
            self.chart.clone_from(&request.chart);
            self.releases = sweep::Releases::default();
        }
        let profile = Profile::find(&request.profile).unwrap_or_default();
        let settings = (request.namespace.clone(), request.minor, profile);
        let other = self.project.read(&request.project);
        if other {
            self.project.settle(&mut self.linter);
        }
        if other || settings != self.settings {
            self.answers.clear();
            self.charts.clear();
            self.settings = settings;
        }
        self.judge_charts(&request.charts);
        let stale = std::mem::take(&mut self.stale);
        let mut answers = Vec::with_capacity(request.environments.len());
        for environment in &request.environments {
            let known = self
                .answers
                .get(&environment.environment)
                .filter(|(asked, _)| !stale && asked == environment)
                .map(|(_, answer)| answer.clone());
            let answer = known.unwrap_or_else(|| self.answer(environment, &request));
            self.answers.insert(environment.environment.clone(), (environment.clone(), answer.clone()));
            answers.push(answer);
        }
        let local = request
            .environments
            .iter()
            .zip(&answers)
            .find(|(environment, _)| environment.environment == "local")
            .and_then(|(_, answer)| answer.strength.clone());
        let mut environments: Vec<EnvironmentReport> = answers.iter().map(|answer| answer.report.clone()).collect();
        for (report, answer) in environments.iter_mut().zip(&answers) {
            if let (Some(local), Some(own)) = (&local, &answer.strength)
                && report.environment.contains("prod")
            {
                report.weaker = weaker::weaker(own, local);
            }
        }
        let found = answers.iter().map(|answer| entries::Environment {
            name: &answer.report.environment,
            findings: &answer.findings,
            of_chart: self.charts.get(&answer.report.environment).map(|(_, found)| found.as_slice()).unwrap_or_default(),
            annotated: &answer.annotated,
        });
        let found: Vec<entries::Environment<'_>> = found.collect();
        self.silences = request.silences.iter().map(SavedSilence::view).collect();
        let idle = entries::fill(&found, &self.silences, self.project.exclusions(), &mut environments);
        for finding in environments.iter_mut().flat_map(|report| &mut report.findings) {
            finding.field = finding.field.take().or_else(|| field(finding, &self.cures));
        }
        let (stack, archive) = match &request.stack {
            Some(asked) => {
                // The project file is the chosen chart's: the others are judged without it.
                self.project.unsettle(&mut self.linter);
                let (stack, archive) = stack::report(&mut self.linter, asked, &self.texts, request.minor);
                self.project.settle(&mut self.linter);
                self.wants_definitions |= self.linter.wants_bundle();
                (Some(stack), archive)
            }
            None => (None, None),
        };
        CheckReport { environments, idle, verdict: None, project_fault: self.project.fault(), stack, archive, sweep: self.swept() }
    }

    /// Keeps the texts of this request, and forgets all others: the session counts on both.
    fn remember(&mut self, request: &mut CheckRequest) {
        let mut texts = HashMap::new();
        for environment in &mut request.environments {
            for document in environment.documents.iter_mut().chain(&mut environment.context) {
                if let Some(text) = document.text.take() {
                    texts.insert(document.hash, text);
                }
            }
        }
        for file in request.charts.iter_mut().flat_map(|chart| &mut chart.files) {
            if let Some(text) = file.text.take() {
                texts.insert(file.hash, text);
            }
        }
        for document in request.stack.iter_mut().flat_map(StackRequest::documents_mut) {
            if let Some(text) = document.text.take() {
                texts.insert(document.hash, text);
            }
        }
        let environments = request.environments.iter().flat_map(|environment| environment.documents.iter().chain(&environment.context));
        let files = request.charts.iter().flat_map(|chart| &chart.files).map(|file| file.hash);
        for hash in environments.chain(request.stack.iter().flat_map(StackRequest::documents)).map(|document| document.hash).chain(files) {
            if let Some(text) = self.texts.remove(&hash) {
                texts.insert(hash, text);
            }
        }
        self.texts = texts;
    }

    fn answer(&mut self, environment: &EnvironmentRequest, request: &CheckRequest) -> Answer {
        let mut report = EnvironmentReport {
            environment: environment.environment.clone(),
            failed: environment.failed.clone(),
            ..EnvironmentReport::default()
        };
        if environment.failed.is_some() {
            return Answer { report, ..Answer::default() };
        }
        let texts = &self.texts;
        let documents = |all: &'_ [DocumentRequest]| -> Vec<(String, String)> {
            all.iter().map(|document| (document.source.clone(), texts.get(&document.hash).cloned().unwrap_or_default())).collect()
        };
        let (own, context) = (documents(&environment.documents), documents(&environment.context));
        let (own, context) = (laid(&own, &request.namespace), laid(&context, &request.namespace));
        let input = Input {
            documents: &own,
            context: &context,
            kubernetes_minor: request.minor,
            partial: false,
            apart: false,
            profile: self.settings.2,
            disabled: &[],
        };
        let found = self.linter.lint(&input);
        self.wants_definitions |= self.linter.wants_bundle();
        let view = |finding: &Finding| Found::new(finding, &environment.documents);
        let findings = found.findings.iter().map(view).collect();
        let silenced = found.suppressed.iter();
        let annotated = silenced.map(|one| (view(&one.finding), one.by.clone(), one.reason.clone().unwrap_or_default())).collect();
        report.prerequisites = prerequisites(&found);
        report.totals = words::totals(&found.totals, &mounted(&own, &context, request));
        let strength = weaker::strength(&found, &own);
        Answer { report, findings, annotated, known: known(&found.findings), strength: Some(strength) }
    }
}

/// Sources and contents as documents of a namespace.
fn laid<'a>(all: &'a [(String, String)], namespace: &'a str) -> Vec<Document<'a>> {
    all.iter().map(|(source, content)| Document { source, content, namespace }).collect()
}

/// The claims of other charts that this chart's pods name.
fn mounted(own: &[Document<'_>], context: &[Document<'_>], request: &CheckRequest) -> Vec<Claim> {
    let names = own
        .iter()
        .flat_map(|document| document.content.lines())
        .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("claimName:"));
    let names: BTreeSet<&str> = names.map(|name| name.trim().trim_matches(['"', '\''])).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let claims = context.iter().filter(|document| document.content.contains("kind: PersistentVolumeClaim"));
    let found = claims.flat_map(|document| {
        let manifest = Manifest::parse(document.content);
        let index = Index::new(manifest.objects(0, document.source, &request.namespace).collect());
        chartwright_kube::totals::totals(&index, request.minor).storage
    });
    found.filter(|claim| names.contains(claim.name.as_str())).collect()
}

/// A finding with the documents of its places, by their number in the input.
fn finding_view<'d>(finding: &Finding, document: impl Fn(usize) -> Option<&'d DocumentRequest>) -> FindingView {
    let object = match (finding.object.kind.as_str(), finding.object.name.as_str()) {
        ("", "") => String::new(),
        (kind, name) => format!("{kind}/{name}"),
    };
    let place = |place: &Place| PlaceView {
        document: document(place.document).map_or_else(String::new, |document| document.id.clone()),
        file: String::new(),
        object: object.clone(),
        // The shown text begins with the line that names the template.
        line: place.line + 1,
    };
    FindingView {
        rule: finding.rule.to_owned(),
        severity: severity(finding.severity),
        place: place(&finding.place),
        places: finding.places.iter().map(place).collect(),
        message: finding.message.clone(),
        reason: finding.reason.to_owned(),
        cure: finding.cure.clone(),
        field: None,
        change: None,
        elsewhere: Vec::new(),
    }
}

fn severity(severity: chartwright_lint::Severity) -> Severity {
    match severity {
        chartwright_lint::Severity::Error => Severity::Error,
        chartwright_lint::Severity::Warning => Severity::Warning,
        chartwright_lint::Severity::Info => Severity::Info,
    }
}

fn prerequisites(report: &Report) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for needed in &report.prerequisites {
        let name = format!("{}/{}", needed.kind, needed.name);
        let by: Vec<String> = needed.needed_by.iter().map(|object| format!("{}/{}", object.kind, object.name)).collect();
        all.push((name, by.join(", ")));
    }
    all
}

/// The field that cures a finding: of several the one whose path the finding speaks of most.
fn field(finding: &FindingView, cures: &BTreeMap<String, Vec<String>>) -> Option<String> {
    let said = format!("{} {}", finding.message, finding.cure).to_lowercase();
    let score = |id: &str| id.split('/').filter(|key| key.len() > 2 && said.contains(&key.to_lowercase())).count();
    let candidates = cures.get(&finding.rule)?;
    // `max_by_key` takes the last of equals; the first is wanted.
    candidates.iter().rev().max_by_key(|id| score(id)).cloned()
}
