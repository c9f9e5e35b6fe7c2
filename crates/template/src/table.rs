//! Which functions templates can call: Go's builtins, then the rows that the caller adds. What they do is in the rows.

use crate::trace::{self, Rule};
use crate::{Function, Reentrant, builtins};
use chartwright_value::{Param, Signature, Type};
use std::collections::HashMap;

/// A method of a named Go type that is held as a plain value, such as `common.VersionSet.Has`. Opaque objects have their own.
#[derive(Clone, Copy)]
pub struct Method {
    /// The type that has it.
    pub receiver: Type,
    /// Its name, its signature without the receiver, and its code, whose first argument is the receiver.
    pub function: Function,
}

/// One callable.
#[derive(Clone, Copy)]
pub(crate) enum Row {
    Native(Function),
    Reentrant(Reentrant),
    /// `and` and `or`, which do not evaluate all their arguments.
    Logic {
        or: bool,
    },
    /// `call`, which can only fail: no value is a function here.
    Call,
}

/// The signature of `and`, `or` and `call`.
const VARIADIC: Signature = Signature::variadic(&[Param::Reflect, Param::Reflect], Param::Reflect);

/// A callable under its name.
pub(crate) struct NamedRow {
    pub(crate) name: &'static str,
    pub(crate) row: Row,
    /// Whether it takes values as they are, nothing included.
    pub(crate) reflects: bool,
    /// What becomes of its arguments' labels in a traced render.
    pub(crate) rule: Rule,
}

impl Row {
    pub(crate) fn signature(&self) -> &Signature {
        match self {
            Row::Native(function) => &function.signature,
            Row::Reentrant(function) => &function.signature,
            Row::Logic { .. } | Row::Call => &VARIADIC,
        }
    }
}

/// The functions that templates may call, by name. A later row of a name replaces an earlier one, Go's builtins included.
pub struct FunctionTable {
    pub(crate) rows: Vec<NamedRow>,
    pub(crate) methods: Vec<Method>,
    names: HashMap<&'static str, u32>,
}

impl Default for FunctionTable {
    fn default() -> FunctionTable {
        FunctionTable::new()
    }
}

impl FunctionTable {
    /// Go's builtins. Source: `text/template/funcs.go`, `builtins`.
    pub fn new() -> FunctionTable {
        let mut table = FunctionTable { rows: Vec::new(), methods: Vec::new(), names: HashMap::new() };
        table.insert("and", Row::Logic { or: false });
        table.insert("or", Row::Logic { or: true });
        table.insert("call", Row::Call);
        table.with(builtins::FUNCTIONS).with_rules(trace::RULES)
    }

    /// The table with rules for the traced render. A function without one mixes its arguments.
    #[must_use]
    pub fn with_rules(mut self, rules: &[(&str, Rule)]) -> FunctionTable {
        for (name, rule) in rules {
            if let Some(&row) = self.names.get(name) {
                self.rows[row as usize].rule = *rule;
            }
        }
        self
    }

    /// The table with these rows added.
    #[must_use]
    pub fn with(mut self, functions: &[Function]) -> FunctionTable {
        functions.iter().for_each(|function| self.insert(function.name, Row::Native(*function)));
        self
    }

    /// The table with these functions that run templates added.
    #[must_use]
    pub fn with_reentrant(mut self, functions: &[Reentrant]) -> FunctionTable {
        functions.iter().for_each(|function| self.insert(function.name, Row::Reentrant(*function)));
        self
    }

    /// The table with these methods of plain types added.
    #[must_use]
    pub fn with_methods(mut self, methods: &[Method]) -> FunctionTable {
        self.methods.extend_from_slice(methods);
        self
    }

    /// Whether there is a function of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Every name, in no order: for suggestions and documentation.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.names.keys().copied()
    }

    pub(crate) fn find(&self, name: &[u8]) -> Option<u32> {
        self.names.get(std::str::from_utf8(name).ok()?).copied()
    }

    fn insert(&mut self, name: &'static str, row: Row) {
        self.names.insert(name, self.rows.len() as u32);
        let reflects = row.signature().params.contains(&Param::Reflect);
        self.rows.push(NamedRow { name, row, reflects, rule: trace::mix });
    }
}
