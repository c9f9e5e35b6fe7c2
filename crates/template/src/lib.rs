//! Go's `text/template`: lexer, parser, tree, compiled program, executor, builtins, errors. Knows nothing of Helm or Sprig:
//! their functions come in as rows of [`Function`]s, and what they may ask of the world comes from a [`Host`].
//!
//! ```
//! use chartwright_template::{Budget, Context, Executor, FunctionTable, LibraryBuilder, Limits, NoHost, Options};
//! use chartwright_value::{Heap, Value};
//! use std::sync::Arc;
//!
//! let mut constants = Heap::default();
//! let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new()));
//! builder.add("hello", *b"Hello, {{ .name | printf \"%q\" }}!")?;
//! let library = builder.finish(&mut constants);
//! let mut heap = Heap::new(Arc::new(constants.freeze()));
//! let dot = heap.map();
//! let name = heap.string("Gopher");
//! heap.put(dot, "name", name);
//! let mut budget = Budget::new(Limits::default());
//! let mut host = NoHost;
//! let mut context = Context::new(&mut heap, &mut host, &mut budget, "hello");
//! let mut executor = Executor::default();
//! let output = executor.render(&library, "hello", dot, &mut context, Options::default())?;
//! assert_eq!(output, b"Hello, \"Gopher\"!");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod budget;
mod builtins;
mod compile;
mod error;
mod exec;
mod function;
mod host;
mod lexer;
mod library;
mod parse;
mod program;
mod reentrant;
mod table;
pub mod trace;
mod tree;

pub use budget::{Budget, Limits};
pub use error::{ErrorKind, ExecError, Executing, Level, ParseError, Position};
pub use exec::{Executor, MissingKey, Options, Templates};
pub use function::{CallError, Context, Function, Native};
pub use host::{Host, NoHost};
pub use library::{Library, LibraryBuilder};
pub use reentrant::{Execution, Explain, Reentrant, ReentrantCall, Reentry, TemplateRef};
pub use table::{FunctionTable, Method};
