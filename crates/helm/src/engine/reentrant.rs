//! `include` and `tpl`: Helm's functions that run templates (`pkg/engine/engine.go`, `includeFun`, `tplFun`).

use chartwright_go::quote::quoted;
use chartwright_template::{CallError, Context, Execution, Explain, Reentrant, Reentry, Templates};
use chartwright_value::{Heap, Param, Signature, Value};

/// The name of the template that all others hang on; texts given to `tpl` take it too.
const ROOT: &str = "gotpl";

/// What templates write for a missing value, and what Helm takes out again.
pub(super) const NO_VALUE: &[u8] = b"<no value>";

const SIGNATURE: Signature = Signature::new(&[Param::String, Param::Any], Param::String);

/// The rows.
pub(crate) const REENTRANT: &[Reentrant] =
    &[Reentrant { name: "include", signature: SIGNATURE, call: include }, Reentrant { name: "tpl", signature: SIGNATURE, call: tpl }];

fn argument(args: &[Value], at: usize) -> Value {
    args.get(at).copied().unwrap_or(Value::NIL)
}

fn include(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    // Finding it and keeping what it writes.
    ctx.charge(2)?;
    let name = ctx.heap.str(argument(args, 0));
    let Some(template) = templates.find(name) else {
        return Err(CallError::Failed(format!(
            "template: no template {} associated with template {}",
            quoted(name),
            quoted(ROOT.as_bytes())
        )));
    };
    if templates.nested(&template) > ctx.budget.limits.include_depth {
        let name = String::from_utf8_lossy(name);
        return Err(CallError::Failed(format!("rendering template has a nested reference name: {name}: unable to execute template")));
    }
    let finish = |ctx: &mut Context<'_>, output: &[u8]| Ok(ctx.heap.string(output));
    Ok(Reentry::Execute(Execution { template, dot: argument(args, 1), counted: true, finish, explain: None }))
}

fn tpl(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    let text = argument(args, 0);
    let source = ctx.heap.str(text);
    if !source.windows(2).any(|pair| pair == b"{{") {
        // A text without actions is its own output.
        let output = without_no_value(source).into_owned();
        return Ok(Reentry::Value(if output.len() == source.len() { text } else { ctx.heap.string(output) }));
    }
    ctx.charge(1 + ctx.heap.str(text).len() as u64 / 64)?;
    let source = ctx.heap.str(text);
    let template = templates
        .compile(ROOT, source)
        .map_err(|error| CallError::Failed(format!("cannot parse template {}: {}", quoted(source), error.message)))?;
    let finish = |ctx: &mut Context<'_>, output: &[u8]| Ok(ctx.heap.string(without_no_value(output)));
    let explain = Some(Explain { of: text, text: explain });
    Ok(Reentry::Execute(Execution { template, dot: argument(args, 1), counted: false, finish, explain }))
}

fn explain(heap: &Heap, text: Value) -> String {
    format!("error during tpl function execution for {}: ", quoted(heap.str(text)))
}

/// The output without each `<no value>`.
pub(super) fn without_no_value(output: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let Some(first) = find(output, 0) else {
        return output.into();
    };
    let mut kept = Vec::with_capacity(output.len());
    let (mut start, mut next) = (0, Some(first));
    while let Some(at) = next {
        kept.extend_from_slice(&output[start..at]);
        start = at + NO_VALUE.len();
        next = find(output, start);
    }
    kept.extend_from_slice(&output[start..]);
    kept.into()
}

fn find(output: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(next) = output.get(at..).and_then(|rest| chartwright_go::strings::index_byte(rest, b'<')) {
        if output[at + next..].starts_with(NO_VALUE) {
            return Some(at + next);
        }
        at += next + 1;
    }
    None
}
