//! What becomes of labels in functions of texts: each part of the result keeps what it came from.

use super::path::Step;
use super::rope::{self, ASIDE, NOWHERE, Piece};
use super::rule::{Tracing, mix, select};
use chartwright_value::{Kind, Label, Type, Value, format};
use std::ops::Range;

impl Tracing<'_, '_> {
    /// Whether a value's label tells its parts apart.
    pub fn is_rope(&self, value: Value) -> bool {
        self.tracer.is_rope(value.label())
    }

    fn pieces(&mut self, value: Value) -> Vec<Piece> {
        let len = self.context.heap.str(value).len();
        self.tracer.pieces_of(value.label(), len)
    }

    /// The result with pieces that came from `of`, and what other arguments steered.
    fn made(&mut self, result: Value, pieces: Vec<Piece>, others: &[Value]) -> Value {
        let label = self.tracer.rope_of(pieces);
        let mut result = result.with_label(label);
        for other in others {
            let own = self.tracer.plain(other.label());
            result = self.tracer.with(result, own);
        }
        result
    }

    /// Parts of a text in their order: each text's length, and the value that it came from.
    pub fn joined(&mut self, result: Value, parts: &[(usize, Value)]) -> Value {
        let total = self.context.heap.str(result).len();
        if parts.iter().map(|(len, _)| len).sum::<usize>() != total {
            let values: Vec<Value> = parts.iter().map(|(_, value)| *value).collect();
            return mix(self, &values, result);
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = 0;
        for &(len, value) in parts {
            let own = if matches!(value.kind(), Kind::List | Kind::Map) {
                let label = self.deep(value);
                vec![Piece::of(len, label)]
            } else {
                self.tracer.pieces_of(value.label(), len)
            };
            for mut piece in own {
                piece.end += at as u32;
                match pieces.last_mut() {
                    Some(last)
                        if last.label == piece.label
                            && last.control == piece.control
                            && last.frame == NOWHERE
                            && piece.frame == NOWHERE =>
                    {
                        last.end = piece.end;
                    }
                    _ => pieces.push(piece),
                }
            }
            at += len;
        }
        self.made(result, pieces, &[])
    }

    /// A text whose parts begin at these places, each with a value's label.
    fn marked(&mut self, result: Value, marks: &[(usize, Label)]) -> Value {
        let len = self.context.heap.str(result).len();
        let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([len]);
        let mut pieces: Vec<Piece> = Vec::with_capacity(marks.len());
        for (&(_, label), end) in marks.iter().zip(ends) {
            // What begins with its first part says nothing of its own.
            let begins = pieces.last().map_or(0, |last| last.end as usize);
            if end > begins || len == 0 {
                match self.in_block(result, begins..end.min(len), label) {
                    Some(parts) => pieces.extend(parts),
                    None => {
                        let label = self.tracer.plain(label);
                        pieces.push(Piece::of(end.min(len), label));
                    }
                }
            }
        }
        self.made(result, pieces, &[])
    }

    /// The pieces of a text that stands in another as a block scalar, line by line: the first and the last of them decide how the block begins.
    fn in_block(&mut self, result: Value, range: Range<usize>, label: Label) -> Option<Vec<Piece>> {
        let len = self.tracer.rope_len(label)?;
        let own = self.tracer.pieces_of(label, len);
        let (head, made) = rope::in_block(&own, self.context.heap.str(result).get(range.clone())?)?;
        let mut decides = Label(0);
        for piece in [own.first()?, own.last()?] {
            let label = self.union(piece.label, piece.control);
            let label = self.steering(label);
            decides = self.union(decides, label);
        }
        let moved = made.into_iter().map(|piece| Piece { end: piece.end + range.start as u32, ..piece });
        Some([Piece::of(range.start + head, decides)].into_iter().chain(moved).collect())
    }

    /// A list or map written as text, given where each part begins and its label. What could be added to it would stand in lines of its
    /// own (`has_lines`), or change the only one.
    pub fn encoded(&mut self, value: Value, result: Value, parts: &[(usize, Label)], has_lines: bool) -> Value {
        let shape = self.shape(value);
        let conditions = self.conditions_of(shape);
        let marks = [&[(0, value.label())], parts].concat();
        let result = self.marked(result, &marks);
        let result = if has_lines { self.with_more(result, shape) } else { self.with(result, shape) };
        self.with(result, conditions)
    }

    /// A text to which something could have been added in lines of its own: that says nothing about the lines there are, only about the whole.
    fn with_more(&mut self, result: Value, label: Label) -> Value {
        let steering = self.tracer.steering(label);
        if steering.0 == 0 {
            return result;
        }
        let mut pieces = self.pieces(result);
        let len = self.context.heap.str(result).len();
        pieces.push(Piece { op: ASIDE, ..Piece::of(len, steering) });
        self.made(result, pieces, &[])
    }

    /// A value that was read from a text: each of its scalars has the label of its own part of the text, each list and map what all in it depend on. `step` goes from a node to the
    /// one below it, `span` tells where a node stands in the text.
    pub fn read<N: Copy>(
        &mut self,
        text: Value,
        result: Value,
        root: N,
        step: impl Fn(N, &Step) -> Option<N>,
        span: impl Fn(N) -> Range<usize>,
    ) -> Value {
        enum Task<N> {
            Visit(Value, Option<N>),
            List(Value, usize),
            Map(Value, usize),
        }
        let whole = self.plain(text);
        let pieces = self.pieces(text);
        let mut tasks = vec![Task::Visit(result, Some(root))];
        let mut done: Vec<Value> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(value, node) => match (value.kind(), node) {
                    (Kind::Map, Some(node)) if !self.context.heap.entries(value).is_empty() => {
                        let heap = &*self.context.heap;
                        let entries = heap.entries(value);
                        tasks.push(Task::Map(value, entries.len()));
                        tasks.extend(
                            entries
                                .iter()
                                .rev()
                                .map(|entry| Task::Visit(entry.value, step(node, &Step::Key(heap.str(entry.key()).into())))),
                        );
                    }
                    (Kind::List, Some(node)) if !self.context.heap.items(value).is_empty() => {
                        let items = self.context.heap.items(value);
                        tasks.push(Task::List(value, items.len()));
                        let items = items.iter().enumerate().rev();
                        tasks.extend(items.map(|(at, item)| Task::Visit(*item, step(node, &Step::Item(at as u32)))));
                    }
                    (_, Some(node)) => {
                        let mut span = span(node);
                        if span.is_empty() {
                            // Nothing stands there: whatever could stand up to the line's end decides that.
                            let rest = self.context.heap.str(text).get(span.start..).unwrap_or_default();
                            span.end += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                        }
                        let label = self.tracer.label_of(&pieces, span.start, span.end);
                        if value.kind() == Kind::Map {
                            self.tracer.may_hold_more(value, whole);
                        }
                        done.push(value.with_label(label));
                    }
                    (_, None) => done.push(self.relabel(value, whole)),
                },
                Task::List(list, len) => {
                    let items = done.split_off(done.len().saturating_sub(len));
                    let label = self.common_of(&items);
                    done.push(self.context.heap.list_of(list.ty(), &items).with_label(label));
                }
                Task::Map(map, len) => {
                    let values = done.split_off(done.len().saturating_sub(len));
                    self.context.heap.set_values(map, &values);
                    self.tracer.may_hold_more(map, whole);
                    let label = self.common_of(&values);
                    done.push(map.with_label(label));
                }
            }
        }
        done.pop().unwrap_or(result)
    }

    fn common_of(&mut self, values: &[Value]) -> Label {
        let labels: Vec<Label> = values.iter().map(|value| self.tracer.plain(value.label())).collect();
        self.tracer.common(&labels)
    }

    /// A text and the pieces that a rule makes of its own; the others only add to the whole.
    fn mapped(&mut self, result: Value, text: Value, others: &[Value], map: impl FnOnce(&[Piece], &[u8], &[u8]) -> Vec<Piece>) -> Value {
        if !self.is_rope(text) {
            let label = self.plain(text);
            return self.made(result, vec![Piece::of(self.context.heap.str(result).len(), label)], others);
        }
        let pieces = self.pieces(text);
        let made = map(&pieces, self.context.heap.str(text), self.context.heap.str(result));
        self.made(result, made, others)
    }
}

/// `indent`, `nindent`: the margin of a line came from where the line did.
pub fn indented(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [_, text, ..] = args else { return mix(t, args, result) };
    t.mapped(result, *text, &args[..1], |pieces, text, made| {
        let before = usize::from(made.first() == Some(&b'\n') && text.first() != Some(&b'\n'));
        let lines = 1 + text.iter().filter(|byte| **byte == b'\n').count();
        let added = made.len().saturating_sub(text.len());
        // `nindent` begins with a line break that may hide in a text that begins with one too.
        let (before, pad) = if (added - before.min(added)) % lines == 0 {
            (before, (added - before.min(added)) / lines)
        } else {
            (1, added.saturating_sub(1) / lines)
        };
        rope::indented(pieces, text, pad, before)
    })
}

/// Where a function has found its result in its argument.
fn place(text: &[u8], made: &[u8]) -> Range<usize> {
    let start = if made.is_empty() {
        0
    } else if text.ends_with(made) && !text.starts_with(made) {
        text.len() - made.len()
    } else {
        text.windows(made.len()).position(|window| window == made).unwrap_or(0)
    };
    start..(start + made.len()).min(text.len())
}

/// A part of the last argument (`trunc`, `substr`).
pub fn sliced(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some((&text, others)) = args.split_last() else { return result };
    t.mapped(result, text, others, |pieces, text, made| {
        let place = place(text, made);
        let mut cut = Vec::with_capacity(pieces.len());
        rope::append(&mut cut, 0, pieces, place.start, place.end);
        match cut.last_mut() {
            Some(last) => last.end = made.len() as u32,
            None => cut.push(Piece::of(made.len(), Label(0))),
        }
        cut
    })
}

/// The last argument without what stands at its ends (`trim` and its kin): what was there, or could have been, has decided the cut.
pub fn trimmed(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some((&text, others)) = args.split_last().filter(|(text, _)| t.is_rope(**text)) else { return sliced(t, args, result) };
    let pieces = t.pieces(text);
    let len = t.heap().str(result).len();
    let place = place(t.context.heap.str(text), t.context.heap.str(result));
    let (mut before, mut after) = (Label(0), Label(0));
    for (begins, piece) in rope::spans(&pieces) {
        let end = piece.end as usize;
        let cut = match (begins < place.start && end <= place.start, begins >= place.end && end > place.end) {
            (true, _) => &mut before,
            (_, true) => &mut after,
            _ => continue,
        };
        // What writes lines of its own beyond the cut leaves what is kept as it is.
        if len == 0 || !piece.is_aside(begins) {
            let own = t.union(piece.label, piece.control);
            let own = t.steering(own);
            *cut = t.union(*cut, own);
        }
    }
    let mut kept = Vec::with_capacity(pieces.len() + 2);
    if before.0 != 0 {
        kept.push(Piece::of(0, before));
    }
    rope::append(&mut kept, 0, &pieces, place.start, place.end);
    kept.push(Piece::of(len, after));
    t.made(result, kept, others)
}

/// Go's `slice`: of a text or of a list.
pub(super) fn sliced_or_selected(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    match args {
        [text, ..] if text.kind() == Kind::String => mix(t, args, result),
        _ => select(t, args, result),
    }
}

/// A text of as many bytes, each made of the one in its place (`lower`, `upper`); or the text itself.
pub fn same_length(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    match args {
        [text] if text.kind() == Kind::String && t.heap().str(*text).len() == t.heap().str(result).len() => {
            t.mapped(result, *text, &[], |pieces, _, _| pieces.to_vec())
        }
        _ => mix(t, args, result),
    }
}

/// The last argument without some of its bytes (`nospace`).
pub fn thinned(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some((&text, others)) = args.split_last() else { return result };
    t.mapped(result, text, others, rope::realign)
}

/// A text in quotes that change nothing in it (`squote`).
pub fn wrapped(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    match args {
        [text] if text.kind() == Kind::String && t.heap().str(result).len() == t.heap().str(*text).len() + 2 => {
            let len = t.heap().str(*text).len();
            t.joined(result, &[(1, Value::EMPTY), (len, *text), (1, Value::EMPTY)])
        }
        _ => mix(t, args, result),
    }
}

/// `replace OLD NEW TEXT`.
pub fn replaced(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [old, new, text] = args else { return mix(t, args, result) };
    let (old_text, new_text) = (t.heap().str(*old).to_vec(), t.heap().str(*new).to_vec());
    let (old_label, new_label) = (t.plain(*old), t.plain(*new));
    let both = t.union(old_label, new_label);
    if !t.is_rope(*text) || both.0 != 0 {
        return mix(t, args, result);
    }
    t.mapped(result, *text, &[], |pieces, text, made| {
        let mut pieces = rope::replaced(pieces, text, &old_text, &new_text);
        if let Some(last) = pieces.last_mut() {
            last.end = made.len() as u32;
        }
        pieces
    })
}

/// Texts with one between them (`join SEPARATOR LIST`).
pub fn list_joined(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [separator, list] = args else { return mix(t, args, result) };
    if list.kind() != Kind::List {
        return mix(t, args, result);
    }
    t.read_deeply(*list);
    let items = t.heap().items(*list).to_vec();
    let between = t.heap().str(*separator).len();
    let mut parts = Vec::with_capacity(2 * items.len());
    for item in items {
        // What is nothing is left out, and what is no text may be written in another way: then the lengths do not fit.
        if item.is_nil() || item.is_invalid() {
            continue;
        }
        if !parts.is_empty() {
            // What stands between two items is there because the second is.
            let conditions = t.tracer.conditions_of(item.label());
            let separator = t.with(*separator, conditions);
            parts.push((between, separator));
        }
        let len = length(t, item);
        parts.push((len, item));
    }
    // Another item would stand in the same line, unless each has its own.
    if parts.is_empty() || !t.heap().str(*separator).contains(&b'\n') {
        let growth = t.growth(&[*list]);
        parts.push((0, Value::EMPTY.with_label(growth)));
    }
    let result = t.joined(result, &parts);
    let label = t.whole(*list);
    let label = t.steering(label);
    t.with(result, label)
}

fn length(t: &mut Tracing<'_, '_>, value: Value) -> usize {
    if value.kind() == Kind::String && value.ty() != Type::BYTES {
        return t.heap().str(value).len();
    }
    let mut out = Vec::new();
    if format::print_value(t.context.heap, value, &mut out).is_err() {
        return 0;
    }
    out.len()
}

/// Values one after another, with a blank between some (`print`, `cat`).
pub fn printed(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    if !many_labels(t, args) {
        return mix(t, args, result);
    }
    let text = t.heap().str(result).to_vec();
    let mut parts = Vec::with_capacity(2 * args.len());
    let mut at = 0;
    for &arg in args {
        let len = length(t, arg);
        if !parts.is_empty() && text.get(at) == Some(&b' ') && at + len < text.len() {
            parts.push((1, Value::EMPTY));
            at += 1;
        }
        parts.push((len, arg));
        at += len;
    }
    if at + 1 == text.len() {
        parts.push((1, Value::EMPTY));
    }
    t.joined(result, &parts)
}

/// Whether there is more than one label to tell apart.
fn many_labels(t: &mut Tracing<'_, '_>, args: &[Value]) -> bool {
    args.iter().any(|arg| t.is_rope(*arg))
        || args.iter().filter(|arg| arg.label().0 != 0 || matches!(arg.kind(), Kind::List | Kind::Map)).count() > 1
}

/// `printf`: verb by verb.
pub(super) fn formatted(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some((&pattern, values)) = args.split_first() else { return result };
    if !many_labels(t, args) || t.is_rope(pattern) {
        return mix(t, args, result);
    }
    let text = t.heap().str(pattern).to_vec();
    let Some(parts) = verbs(&text) else { return mix(t, args, result) };
    if parts.iter().filter(|part| part.1).count() != values.len() {
        return mix(t, args, result);
    }
    let mut values = values.iter();
    let mut made = Vec::new();
    for (range, takes) in parts {
        let value = if takes { values.next().copied() } else { None };
        let mut out = Vec::new();
        if format::sprintf(t.context.heap, &text[range], value.as_slice(), &mut out).is_err() {
            return mix(t, args, result);
        }
        made.push((out.len(), value.unwrap_or(Value::EMPTY)));
    }
    let result = t.joined(result, &made);
    let label = t.plain(pattern);
    t.with(result, label)
}

/// A format's literal parts, and its verbs with whether they take a value; nothing where verbs take more than their own.
fn verbs(format: &[u8]) -> Option<Vec<(std::ops::Range<usize>, bool)>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < format.len() {
        if format[at] != b'%' {
            at += 1;
            continue;
        }
        if at > start {
            parts.push((start..at, false));
        }
        let verb = at;
        at += 1;
        while let Some(&byte) = format.get(at) {
            at += 1;
            match byte {
                b'*' | b'[' => return None,
                b'+' | b'-' | b'#' | b' ' | b'0'..=b'9' | b'.' => {}
                _ => break,
            }
        }
        parts.push((verb..at, format.get(at - 1) != Some(&b'%') || at - verb == 1));
        start = at;
    }
    if at > start {
        parts.push((start..at, false));
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_falls_into_verbs() {
        let parts = |text: &str| {
            verbs(text.as_bytes()).map(|parts| parts.into_iter().map(|(range, takes)| (text[range].to_owned(), takes)).collect::<Vec<_>>())
        };
        let expected = [("a ", false), ("%-5.2f", true), (": ", false), ("%%", false), ("%s", true)];
        assert_eq!(parts("a %-5.2f: %%%s").unwrap(), expected.map(|(text, takes)| (text.to_owned(), takes)));
        assert_eq!(parts("%*d"), None);
    }
}
