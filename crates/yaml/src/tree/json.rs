//! A node as JSON, for schemas and comparisons.

use super::{NodeId, NodeView, Tree};
use serde_json::{Map, Number, Value};

/// What is still to be done: look at a node, or put together what was looked at.
enum Task {
    Visit(NodeId),
    Sequence(usize),
    Mapping(Vec<String>),
}

impl Tree {
    /// The node as JSON: keys as [`Tree::key_text`] names them, of duplicates the last value, numbers that JSON lacks as null.
    pub fn to_json(&self, id: NodeId) -> Value {
        let mut tasks = vec![Task::Visit(id)];
        let mut done: Vec<Value> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(id) => match self.view(id) {
                    NodeView::Null => done.push(Value::Null),
                    NodeView::Bool(b) => done.push(Value::Bool(b)),
                    NodeView::Int(int) => done.push(Value::Number(int.into())),
                    NodeView::Float(float) => done.push(Number::from_f64(float).map_or(Value::Null, Value::Number)),
                    NodeView::String(text) => done.push(Value::String(text.to_string())),
                    NodeView::Sequence(items) => {
                        tasks.push(Task::Sequence(items.len()));
                        tasks.extend(items.iter().rev().map(|item| Task::Visit(*item)));
                    }
                    NodeView::Mapping(pairs) => {
                        tasks.push(Task::Mapping(pairs.iter().map(|(key, _)| self.key_text(*key).into_owned()).collect()));
                        tasks.extend(pairs.iter().rev().map(|(_, value)| Task::Visit(*value)));
                    }
                },
                Task::Sequence(len) => {
                    let items = done.split_off(done.len() - len);
                    done.push(Value::Array(items));
                }
                Task::Mapping(keys) => {
                    let values = done.split_off(done.len() - keys.len());
                    done.push(Value::Object(keys.into_iter().zip(values).collect::<Map<_, _>>()));
                }
            }
        }
        done.pop().unwrap_or(Value::Null)
    }
}
