//! Which template a name means: the library's, or one that a text given at run time has defined over it. Compiled texts are kept.

use crate::compile::compile;
use crate::parse::parse;
use crate::program::Code;
use crate::{Library, ParseError, TemplateRef};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

/// Bytes of text whose compiled form is kept from one render to the next.
const MAX_UNIT_BYTES: usize = 4 << 20;

/// Bytes of text that one render may compile: their compiled form is some ten times as large.
const MAX_COMPILED: usize = 16 << 20;

/// What the smallest text costs when it is compiled, as if it were so many bytes longer.
const UNIT_OVERHEAD: usize = 1 << 10;

/// Bytes of texts whose meaning functions keep (see [`Templates::keep`]).
const MAX_KEPT_BYTES: usize = 4 << 20;

/// What functions keep of texts, by its type.
type Kept = HashMap<Box<[u8]>, Arc<dyn Any + Send + Sync>>;

/// A text's own template, and what else it defines.
struct Unit {
    main: Arc<Code>,
    definitions: Vec<Arc<Code>>,
}

/// Definitions over those of another scope. Scope zero is the library.
struct Scope {
    below: u32,
    definitions: HashMap<Box<[u8]>, Arc<Code>>,
}

/// What all frames of a render share.
#[derive(Default)]
pub(super) struct Shared {
    units: HashMap<Box<[u8]>, Arc<Unit>>,
    /// The file name under which the kept texts were compiled.
    unit_name: String,
    /// The library that the kept texts were compiled for; held, so that no other can take its address.
    library: Option<Arc<()>>,
    /// Bytes of the kept texts, and of those that this render has compiled.
    unit_bytes: usize,
    compiled: usize,
    scopes: Vec<Scope>,
    scopes_by_text: HashMap<(u32, usize), u32>,
    names: HashMap<Box<[u8]>, u32>,
    nested: Vec<u32>,
    kept: HashMap<TypeId, Kept>,
    kept_bytes: usize,
}

impl Shared {
    pub(super) fn begin(&mut self, library: &Library) {
        self.scopes.clear();
        self.scopes_by_text.clear();
        let same = self.library.as_ref().is_some_and(|known| Arc::ptr_eq(known, &library.identity));
        if !same || self.unit_bytes > MAX_UNIT_BYTES {
            self.units.clear();
            self.names.clear();
            self.unit_bytes = 0;
        }
        self.library = Some(library.identity.clone());
        self.compiled = 0;
        self.nested.clear();
    }

    /// Whether the render has compiled more than it may.
    pub(super) fn exhausted(&self) -> bool {
        self.compiled > MAX_COMPILED
    }

    pub(super) fn find(&self, library: &Library, mut scope: u32, name: &[u8]) -> Option<TemplateRef> {
        let seen_from = scope;
        while scope > 0 {
            let over = self.scopes.get(scope as usize - 1)?;
            if let Some(code) = over.definitions.get(name) {
                return Some(TemplateRef { code: code.clone(), scope: seen_from });
            }
            scope = over.below;
        }
        library.templates.get(name).map(|code| TemplateRef { code: code.clone(), scope: seen_from })
    }

    pub(super) fn count(&mut self, name: u32) {
        let name = name as usize;
        if self.nested.len() <= name {
            self.nested.resize(name + 1, 0);
        }
        self.nested[name] += 1;
    }

    pub(super) fn uncount(&mut self, name: u32) {
        if let Some(count) = self.nested.get_mut(name as usize) {
            *count = count.saturating_sub(1);
        }
    }

    fn unit(&mut self, library: &Library, name: &str, text: &[u8]) -> Result<Arc<Unit>, ParseError> {
        if self.unit_name != name {
            self.units.clear();
            name.clone_into(&mut self.unit_name);
        }
        if let Some(unit) = self.units.get(text) {
            return Ok(unit.clone());
        }
        self.compiled += text.len() + UNIT_OVERHEAD;
        self.unit_bytes += text.len();
        let parsed = parse(name, text.into(), &library.functions)?;
        let (names, base) = (&mut self.names, library.names);
        let number = |name: &[u8]| {
            if let Some(code) = library.templates.get(name) {
                return code.name_id;
            }
            let next = base + names.len() as u32;
            *names.entry(name.into()).or_insert(next)
        };
        let (mut main, mut definitions) = (None, Vec::new());
        for code in compile(parsed, &library.functions, number) {
            let code = Arc::new(code);
            if &*code.name == name.as_bytes() {
                main = Some(code);
            } else {
                definitions.push(code);
            }
        }
        let Some(main) = main else {
            let position = crate::Position { file: name.to_owned(), line: 1, column: None };
            return Err(ParseError { message: format!("template: {name}:1: no template"), position });
        };
        let unit = Arc::new(Unit { main, definitions });
        self.units.insert(text.into(), unit.clone());
        Ok(unit)
    }

    /// The scope in which a text's definitions lie over those of another.
    fn over(&mut self, library: &Library, below: u32, unit: &Arc<Unit>) -> u32 {
        if unit.definitions.is_empty() {
            return below;
        }
        let key = (below, Arc::as_ptr(unit) as usize);
        if let Some(&scope) = self.scopes_by_text.get(&key) {
            return scope;
        }
        // A definition of nothing but blanks replaces no other.
        let kept = unit.definitions.iter().filter(|code| !code.is_empty || self.find(library, below, &code.name).is_none());
        let definitions = kept.map(|code| (code.name.clone(), code.clone())).collect();
        self.scopes.push(Scope { below, definitions });
        let scope = self.scopes.len() as u32;
        self.scopes_by_text.insert(key, scope);
        scope
    }
}

/// The templates that a function sees which may run one.
pub struct Templates<'a> {
    pub(super) library: &'a Library,
    pub(super) shared: &'a mut Shared,
    pub(super) scope: u32,
}

impl Templates<'_> {
    /// The template of a name, as the calling template sees it.
    pub fn find(&self, name: &[u8]) -> Option<TemplateRef> {
        self.shared.find(self.library, self.scope, name)
    }

    /// How many counted executions of this template's name are under way.
    pub fn nested(&self, template: &TemplateRef) -> usize {
        self.shared.nested.get(template.code.name_id as usize).map_or(0, |&count| count as usize)
    }

    /// What a function has kept of a text, in this render or an earlier one.
    pub fn kept<T: Any + Send + Sync>(&self, text: &[u8]) -> Option<Arc<T>> {
        self.shared.kept.get(&TypeId::of::<T>())?.get(text)?.clone().downcast().ok()
    }

    /// Keeps what a text means to a function, which must depend on the text alone.
    pub fn keep<T: Any + Send + Sync>(&mut self, text: &[u8], meaning: Arc<T>) {
        let shared = &mut *self.shared;
        if shared.kept_bytes + text.len() > MAX_KEPT_BYTES {
            shared.kept.clear();
            shared.kept_bytes = 0;
        }
        shared.kept_bytes += text.len();
        shared.kept.entry(TypeId::of::<T>()).or_default().insert(text.into(), meaning);
    }

    /// Compiles a text under a name, with its definitions over those that the calling template sees. A text is compiled once.
    /// Source: Helm `pkg/engine/engine.go`, `tplFun`.
    ///
    /// # Errors
    /// Go's parse errors.
    pub fn compile(&mut self, name: &str, text: &[u8]) -> Result<TemplateRef, ParseError> {
        let unit = self.shared.unit(self.library, name, text)?;
        let scope = self.shared.over(self.library, self.scope, &unit);
        Ok(TemplateRef { code: unit.main.clone(), scope })
    }
}
