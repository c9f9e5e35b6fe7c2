//! A chart rendered as Helm's linter does it (`pkg/chart/v2/lint/rules/template.go`): values are coalesced once more than in an install,
//! `required` and `fail` let pass what they would refuse, and what the templates write is not split into manifests.

use super::capabilities::KubeVersion;
use super::functions::argument;
use super::instance::Enabler;
use super::prepare::Prepared;
use super::run::{self, Asked};
use super::{Engine, prepare, schemas};
use crate::values::coalesce::{Coalescer, Rule};
use crate::values::snapshot::Snapshot;
use crate::{Chart, HelmVersion, RenderError, Request, log};
use chartwright_template::{CallError, Context, Function, Host};
use chartwright_value::{Kind, Param, Signature, Value};
use std::sync::Arc;

/// Why there is nothing to look at.
pub(crate) enum Stopped {
    /// Helm's linter says nothing of it.
    Silently,
    /// What it says.
    With(String),
}

/// What the templates wrote, by their files' names.
type Outputs = Vec<(Arc<str>, Vec<u8>)>;

impl Engine {
    /// Compiles a chart for [`Engine::lint`].
    ///
    /// # Errors
    /// Values beyond the limits.
    pub(crate) fn compile_for_lint(chart: Arc<Chart>, version: HelmVersion) -> Result<Engine, RenderError> {
        let own = match version {
            HelmVersion::V3 => FUNCTIONS_V3,
            HelmVersion::V4 => FUNCTIONS_V4,
        };
        Engine::compile_with(chart, version, prepare::function_table(version).with(own))
    }

    /// What the templates write with these values in a request's release. Lines for stderr come into `told`.
    ///
    /// # Errors
    /// See [`Stopped`].
    pub(crate) fn lint(
        &mut self,
        user: &Snapshot,
        request: &Request<'_>,
        host: &mut dyn Host,
        told: &mut Vec<String>,
    ) -> Result<Outputs, Stopped> {
        let said = |error: RenderError| Stopped::With(error.message);
        let kube_version = request.kube_version.map(|text| KubeVersion::parse(text, self.version)).transpose();
        let capabilities = self.capabilities(kube_version.map_err(Stopped::With)?.unwrap_or_default(), request);
        let mut root = self.loaded.clone();
        let enabler = &mut Enabler { heap: &mut self.scratch, with_values: true, helm: self.version, seen: Vec::new(), warnings: told };
        enabler.enable(&mut root, user, "").map_err(|_| Stopped::Silently)?;
        let mut heap = chartwright_value::Heap::new(Arc::clone(&self.ground));
        let prepared = prepare::prepare(root, &mut heap, &self.functions, self.version, false);
        let mut prepared = prepared.map_err(|(_, mut own)| {
            told.append(&mut own);
            Stopped::Silently
        })?;
        told.append(&mut prepared.warnings);
        let asked = Asked { version: self.version, request, capabilities: &capabilities };
        let mut values = user.put(prepared.fresh_heap(request));
        coalesce(&mut prepared, values, self.version, told).map_err(|_| Stopped::Silently)?;
        // The second time, nulls of the user's are gone, and with them what they took away of the defaults, which are as they were.
        let once = Snapshot::take(&prepared.heap, values).map_err(Stopped::With)?;
        values = once.put(prepared.fresh_heap(request));
        coalesce(&mut prepared, values, self.version, told).map_err(Stopped::With)?;
        if !request.skip_schema_validation {
            schemas::validate(&mut prepared.charts, &prepared.heap, values, (self.version, request.debug), host, told).map_err(said)?;
        }
        prepared.library.as_ref().map_err(|error| said(error.clone()))?;
        let executed = run::execute(&mut prepared, values, None, &asked, host, told).map_err(said)?;
        let outputs = executed.files.into_iter().filter_map(|file| Some((Arc::clone(&prepared.files[file.number].name), file.output?)));
        Ok(outputs.collect())
    }
}

/// # Errors
/// A subchart's values are no map.
fn coalesce(prepared: &mut Prepared, values: Value, helm: HelmVersion, told: &mut Vec<String>) -> std::result::Result<(), String> {
    Coalescer { heap: &mut prepared.heap, rule: Rule::Coalesce, helm, warnings: told }.chart(&prepared.root, values, "")
}

const REQUIRED: Signature = Signature::new(&[Param::String, Param::Any], Param::Any);
const FAIL: Signature = Signature::new(&[Param::String], Param::String);

/// What Helm 3 puts in place of the functions of these names.
const FUNCTIONS_V3: &[Function] =
    &[Function { name: "fail", signature: FAIL, call: fail_v3 }, Function { name: "required", signature: REQUIRED, call: required_v3 }];

/// What Helm 4 puts there.
const FUNCTIONS_V4: &[Function] =
    &[Function { name: "fail", signature: FAIL, call: fail }, Function { name: "required", signature: REQUIRED, call: required }];

type Result<T, E = CallError> = std::result::Result<T, E>;

fn text(ctx: &Context<'_>, value: Value) -> String {
    String::from_utf8_lossy(ctx.heap.str(value)).into_owned()
}

fn required(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value> {
    let value = argument(args, 1);
    let message = if value.is_nil() || value.is_invalid() {
        "missing required value"
    } else if value.kind() == Kind::String && ctx.heap.str(value).is_empty() {
        "missing required values"
    } else {
        return Ok(value);
    };
    let line = log::line("WARN", message, &[("message", &text(ctx, argument(args, 0)))]);
    ctx.host.tell(line);
    Ok(Value::EMPTY)
}

fn fail(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value> {
    let line = log::line("INFO", "funcMap fail", &[("message", &text(ctx, argument(args, 0)))]);
    ctx.host.tell(line);
    Ok(Value::EMPTY)
}

fn required_v3(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value> {
    let value = argument(args, 1);
    let (is_nothing, is_text) = (value.is_nil() || value.is_invalid(), value.kind() == Kind::String);
    if !is_nothing && !(is_text && ctx.heap.str(value).is_empty()) {
        return Ok(value);
    }
    let line = if is_nothing { 206 } else { 214 };
    let message = format!("[INFO] Missing required value: {}", text(ctx, argument(args, 0)));
    ctx.host.tell(log::printed(HelmVersion::V3, &format!("engine.go:{line}"), &message));
    Ok(Value::EMPTY)
}

fn fail_v3(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value> {
    let message = format!("[INFO] Fail: {}", text(ctx, argument(args, 0)));
    ctx.host.tell(log::printed(HelmVersion::V3, "engine.go:227", &message));
    Ok(Value::EMPTY)
}
