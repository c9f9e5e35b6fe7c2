//! The compiled form of a template: a linear program over slots, which borrows its static text and its names from the source.
//! What the instructions do is in `exec`; how they come from the tree is in `compile`.

use crate::tree::{NodeId, Range, Tree};
use chartwright_value::{Heap, Type, Value};
use std::sync::Arc;

/// One instruction. Those that take a value take it from the top of the stack, those that give one push it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Op {
    /// Writes a range of the source.
    Text { start: u32, len: u32 },
    /// Gives a constant.
    Constant(u32),
    /// Gives a slot's value.
    Local(u32),
    /// Takes a value into a slot.
    Store(u32),
    /// Copies the top into a slot.
    Keep(u32),
    /// Replaces the top by what a chain of names finds in it.
    Fields { start: u32, len: u32 },
    /// [`Op::Local`] and [`Op::Fields`] in one.
    LocalFields { slot: u32, start: u32, len: u32 },
    /// Looks through an `interface {}`, as a pipeline does after each command: a nil becomes nothing.
    Indirect,
    /// Takes a value and writes it.
    Print,
    /// Takes a value and forgets it.
    Drop,
    /// Forgets the value under the top.
    Nip,
    /// Goes elsewhere.
    Jump(u32),
    /// Takes a value; goes elsewhere unless it is true.
    JumpUnless(u32),
    /// Takes a value; if it is true it becomes the slot's, else goes elsewhere.
    With { slot: u32, otherwise: u32 },
    /// Takes a value and begins to iterate over it; goes elsewhere if it is empty.
    Range { range: u32, otherwise: u32 },
    /// Goes on to the next element, or ends the iteration and goes elsewhere.
    Next { range: u32, exit: u32 },
    /// Ends the innermost iteration.
    Leave,
    /// Checks the top against a parameter's type and converts it.
    Check { function: u32, param: u32 },
    /// Moves the lowest of so many values to the top: a pipeline's value is the last argument.
    Rotate(u32),
    /// Takes so many arguments and gives the function's result.
    Call { function: u32, count: u32 },
    /// `and` or `or`: goes elsewhere with the top if it decides, else forgets it. Remembers its node as the last one visited.
    Logic { or: bool, decided: u32 },
    /// Remembers its node as the last one visited.
    Visit,
    /// Takes the receiver of a method call with arguments; goes elsewhere with nothing if the receiver is nothing. The name is an
    /// index of the tree's idents.
    Method { ident: u32, count: u32, piped: bool, nothing: u32 },
    /// Checks the top against a parameter of the method under way.
    MethodCheck(u32),
    /// Gives a literal as a parameter of the method under way wants it.
    MethodConstant { node: NodeId, param: u32 },
    /// Calls the method under way with so many arguments.
    MethodCall(u32),
    /// Fails unless there is a template of this name (of the tree's strings).
    Template(u32),
    /// Takes the dot and runs a template.
    Invoke(u32),
    /// Takes the values of a `call` and fails: `count` of them, the callee first. The node is how it is written, or [`DYNAMIC`] where
    /// the pipeline gave it.
    NotCallable { node: NodeId, count: u32 },
    /// Fails with a message that was known beforehand.
    Fail(u32),
    /// Ends the template.
    Return,
}

/// The node of an instruction after `and` or `or`, whose last visited node only the execution knows.
pub(crate) const DYNAMIC: NodeId = NodeId(u32::MAX);

/// The slots that an iteration fills.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RangeSlots {
    pub(crate) dot: u32,
    pub(crate) index: Option<u32>,
    pub(crate) element: Option<u32>,
    /// Whether two variables were named.
    pub(crate) pair: bool,
}

/// A branch or a loop, for the traced render.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The instruction that decides.
    pub(crate) at: u32,
    /// The branch's node.
    pub(crate) branch: NodeId,
    /// Where all ways meet again.
    pub(crate) join: u32,
    /// How many slots are taken where it begins: those of outer variables.
    pub(crate) outer: u32,
    /// The slots of outer variables that it may assign: the first [`Block::MOST_ASSIGNED`].
    pub(crate) assigned: Vec<u32>,
    /// The maps that it may change, of the code's.
    pub(crate) changes: Range,
    /// The first of them that its `else` changes.
    pub(crate) otherwise: u32,
    /// Whether it may end or go on with a loop that it is in.
    pub(crate) leaves: bool,
    pub(crate) is_loop: bool,
    /// Whether any of its ways may write something.
    pub(crate) writes: bool,
    /// Whether what it did not write would have stood in a line that is there anyway.
    pub(crate) inline: bool,
    /// Whether one of its ways goes on in the line before it, and another ends it.
    pub(crate) splits: bool,
    /// Whether what follows it would go on in the line before it, had it written nothing.
    pub(crate) parts: bool,
}

impl Block {
    /// How many variables a branch is known to assign. Blocks in blocks would otherwise know of each other without end.
    pub(crate) const MOST_ASSIGNED: usize = 64;

    /// How many changes of maps a branch is known to make.
    const MOST_CHANGES: usize = 256;

    /// The maps that it would have changed on the way that was not taken: what the other one changed, it has told itself. Another round of a
    /// loop may change anything.
    pub(crate) fn changes_of<'a>(&self, code: &'a Code, taken: bool) -> impl Iterator<Item = &'a Change> {
        let (start, end) = (self.changes.start, self.changes.start + self.changes.len);
        let (start, end) = match (self.is_loop, taken) {
            (true, _) => (start, end),
            (false, true) => (self.otherwise, end),
            (false, false) => (start, self.otherwise),
        };
        code.changes[start as usize..end as usize].iter().take(Block::MOST_CHANGES)
    }
}

/// A map that a branch may change: a slot's value or what is found in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) slot: u32,
    pub(crate) fields: Range,
    /// The key, an index of the tree's strings, if it is known.
    pub(crate) key: Option<u32>,
}

/// A literal. Those of a library stand on its frozen heap; those of a text given at run time are made when they are reached.
#[derive(Clone, Debug)]
pub(crate) enum Literal {
    Value(Value),
    String(Box<[u8]>),
    Complex(f64, f64),
}

impl Literal {
    pub(crate) fn make(&self, heap: &mut Heap) -> Value {
        match self {
            Literal::Value(value) => *value,
            Literal::String(bytes) => heap.string(bytes),
            Literal::Complex(real, imaginary) => heap.list_of(Type::COMPLEX128, &[Value::float64(*real), Value::float64(*imaginary)]),
        }
    }
}

/// A compiled template.
pub(crate) struct Code {
    pub(crate) name: Box<[u8]>,
    /// The name's number, by which nested executions are counted.
    pub(crate) name_id: u32,
    /// Whether it writes nothing but blanks: such a definition replaces no other.
    pub(crate) is_empty: bool,
    pub(crate) tree: Arc<Tree>,
    /// The node of its body.
    pub(crate) list: NodeId,
    pub(crate) ops: Vec<Op>,
    /// The node that an error of the instruction at the same place names.
    pub(crate) nodes: Vec<NodeId>,
    pub(crate) literals: Vec<Literal>,
    pub(crate) ranges: Vec<RangeSlots>,
    /// In the order of their deciding instructions.
    pub(crate) blocks: Vec<Block>,
    /// For each instruction the block that it decides, or none.
    pub(crate) decides: Box<[u32]>,
    /// The maps that its blocks may change, in the order of the text.
    pub(crate) changes: Vec<Change>,
    pub(crate) messages: Vec<String>,
    pub(crate) slots: u32,
}

impl Code {
    /// The block that an instruction decides.
    #[inline]
    pub(crate) fn block_at(&self, at: usize) -> Option<u32> {
        self.decides.get(at).copied().filter(|number| *number != u32::MAX)
    }

    /// Puts the literals onto a heap.
    pub(crate) fn freeze(&mut self, heap: &mut Heap) {
        for literal in &mut self.literals {
            *literal = Literal::Value(literal.make(heap));
        }
    }
}
