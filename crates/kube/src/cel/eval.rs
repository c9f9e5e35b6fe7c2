//! Evaluates a tree: `interpreter/interpretable.go` and `interpreter/attributes.go`. It goes as deep as the tree, which the parser bounds.

use std::collections::HashMap;
use std::rc::Rc;

use chartwright_go::regexp::{Regexp, Work};

use super::tree::{Id, Node, Program};
use super::value::{Key, List, Map, MapKind, Value, type_named};
use super::{MAX_STEPS, Outcome, PATTERN_WORK, Stop, error, fold, operators};

/// What the expressions about one object may still do, and what they share.
pub struct Budget {
    steps: u64,
    patterns: HashMap<Rc<str>, Rc<Regexp>>,
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(MAX_STEPS)
    }
}

impl Budget {
    pub(super) fn of(steps: u64) -> Self {
        Self { steps, patterns: HashMap::new() }
    }

    pub(super) fn charge(&mut self, steps: usize) -> Result<(), Stop> {
        self.steps = self.steps.saturating_sub(steps as u64);
        if self.steps == 0 { Err(Stop::Unknown) } else { Ok(()) }
    }

    /// Text is ten times cheaper than items.
    pub(super) fn charge_bytes(&mut self, bytes: usize) -> Result<(), Stop> {
        self.charge(bytes / 10 + 1)
    }

    /// A compiled pattern.
    pub(super) fn pattern(&mut self, pattern: &Rc<str>) -> Result<Rc<Regexp>, Stop> {
        if let Some(known) = self.patterns.get(pattern) {
            return Ok(known.clone());
        }
        self.charge_bytes(pattern.len())?;
        let compiled = Regexp::compile(pattern.as_bytes())
            .map_err(|text| if text == chartwright_go::regexp::NEEDS_FULL { Stop::Unknown } else { Stop::Error(text) })?;
        let compiled = Rc::new(compiled);
        self.patterns.insert(pattern.clone(), compiled.clone());
        Ok(compiled)
    }

    /// Does something with a pattern, as long as it does not take too long.
    pub(super) fn matching<T>(&mut self, what: impl FnOnce(&mut Work) -> T) -> Result<T, Stop> {
        let mut work = Work::new(PATTERN_WORK);
        let found = what(&mut work);
        if work.is_spent() {
            return Err(Stop::Unknown);
        }
        self.charge(usize::try_from((PATTERN_WORK - work.left()) / 100).unwrap_or(usize::MAX))?;
        Ok(found)
    }
}

/// What an expression may name.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    /// `self`.
    pub own: Option<Value>,
    /// `oldSelf`.
    pub old: Option<Value>,
}

/// The value of an expression.
///
/// # Errors
/// The expression's own error, or that it is not known.
pub fn evaluate(program: &Program, variables: &Variables, budget: &mut Budget) -> Result<Value, Stop> {
    Run { program, variables, budget, locals: Vec::new() }.eval(program.root)
}

pub(super) struct Run<'p> {
    program: &'p Program,
    variables: &'p Variables,
    pub(super) budget: &'p mut Budget,
    /// The variables of macros, the innermost last.
    pub(super) locals: Vec<(Rc<str>, Value)>,
}

impl<'p> Run<'p> {
    pub(super) fn eval(&mut self, id: Id) -> Outcome {
        self.budget.charge(1)?;
        let program: &'p Program = self.program;
        let Some(node) = program.nodes.get(id) else { return Err(Stop::Unknown) };
        match node {
            Node::Literal(value) => Ok(value.clone()),
            Node::Name(name) => self.name(name),
            Node::Select { of, field, is_optional } => {
                let of = self.eval(*of)?;
                qualify(&of, &Value::Text(field.clone()), *is_optional)
            }
            Node::Index { of, at, is_optional } => {
                let of = self.eval(*of)?;
                let at = self.eval(*at)?;
                qualify(&of, &at, *is_optional)
            }
            Node::Has { of, field } => self.has(*of, field),
            Node::List(items) => self.list(items),
            Node::Map(entries) => self.map(entries),
            Node::And(parts) => self.junction(parts, false),
            Node::Or(parts) => self.junction(parts, true),
            Node::Not(of) => match self.eval(*of)? {
                Value::Bool(truth) => Ok(Value::Bool(!truth)),
                Value::Opaque => Err(Stop::Unknown),
                _ => error("no such overload"),
            },
            Node::Negate(of) => operators::negate(&self.eval(*of)?),
            Node::If { condition, then, otherwise } => match self.eval(*condition)? {
                Value::Bool(true) => self.eval(*then),
                Value::Bool(false) => self.eval(*otherwise),
                Value::Opaque => Err(Stop::Unknown),
                _ => error("no such overload"),
            },
            Node::Binary(operator, one, other) => {
                let one = self.eval(*one)?;
                let other = self.eval(*other)?;
                operators::binary(self.budget, *operator, &one, &other)
            }
            Node::Else { of, otherwise, is_value } => match self.eval(*of)? {
                Value::Optional(Some(inner)) if *is_value => Ok((*inner).clone()),
                value @ Value::Optional(Some(_)) => Ok(value),
                Value::Optional(None) => self.eval(*otherwise),
                Value::Opaque => Err(Stop::Unknown),
                _ => error("no such overload"),
            },
            Node::OptionalMap { of, variable, body, is_flat } => match self.eval(*of)? {
                Value::Optional(Some(inner)) => {
                    let value = self.with(&[(variable.clone(), (*inner).clone())], *body)?;
                    Ok(if *is_flat { value } else { Value::some(value) })
                }
                Value::Optional(None) => Ok(Value::Optional(None)),
                Value::Opaque => Err(Stop::Unknown),
                _ => error("no such overload"),
            },
            Node::Fold(fold) => fold::run(self, fold),
            Node::Call(function, arguments) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    values.push(self.eval(*argument)?);
                }
                function.call(self.budget, &values)
            }
        }
    }

    /// A node with some variables.
    pub(super) fn with(&mut self, variables: &[(Rc<str>, Value)], id: Id) -> Outcome {
        let before = self.locals.len();
        self.locals.extend_from_slice(variables);
        let outcome = self.eval(id);
        self.locals.truncate(before);
        outcome
    }

    fn name(&self, name: &str) -> Outcome {
        let local = self.locals.iter().rev().find(|(own, _)| &**own == name).map(|(_, value)| value.clone());
        let known = local.or_else(|| match name {
            "self" => self.variables.own.clone(),
            "oldSelf" => self.variables.old.clone(),
            _ => type_named(name),
        });
        known.ok_or(Stop::Unknown)
    }

    /// All or any of them: an error counts only where no other decides.
    fn junction(&mut self, parts: &[Id], decides: bool) -> Outcome {
        let mut failed = None;
        for part in parts {
            match self.eval(*part) {
                Ok(Value::Bool(truth)) if truth == decides => return Ok(Value::Bool(decides)),
                Ok(Value::Bool(_)) => {}
                Err(Stop::Unknown) | Ok(Value::Opaque) => return Err(Stop::Unknown),
                Err(stop) => failed = failed.or(Some(stop)),
                Ok(_) => failed = failed.or_else(|| Some(Stop::Error("no such overload".to_owned()))),
            }
        }
        failed.map_or(Ok(Value::Bool(!decides)), Err)
    }

    fn has(&mut self, of: Id, field: &Rc<str>) -> Outcome {
        match find(&self.eval(of)?, &Value::Text(field.clone())) {
            Ok(found) => Ok(Value::Bool(found.is_some())),
            Err(stop) => Err(stop),
        }
    }

    fn list(&mut self, items: &[(Id, bool)]) -> Outcome {
        let mut values = Vec::with_capacity(items.len());
        for (item, is_optional) in items {
            match self.eval(*item)? {
                Value::Optional(inner) if *is_optional => values.extend(inner.map(|inner| (*inner).clone())),
                value => values.push(value),
            }
        }
        Ok(Value::list(values))
    }

    fn map(&mut self, entries: &[(Id, Id, bool)]) -> Outcome {
        let mut values = Vec::with_capacity(entries.len());
        for (key, value, is_optional) in entries {
            let key = self.eval(*key)?;
            match self.eval(*value)? {
                Value::Optional(inner) if *is_optional => values.extend(inner.map(|inner| (key, (*inner).clone()))),
                value => values.push((key, value)),
            }
        }
        // A key that is there twice is refused when a definition is made.
        Map::made(values).map(|map| Value::Map(Rc::new(map))).map_err(|_| Stop::Unknown)
    }
}

/// `a.b`, `a[b]`. What is selected of an optional value is optional.
fn qualify(of: &Value, key: &Value, is_optional: bool) -> Outcome {
    let inner = match of {
        Value::Optional(None) => return Ok(Value::Optional(None)),
        Value::Optional(Some(inner)) => Some(inner),
        _ => None,
    };
    if inner.is_some() || is_optional {
        let found = find(inner.map_or(of, |inner| inner), key)?;
        return Ok(Value::Optional(found.map(Rc::new)));
    }
    match find(of, key)? {
        Some(value) => Ok(value),
        None if matches!(of, Value::List(_)) => error(format!("index out of bounds: {}", shown(key))),
        None => error(format!("no such key: {}", shown(key))),
    }
}

/// What is under a key, if it is there.
fn find(of: &Value, key: &Value) -> Result<Option<Value>, Stop> {
    match (of, key) {
        (Value::Opaque, _) | (_, Value::Opaque) => Err(Stop::Unknown),
        (Value::Optional(inner), _) => inner.as_ref().map_or(Ok(None), |inner| find(inner, key)),
        (Value::Map(map), _) => field(map, key),
        (Value::List(list), _) => item(list, key),
        // What has no parts has none of any name; a definition may not ask for that but of what is a number or text.
        (Value::Int(_) | Value::Text(_), _) => Ok(None),
        _ => Err(Stop::Unknown),
    }
}

fn field(map: &Map, key: &Value) -> Result<Option<Value>, Stop> {
    if let (MapKind::Object(known), Value::Text(name)) = (map.kind(), key)
        && !known.contains(&**name)
    {
        return Err(Stop::Unknown);
    }
    if !matches!(map.kind(), MapKind::Made) && !matches!(key, Value::Text(_)) {
        return error("no such overload");
    }
    Ok(Key::of(key).and_then(|key| map.get(&key).cloned()))
}

fn item(list: &List, key: &Value) -> Result<Option<Value>, Stop> {
    let at = match Key::of(key) {
        Some(Key::Int(at)) => at,
        Some(Key::Uint(_)) => return Ok(None),
        _ if matches!(key, Value::Double(_)) => return error(format!("unsupported index value {} in list", shown(key))),
        _ => return error(format!("unsupported index type '{}' in list", key.type_name())),
    };
    Ok(usize::try_from(at).ok().and_then(|at| list.items.get(at).cloned()))
}

/// A key as an error shows it.
fn shown(key: &Value) -> String {
    match key {
        Value::Text(text) => text.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Double(number) => super::functions::convert::double_text(*number),
        other => other.type_name().to_owned(),
    }
}
