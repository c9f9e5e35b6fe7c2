//! How Go's `fmt` prints values: lists, maps and objects of a heap under any verb. Scalars and format strings are read by
//! `chartwright_go::fmt`. Nothing here recurses: nesting is a stack of its own, and a cycle ends as [`TooLarge`].

use crate::parts;
use crate::value::Repr;
use crate::{Heap, Kind, Type, Value};
use chartwright_go::float::Bits;
use chartwright_go::fmt::{self, MOST_BYTES, Operands, Scalar, Spec};
use chartwright_go::{duration, utf8};

pub use chartwright_go::fmt::TooLarge;

/// How deep a value may be nested to be printed. Go has no such limit and ends with its stack used up.
pub const DEEPEST: usize = 10_000;

/// Appends `fmt.Sprintf(format, args...)`.
///
/// # Errors
/// [`TooLarge`] where the text or the nesting is beyond any sane render.
pub fn sprintf(heap: &Heap, format: &[u8], args: &[Value], out: &mut Vec<u8>) -> Result<(), TooLarge> {
    fmt::printf(out, format, &Arguments { heap, args })
}

/// Appends `fmt.Sprint(args...)`: spaces between operands when neither is a string.
///
/// # Errors
/// As [`sprintf`].
pub fn sprint(heap: &Heap, args: &[Value], out: &mut Vec<u8>) -> Result<(), TooLarge> {
    let mut string_before = true;
    for (index, &arg) in args.iter().enumerate() {
        let string = arg.ty().go_kind() == crate::GoKind::String;
        if index > 0 && !string && !string_before {
            out.push(b' ');
        }
        print_value(heap, arg, out)?;
        string_before = string;
    }
    Ok(())
}

/// Appends `fmt.Sprintln(args...)`.
///
/// # Errors
/// As [`sprintf`].
pub fn sprintln(heap: &Heap, args: &[Value], out: &mut Vec<u8>) -> Result<(), TooLarge> {
    for (index, &arg) in args.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        print_value(heap, arg, out)?;
    }
    out.push(b'\n');
    Ok(())
}

/// Appends a value as `%v` prints it; a nil or missing value is `<nil>`.
///
/// # Errors
/// As [`sprintf`].
pub fn print_value(heap: &Heap, value: Value, out: &mut Vec<u8>) -> Result<(), TooLarge> {
    if value.ty() == Type::STRING {
        out.extend_from_slice(heap.str(value));
        return Ok(());
    }
    print(heap, value, &Spec::default(), 'v' as u32, out)
}

/// The operands of a format string.
struct Arguments<'a> {
    heap: &'a Heap,
    args: &'a [Value],
}

impl Operands for Arguments<'_> {
    fn count(&self) -> usize {
        self.args.len()
    }

    fn integer(&self, index: usize) -> Option<i64> {
        match self.args[index].repr() {
            Repr::Int(value) => Some(value),
            Repr::Uint(value) => i64::try_from(value).ok(),
            _ => None,
        }
    }

    fn is_nil(&self, index: usize) -> bool {
        matches!(self.args[index].kind(), Kind::Nil | Kind::Invalid)
    }

    fn type_name(&self, index: usize) -> String {
        self.heap.type_name(self.args[index])
    }

    fn print(&self, out: &mut Vec<u8>, index: usize, spec: &Spec, verb: u32) -> Result<(), TooLarge> {
        print(self.heap, self.args[index], spec, verb, out)
    }
}

/// A list or map that is being printed.
struct Frame {
    value: Value,
    next: usize,
}

/// Source: `fmt/print.go`, `printArg` and `printValue`.
fn print(heap: &Heap, value: Value, spec: &Spec, verb: u32, out: &mut Vec<u8>) -> Result<(), TooLarge> {
    let letter = u8::try_from(verb).unwrap_or(0);
    if value.ty() == Type::STRING && matches!(letter, b's' | b'v') && *spec == Spec::default() {
        out.extend_from_slice(heap.str(value));
        return Ok(());
    }
    match (value.kind(), letter) {
        (Kind::Nil | Kind::Invalid, b'T' | b'v') => {
            fmt::pad(out, spec, b"<nil>");
            return Ok(());
        }
        (Kind::Nil | Kind::Invalid, _) => {
            bad_verb(heap, value, spec, verb, out);
            return Ok(());
        }
        (_, b'T') => {
            fmt::scalar(out, spec, 's' as u32, Scalar::Str(heap.type_name(value).as_bytes()));
            return Ok(());
        }
        (Kind::List | Kind::Map, b'p') => {
            // An address has no meaning here; what is printed at least differs between maps.
            let number = match value.repr() {
                Repr::Map(id) => id.0 as u64,
                Repr::List(span) => span.start as u64,
                _ => 0,
            };
            fmt::scalar(out, &Spec { sharp: !spec.sharp, ..*spec }, 'x' as u32, Scalar::Uint(0xc0_0000_0000 + 16 * number));
            return Ok(());
        }
        (_, b'p') => {
            bad_verb(heap, value, spec, verb, out);
            return Ok(());
        }
        (Kind::List | Kind::Map, b'w') => {
            out.extend_from_slice(format!("%!w({}=", heap.type_name(value)).as_bytes());
            print_parts(heap, value, spec, 'v' as u32, out)?;
            out.push(b')');
            return Ok(());
        }
        _ => {}
    }
    print_parts(heap, value, spec, verb, out)
}

fn print_parts(heap: &Heap, value: Value, spec: &Spec, verb: u32, out: &mut Vec<u8>) -> Result<(), TooLarge> {
    // Each byte takes two at least.
    if value.ty() == Type::BYTES && heap.str(value).len() > MOST_BYTES / 2 {
        return Err(TooLarge);
    }
    let mut stack = Vec::new();
    open(heap, value, spec, verb, out, &mut stack);
    while let Some(Frame { value, next }) = stack.last_mut() {
        fmt::fits(out)?;
        let (container, index) = (*value, *next);
        *next += 1;
        let separate = |out: &mut Vec<u8>| match (index, spec.sharp_v) {
            (0, _) => {}
            (_, true) => out.extend_from_slice(b", "),
            (_, false) => out.push(b' '),
        };
        let child = if container.kind() == Kind::Map {
            let Some(entry) = heap.entries(container).get(index) else {
                out.push(if spec.sharp_v { b'}' } else { b']' });
                stack.pop();
                continue;
            };
            separate(out);
            leaf(heap, entry.key(), spec, verb, out);
            out.push(b':');
            entry.value
        } else {
            let item = if container.ty() == Type::BYTES {
                heap.str(container).get(index).map(|&byte| Value::uint_of(Type::UINT8, byte as u64))
            } else {
                heap.items(container).get(index).copied()
            };
            let Some(item) = item else {
                out.push(if spec.sharp_v { b'}' } else { b']' });
                stack.pop();
                continue;
            };
            separate(out);
            item
        };
        match child.kind() {
            Kind::Nil | Kind::Invalid => out.extend_from_slice(if spec.sharp_v { b"interface {}(nil)" } else { b"<nil>" }),
            // Only at the top is what a pointer leads to printed under such a verb.
            Kind::Object
                if is_bare_pointer(heap, child)
                    && matches!(u8::try_from(verb), Ok(b's' | b'q' | b'c' | b't' | b'U' | b'e' | b'f' | b'g')) =>
            {
                bad_verb(heap, child, spec, verb, out);
            }
            _ => open(heap, child, spec, verb, out, &mut stack),
        }
        if stack.len() > DEEPEST {
            return Err(TooLarge);
        }
    }
    Ok(())
}

/// Whether it is a pointer to a struct that does not print itself.
fn is_bare_pointer(heap: &Heap, value: Value) -> bool {
    heap.object(value).is_some_and(|object| object.go_kind() == crate::GoKind::Ptr && !object.is_stringer())
}

/// Prints what has no parts; of what has, prints the beginning and leaves the rest on the stack.
fn open(heap: &Heap, value: Value, spec: &Spec, verb: u32, out: &mut Vec<u8>, stack: &mut Vec<Frame>) {
    let composite = match value.kind() {
        Kind::Map => true,
        Kind::List => value.ty() != Type::COMPLEX128,
        // Bytes print as a whole under the verbs that know them, and byte by byte under the others.
        Kind::String => value.ty() == Type::BYTES && !print_scalar(heap, value, spec, verb, out),
        _ => false,
    };
    if !composite {
        if value.ty() != Type::BYTES {
            leaf(heap, value, spec, verb, out);
        }
        return;
    }
    if spec.sharp_v {
        out.extend_from_slice(value.ty().name().as_bytes());
        if value.is_typed_nil() {
            return out.extend_from_slice(b"(nil)");
        }
        out.push(b'{');
    } else {
        out.extend_from_slice(if value.kind() == Kind::Map { b"map[" } else { b"[" });
    }
    stack.push(Frame { value, next: 0 });
}

fn leaf(heap: &Heap, value: Value, spec: &Spec, verb: u32, out: &mut Vec<u8>) {
    if !print_scalar(heap, value, spec, verb, out) {
        bad_verb(heap, value, spec, verb, out);
    }
}

/// What `String()` gives for the types that have it.
fn stringer(heap: &Heap, value: Value) -> Option<Vec<u8>> {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let named = |names: &[&str], first: i64, kind: &str, number: i64| {
        let name = usize::try_from(number - first).ok().and_then(|index| names.get(index));
        name.map_or_else(|| format!("%!{kind}({})", number as u64), |name| (*name).to_owned()).into_bytes()
    };
    match (value.repr(), value.ty()) {
        (Repr::Int(number), Type::DURATION) => Some(duration::format(number).into_bytes()),
        (Repr::Int(number), Type::MONTH) => Some(named(&MONTHS, 1, "Month", number)),
        (Repr::Int(number), Type::WEEKDAY) => Some(named(&DAYS, 0, "Weekday", number)),
        (Repr::Object(_), _) => {
            let mut text = Vec::new();
            heap.object(value)?.format(&mut text);
            Some(text)
        }
        _ => None,
    }
}

fn print_scalar(heap: &Heap, value: Value, spec: &Spec, verb: u32, out: &mut Vec<u8>) -> bool {
    let letter = u8::try_from(verb).unwrap_or(0);
    if spec.sharp_v
        && let Some(text) = heap.object(value).and_then(|object| object.go_string())
    {
        return fmt::scalar(out, &Spec { sharp_v: false, ..*spec }, 's' as u32, Scalar::Str(text.as_bytes()));
    }
    if let Some(object) = heap.object(value)
        && (spec.sharp_v || !object.is_stringer() || !matches!(letter, b'v' | b's' | b'x' | b'X' | b'q'))
        && let Some(part) = object.parts()
    {
        out.extend_from_slice(if object.go_kind() == crate::GoKind::Ptr { b"&" } else { b"" });
        parts::print(out, spec, verb, &part);
        return true;
    }
    let named = matches!(value.ty(), Type::DURATION | Type::MONTH | Type::WEEKDAY | Type::OBJECT);
    if named && matches!(letter, b'v' | b's' | b'x' | b'X' | b'q') && (!spec.sharp_v || value.kind() == Kind::Object) {
        let text = stringer(heap, value).unwrap_or_default();
        return fmt::scalar(out, &Spec { sharp_v: false, ..*spec }, verb, Scalar::Str(&text));
    }
    plain(heap, value).is_some_and(|scalar| fmt::scalar(out, spec, verb, scalar))
}

fn plain(heap: &Heap, value: Value) -> Option<Scalar<'_>> {
    Some(match value.repr() {
        Repr::Bool(value) => Scalar::Bool(value),
        Repr::Int(value) => Scalar::Int(value),
        Repr::Uint(value) => Scalar::Uint(value),
        Repr::Float(number) => Scalar::Float(number, if value.ty() == Type::FLOAT32 { Bits::Single } else { Bits::Double }),
        Repr::String(_) if value.ty() == Type::BYTES => Scalar::Bytes(heap.str(value), "[]byte"),
        Repr::String(_) => Scalar::Str(heap.str(value)),
        Repr::List(_) if value.ty() == Type::COMPLEX128 => match heap.items(value) {
            [real, imaginary] => match (real.repr(), imaginary.repr()) {
                (Repr::Float(real), Repr::Float(imaginary)) => Scalar::Complex(real, imaginary),
                _ => return None,
            },
            _ => return None,
        },
        _ => return None,
    })
}

/// `%!verb(type=value)`. Source: `fmt/print.go`, `badVerb`.
fn bad_verb(heap: &Heap, value: Value, spec: &Spec, verb: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(b"%!");
    utf8::append(out, verb);
    out.push(b'(');
    match value.kind() {
        Kind::Nil | Kind::Invalid => out.extend_from_slice(b"<nil>"),
        kind => {
            out.extend_from_slice(heap.type_name(value).as_bytes());
            out.push(b'=');
            if kind == Kind::Object {
                out.extend_from_slice(&stringer(heap, value).unwrap_or_default());
            } else if let Some(scalar) = plain(heap, value) {
                fmt::scalar(out, spec, 'v' as u32, scalar);
            }
        }
    }
    out.push(b')');
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
