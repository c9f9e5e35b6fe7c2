//! Reads an expression: `parser/gen/CEL.g4` and `parser/macro.go`. It goes no deeper into itself than [`MAX_DEPTH`], and no node is deeper.

use std::rc::Rc;

use super::functions::{self, Function};
use super::lex::{self, Token};
use super::tree::{Fold, FoldKind, Id, Node, Operator, Program};
use super::value::Value;
use super::{MAX_DEPTH, MAX_LENGTH};

impl Program {
    /// Reads an expression; nothing where it is not understood.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (tokens, words) = lex::words(text)?;
        let mut parser = Parser { tokens, words, at: 0, nodes: Vec::new(), places: Vec::new(), depths: Vec::new(), open: 0 };
        let root = parser.expression()?;
        (parser.at == parser.tokens.len()).then_some(Self { nodes: parser.nodes, places: parser.places, root })
    }
}

struct Parser {
    tokens: Vec<Token>,
    /// Where each of them begins.
    words: Vec<usize>,
    at: usize,
    nodes: Vec<Node>,
    /// Where each name stands.
    places: Vec<(Id, usize)>,
    /// How deep each node is.
    depths: Vec<usize>,
    /// How many expressions are being read, one within the other.
    open: usize,
}

/// Operators by how strongly they bind, the weakest first.
const RELATIONS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
    ("<", Operator::Less),
    ("<=", Operator::LessOrEqual),
    (">", Operator::Greater),
    (">=", Operator::GreaterOrEqual),
];
const SUMS: &[(&str, Operator)] = &[("+", Operator::Add), ("-", Operator::Subtract)];
const PRODUCTS: &[(&str, Operator)] = &[("*", Operator::Multiply), ("/", Operator::Divide), ("%", Operator::Modulo)];

impl Parser {
    fn add(&mut self, node: Node, parts: impl IntoIterator<Item = Id>) -> Option<Id> {
        let deepest = parts.into_iter().filter_map(|part| self.depths.get(part)).max();
        let depth = deepest.map_or(0, |depth| depth + 1);
        if depth > MAX_DEPTH {
            return None;
        }
        self.nodes.push(node);
        self.depths.push(depth);
        Some(self.nodes.len() - 1)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(met)) if *met == sign)
    }

    fn take(&mut self, sign: &str) -> bool {
        let is = self.is(sign);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, sign: &str) -> Option<()> {
        self.take(sign).then_some(())
    }

    fn name(&mut self) -> Option<Rc<str>> {
        let Some(Token::Name(name)) = self.peek() else { return None };
        let name = name.clone();
        self.at += 1;
        Some(name)
    }

    fn expression(&mut self) -> Option<Id> {
        self.open += 1;
        if self.open > MAX_DEPTH {
            return None;
        }
        let condition = self.alternatives()?;
        let whole = if self.take("?") {
            let then = self.alternatives()?;
            self.expect(":")?;
            let otherwise = self.expression()?;
            self.add(Node::If { condition, then, otherwise }, [condition, then, otherwise])
        } else {
            Some(condition)
        };
        self.open -= 1;
        whole
    }

    fn alternatives(&mut self) -> Option<Id> {
        let mut parts = vec![self.conditions()?];
        while self.take("||") {
            parts.push(self.conditions()?);
        }
        self.joined(parts, Node::Or)
    }

    fn conditions(&mut self) -> Option<Id> {
        let mut parts = vec![self.relation()?];
        while self.take("&&") {
            parts.push(self.relation()?);
        }
        self.joined(parts, Node::And)
    }

    fn joined(&mut self, parts: Vec<Id>, join: fn(Vec<Id>) -> Node) -> Option<Id> {
        match parts[..] {
            [one] => Some(one),
            _ => self.add(join(parts.clone()), parts),
        }
    }

    fn operator(&mut self, table: &[(&str, Operator)]) -> Option<Operator> {
        let found = table.iter().find(|(sign, _)| self.is(sign)).map(|(_, operator)| *operator);
        self.at += usize::from(found.is_some());
        found
    }

    fn relation(&mut self) -> Option<Id> {
        let mut left = self.sum()?;
        loop {
            let operator = if matches!(self.peek(), Some(Token::Name(name)) if &**name == "in") {
                self.at += 1;
                Operator::In
            } else if let Some(operator) = self.operator(RELATIONS) {
                operator
            } else {
                return Some(left);
            };
            let right = self.sum()?;
            left = self.add(Node::Binary(operator, left, right), [left, right])?;
        }
    }

    fn sum(&mut self) -> Option<Id> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(SUMS) {
            let right = self.product()?;
            left = self.add(Node::Binary(operator, left, right), [left, right])?;
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Id> {
        let mut left = self.unary()?;
        while let Some(operator) = self.operator(PRODUCTS) {
            let right = self.unary()?;
            left = self.add(Node::Binary(operator, left, right), [left, right])?;
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Id> {
        let mut count = 0;
        while self.take("!") {
            count += 1;
        }
        let mut of = if count > 0 { self.member()? } else { return self.negated() };
        // Twice is as good as never.
        for _ in 0..count % 2 {
            of = self.add(Node::Not(of), [of])?;
        }
        Some(of)
    }

    fn negated(&mut self) -> Option<Id> {
        let mut count = 0;
        while self.is("-") && !self.is_negative_number() {
            self.at += 1;
            count += 1;
        }
        let mut of = self.member()?;
        for _ in 0..count % 2 {
            of = self.add(Node::Negate(of), [of])?;
        }
        Some(of)
    }

    fn is_negative_number(&self) -> bool {
        self.is("-") && matches!(self.tokens.get(self.at + 1), Some(Token::Int(_) | Token::Double(_)))
    }

    fn member(&mut self) -> Option<Id> {
        let mut of = self.primary()?;
        loop {
            if self.take(".") {
                let is_optional = self.take("?");
                if let Some(Token::Quoted(field)) = self.peek() {
                    let field = field.clone();
                    self.at += 1;
                    of = self.add(Node::Select { of, field, is_optional }, [of])?;
                    continue;
                }
                let field = self.name()?;
                of = if !is_optional && self.take("(") {
                    self.call(of, &field)?
                } else {
                    self.add(Node::Select { of, field, is_optional }, [of])?
                };
            } else if self.take("[") {
                let is_optional = self.take("?");
                let at = self.expression()?;
                self.expect("]")?;
                of = self.add(Node::Index { of, at, is_optional }, [of, at])?;
            } else if self.is("{") {
                // A message of a type: none is known.
                return None;
            } else {
                return Some(of);
            }
        }
    }

    fn primary(&mut self) -> Option<Id> {
        let literal = |value| Node::Literal(value);
        if self.is_negative_number() {
            let value = match self.tokens.get(self.at + 1)? {
                Token::Int(number) => Value::Int(0_i64.checked_sub_unsigned(*number)?),
                Token::Double(number) => Value::Double(-number),
                _ => return None,
            };
            self.at += 2;
            return self.add(literal(value), []);
        }
        if self.take("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Some(inner);
        }
        if self.take("[") {
            return self.list();
        }
        if self.take("{") {
            return self.map();
        }
        let is_absolute = self.take(".");
        let place = self.words.get(self.at).copied();
        let token = self.peek()?.clone();
        self.at += 1;
        let value = match token {
            Token::Int(number) => Value::Int(i64::try_from(number).ok()?),
            Token::Uint(number) => Value::Uint(number),
            Token::Double(number) => Value::Double(number),
            Token::Text(text) => Value::Text(text),
            Token::Bytes(bytes) => Value::Bytes(bytes),
            Token::Name(name) => match &*name {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                _ if self.take("(") => return self.global(&name),
                _ => {
                    let id = self.add(Node::Name(name), [])?;
                    self.places.extend(place.filter(|_| !is_absolute).map(|place| (id, place)));
                    return Some(id);
                }
            },
            Token::Quoted(_) | Token::Sign(_) => return None,
        };
        self.add(literal(value), [])
    }

    fn list(&mut self) -> Option<Id> {
        let mut items = Vec::new();
        while !self.take("]") {
            let is_optional = self.take("?");
            items.push((self.expression()?, is_optional));
            if !self.take(",") && !self.is("]") {
                return None;
            }
        }
        let parts: Vec<Id> = items.iter().map(|(item, _)| *item).collect();
        self.add(Node::List(items), parts)
    }

    fn map(&mut self) -> Option<Id> {
        let mut entries = Vec::new();
        while !self.take("}") {
            let is_optional = self.take("?");
            let key = self.expression()?;
            self.expect(":")?;
            entries.push((key, self.expression()?, is_optional));
            if !self.take(",") && !self.is("}") {
                return None;
            }
        }
        let parts: Vec<Id> = entries.iter().flat_map(|(key, value, _)| [*key, *value]).collect();
        self.add(Node::Map(entries), parts)
    }

    fn arguments(&mut self) -> Option<Vec<Id>> {
        let mut arguments = Vec::new();
        while !self.take(")") {
            arguments.push(self.expression()?);
            if !self.take(",") && !self.is(")") {
                return None;
            }
        }
        Some(arguments)
    }

    fn function(&mut self, function: Option<Function>, arguments: Vec<Id>) -> Option<Id> {
        self.add(Node::Call(function?, arguments.clone()), arguments)
    }

    /// A call without a receiver, its bracket taken.
    fn global(&mut self, name: &str) -> Option<Id> {
        let arguments = self.arguments()?;
        if name == "has" {
            let [field] = arguments[..] else { return None };
            let Some(Node::Select { of, field, is_optional: false }) = self.nodes.get(field) else { return None };
            let (of, field) = (*of, field.clone());
            return self.add(Node::Has { of, field }, [of]);
        }
        self.function(functions::find(name, false, arguments.len()), arguments)
    }

    /// A call of a member, its bracket taken.
    fn call(&mut self, of: Id, name: &str) -> Option<Id> {
        let arguments = self.arguments()?;
        if let Some(fold) = self.fold(of, name, &arguments) {
            let parts = [Some(fold.range), fold.filter, Some(fold.body)];
            return self.add(Node::Fold(Box::new(fold)), parts.into_iter().flatten());
        }
        match (name, &arguments[..]) {
            ("or" | "orValue", &[otherwise]) => {
                return self.add(Node::Else { of, otherwise, is_value: name == "orValue" }, [of, otherwise]);
            }
            ("optMap" | "optFlatMap", &[variable, body]) => {
                let variable = self.variable(variable)?;
                return self.add(Node::OptionalMap { of, variable, body, is_flat: name == "optFlatMap" }, [of, body]);
            }
            _ => {}
        }
        if let Some(Node::Name(space)) = self.nodes.get(of)
            && let Some(function) = functions::find(&format!("{space}.{name}"), false, arguments.len())
        {
            return self.function(Some(function), arguments);
        }
        let all: Vec<Id> = std::iter::once(of).chain(arguments).collect();
        self.function(functions::find(name, true, all.len()), all)
    }

    fn variable(&self, id: Id) -> Option<Rc<str>> {
        match self.nodes.get(id) {
            Some(Node::Name(name)) => Some(name.clone()),
            _ => None,
        }
    }

    fn fold(&self, range: Id, name: &str, arguments: &[Id]) -> Option<Fold> {
        // How many variables there are, and whether a filter stands before the body.
        let (kind, variables, has_filter) = match (name, arguments.len()) {
            ("all", 2) => (FoldKind::All, 1, false),
            ("all", 3) => (FoldKind::All, 2, false),
            ("exists", 2) => (FoldKind::Exists, 1, false),
            ("exists", 3) => (FoldKind::Exists, 2, false),
            ("exists_one", 2) => (FoldKind::ExistsOne, 1, false),
            ("exists_one" | "existsOne", 3) => (FoldKind::ExistsOne, 2, false),
            ("map", 2) => (FoldKind::Map, 1, false),
            ("map", 3) => (FoldKind::Map, 1, true),
            ("filter", 2) => (FoldKind::Filter, 1, false),
            ("transformList", 3) => (FoldKind::Map, 2, false),
            ("transformList", 4) => (FoldKind::Map, 2, true),
            ("transformMap", 3) => (FoldKind::MapValues, 2, false),
            ("transformMap", 4) => (FoldKind::MapValues, 2, true),
            ("transformMapEntry", 3) => (FoldKind::MapEntries, 2, false),
            ("transformMapEntry", 4) => (FoldKind::MapEntries, 2, true),
            ("sortBy", 2) => (FoldKind::SortBy, 1, false),
            _ => return None,
        };
        let names: Option<Vec<Rc<str>>> = arguments.iter().take(variables).map(|id| self.variable(*id)).collect();
        let filter = if has_filter { arguments.get(variables).copied() } else { None };
        Some(Fold { kind, range, variables: names?, filter, body: *arguments.last()? })
    }
}
