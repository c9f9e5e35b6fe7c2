//! Regular expressions: Go's syntax and its rules, by `chartwright_go::regexp`.

use crate::args::{Outcome, int, string};
use chartwright_go::regexp::{self, Regexp};
use chartwright_template::{CallError, Context};
use chartwright_value::{Type, Value};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// How many compiled patterns are kept. Charts have a handful; one that makes up patterns starts over.
const KEPT: usize = 128;

thread_local! {
    // A cache only: it changes how long a call takes, never what it returns.
    static COMPILED: RefCell<HashMap<Vec<u8>, Rc<Regexp>>> = RefCell::default();
}

/// A compiled pattern, or Go's error.
fn compile(ctx: &Context<'_>, pattern: Value) -> Result<Rc<Regexp>, String> {
    let pattern = ctx.heap.str(pattern);
    if let Some(known) = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned()) {
        return Ok(known);
    }
    let regexp = Rc::new(Regexp::compile(pattern)?);
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(pattern.to_vec(), Rc::clone(&regexp));
    });
    Ok(regexp)
}

/// As `regexp.MustCompile`, whose panic names the pattern.
fn must_compile(ctx: &Context<'_>, pattern: Value) -> Result<Rc<Regexp>, CallError> {
    compile(ctx, pattern).map_err(|error| match error.as_str() {
        regexp::NEEDS_FULL => CallError::NeedsFull(CLASS),
        error => CallError::Failed(regexp::must_compile_message(ctx.heap.str(pattern), error)),
    })
}

/// As `regexp.Compile`.
fn returned(ctx: &Context<'_>, pattern: Value) -> Result<Rc<Regexp>, CallError> {
    compile(ctx, pattern).map_err(|error| if error == regexp::NEEDS_FULL { CallError::NeedsFull(CLASS) } else { CallError::from(error) })
}

/// What [`regexp::NEEDS_FULL`] is about.
const CLASS: &str = "this class of characters";

type Compile = fn(&Context<'_>, Value) -> Result<Rc<Regexp>, CallError>;

const RETURNED: Compile = |ctx, pattern| returned(ctx, pattern);
const PANICKED: Compile = |ctx, pattern| must_compile(ctx, pattern);

/// Charges for looking through a text.
fn search(ctx: &mut Context<'_>, text: Value) -> Result<(), CallError> {
    let length = ctx.heap.str(text).len();
    ctx.charge(4 + length as u64 / 16)
}

pub(crate) fn regex_match(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    search(ctx, args[1])?;
    match returned(ctx, args[0]) {
        Ok(regexp) => Ok(Value::bool(regexp.is_match(ctx.heap.str(args[1])))),
        Err(CallError::NeedsFull(class)) => Err(CallError::NeedsFull(class)),
        Err(_) => Ok(Value::bool(false)),
    }
}

pub(crate) fn must_regex_match(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    search(ctx, args[1])?;
    let regexp = RETURNED(ctx, args[0])?;
    Ok(Value::bool(regexp.is_match(ctx.heap.str(args[1]))))
}

fn find(ctx: &mut Context<'_>, args: &[Value], compile: Compile) -> Outcome {
    search(ctx, args[1])?;
    let found = compile(ctx, args[0])?.find(ctx.heap.str(args[1]));
    Ok(found.map_or(Value::EMPTY, |(start, end)| ctx.heap.substring(args[1], start, end)))
}

pub(crate) fn regex_find(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    find(ctx, args, PANICKED)
}

pub(crate) fn must_regex_find(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    find(ctx, args, RETURNED)
}

/// Ranges of a text as a `[]string` that shares its bytes; a nil one for none, if `nil`.
fn parts(ctx: &mut Context<'_>, text: Value, ranges: &[(usize, usize)], nil: bool) -> Outcome {
    ctx.charge(ranges.len() as u64)?;
    if ranges.is_empty() && nil {
        return Ok(Value::NIL_LIST.with_type(Type::STRING_LIST));
    }
    let texts: Vec<Value> = ranges.iter().map(|&(start, end)| ctx.heap.substring(text, start, end)).collect();
    Ok(ctx.heap.list_of(Type::STRING_LIST, &texts))
}

fn find_all(ctx: &mut Context<'_>, args: &[Value], compile: Compile) -> Outcome {
    search(ctx, args[1])?;
    let ranges = compile(ctx, args[0])?.find_all(ctx.heap.str(args[1]), int(args[2]));
    parts(ctx, args[1], &ranges, true)
}

pub(crate) fn regex_find_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    find_all(ctx, args, PANICKED)
}

pub(crate) fn must_regex_find_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    find_all(ctx, args, RETURNED)
}

fn split(ctx: &mut Context<'_>, args: &[Value], compile: Compile) -> Outcome {
    search(ctx, args[1])?;
    let limit = int(args[2]);
    let ranges = compile(ctx, args[0])?.split(ctx.heap.str(args[1]), limit);
    parts(ctx, args[1], &ranges, limit == 0)
}

pub(crate) fn regex_split(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    split(ctx, args, PANICKED)
}

pub(crate) fn must_regex_split(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    split(ctx, args, RETURNED)
}

fn replace(ctx: &mut Context<'_>, args: &[Value], compile: Compile, literal: bool) -> Outcome {
    search(ctx, args[1])?;
    let regexp = compile(ctx, args[0])?;
    let most = ctx.budget.limits.heap_bytes;
    let replaced = regexp.replace_all(ctx.heap.str(args[1]), ctx.heap.str(args[2]), literal, most);
    string(ctx, replaced.ok_or(CallError::Limit("a value is too large"))?)
}

pub(crate) fn regex_replace_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    replace(ctx, args, PANICKED, false)
}

pub(crate) fn must_regex_replace_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    replace(ctx, args, RETURNED, false)
}

pub(crate) fn regex_replace_all_literal(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    replace(ctx, args, PANICKED, true)
}

pub(crate) fn must_regex_replace_all_literal(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    replace(ctx, args, RETURNED, true)
}

pub(crate) fn regex_quote_meta(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let quoted = regexp::quote_meta(ctx.heap.str(args[0]));
    string(ctx, quoted)
}
