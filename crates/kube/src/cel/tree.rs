//! The tree of an expression: nodes in an arena, children before their parents.

use std::rc::Rc;

use super::functions::Function;
use super::value::Value;

/// The number of a node.
pub(super) type Id = usize;

/// An expression that was read.
#[derive(Debug)]
pub struct Program {
    pub(super) nodes: Vec<Node>,
    /// Where names stand in the text, in bytes.
    pub(super) places: Vec<(Id, usize)>,
    pub(super) root: Id,
}

impl Program {
    /// Whether it names a variable.
    #[must_use]
    pub fn names(&self, variable: &str) -> bool {
        self.nodes.iter().any(|node| matches!(node, Node::Name(name) if &**name == variable))
    }
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Node {
    Literal(Value),
    /// A variable, or a type.
    Name(Rc<str>),
    Select {
        of: Id,
        field: Rc<str>,
        /// `?.`
        is_optional: bool,
    },
    /// `has(a.b)`.
    Has {
        of: Id,
        field: Rc<str>,
    },
    Index {
        of: Id,
        at: Id,
        /// `[?…]`
        is_optional: bool,
    },
    /// Items, and whether each is optional.
    List(Vec<(Id, bool)>),
    /// Keys and values, and whether each entry is optional.
    Map(Vec<(Id, Id, bool)>),
    /// All of them, in the order in which they are written.
    And(Vec<Id>),
    Or(Vec<Id>),
    Not(Id),
    Negate(Id),
    If {
        condition: Id,
        then: Id,
        otherwise: Id,
    },
    Binary(Operator, Id, Id),
    /// `a.or(b)` and `a.orValue(b)`: the second is looked at only where it is needed.
    Else {
        of: Id,
        otherwise: Id,
        /// Whether the second is a value, and so the whole.
        is_value: bool,
    },
    /// `a.optMap(x, f)`, `a.optFlatMap(x, f)`.
    OptionalMap {
        of: Id,
        variable: Rc<str>,
        body: Id,
        is_flat: bool,
    },
    Fold(Box<Fold>),
    Call(Function, Vec<Id>),
}

/// A macro over the items of a list or a map.
#[derive(Debug)]
pub(super) struct Fold {
    pub(super) kind: FoldKind,
    pub(super) range: Id,
    /// One or two variables.
    pub(super) variables: Vec<Rc<str>>,
    /// Which items count, where that is asked for apart from the body.
    pub(super) filter: Option<Id>,
    pub(super) body: Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoldKind {
    All,
    Exists,
    ExistsOne,
    /// `map`, `transformList`.
    Map,
    Filter,
    /// `transformMap`.
    MapValues,
    /// `transformMapEntry`.
    MapEntries,
    SortBy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Operator {
    /// As cel-go calls its function.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Equal => "_==_",
            Self::Unequal => "_!=_",
            Self::Less => "_<_",
            Self::LessOrEqual => "_<=_",
            Self::Greater => "_>_",
            Self::GreaterOrEqual => "_>=_",
            Self::In => "@in",
            Self::Add => "_+_",
            Self::Subtract => "_-_",
            Self::Multiply => "_*_",
            Self::Divide => "_/_",
            Self::Modulo => "_%_",
        }
    }
}
