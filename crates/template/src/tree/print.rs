//! Nodes as Go writes them, for errors. Source: `text/template/parse/node.go`, the `writeTo` methods.

use super::{NodeId, NodeKind, Range, Tree};
use chartwright_go::quote;

/// What is still to be written.
enum Todo {
    Node(NodeId),
    /// An argument or a chain's operand: in parentheses if it is a pipeline.
    Operand(NodeId),
    Fields(Range),
    Text(&'static str),
}

impl Tree {
    /// Go's `String()` of a node.
    pub(crate) fn print(&self, id: NodeId) -> String {
        let mut out = Vec::new();
        let mut todo = vec![Todo::Node(id)];
        while let Some(next) = todo.pop() {
            match next {
                Todo::Text(text) => out.extend_from_slice(text.as_bytes()),
                Todo::Operand(id) if matches!(self.kind(id), NodeKind::Pipe { .. }) => {
                    out.push(b'(');
                    todo.extend([Todo::Text(")"), Todo::Node(id)]);
                }
                Todo::Fields(fields) => self.print_fields(fields, &mut out),
                Todo::Operand(id) => todo.push(Todo::Node(id)),
                Todo::Node(id) => self.print_node(id, &mut out, &mut todo),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn print_node(&self, id: NodeId, out: &mut Vec<u8>, todo: &mut Vec<Todo>) {
        match self.kind(id) {
            NodeKind::Text(text) | NodeKind::Identifier(text) => out.extend_from_slice(self.text(text)),
            NodeKind::Action { pipe } => {
                out.extend_from_slice(b"{{");
                todo.extend([Todo::Text("}}"), Todo::Node(pipe)]);
            }
            NodeKind::Bool(b) => out.extend_from_slice(if b { b"true" } else { b"false" }),
            NodeKind::Chain { node, fields } => {
                todo.extend([Todo::Fields(fields), Todo::Operand(node)]);
            }
            NodeKind::Command { args } => self.print_separated(self.children(args), " ", true, todo),
            NodeKind::Dot => out.push(b'.'),
            NodeKind::Field { idents } => self.print_fields(idents, out),
            NodeKind::Branch { branch, pipe, list, otherwise } => {
                out.extend_from_slice(b"{{");
                out.extend_from_slice(branch.name().as_bytes());
                out.push(b' ');
                todo.push(Todo::Text("{{end}}"));
                if let Some(otherwise) = otherwise {
                    todo.extend([Todo::Node(otherwise), Todo::Text("{{else}}")]);
                }
                todo.extend([Todo::Node(list), Todo::Text("}}"), Todo::Node(pipe)]);
            }
            NodeKind::List(range) => self.print_separated(self.children(range), "", false, todo),
            NodeKind::Nil => out.extend_from_slice(b"nil"),
            NodeKind::Number(at) => out.extend_from_slice(self.text(self.numbers[at as usize].text)),
            NodeKind::Pipe { assigns, declared, commands } => {
                self.print_separated(self.children(commands), " | ", false, todo);
                if declared.len > 0 {
                    todo.push(Todo::Text(if assigns { " = " } else { " := " }));
                    self.print_separated(self.children(declared), ", ", false, todo);
                }
            }
            NodeKind::String { quoted, .. } => out.extend_from_slice(self.text(quoted)),
            NodeKind::Template { name, pipe } => {
                out.extend_from_slice(b"{{template ");
                out.extend_from_slice(quote::quoted(&self.strings[name as usize]).as_bytes());
                todo.push(Todo::Text("}}"));
                if let Some(pipe) = pipe {
                    todo.extend([Todo::Node(pipe), Todo::Text(" ")]);
                }
            }
            NodeKind::Variable { idents } => {
                for (i, &ident) in self.idents(idents).iter().enumerate() {
                    if i > 0 {
                        out.push(b'.');
                    }
                    out.extend_from_slice(self.text(ident));
                }
            }
            NodeKind::Break => out.extend_from_slice(b"{{break}}"),
            NodeKind::Continue => out.extend_from_slice(b"{{continue}}"),
        }
    }

    fn print_separated(&self, nodes: &[NodeId], separator: &'static str, operands: bool, todo: &mut Vec<Todo>) {
        for (i, &node) in nodes.iter().enumerate().rev() {
            todo.push(if operands { Todo::Operand(node) } else { Todo::Node(node) });
            if i > 0 {
                todo.push(Todo::Text(separator));
            }
        }
    }

    fn print_fields(&self, fields: Range, out: &mut Vec<u8>) {
        for &field in self.idents(fields) {
            out.push(b'.');
            out.extend_from_slice(self.text(field));
        }
    }
}
