//! Pipelines, commands and operands, with the open parentheses on a stack.

use super::{MAX_PARENTHESES, Parse, Parser};
use crate::lexer::{Kind, Token};
use crate::tree::{NodeId, NodeKind, Number, Range};
use chartwright_go::quote;

/// A pipeline that is being read.
struct Open {
    context: &'static str,
    end: Kind,
    pos: u32,
    assigns: bool,
    declared: Vec<NodeId>,
    commands: Vec<NodeId>,
    /// The command that is being read: where it begins, and its operands.
    command: Option<(u32, Vec<NodeId>)>,
}

/// What a term turned out to be.
enum Term {
    Node(NodeId),
    Parenthesis,
    None,
}

impl Parser<'_> {
    /// A pipeline up to its end token. Source: `Tree.pipeline`.
    pub(super) fn pipeline(&mut self, context: &'static str, end: Kind) -> Parse<NodeId> {
        let mut open = vec![self.begin(context, end)?];
        loop {
            let Some(top) = open.last_mut() else {
                return Err(self.error("empty command"));
            };
            let Some((_, args)) = &mut top.command else {
                let token = self.next_non_space();
                if token.kind == top.end {
                    let Some(closed) = open.pop() else { continue };
                    let pipe = self.finish(closed)?;
                    let Some((_, args)) = open.last_mut().and_then(|outer| outer.command.as_mut()) else {
                        return Ok(pipe);
                    };
                    let operand = self.fields(pipe)?;
                    args.push(operand);
                    self.after_operand(&mut open)?;
                } else if starts_operand(token.kind) {
                    self.backup();
                    top.command = Some((self.peek_non_space().pos, Vec::new()));
                } else {
                    return Err(self.unexpected(&token, top.context));
                }
                continue;
            };
            self.peek_non_space();
            match self.term()? {
                Term::Node(node) => {
                    let operand = self.fields(node)?;
                    args.push(operand);
                }
                Term::None => {}
                Term::Parenthesis => {
                    if open.len() > MAX_PARENTHESES {
                        return Err(self.error("max expression depth exceeded"));
                    }
                    open.push(self.begin("parenthesized pipeline", Kind::RightParen)?);
                    continue;
                }
            }
            self.after_operand(&mut open)?;
        }
    }

    /// What follows an operand: another one, or the command's end.
    fn after_operand(&mut self, open: &mut [Open]) -> Parse<()> {
        let token = self.next();
        match token.kind {
            Kind::Space => return Ok(()),
            Kind::RightDelim | Kind::RightParen => self.backup(),
            Kind::Pipe => {}
            _ => return Err(self.unexpected(&token, "operand")),
        }
        let Some(top) = open.last_mut() else { return Ok(()) };
        let Some((pos, args)) = top.command.take() else { return Ok(()) };
        if args.is_empty() {
            return Err(self.error("empty command"));
        }
        let args = self.tree.add_children(&args);
        top.commands.push(self.tree.add(pos, NodeKind::Command { args }));
        Ok(())
    }

    /// The declarations before a pipeline.
    fn begin(&mut self, context: &'static str, end: Kind) -> Parse<Open> {
        let pos = self.peek_non_space().pos;
        let mut pipe = Open { context, end, pos, assigns: false, declared: Vec::new(), commands: Vec::new(), command: None };
        loop {
            let variable = self.peek_non_space();
            if variable.kind != Kind::Variable {
                return Ok(pipe);
            }
            self.next();
            // Go looks three tokens ahead: in "$x foo" it must read "foo" to know that $x is an argument.
            let after = self.peek();
            let next = self.peek_non_space();
            match next.kind {
                Kind::Assign | Kind::Declare => {
                    pipe.assigns = next.kind == Kind::Assign;
                    self.next_non_space();
                    self.declare(&variable, &mut pipe);
                }
                Kind::Char if self.text(&next) == b"," => {
                    self.next_non_space();
                    self.declare(&variable, &mut pipe);
                    if context == "range" && pipe.declared.len() < 2 {
                        match self.peek_non_space().kind {
                            Kind::Variable | Kind::RightDelim | Kind::RightParen => continue,
                            _ => return Err(self.error("range can only initialize variables")),
                        }
                    }
                    return Err(self.error(format_args!("too many declarations in {context}")));
                }
                _ if after.kind == Kind::Space => self.backup3(variable, after),
                _ => self.backup2(variable),
            }
            return Ok(pipe);
        }
    }

    fn declare(&mut self, token: &Token, pipe: &mut Open) {
        let name = Range { start: token.pos, len: token.len };
        let idents = self.tree.add_idents(&[name]);
        pipe.declared.push(self.tree.add(token.pos, NodeKind::Variable { idents }));
        self.vars.push(name);
    }

    /// Source: `checkPipeline`.
    fn finish(&mut self, pipe: Open) -> Parse<NodeId> {
        if pipe.commands.is_empty() {
            return Err(self.error(format_args!("missing value for {}", pipe.context)));
        }
        for (i, &command) in pipe.commands.iter().enumerate().skip(1) {
            let NodeKind::Command { args } = self.tree.kind(command) else { continue };
            let first = self.tree.children(args).first().map(|&node| self.tree.kind(node));
            if let Some(NodeKind::Bool(_) | NodeKind::Dot | NodeKind::Nil | NodeKind::Number(_) | NodeKind::String { .. }) = first {
                return Err(self.error(format_args!("non executable command in pipeline stage {}", i + 1)));
            }
        }
        let declared = self.tree.add_children(&pipe.declared);
        let commands = self.tree.add_children(&pipe.commands);
        Ok(self.tree.add(pipe.pos, NodeKind::Pipe { assigns: pipe.assigns, declared, commands }))
    }

    /// The fields after a term. Source: `operand`.
    fn fields(&mut self, node: NodeId) -> Parse<NodeId> {
        let first = self.peek();
        if first.kind != Kind::Field {
            return Ok(node);
        }
        let mut fields = Vec::new();
        while self.peek().kind == Kind::Field {
            let token = self.next();
            fields.push(Range { start: token.pos + 1, len: token.len - 1 });
        }
        let kind = match self.tree.kind(node) {
            NodeKind::Field { idents } => {
                let idents = self.extended(idents, &fields);
                NodeKind::Field { idents }
            }
            NodeKind::Variable { idents } => {
                let idents = self.extended(idents, &fields);
                NodeKind::Variable { idents }
            }
            NodeKind::Bool(_) | NodeKind::String { .. } | NodeKind::Number(_) | NodeKind::Nil | NodeKind::Dot => {
                let term = quote::quoted(self.tree.print(node).as_bytes());
                return Err(self.error(format_args!("unexpected . after term {term}")));
            }
            _ => NodeKind::Chain { node, fields: self.tree.add_idents(&fields) },
        };
        Ok(self.tree.add(first.pos, kind))
    }

    fn extended(&mut self, idents: Range, fields: &[Range]) -> Range {
        let all = [self.tree.idents(idents), fields].concat();
        self.tree.add_idents(&all)
    }

    fn term(&mut self) -> Parse<Term> {
        let token = self.next_non_space();
        let text = Range { start: token.pos, len: token.len };
        let kind = match token.kind {
            Kind::Identifier => {
                if self.functions.find(self.text(&token)).is_none() {
                    let name = quote::quoted(self.text(&token));
                    return Err(self.error(format_args!("function {name} not defined")));
                }
                NodeKind::Identifier(text)
            }
            Kind::Dot => NodeKind::Dot,
            Kind::Nil => NodeKind::Nil,
            Kind::Variable => {
                let name = self.text(&token);
                if name != b"$" && !self.vars.iter().any(|&var| self.tree.text(var) == name) {
                    let name = quote::quoted(name);
                    return Err(self.error(format_args!("undefined variable {name}")));
                }
                NodeKind::Variable { idents: self.tree.add_idents(&[text]) }
            }
            Kind::Field => NodeKind::Field { idents: self.tree.add_idents(&[Range { start: text.start + 1, len: text.len - 1 }]) },
            Kind::Bool => NodeKind::Bool(self.text(&token) == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let number = Number::parse(self.text(&token), text, token.kind).map_err(|message| self.error(message))?;
                self.tree.numbers.push(number);
                NodeKind::Number(self.tree.numbers.len() as u32 - 1)
            }
            Kind::LeftParen => return Ok(Term::Parenthesis),
            Kind::String | Kind::RawString => {
                let Some(unquoted) = quote::unquote(self.text(&token)) else {
                    return Err(self.error("invalid syntax"));
                };
                NodeKind::String { quoted: text, text: self.tree.add_string(unquoted) }
            }
            _ => {
                self.backup();
                return Ok(Term::None);
            }
        };
        Ok(Term::Node(self.tree.add(token.pos, kind)))
    }
}

fn starts_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Bool
            | Kind::CharConstant
            | Kind::Complex
            | Kind::Dot
            | Kind::Field
            | Kind::Identifier
            | Kind::Number
            | Kind::Nil
            | Kind::RawString
            | Kind::String
            | Kind::Variable
            | Kind::LeftParen
    )
}
