//! A heap that will not change again: what a chart's templates and default values hold, shared by all of its renders.

use crate::heap::Entry;
use crate::{Object, Value};
use std::sync::Arc;

/// The immutable ground under a [`crate::Heap`]. Made by [`crate::Heap::freeze`].
#[derive(Default)]
pub struct Frozen {
    pub(crate) bytes: Vec<u8>,
    pub(crate) slots: Vec<Value>,
    pub(crate) maps: Vec<Box<[Entry]>>,
    pub(crate) objects: Vec<Arc<dyn Object>>,
}
