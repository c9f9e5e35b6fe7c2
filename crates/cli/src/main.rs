//! The chartwright command: the engine on a terminal, with Helm's flags, output and exit codes.

fn main() {}
