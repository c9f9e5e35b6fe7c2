//! Jobs: `ValidateJobCreate`, and the part of it that CronJobs share.

use super::policies;
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::numbers::non_negative;
use crate::validate::{formats, labels, names, pods, selectors};

/// The most pods that an indexed job may run at a time, and the most indexes that may fail.
const MAX_INDEXED: i64 = 100_000;
/// The same for a job of more completions than [`MAX_INDEXED`].
const MAX_OF_MANY: i64 = 10_000;

/// The labels that the API server gives to a job's pods; the first two are a job's own name.
const NAME_LABELS: [&str; 2] = ["job-name", "batch.kubernetes.io/job-name"];
const UID_LABELS: [&str; 2] = ["controller-uid", "batch.kubernetes.io/controller-uid"];

/// The release from which on the labels with a prefix are looked at, and `managedBy` is.
const PREFIXED_LABELS: u32 = 27;
const MANAGED_BY: u32 = 32;

/// Validates a job.
pub(super) fn validate(root: &Field<'_, '_>, errors: &mut Errors) {
    let job = root.field("spec");
    let is_manual = job.field("manualSelector").is_on();
    let name = root.field("metadata.name");
    if !is_manual {
        generated_labels(&job, name.text(), errors);
        // The name becomes a label of the pods.
        if name.text().len() > names::LABEL_LENGTH {
            let labels = job.field("template.labels").of(name.near());
            errors.push(labels.invalid(&names::max_bytes(names::LABEL_LENGTH)).about(Concern::NameLength));
        }
    }
    spec(&job, errors);
    let selector = job.field("selector");
    let is_valid = selectors::validate(&selector, errors);
    if is_manual {
        if !selector.is_set() {
            errors.push(selector.required(""));
        }
        if is_valid {
            selectors::match_template(&selector, &job.field("template"), errors);
        }
    } else if is_valid && is_foreign(&selector) {
        generated_selector(&selector, errors);
    }
    let completions = job.field("completions").int().unwrap_or_default();
    if job.field("completionMode").text() == "Indexed" && completions > 0 && name.is_set() {
        let host = format!("{}-{}", name.text(), completions - 1);
        if !names::label(&host).is_empty() {
            errors.push(name.invalid(&format!("will not able to create pod with invalid DNS label: {host}")).about(Concern::NameLength));
        }
    }
}

/// What is refused of labels that stand where the API server puts its own (`validateGeneratedSelector`). Its identifiers are known to it alone.
fn generated_labels(job: &Field<'_, '_>, name: &str, errors: &mut Errors) {
    let labels = job.field("template.metadata.labels");
    let shown = || selectors::shown_map(&labels);
    let looks = |key: &str, minor: u32| !key.contains('/') || minor >= PREFIXED_LABELS;
    for key in NAME_LABELS.into_iter().filter(|_| !name.is_empty()) {
        let label = labels.key(key);
        if looks(key, errors.minor) && label.is_set() && label.text() != name {
            errors.push(label.invalid_value(&shown(), &format!("must be '{name}'")));
        }
    }
    for key in UID_LABELS {
        let label = labels.key(key);
        if looks(key, errors.minor) && label.is_set() {
            errors.push(label.invalid_value(&shown(), "must be the job's own uid, which the API server makes up"));
        }
    }
}

/// Whether a selector says more than the API server would.
fn is_foreign(selector: &Field<'_, '_>) -> bool {
    selector.is_set() && !labels::is_empty(selector)
}

/// A selector beside a generated one has to select what that does.
fn generated_selector(selector: &Field<'_, '_>, errors: &mut Errors) {
    errors.push(selector.invalid_value(&selectors::shown(selector), "`selector` not auto-generated").about(Concern::SelectorMismatch));
}

/// `validateJobSpec`.
pub(super) fn spec(spec: &Field<'_, '_>, errors: &mut Errors) {
    for name in ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"] {
        non_negative(&spec.field(name), errors);
    }
    let before = errors.len();
    let by_index = errors.minor >= policies::FAIL_INDEX;
    let (per_index, max_failed) = (spec.field("backoffLimitPerIndex"), spec.field("maxFailedIndexes"));
    if by_index {
        non_negative(&per_index, errors);
        non_negative(&max_failed, errors);
    }
    if by_index && max_failed.is_set() && !per_index.is_set() {
        errors.push(per_index.required("when maxFailedIndexes is specified"));
    }
    let managed_by = spec.field("managedBy");
    if managed_by.is_set() && errors.minor >= MANAGED_BY {
        managed(&managed_by, errors);
    }
    let mode = spec.field("completionMode");
    match mode.text() {
        "" if mode.is_set() => errors.push(mode.not_supported(&["NonIndexed", "Indexed"])),
        "" | "NonIndexed" => {
            for field in [&per_index, &max_failed].into_iter().filter(|field| by_index && field.is_set()) {
                errors.push(field.invalid("requires indexed completion mode"));
            }
        }
        "Indexed" => indexed(spec, errors),
        _ => errors.push(mode.not_supported(&["NonIndexed", "Indexed"])),
    }
    policies::failure(spec, errors);
    policies::success(spec, errors);
    policies::replacement(spec, errors);
    errors.about(before, Concern::JobCompletion);
    let template = spec.field("template");
    pods::template(&template, errors);
    restart(spec, &template.field("spec.restartPolicy"), errors);
}

/// `IsDomainPrefixedPath`, and not too long.
fn managed(field: &Field<'_, '_>, errors: &mut Errors) {
    const MOST: usize = 63;
    formats::domain_prefixed_path(field, errors);
    if field.text().len() > MOST {
        errors.push(field.too_long(MOST));
    }
}

/// How many completions a job has: one, which the API server fills in, if it names no parallelism either.
pub(super) fn completions(spec: &Field<'_, '_>) -> Option<i64> {
    spec.field("completions").int().or_else(|| (!spec.field("parallelism").is_set()).then_some(1))
}

fn indexed(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (completions, parallelism) = (spec.field("completions"), spec.field("parallelism"));
    let (per_index, max_failed) = (spec.field("backoffLimitPerIndex"), spec.field("maxFailedIndexes"));
    let more = |field: &Field<'_, '_>, most: i64| field.int().is_some_and(|number| number > most);
    // Without both the API server fills in one of each.
    if !completions.is_set() && parallelism.is_set() {
        errors.push(completions.required("when completion mode is Indexed"));
    }
    if more(&parallelism, MAX_INDEXED) {
        errors.push(parallelism.invalid(&format!("must be less than or equal to {MAX_INDEXED} when completion mode is Indexed")));
    }
    if errors.minor < policies::FAIL_INDEX {
        return;
    }
    if self::completions(spec).is_some_and(|all| more(&max_failed, all)) {
        errors.push(max_failed.invalid("must be less than or equal to completions"));
    }
    if more(&max_failed, MAX_INDEXED) {
        errors.push(max_failed.invalid(&format!("must be less than or equal to {MAX_INDEXED}")));
    }
    if more(&completions, MAX_INDEXED) && per_index.is_set() {
        let detail = format!(
            "must be less than or equal to {MAX_OF_MANY} when completions are above {MAX_INDEXED} and used with backoff limit per index"
        );
        if !max_failed.is_set() {
            errors.push(max_failed.required(&format!("must be specified when completions is above {MAX_INDEXED}")));
        }
        for field in [&parallelism, &max_failed].into_iter().filter(|field| more(field, MAX_OF_MANY)) {
            errors.push(field.invalid(&detail));
        }
    }
}

/// A job's pods end.
fn restart(spec: &Field<'_, '_>, policy: &Field<'_, '_>, errors: &mut Errors) {
    let error = match policy.text() {
        "" | "Always" => policy.required("valid values: \"OnFailure\", \"Never\""),
        "OnFailure" if spec.field("podFailurePolicy").is_set() => {
            policy.invalid_value(&shown_text(policy.text()), "only \"Never\" is supported when podFailurePolicy is specified")
        }
        "OnFailure" | "Never" => return,
        _ => policy.not_supported(&["OnFailure", "Never"]),
    };
    errors.push(error.about(Concern::WorkloadRestartPolicy));
}
