//! Finding and printing what a template asks for (`jsonpath.go`).

use super::{Node, Slice};
use chartwright_value::json::{JsonOptions, encode_json};
use chartwright_value::{Heap, Kind, Repr, Value, format};
use std::cmp::Ordering;

/// How deep `..` looks, and how many values a path may lead to.
const DEEPEST: usize = 1_000;
const MOST: usize = 1_000_000;

/// Nothing could be found, or what was found cannot be asked that.
struct NotFound;

type Found = Result<Vec<Value>, NotFound>;

pub(super) fn print(nodes: &[Node], heap: &mut Heap, value: Value) -> Vec<u8> {
    let mut walk = Walk { nodes, heap, begins: 0, inside: 0, ends: 0, last_end: None };
    let mut out = Vec::new();
    let Ok(results) = walk.find(value, 0) else { return out };
    for values in results {
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                out.push(b' ');
            }
            if walk.write(*value, &mut out).is_err() {
                return out;
            }
        }
    }
    out
}

struct Walk<'w> {
    nodes: &'w [Node],
    heap: &'w mut Heap,
    /// Loops that begin, are under way, and end.
    begins: usize,
    inside: usize,
    ends: usize,
    /// The `end` that was met last.
    last_end: Option<usize>,
}

impl Walk<'_> {
    /// Each node's results, from a node on.
    fn find(&mut self, value: Value, from: usize) -> Result<Vec<Vec<Value>>, NotFound> {
        if from > DEEPEST {
            return Err(NotFound);
        }
        let nodes = self.nodes;
        let mut all = Vec::new();
        let mut at = from;
        while let Some(node) = nodes.get(at) {
            let results = self.node(&[value], node, 0)?;
            if self.ends > 0 && self.ends <= self.inside {
                self.ends -= 1;
                self.last_end = Some(at);
                break;
            }
            if self.begins > 0 {
                self.begins -= 1;
                self.inside += 1;
                if results.is_empty() {
                    // What is in the loop is passed all the same, so that its end is met.
                    self.find(Value::INVALID, at + 1)?;
                }
                for value in results {
                    all.extend(self.find(value, at + 1)?);
                    if all.len() > MOST {
                        return Err(NotFound);
                    }
                }
                self.inside -= 1;
                at = self.last_end.filter(|end| *end > at).unwrap_or(at);
            } else {
                all.push(results);
            }
            at += 1;
        }
        Ok(all)
    }

    fn list(&mut self, input: &[Value], nodes: &[Node], depth: usize) -> Found {
        nodes.iter().try_fold(input.to_vec(), |values, node| self.node(&values, node, depth))
    }

    fn node(&mut self, input: &[Value], node: &Node, depth: usize) -> Found {
        if depth > DEEPEST || input.len() > MOST {
            return Err(NotFound);
        }
        Ok(match node {
            Node::List(nodes) => self.list(input, nodes, depth + 1)?,
            Node::Text(text) => vec![self.heap.string(text)],
            Node::Int(number) => vec![Value::int(*number); input.len()],
            Node::Float(number) => vec![Value::float64(*number); input.len()],
            Node::Bool(truth) => vec![Value::bool(*truth); input.len()],
            Node::Field(name) => self.field(input, name)?,
            Node::Array(slice) => self.array(input, *slice)?,
            Node::Filter { left, operator, right } => self.filter(input, left, operator, right, depth + 1)?,
            Node::Wildcard => input.iter().flat_map(|value| self.below(*value)).collect(),
            Node::Recursive => self.recursive(input, 0)?,
            Node::Union(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(self.list(input, part, depth + 1)?);
                }
                all
            }
            Node::Word(word) => match word.as_str() {
                "range" => {
                    self.begins += 1;
                    input.to_vec()
                }
                "end" if self.inside > 0 => {
                    self.ends += 1;
                    Vec::new()
                }
                _ => return Err(NotFound),
            },
        })
    }

    fn field(&self, input: &[Value], name: &str) -> Found {
        let found: Vec<Value> = input.iter().filter_map(|value| self.heap.get(*value, name)).collect();
        if found.is_empty() && !input.is_empty() { Err(NotFound) } else { Ok(found) }
    }

    fn array(&self, input: &[Value], slice: Slice) -> Found {
        let mut found = Vec::new();
        for value in input.iter().filter(|value| !value.is_nil()) {
            if value.kind() != Kind::List {
                return Err(NotFound);
            }
            let items = self.heap.items(*value);
            let len = items.len() as i64;
            let from = slice.from.unwrap_or(0);
            let from = if from < 0 { from.saturating_add(len) } else { from };
            let to = slice.to.unwrap_or(len);
            let to = if to < 0 || (to == 0 && slice.is_item) { to.saturating_add(len) } else { to };
            if from == to {
                return Ok(found);
            }
            if from < 0 || from >= len || to < 0 || to > len || from > to {
                return Err(NotFound);
            }
            let step = usize::try_from(slice.step.unwrap_or(1)).ok().filter(|step| *step > 0).ok_or(NotFound)?;
            found.extend(items[from as usize..to as usize].iter().step_by(step));
        }
        Ok(found)
    }

    /// What is directly in a value; of a text its bytes.
    fn below(&self, value: Value) -> Vec<Value> {
        match value.repr() {
            Repr::Map(_) => self.heap.entries(value).iter().map(|entry| entry.value).collect(),
            Repr::List(_) => self.heap.items(value).to_vec(),
            Repr::String(_) => self.heap.str(value).iter().map(|byte| Value::int(i64::from(*byte))).collect(),
            _ => Vec::new(),
        }
    }

    /// Whatever holds something, each before what is in it.
    fn recursive(&self, input: &[Value], depth: usize) -> Found {
        if depth > DEEPEST {
            return Err(NotFound);
        }
        let mut found = Vec::new();
        for value in input {
            let below = self.below(*value);
            if !below.is_empty() {
                found.push(*value);
                found.extend(self.recursive(&below, depth + 1)?);
            }
        }
        Ok(found)
    }

    fn filter(&mut self, input: &[Value], left: &[Node], operator: &str, right: &[Node], depth: usize) -> Found {
        let mut found = Vec::new();
        for value in input {
            if value.kind() != Kind::List {
                return Err(NotFound);
            }
            for item in self.heap.items(*value).to_vec() {
                let lefts = self.list(&[item], left, depth);
                if operator == "exists" {
                    if lefts.is_ok_and(|lefts| !lefts.is_empty()) {
                        found.push(item);
                    }
                    continue;
                }
                let left = match lefts?[..] {
                    [] => continue,
                    [left] => left,
                    _ => return Err(NotFound),
                };
                let right = match self.list(&[item], right, depth)?[..] {
                    [] => continue,
                    [right] => right,
                    _ => return Err(NotFound),
                };
                if self.passes(left, operator, right)? {
                    found.push(item);
                }
            }
        }
        Ok(found)
    }

    /// Compares values of one kind, as Go's templates do.
    fn passes(&self, left: Value, operator: &str, right: Value) -> Result<bool, NotFound> {
        let order = match (left.repr(), right.repr()) {
            (Repr::String(_), Repr::String(_)) => Some(self.heap.str(left).cmp(self.heap.str(right))),
            (Repr::Int(a), Repr::Int(b)) => Some(a.cmp(&b)),
            (Repr::Float(a), Repr::Float(b)) => a.partial_cmp(&b),
            (Repr::Bool(a), Repr::Bool(b)) if matches!(operator, "==" | "!=") => Some(a.cmp(&b)),
            _ => return Err(NotFound),
        };
        Ok(match operator {
            "==" => order == Some(Ordering::Equal),
            "!=" => order != Some(Ordering::Equal),
            "<" => order == Some(Ordering::Less),
            "<=" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            ">" => order == Some(Ordering::Greater),
            ">=" => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            _ => return Err(NotFound),
        })
    }

    fn write(&mut self, value: Value, out: &mut Vec<u8>) -> Result<(), NotFound> {
        match value.repr() {
            Repr::Map(_) | Repr::List(_) => {
                out.extend(encode_json(self.heap, value, &JsonOptions::COMPACT).map_err(|_| NotFound)?);
                Ok(())
            }
            Repr::Invalid => Err(NotFound),
            Repr::Nil => {
                out.extend_from_slice(b"null");
                Ok(())
            }
            _ => format::print_value(self.heap, value, out).map_err(|_| NotFound),
        }
    }
}
