//! Values files, parsed once for each text.

use crate::protocol::Fault;
use crate::values::{Node, Value, read_yaml};
use chartwright_yaml::Tree;
use std::collections::HashMap;
use std::rc::Rc;

/// How many texts are remembered.
const ROOM: usize = 64;

/// A values file that could be read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    pub(crate) node: Node,
}

/// A values file, read or not.
pub(crate) type Reading = Rc<Result<Parsed, Fault>>;

/// Parsed texts.
#[derive(Default)]
pub(crate) struct Texts {
    known: HashMap<Rc<str>, (Reading, u64)>,
    clock: u64,
}

impl Texts {
    /// Reads a values file.
    pub(crate) fn read(&mut self, text: &Rc<str>) -> Reading {
        self.clock += 1;
        if let Some((reading, used)) = self.known.get_mut(text) {
            *used = self.clock;
            return Rc::clone(reading);
        }
        if self.known.len() >= ROOM {
            let oldest = self.clock.saturating_sub(ROOM as u64 / 2);
            self.known.retain(|_, (_, used)| *used >= oldest);
        }
        let reading = Rc::new(parse(text));
        self.known.insert(Rc::clone(text), (Rc::clone(&reading), self.clock));
        reading
    }
}

fn parse(text: &str) -> Result<Parsed, Fault> {
    let tree = Tree::parse(text).map_err(|error| Fault { message: error.message.clone(), line: error.line, column: error.column })?;
    let mut node = read_yaml(&tree).map_err(|message| Fault { message, line: 0, column: 0 })?;
    match node.value {
        Value::Map(_) => {}
        // An empty file, and one of comments, hold no values.
        Value::Null => node = Node { value: Value::Map(Vec::new()), line: 1 },
        _ => {
            return Err(Fault { message: "a values file is a map: `key: value`".to_owned(), line: tree.span(tree.root()).line, column: 1 });
        }
    }
    if let Some((key, line)) = duplicate(&node) {
        return Err(Fault { message: format!("key {key:?} stands here for the second time"), line, column: 0 });
    }
    Ok(Parsed { tree, node })
}

/// A key that stands twice in one map: Helm refuses the file.
fn duplicate(node: &Node) -> Option<(Rc<str>, u32)> {
    match &node.value {
        Value::Map(pairs) => {
            let mut seen = std::collections::HashSet::with_capacity(pairs.len());
            pairs.iter().find_map(|(key, inner)| if seen.insert(key) { duplicate(inner) } else { Some((Rc::clone(key), inner.line)) })
        }
        Value::List(items) => items.iter().find_map(duplicate),
        _ => None,
    }
}
