//! A chart's templates: parsed and compiled once, found by name.

use crate::compile::compile;
use crate::parse::{MAX_NODES, parse};
use crate::program::Code;
use crate::{FunctionTable, ParseError};
use chartwright_value::Heap;
use std::collections::HashMap;
use std::sync::Arc;

/// All templates that can call each other, by name. Their literals stand on the heap that was given to [`LibraryBuilder::finish`],
/// which the caller freezes: a render's heap must lie over it.
pub struct Library {
    pub(crate) functions: Arc<FunctionTable>,
    pub(crate) templates: HashMap<Box<[u8]>, Arc<Code>>,
    /// Tells this library from any other.
    pub(crate) identity: Arc<()>,
    /// How many names have a number.
    pub(crate) names: u32,
}

impl Library {
    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.templates.contains_key(name.as_bytes())
    }

    /// Every template's name, in no order.
    pub fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.templates.keys().map(|name| &**name)
    }

    /// The functions that its templates may call.
    pub fn functions(&self) -> &FunctionTable {
        &self.functions
    }
}

/// Collects templates, text by text.
pub struct LibraryBuilder {
    functions: Arc<FunctionTable>,
    codes: Vec<Code>,
    places: HashMap<Box<[u8]>, usize>,
    nodes: usize,
}

impl LibraryBuilder {
    /// An empty library over a table of functions.
    pub fn new(functions: Arc<FunctionTable>) -> LibraryBuilder {
        LibraryBuilder { functions, codes: Vec::new(), places: HashMap::new(), nodes: 0 }
    }

    /// Adds a text under its name, with all that it defines. A definition replaces an older one of its name, unless it holds nothing
    /// but blanks. Source: `text/template/template.go`, `Parse` and `associate`.
    ///
    /// # Errors
    /// Go's parse errors.
    pub fn add(&mut self, name: &str, source: impl Into<Arc<[u8]>>) -> Result<(), ParseError> {
        let parsed = parse(name, source.into(), &self.functions)?;
        self.nodes += parsed.tree.nodes.len();
        if self.nodes > MAX_NODES {
            return Err(ParseError::too_large(name, "the templates are too large together"));
        }
        for code in compile(parsed, &self.functions, |_| 0) {
            match self.places.get(&code.name) {
                None => {
                    self.places.insert(code.name.clone(), self.codes.len());
                    self.codes.push(code);
                }
                Some(_) if code.is_empty => {}
                Some(&place) => self.codes[place] = code,
            }
        }
        Ok(())
    }

    /// The library. Its literals go onto the heap.
    pub fn finish(self, heap: &mut Heap) -> Library {
        let names = self.codes.len() as u32;
        let numbered = self.codes.into_iter().zip(0..).map(|(mut code, number)| {
            code.freeze(heap);
            code.name_id = number;
            (code.name.clone(), Arc::new(code))
        });
        Library { functions: self.functions, templates: numbered.collect(), identity: Arc::default(), names }
    }
}
