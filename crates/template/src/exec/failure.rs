//! From a failure to Go's error: the text, and the chain of the templates that were running. Source: `text/template/exec.go`, `errorf`.

use super::{Entry, Frame, Machine};
use crate::program::DYNAMIC;
use crate::tree::NodeId;
use crate::{ErrorKind, ExecError, Executing, Level, Position};
use chartwright_go::quote;
use chartwright_value::Value;

/// Why an instruction failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// What Go's `errorf` is given.
    Message(String),
    /// A field of a nil interface, and what is known of how it came to be nil.
    NilPointer { name: String, nil: Option<Nil> },
    /// A function's or method's own error.
    Call { function: Box<str>, text: String },
    /// A limit of the render.
    Limit(&'static str),
    /// What this build leaves out, by its name.
    NeedsFull(&'static str),
}

/// How a chain of names came upon a nil.
#[derive(Debug)]
pub(super) enum Nil {
    /// The key is there, and null.
    Null,
    /// The map has no such key, but perhaps one of a similar name.
    Absent(Option<String>),
}

impl Failure {
    // Boxed, so that what can fail returns little.

    pub(super) fn message(text: String) -> Box<Failure> {
        Box::new(Failure::Message(text))
    }

    pub(super) fn limit(text: &'static str) -> Box<Failure> {
        Box::new(Failure::Limit(text))
    }

    pub(super) fn nil_pointer(name: String) -> Box<Failure> {
        Box::new(Failure::NilPointer { name, nil: None })
    }

    pub(super) fn call(function: Box<str>, text: String) -> Box<Failure> {
        Box::new(Failure::Call { function, text })
    }
}

impl Machine<'_, '_> {
    /// The error that a failure of the topmost frame makes.
    pub(super) fn error(&self, failure: Box<Failure>) -> ExecError {
        let frames = &self.exec.frames;
        let kind = match *failure {
            Failure::Limit(_) => ErrorKind::Limit,
            Failure::NeedsFull(_) => ErrorKind::NeedsFull,
            _ => ErrorKind::Failed,
        };
        let mut error = ExecError { message: String::new(), levels: Vec::new(), kind, hint: None };
        for pair in frames.windows(2) {
            let [outer, inner] = pair else { continue };
            // A limit is told by the line that ran into it: thousands of nested calls would say nothing more.
            let Entry::Function { execution, function, .. } = &inner.entry else { continue };
            if kind == ErrorKind::Limit {
                continue;
            }
            self.begin_level(&mut error, outer);
            let name = self.library.functions.rows[*function as usize].name;
            error.message.push_str(&format!("error calling {name}: "));
            if let Some(explain) = execution.explain {
                error.levels.push(Level { start: error.message.len(), executing: None });
                error.message.push_str(&(explain.text)(self.context.heap, explain.of));
            }
        }
        if let Some(frame) = frames.last() {
            self.begin_level(&mut error, frame);
            error.hint = self.hint(frame, &failure);
        }
        match *failure {
            Failure::Message(text) => error.message.push_str(&text),
            Failure::NilPointer { name, .. } => error.message.push_str(&format!("nil pointer evaluating interface {{}}.{name}")),
            Failure::Limit(text) => error.message.push_str(text),
            Failure::NeedsFull(name) => error.message.push_str(&format!("{name} needs the full engine")),
            Failure::Call { function, text } => {
                error.message.push_str(&format!("error calling {function}: "));
                error.levels.push(Level { start: error.message.len(), executing: None });
                error.message.push_str(&text);
            }
        }
        error
    }

    fn blamed(&self, frame: &Frame) -> NodeId {
        let at = (frame.pc as usize).saturating_sub(1);
        match frame.code.nodes.get(at) {
            Some(&DYNAMIC) | None => self.visited,
            Some(&node) => node,
        }
    }

    fn begin_level(&self, error: &mut ExecError, frame: &Frame) {
        let (tree, node) = (&frame.code.tree, self.blamed(frame));
        let start = error.message.len();
        let name = &frame.code.name;
        if node == DYNAMIC {
            error.message.push_str(&format!("template: {}: ", String::from_utf8_lossy(name)));
            error.levels.push(Level { start, executing: None });
            return;
        }
        let (line, column) = tree.line_column(node);
        let mut context = tree.print(node);
        if context.len() > MOST_CONTEXT || error.message.len() > MOST_MESSAGE {
            context.truncate(context.floor_char_boundary(SHORT_CONTEXT));
        }
        let file = &tree.file;
        error.message.push_str(&format!("template: {file}:{line}:{column}: executing {} at <{context}>: ", quote::quoted(name)));
        let position = Position { file: file.to_string(), line, column: Some(column) };
        let template = String::from_utf8_lossy(name).into_owned();
        error.levels.push(Level { start, executing: Some(Executing { template, position, context }) });
    }

    /// What Go leaves out.
    fn hint(&self, frame: &Frame, failure: &Failure) -> Option<String> {
        let Failure::NilPointer { name, nil } = failure else { return None };
        let path = frame.code.tree.print(self.blamed(frame));
        let suffix = format!(".{name}");
        let at = path.find(&format!("{suffix}.")).or_else(|| path.ends_with(&suffix).then(|| path.len() - suffix.len()))?;
        let parent = path.get(..at).filter(|parent| !parent.is_empty())?;
        Some(match nil {
            Some(Nil::Null) => format!("{parent} is null, so it has no {name}"),
            Some(Nil::Absent(Some(similar))) => format!("{parent} is not set, so it has no {name}; did you mean {similar}?"),
            Some(Nil::Absent(None)) => format!("{parent} is not set, so it has no {name}"),
            None => format!("{parent} is null or not set, so it has no {name}"),
        })
    }

    /// What a map's missing key might have meant: a key that differs by a slip or two.
    #[cold]
    pub(super) fn why_nil(&self, map: Value, key: &[u8]) -> Nil {
        let heap = &*self.context.heap;
        if heap.get(map, key).is_some() {
            return Nil::Null;
        }
        let allowed = if key.len() < 4 { 1 } else { 2 };
        let keys = heap.entries(map).iter().take(MOST_KEYS).map(|entry| heap.str(entry.key()));
        let near = keys.map(|other| (slips(key, other), other)).filter(|&(slips, _)| slips <= allowed).min();
        Nil::Absent(near.map(|(_, other)| String::from_utf8_lossy(other).into_owned()))
    }
}

/// How long a node may be in an error, how long an error gets before nodes are cut short, and how short. Go tells all of it.
const MOST_CONTEXT: usize = 1 << 20;
const MOST_MESSAGE: usize = 4 << 20;
const SHORT_CONTEXT: usize = 100;

/// Keys of a map that are looked through for a similar one, and how long they may be.
const MOST_KEYS: usize = 1_000;
const LONGEST_KEY: usize = 64;

/// How many letters must be put in, taken out, changed, or put into the other case, to make one name of another.
fn slips(a: &[u8], b: &[u8]) -> usize {
    if a.len() > LONGEST_KEY || b.len() > LONGEST_KEY {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + !x.eq_ignore_ascii_case(y) as usize;
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
