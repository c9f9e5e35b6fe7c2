//! Text, actions and control structures, with the open ones on a stack.

use super::{Definition, MAX_NODES, Parse, Parser, ROOT_VARS};
use crate::ParseError;
use crate::lexer::{Kind, Token};
use crate::tree::{Branch, NodeId, NodeKind, Range};
use chartwright_go::quote;

/// A list that is being filled, and what it will become.
struct Open {
    sort: Sort,
    pos: u32,
    nodes: Vec<NodeId>,
}

/// What a text around a definition had in scope.
struct Outer {
    vars: Vec<Range>,
    range_depth: usize,
}

enum Sort {
    /// The text itself.
    File,
    /// `define`.
    Define { name: Vec<u8>, outer: Outer },
    /// `block`, and where it was called.
    Block { name: Vec<u8>, pipe: NodeId, called: u32, outer: Outer },
    /// A branch's first list, with the variables to return to.
    Then { branch: Branch, pipe: NodeId, vars: usize },
    /// A branch's `else`. A chained one (`else if`) shares its `end` with the branch inside it.
    Else { branch: Branch, pipe: NodeId, list: NodeId, vars: usize, chained: bool },
}

/// What an action turned out to be.
enum Action {
    Node(NodeId),
    Open(Open),
    End,
    Else,
}

impl Parser<'_> {
    /// The whole text. Source: `Tree.parse`.
    pub(super) fn file(&mut self) -> Parse<()> {
        let pos = self.peek().pos;
        let mut open = vec![Open { sort: Sort::File, pos, nodes: Vec::new() }];
        loop {
            if self.tree.nodes.len() > MAX_NODES {
                return Err(ParseError::too_large(&self.tree.file, "the text is too large"));
            }
            let top = open.len() == 1;
            let next = if top { self.peek() } else { self.peek_non_space() };
            if next.kind == Kind::Eof {
                if !top {
                    return Err(self.error("unexpected EOF"));
                }
                break;
            }
            if top && next.kind == Kind::LeftDelim {
                let delim = self.next();
                if self.next_non_space().kind == Kind::Define {
                    open.push(self.define()?);
                    continue;
                }
                self.backup2(delim);
            }
            match self.text_or_action()? {
                Action::Node(node) => push(&mut open, node),
                Action::Open(block) => open.push(block),
                Action::End => self.end(&mut open)?,
                Action::Else => self.otherwise(&mut open)?,
            }
        }
        if let Some(file) = open.pop() {
            let list = self.list(file.pos, &file.nodes);
            self.define_list(self.tree.file.as_bytes().to_vec(), list)?;
        }
        Ok(())
    }

    fn list(&mut self, pos: u32, nodes: &[NodeId]) -> NodeId {
        let children = self.tree.add_children(nodes);
        self.tree.add(pos, NodeKind::List(children))
    }

    /// Source: `Tree.add`.
    fn define_list(&mut self, name: Vec<u8>, list: NodeId) -> Parse<()> {
        let at = *self.defined.entry(name.clone()).or_insert(self.definitions.len());
        match self.definitions.get_mut(at) {
            None => self.definitions.push(Definition { name, list }),
            Some(old) if self.tree.is_empty(old.list) => old.list = list,
            Some(_) if self.tree.is_empty(list) => {}
            Some(_) => return Err(self.error(format_args!("template: multiple definition of template {}", quote::quoted(&name)))),
        }
        Ok(())
    }

    /// A definition begins with no variables but `$`, whatever the text around it has.
    fn enter(&mut self) -> Outer {
        Outer { vars: std::mem::replace(&mut self.vars, ROOT_VARS.to_vec()), range_depth: std::mem::take(&mut self.range_depth) }
    }

    fn leave(&mut self, outer: Outer) {
        self.vars = outer.vars;
        self.range_depth = outer.range_depth;
    }

    fn define(&mut self) -> Parse<Open> {
        const CONTEXT: &str = "define clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, CONTEXT)?;
        self.expect(Kind::RightDelim, CONTEXT)?;
        let outer = self.enter();
        let pos = self.peek_non_space().pos;
        Ok(Open { sort: Sort::Define { name, outer }, pos, nodes: Vec::new() })
    }

    fn template_name(&mut self, token: &Token, context: &str) -> Parse<Vec<u8>> {
        if !matches!(token.kind, Kind::String | Kind::RawString) {
            return Err(self.unexpected(token, context));
        }
        quote::unquote(self.text(token)).ok_or_else(|| self.error("invalid syntax"))
    }

    fn text_or_action(&mut self) -> Parse<Action> {
        let token = self.next_non_space();
        match token.kind {
            Kind::Text => Ok(Action::Node(self.tree.add(token.pos, NodeKind::Text(Range { start: token.pos, len: token.len })))),
            Kind::LeftDelim => {
                self.action_line = token.line;
                let action = self.action()?;
                // An opened branch keeps the line until something in it ends, as Go's deferred call does.
                if !matches!(&action, Action::Open(Open { sort: Sort::Then { .. }, .. })) {
                    self.action_line = 0;
                }
                Ok(action)
            }
            _ => Err(self.unexpected(&token, "input")),
        }
    }

    fn action(&mut self) -> Parse<Action> {
        let token = self.next_non_space();
        match token.kind {
            Kind::Block => self.block(),
            Kind::Break => self.jump(&token, "break", NodeKind::Break),
            Kind::Continue => self.jump(&token, "continue", NodeKind::Continue),
            Kind::Else => {
                if !matches!(self.peek_non_space().kind, Kind::If | Kind::With) {
                    self.expect(Kind::RightDelim, "else")?;
                }
                Ok(Action::Else)
            }
            Kind::End => {
                self.expect(Kind::RightDelim, "end")?;
                Ok(Action::End)
            }
            Kind::If => self.branch(Branch::If).map(Action::Open),
            Kind::Range => self.branch(Branch::Range).map(Action::Open),
            Kind::With => self.branch(Branch::With).map(Action::Open),
            Kind::Template => self.template(),
            _ => {
                self.backup();
                let pos = self.peek().pos;
                let pipe = self.pipeline("command", Kind::RightDelim)?;
                Ok(Action::Node(self.tree.add(pos, NodeKind::Action { pipe })))
            }
        }
    }

    fn jump(&mut self, token: &Token, name: &str, kind: NodeKind) -> Parse<Action> {
        let next = self.next_non_space();
        if next.kind != Kind::RightDelim {
            return Err(self.unexpected(&next, &format!("{{{{{name}}}}}")));
        }
        if self.range_depth == 0 {
            return Err(self.error(format_args!("{{{{{name}}}}} outside {{{{range}}}}")));
        }
        Ok(Action::Node(self.tree.add(token.pos, kind)))
    }

    fn template(&mut self) -> Parse<Action> {
        const CONTEXT: &str = "template clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, CONTEXT)?;
        let mut pipe = None;
        if self.next_non_space().kind != Kind::RightDelim {
            self.backup();
            pipe = Some(self.pipeline(CONTEXT, Kind::RightDelim)?);
        }
        let name = self.tree.add_string(name);
        Ok(Action::Node(self.tree.add(token.pos, NodeKind::Template { name, pipe })))
    }

    fn block(&mut self) -> Parse<Action> {
        const CONTEXT: &str = "block clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, CONTEXT)?;
        let pipe = self.pipeline(CONTEXT, Kind::RightDelim)?;
        let outer = self.enter();
        self.action_line = 0;
        let pos = self.peek_non_space().pos;
        Ok(Action::Open(Open { sort: Sort::Block { name, pipe, called: token.pos, outer }, pos, nodes: Vec::new() }))
    }

    /// The beginning of a branch. Source: `parseControl`.
    fn branch(&mut self, branch: Branch) -> Parse<Open> {
        let vars = self.vars.len();
        let pipe = self.pipeline(branch.name(), Kind::RightDelim)?;
        if branch == Branch::Range {
            self.range_depth += 1;
        }
        let pos = self.peek_non_space().pos;
        Ok(Open { sort: Sort::Then { branch, pipe, vars }, pos, nodes: Vec::new() })
    }

    fn end(&mut self, open: &mut Vec<Open>) -> Parse<()> {
        loop {
            let Some(closed) = open.pop() else {
                return Err(self.error("unexpected {{end}}"));
            };
            let list = self.list(closed.pos, &closed.nodes);
            let (node, vars, pipe) = match closed.sort {
                Sort::File => return Err(self.error("unexpected {{end}}")),
                Sort::Define { name, outer } => {
                    self.define_list(name, list)?;
                    self.leave(outer);
                    return Ok(());
                }
                Sort::Block { name, pipe, called, outer } => {
                    self.define_list(name.clone(), list)?;
                    self.leave(outer);
                    let name = self.tree.add_string(name);
                    push(open, self.tree.add(called, NodeKind::Template { name, pipe: Some(pipe) }));
                    return Ok(());
                }
                Sort::Then { branch, pipe, vars } => {
                    if branch == Branch::Range {
                        self.range_depth -= 1;
                    }
                    (NodeKind::Branch { branch, pipe, list, otherwise: None }, vars, pipe)
                }
                Sort::Else { branch, pipe, list: then, vars, .. } => {
                    (NodeKind::Branch { branch, pipe, list: then, otherwise: Some(list) }, vars, pipe)
                }
            };
            self.vars.truncate(vars);
            push(open, self.tree.add(self.tree.node(pipe).pos, node));
            if !matches!(open.last(), Some(Open { sort: Sort::Else { chained: true, .. }, .. })) {
                return Ok(());
            }
        }
    }

    fn otherwise(&mut self, open: &mut Vec<Open>) -> Parse<()> {
        let Some(closed) = open.pop() else {
            return Err(self.error("unexpected {{else}}"));
        };
        let (branch, pipe, vars) = match closed.sort {
            Sort::Then { branch, pipe, vars } => (branch, pipe, vars),
            Sort::File => return Err(self.error("unexpected {{else}}")),
            Sort::Define { .. } => return Err(self.error("unexpected {{else}} in define clause")),
            Sort::Block { .. } => return Err(self.error("unexpected {{else}} in block clause")),
            Sort::Else { .. } => return Err(self.error("expected end; found {{else}}")),
        };
        if branch == Branch::Range {
            self.range_depth -= 1;
        }
        let list = self.list(closed.pos, &closed.nodes);
        let next = self.peek();
        let chained = (branch == Branch::If && next.kind == Kind::If) || (branch == Branch::With && next.kind == Kind::With);
        let pos = if chained { next.pos } else { self.peek_non_space().pos };
        open.push(Open { sort: Sort::Else { branch, pipe, list, vars, chained }, pos, nodes: Vec::new() });
        if chained {
            self.next();
            let inner = self.branch(branch)?;
            open.push(inner);
        }
        Ok(())
    }
}

fn push(open: &mut [Open], node: NodeId) {
    if let Some(top) = open.last_mut() {
        top.nodes.push(node);
    }
}
