//! A value taken out of a heap, to be put into others: what a values file parsed to, kept from one render to the next.

use chartwright_value::{Heap, Kind, Repr, Value};

/// How many nodes a snapshot may have: far more than any values file that a person wrote.
const MAX_NODES: usize = 2_000_000;

/// A tree of values in post-order: what a list or map holds comes before it.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    bytes: Vec<u8>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    /// A value without bytes or elements.
    Plain(Value),
    /// A string, or a key.
    Text { start: u32, len: u32 },
    /// Takes that many values.
    List(u32),
    /// Takes that many pairs of key and value.
    Map(u32),
}

impl Snapshot {
    /// Takes a tree of plain values out of a heap. What is shared in it is copied.
    ///
    /// # Errors
    /// It is too large, or it holds itself.
    pub(crate) fn take(heap: &Heap, value: Value) -> Result<Snapshot, String> {
        enum Task {
            Visit(Value),
            Emit(Node),
        }
        let mut snapshot = Snapshot::default();
        let mut tasks = vec![Task::Visit(value)];
        while let Some(task) = tasks.pop() {
            let value = match task {
                Task::Emit(node) => {
                    snapshot.nodes.push(node);
                    continue;
                }
                Task::Visit(value) => value,
            };
            if snapshot.nodes.len() + tasks.len() > MAX_NODES {
                return Err("the values are too large".to_owned());
            }
            match value.repr() {
                Repr::String(_) => snapshot.text(heap.str(value)),
                Repr::List(_) => {
                    let items = heap.items(value);
                    tasks.push(Task::Emit(Node::List(items.len() as u32)));
                    tasks.extend(items.iter().rev().map(|item| Task::Visit(*item)));
                }
                Repr::Map(_) if value.kind() == Kind::Map => {
                    let entries = heap.entries(value);
                    tasks.push(Task::Emit(Node::Map(entries.len() as u32)));
                    for entry in entries.iter().rev() {
                        tasks.push(Task::Visit(entry.value));
                        tasks.push(Task::Visit(entry.key()));
                    }
                }
                _ => snapshot.nodes.push(Node::Plain(value)),
            }
        }
        Ok(snapshot)
    }

    fn text(&mut self, text: &[u8]) {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(text);
        self.nodes.push(Node::Text { start, len: text.len() as u32 });
    }

    /// Puts the tree into a heap: new maps, which belong to whoever asked. The empty snapshot is an empty map.
    pub(crate) fn put(&self, heap: &mut Heap) -> Value {
        let bytes = heap.string(&self.bytes);
        let mut stack: Vec<Value> = Vec::new();
        for node in &self.nodes {
            let value = match *node {
                Node::Plain(value) => value,
                Node::Text { start, len } => heap.substring(bytes, start as usize, (start + len) as usize),
                Node::List(len) => {
                    let base = stack.len().saturating_sub(len as usize);
                    let list = heap.list(&stack[base..]);
                    stack.truncate(base);
                    list
                }
                Node::Map(len) => {
                    let base = stack.len().saturating_sub(2 * len as usize);
                    let map = heap.map();
                    for pair in stack[base..].as_chunks::<2>().0 {
                        heap.set(map, pair[0], pair[1]);
                    }
                    stack.truncate(base);
                    map
                }
            };
            stack.push(value);
        }
        stack.pop().unwrap_or_else(|| heap.map())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_can_be_put_back() {
        let mut heap = Heap::default();
        let text = b"a: {b: [1, x, null], c: {}}\nd: ''\ne: []\n";
        let value = chartwright_yaml::decode(&mut heap, text).unwrap();
        let snapshot = Snapshot::take(&heap, value).unwrap();
        let mut other = Heap::default();
        let again = snapshot.put(&mut other);
        let print = |heap: &Heap, value| {
            let mut out = Vec::new();
            chartwright_value::format::print_value(heap, value, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(print(&other, again), "map[a:map[b:[1 x <nil>] c:map[]] d: e:[]]");
    }
}
