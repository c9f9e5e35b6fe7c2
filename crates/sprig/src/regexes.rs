//! Regular expressions: Go's syntax and its rules, by `chartwright_go::regexp`.

use crate::args::{Outcome, int, string};
use chartwright_go::regexp::{self, Regexp, Work};
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

/// What is made of one instruction of a pattern costs so many steps.
const COMPILING: u64 = 4;

/// A compiled pattern, or Go's error. Charges for compiling.
fn compile(ctx: &mut Context<'_>, pattern: Value) -> Result<Rc<Regexp>, CallError> {
    let text = ctx.heap.str(pattern);
    if let Some(known) = COMPILED.with_borrow(|compiled| compiled.get(text).cloned()) {
        return Ok(known);
    }
    let regexp = Regexp::compile(text).map_err(|error| match error.as_str() {
        regexp::NEEDS_FULL => CallError::NeedsFull(CLASS),
        _ => CallError::Failed(error),
    })?;
    let regexp = Rc::new(regexp);
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(text.to_vec(), Rc::clone(&regexp));
    });
    ctx.charge(regexp.size() as u64 * COMPILING)?;
    Ok(regexp)
}

/// As `regexp.MustCompile`, whose panic names the pattern.
fn must_compile(ctx: &mut Context<'_>, pattern: Value) -> Result<Rc<Regexp>, CallError> {
    compile(ctx, pattern).map_err(|error| match error {
        CallError::Failed(error) => CallError::Failed(regexp::must_compile_message(ctx.heap.str(pattern), &error)),
        other => other,
    })
}

/// What [`regexp::NEEDS_FULL`] is about.
const CLASS: &str = "this class of characters";

type Compile = fn(&mut Context<'_>, Value) -> Result<Rc<Regexp>, CallError>;

const RETURNED: Compile = |ctx, pattern| compile(ctx, pattern);
const PANICKED: Compile = |ctx, pattern| must_compile(ctx, pattern);

/// What two pieces of a search's work cost: one step.
const WORK: u64 = 2;

/// Searches, and charges for what it took.
fn search<T>(ctx: &mut Context<'_>, search: impl FnOnce(&Context<'_>, &mut Work) -> T) -> Result<T, CallError> {
    let most = ctx.budget.steps_left().saturating_mul(WORK);
    let mut work = Work::new(most);
    let found = search(ctx, &mut work);
    ctx.charge(4 + (most - work.left()) / WORK)?;
    if work.is_spent() { Err(CallError::Limit("too many steps")) } else { Ok(found) }
}

pub(crate) fn regex_match(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    match compile(ctx, args[0]) {
        Ok(regexp) => search(ctx, |ctx, work| regexp.is_match(ctx.heap.str(args[1]), work)).map(Value::bool),
        Err(CallError::Failed(_)) => Ok(Value::bool(false)),
        Err(other) => Err(other),
    }
}

pub(crate) fn must_regex_match(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let regexp = RETURNED(ctx, args[0])?;
    search(ctx, |ctx, work| regexp.is_match(ctx.heap.str(args[1]), work)).map(Value::bool)
}

fn find(ctx: &mut Context<'_>, args: &[Value], compile: Compile) -> Outcome {
    let regexp = compile(ctx, args[0])?;
    let found = search(ctx, |ctx, work| regexp.find(ctx.heap.str(args[1]), work))?;
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
    ctx.charge(ranges.len() as u64 * 8)?;
    if ranges.is_empty() && nil {
        return Ok(Value::NIL_LIST.with_type(Type::STRING_LIST));
    }
    let texts: Vec<Value> = ranges.iter().map(|&(start, end)| ctx.heap.substring(text, start, end)).collect();
    Ok(ctx.heap.list_of(Type::STRING_LIST, &texts))
}

fn find_all(ctx: &mut Context<'_>, args: &[Value], compile: Compile) -> Outcome {
    let regexp = compile(ctx, args[0])?;
    let ranges = search(ctx, |ctx, work| regexp.find_all(ctx.heap.str(args[1]), int(args[2]), work))?;
    parts(ctx, args[1], &ranges, true)
}

pub(crate) fn regex_find_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    find_all(ctx, args, PANICKED)
}

pub(crate) fn must_regex_find_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    find_all(ctx, args, RETURNED)
}

fn split(ctx: &mut Context<'_>, args: &[Value], compile: Compile) -> Outcome {
    let limit = int(args[2]);
    let regexp = compile(ctx, args[0])?;
    let ranges = search(ctx, |ctx, work| regexp.split(ctx.heap.str(args[1]), limit, work))?;
    parts(ctx, args[1], &ranges, limit == 0)
}

pub(crate) fn regex_split(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    split(ctx, args, PANICKED)
}

pub(crate) fn must_regex_split(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    split(ctx, args, RETURNED)
}

fn replace(ctx: &mut Context<'_>, args: &[Value], compile: Compile, literal: bool) -> Outcome {
    let regexp = compile(ctx, args[0])?;
    let most = ctx.budget.limits.value_bytes;
    let replaced = search(ctx, |ctx, work| regexp.replace_all(ctx.heap.str(args[1]), ctx.heap.str(args[2]), literal, most, work))?;
    let replaced = replaced.ok_or(CallError::Limit("a value is too large"))?;
    string(ctx, replaced)
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
