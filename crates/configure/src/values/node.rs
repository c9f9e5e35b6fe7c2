//! A value with its keys in order and the line that it stands on.

use std::rc::Rc;

/// A value and its line (counted from 1; 0 where it stands in no file).
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) line: u32,
}

/// A value as YAML and JSON know it.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(Rc<str>),
    List(Vec<Node>),
    Map(Vec<(Rc<str>, Node)>),
}

impl From<Value> for Node {
    fn from(value: Value) -> Node {
        Node { value, line: 0 }
    }
}

/// Equality is that of values: lines, and the order of keys, do not matter.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Value::Int(a), Value::Float(b)) | (Value::Float(b), Value::Int(a)) => *a as f64 == *b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Map(a), Value::Map(b)) => a.len() == b.len() && a.iter().all(|(key, node)| other.get(key) == Some(node)),
            _ => false,
        }
    }
}

impl Node {
    /// Whether two values are the same, the order of keys included, and the lines if asked.
    pub(crate) fn same(&self, other: &Node, lines: bool) -> bool {
        if lines && self.line != other.line {
            return false;
        }
        match (&self.value, &other.value) {
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b, lines)),
            (Value::Map(a), Value::Map(b)) => a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && a.same(b, lines)),
            (Value::Int(_), Value::Float(_)) | (Value::Float(_), Value::Int(_)) => false,
            _ => self == other,
        }
    }

    pub(crate) fn string(text: &str) -> Node {
        Value::String(text.into()).into()
    }

    pub(crate) fn map(&self) -> Option<&[(Rc<str>, Node)]> {
        if let Value::Map(pairs) = &self.value { Some(pairs) } else { None }
    }

    pub(crate) fn list(&self) -> Option<&[Node]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    pub(crate) fn str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        if let Value::Bool(value) = &self.value { Some(*value) } else { None }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match &self.value {
            Value::Int(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The value of a map's key; the last one where a key stands twice, as in Go.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.map()?.iter().rev().find(|(k, _)| &**k == key).map(|(_, node)| node)
    }

    /// A map's key or a list's index, written as a decimal number.
    pub(crate) fn step(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(_) => self.get(key),
            Value::List(items) => items.get(index(key)?),
            _ => None,
        }
    }

    /// What stands at a path.
    pub(crate) fn at(&self, path: &[String]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.step(key))
    }

    /// The same value with another at a path. Maps that are missing on the way are made; a list's end can be extended by one.
    pub(crate) fn with(&self, path: &[String], new: Node) -> Option<Node> {
        let Some((key, rest)) = path.split_first() else { return Some(new) };
        let empty = Node::from(Value::Null);
        match &self.value {
            Value::List(items) => {
                let mut items = items.clone();
                let at = index(key)?;
                let inner = items.get(at).unwrap_or(&empty).with(rest, new)?;
                match at.cmp(&items.len()) {
                    std::cmp::Ordering::Less => items[at] = inner,
                    std::cmp::Ordering::Equal => items.push(inner),
                    std::cmp::Ordering::Greater => return None,
                }
                Some(Value::List(items).into())
            }
            Value::Map(_) | Value::Null => {
                let mut pairs = self.map().unwrap_or_default().to_vec();
                let inner = self.get(key).unwrap_or(&empty).with(rest, new)?;
                match pairs.iter_mut().rev().find(|(k, _)| **k == **key) {
                    Some((_, node)) => *node = inner,
                    None => pairs.push((key.as_str().into(), inner)),
                }
                Some(Value::Map(pairs).into())
            }
            _ => None,
        }
    }

    /// The same value without what stands at a path.
    pub(crate) fn without(&self, path: &[String]) -> Node {
        let Some((key, rest)) = path.split_first() else { return Value::Null.into() };
        let mut copy = self.clone();
        match &mut copy.value {
            Value::List(items) => {
                if let Some(at) = index(key).filter(|at| *at < items.len()) {
                    if rest.is_empty() { drop(items.remove(at)) } else { items[at] = items[at].without(rest) }
                }
            }
            Value::Map(pairs) => {
                if rest.is_empty() {
                    pairs.retain(|(k, _)| **k != **key);
                } else if let Some((_, node)) = pairs.iter_mut().find(|(k, _)| **k == **key) {
                    *node = node.without(rest);
                }
            }
            _ => {}
        }
        copy
    }
}

/// A list's index as paths write it.
pub(crate) fn index(key: &str) -> Option<usize> {
    if key.is_empty() || key.len() > 9 || !key.bytes().all(|b| b.is_ascii_digit()) || (key.len() > 1 && key.starts_with('0')) {
        return None;
    }
    key.parse().ok()
}
