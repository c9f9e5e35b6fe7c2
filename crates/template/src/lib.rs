//! Go's `text/template`: lexer, parser, tree, compiled program, executor, builtins, errors. Knows nothing of Helm or Sprig:
//! their functions come in as rows of [`Function`]s, and what they may ask of the world comes from a [`Host`].

mod budget;
mod function;
mod host;

pub use budget::{Budget, Limits};
pub use function::{CallError, Context, Function, Native};
pub use host::{Host, NoHost};
