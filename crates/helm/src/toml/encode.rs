//! Values to TOML. Source: `encode.go`.

use super::{DEEPEST, LOCAL_DATE, LOCAL_DATETIME, LOCAL_TIME, key_text, quote};
use chartwright_go::duration;
use chartwright_go::float::{self, Bits};
use chartwright_go::time::Zone;
use chartwright_sprig::Time;
use chartwright_value::{Field, Heap, Kind, Object, Repr, Type, Value};

/// Why a value has no TOML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum EncodeError {
    /// The library's error.
    Failed(String),
    /// A panic of Go's, which templates report even where `toToml` swallows errors.
    Panic(&'static str),
    /// A limit.
    TooLarge,
}

/// How large a text may become. Go has no such limit.
const MAX_OUTPUT: usize = 32 << 20;

/// How many objects may stand for one another in turn.
const MAX_UNWRAPPED: usize = 100;

/// What the library takes a value for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Nil,
    Table,
    Tables,
    Other,
}

/// What is still to be written. The innermost is last.
enum Task {
    /// The keys of a table, those with simple values first, below a key of so many parts.
    Table {
        pairs: Vec<(Value, Value)>,
        next: usize,
        depth: usize,
    },
    /// The tables of a list, below a key of so many parts.
    Tables {
        list: Value,
        next: usize,
        depth: usize,
    },
    Array {
        list: Value,
        next: usize,
    },
    Inline {
        pairs: Vec<(Value, Value)>,
        direct: usize,
        next: usize,
    },
    /// The line break after a value.
    EndLine,
}

struct Encoder<'a> {
    heap: &'a mut Heap,
    out: Vec<u8>,
    key: Vec<Value>,
    tasks: Vec<Task>,
}

/// A value as a TOML document; a scalar or a list as what stands for it inside of one.
///
/// # Errors
/// The library's texts for lists with nothing in them and for lists of tables without a key.
pub(crate) fn encode(heap: &mut Heap, value: Value) -> Result<Vec<u8>, EncodeError> {
    let mut encoder = Encoder { heap, out: Vec::new(), key: Vec::new(), tasks: Vec::new() };
    let value = encoder.plain(value)?;
    if matches!(value.kind(), Kind::Nil | Kind::Invalid) {
        return Err(EncodeError::Panic("reflect: call of reflect.Value.Type on zero Value"));
    }
    if value.ty() == Type::COMPLEX128 {
        return Err(EncodeError::Failed("unsupported type for key '': complex128".to_owned()));
    }
    encoder.value(value)?;
    while let Some(task) = encoder.tasks.pop() {
        encoder.step(task)?;
        if encoder.tasks.len() > DEEPEST || encoder.out.len() > MAX_OUTPUT {
            return Err(EncodeError::TooLarge);
        }
    }
    Ok(encoder.out)
}

/// A time, a version: what writes itself, as a text.
fn marshalled(object: &dyn Object) -> Option<Vec<u8>> {
    if let Some(Time { moment, .. }) = object.as_any().downcast_ref::<Time>() {
        let zone = moment.zone.name.as_str();
        let layout = match zone {
            LOCAL_DATETIME => "2006-01-02T15:04:05.999999999",
            LOCAL_DATE => "2006-01-02",
            LOCAL_TIME => "15:04:05.999999999",
            _ => return Some(moment.formatted("2006-01-02T15:04:05.999999999Z07:00").into_bytes()),
        };
        return Some(moment.clone().within(Zone::utc()).formatted(layout).into_bytes());
    }
    (object.type_name() == "*semver.Version").then(|| {
        let (mut text, mut out) = (Vec::new(), Vec::new());
        object.format(&mut text);
        quote(&mut out, &text);
        out
    })
}

impl Encoder<'_> {
    /// An object's plain value, unless it writes itself or goes by its fields.
    fn plain(&mut self, mut value: Value) -> Result<Value, EncodeError> {
        for _ in 0..MAX_UNWRAPPED {
            match self.heap.object(value) {
                Some(object) if marshalled(&*object).is_none() && object.fields(self.heap).is_none() => {
                    value = object.to_json(self.heap).map_err(EncodeError::Failed)?
                }
                _ => return Ok(value),
            }
        }
        Err(EncodeError::TooLarge)
    }

    /// Source: `tomlTypeOfGo` and `isTableArray`.
    fn shape(&mut self, value: Value) -> Result<Shape, EncodeError> {
        let nil = |value: Value| matches!(value.kind(), Kind::Nil | Kind::Invalid) || value.is_typed_nil();
        match value.kind() {
            _ if nil(value) => return Ok(Shape::Nil),
            Kind::Map => return Ok(Shape::Table),
            Kind::Object if self.fields(value).is_some() => return Ok(Shape::Table),
            Kind::List if value.ty() == Type::COMPLEX128 => return Err(EncodeError::Failed("unsupported type: complex128".to_owned())),
            Kind::List => {}
            _ => return Ok(Shape::Other),
        }
        let mut lists = vec![value];
        while let Some(list) = lists.pop() {
            for &item in self.heap.items(list) {
                if nil(item) {
                    return Err(EncodeError::Failed("toml: cannot encode array with nil element".to_owned()));
                }
                if item.ty() == Type::COMPLEX128 {
                    return Err(EncodeError::Failed("unsupported type: complex128".to_owned()));
                }
                if item.kind() == Kind::List {
                    lists.push(item);
                }
            }
        }
        for index in 0..self.heap.items(value).len() {
            let item = self.heap.items(value)[index];
            let item = self.plain(item)?;
            if item.kind() != Kind::Map && self.fields(item).is_none() {
                return Ok(Shape::Other);
            }
        }
        Ok(if self.heap.items(value).is_empty() { Shape::Other } else { Shape::Tables })
    }

    /// A struct's fields, embedded ones promoted. Source: `eStruct`.
    fn fields(&mut self, value: Value) -> Option<Vec<Field>> {
        let fields = self.heap.object(value)?.fields(self.heap)?;
        let promoted = fields.into_iter().map(|field| match self.heap.object(field.value) {
            Some(object) if field.embedded => object.fields(self.heap).unwrap_or_default(),
            _ => vec![field],
        });
        Some(promoted.flatten().collect())
    }

    /// A map's or a struct's pairs, those with simple values first, and how many they are.
    fn pairs(&mut self, map: Value) -> Result<(Vec<(Value, Value)>, usize), EncodeError> {
        let entries: Vec<(Value, Value)> = match self.fields(map) {
            Some(fields) => fields.into_iter().map(|field| (self.heap.string(field.name), field.value)).collect(),
            None => self.heap.entries(map).iter().map(|entry| (entry.key(), entry.value)).collect(),
        };
        let (mut direct, mut below) = (Vec::new(), Vec::new());
        for (key, value) in entries {
            let value = self.plain(value)?;
            match self.shape(value)? {
                Shape::Table | Shape::Tables => below.push((key, value)),
                Shape::Nil | Shape::Other => direct.push((key, value)),
            }
        }
        let count = direct.len();
        direct.append(&mut below);
        Ok((direct, count))
    }

    fn newline(&mut self) {
        if !self.out.is_empty() {
            self.out.push(b'\n');
        }
    }

    fn indent(&mut self) {
        (1..self.key.len()).for_each(|_| self.out.extend_from_slice(b"  "));
    }

    /// A value below the current key. Source: `encode`.
    fn value(&mut self, value: Value) -> Result<(), EncodeError> {
        match self.shape(value)? {
            Shape::Nil => {}
            Shape::Table => {
                if self.key.len() == 1 {
                    self.newline();
                }
                if !self.key.is_empty() {
                    self.header("[", "]");
                }
                self.table(value)?;
            }
            Shape::Tables if self.key.is_empty() => {
                return Err(EncodeError::Failed("toml: top-level values must be Go maps or structs".to_owned()));
            }
            Shape::Tables => self.tasks.push(Task::Tables { list: value, next: 0, depth: self.key.len() }),
            Shape::Other => {
                if let Some(&last) = self.key.last() {
                    self.indent();
                    let name = key_text([self.heap.str(last)]);
                    self.out.extend_from_slice(&name);
                    self.out.extend_from_slice(b" = ");
                    self.tasks.push(Task::EndLine);
                }
                self.element(value)?;
            }
        }
        Ok(())
    }

    fn header(&mut self, open: &str, close: &str) {
        self.indent();
        let name = key_text(self.key.iter().map(|&part| self.heap.str(part)));
        self.out.extend_from_slice(open.as_bytes());
        self.out.extend_from_slice(&name);
        self.out.extend_from_slice(close.as_bytes());
        self.newline();
    }

    fn table(&mut self, map: Value) -> Result<(), EncodeError> {
        let (pairs, _) = self.pairs(map)?;
        self.tasks.push(Task::Table { pairs, next: 0, depth: self.key.len() });
        Ok(())
    }

    fn step(&mut self, task: Task) -> Result<(), EncodeError> {
        let nil = |value: Value| matches!(value.kind(), Kind::Nil | Kind::Invalid) || value.is_typed_nil();
        match task {
            Task::EndLine => self.newline(),
            Task::Table { pairs, next, depth } => {
                self.key.truncate(depth);
                let Some(&(key, value)) = pairs.get(next) else { return Ok(()) };
                self.tasks.push(Task::Table { pairs, next: next + 1, depth });
                if !nil(value) {
                    self.key.push(key);
                    self.value(value)?;
                }
            }
            Task::Tables { list, next, depth } => {
                self.key.truncate(depth);
                let Some(&item) = self.heap.items(list).get(next) else { return Ok(()) };
                self.tasks.push(Task::Tables { list, next: next + 1, depth });
                let item = self.plain(item)?;
                self.newline();
                self.header("[[", "]]");
                self.table(item)?;
            }
            Task::Array { list, next } => {
                let items = self.heap.items(list);
                let Some(&item) = items.get(next) else {
                    self.out.push(b']');
                    return Ok(());
                };
                if next > 0 {
                    self.out.extend_from_slice(b", ");
                }
                self.tasks.push(Task::Array { list, next: next + 1 });
                let item = self.plain(item)?;
                self.element(item)?;
            }
            Task::Inline { pairs, direct, next } => {
                // The comma is written behind a value, whether or not another that is not nil follows.
                let comma = |at: usize| at + 1 != pairs.len() && (at + 1 != direct || pairs.len() > direct);
                if next > 0 && comma(next - 1) && !nil(pairs[next - 1].1) {
                    self.out.extend_from_slice(b", ");
                }
                let Some(&(key, value)) = pairs.get(next) else {
                    self.out.push(b'}');
                    return Ok(());
                };
                self.tasks.push(Task::Inline { pairs, direct, next: next + 1 });
                if !nil(value) {
                    let name = key_text([self.heap.str(key)]);
                    self.out.extend_from_slice(&name);
                    self.out.extend_from_slice(b" = ");
                    self.element(value)?;
                }
            }
        }
        Ok(())
    }

    fn inline(&mut self, table: Value) -> Result<(), EncodeError> {
        let (pairs, direct) = self.pairs(table)?;
        self.out.push(b'{');
        self.tasks.push(Task::Inline { pairs, direct, next: 0 });
        Ok(())
    }

    /// A value behind an equals sign or inside of an array. Source: `eElement`.
    fn element(&mut self, value: Value) -> Result<(), EncodeError> {
        let float = |out: &mut Vec<u8>, number: f64, bits: Bits| {
            if number.is_nan() || number.is_infinite() {
                out.extend_from_slice(if number.is_sign_negative() { b"-" } else { b"" });
                return out.extend_from_slice(if number.is_nan() { b"nan" } else { b"inf" });
            }
            let start = out.len();
            float::format(out, number, b'g', None, bits);
            if !out[start..].iter().any(|byte| matches!(byte, b'e' | b'.')) {
                out.extend_from_slice(b".0");
            }
        };
        match value.repr() {
            Repr::Bool(yes) => self.out.extend_from_slice(if yes { b"true" } else { b"false" }),
            Repr::Int(nanoseconds) if value.ty() == Type::DURATION => quote(&mut self.out, duration::format(nanoseconds).as_bytes()),
            Repr::Int(number) => self.out.extend_from_slice(number.to_string().as_bytes()),
            Repr::Uint(number) => self.out.extend_from_slice(number.to_string().as_bytes()),
            Repr::Float(number) => {
                let bits = if value.ty() == Type::FLOAT32 { Bits::Single } else { Bits::Double };
                float(&mut self.out, number, bits);
            }
            Repr::String(_) if value.ty() == Type::BYTES => {
                let numbers: Vec<String> = self.heap.str(value).iter().map(u8::to_string).collect();
                self.out.extend_from_slice(format!("[{}]", numbers.join(", ")).as_bytes());
            }
            Repr::String(_) => quote(&mut self.out, self.heap.str(value)),
            Repr::List(_) => {
                self.out.push(b'[');
                self.tasks.push(Task::Array { list: value, next: 0 });
            }
            Repr::Map(_) => self.inline(value)?,
            Repr::Object(_) => match self.heap.object(value).and_then(|object| marshalled(&*object)) {
                Some(text) => self.out.extend_from_slice(&text),
                None => self.inline(value)?,
            },
            Repr::Nil | Repr::Invalid => {}
        }
        Ok(())
    }
}
