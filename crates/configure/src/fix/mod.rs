//! Cures of findings: from the edit of a manifest that a rule asks for to one of the file that it stands in, or to the value of a chart that may make it. What is found here
//! is a proposal: it is offered only after a render and a lint have shown that the finding goes and nothing new comes.

mod judge;
mod manifest;
mod values;

pub use judge::{Known, known, only_less};
pub use manifest::apply;
pub use values::{Candidate, candidates};
