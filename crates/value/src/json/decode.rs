//! `json.Unmarshal` into an `interface {}`: every number a `float64`, errors as Go's scanner words them.

use crate::{Heap, Type, Value};
use chartwright_go::{number, quote, utf8};

/// How deep JSON may be nested. Source: `encoding/json/scanner.go`, `maxNestingDepth`.
const DEEPEST: usize = 10_000;

/// How many values may wait for the end of what they are part of.
const MOST_PARTS: usize = 2_000_000;

const END: &str = "unexpected end of JSON input";

/// A list or map that is being read: where its parts begin among the values read so far.
struct Frame {
    map: bool,
    start: usize,
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

/// Reads one JSON value.
///
/// # Errors
/// Go's text for what is not JSON, and for numbers beyond a `float64`.
pub fn decode_json(heap: &mut Heap, text: &[u8]) -> Result<Value, String> {
    match decode_json_partly(heap, text)? {
        (value, None) => Ok(value),
        (_, Some(error)) => Err(error),
    }
}

/// Reads the JSON value that a text begins with, as a `json.Decoder` does, and says where it ends.
///
/// # Errors
/// As [`decode_json`].
pub fn decode_json_prefix(heap: &mut Heap, text: &[u8]) -> Result<(Value, usize), String> {
    let mut reader = Reader { text, at: 0 };
    let (value, error) = value(&mut reader, heap)?;
    error.map_or(Ok((value, reader.at)), Err)
}

/// Reads the JSON value that a text begins with, whatever numbers it holds, as a `json.Decoder` does for a type that does not look at them.
///
/// # Errors
/// Go's text for what is not JSON, and where in the text that shows.
pub fn decode_json_start(heap: &mut Heap, text: &[u8]) -> Result<(Value, usize), (String, usize)> {
    let mut reader = Reader { text, at: 0 };
    let read = value(&mut reader, heap);
    read.map(|(value, _)| (value, reader.at)).map_err(|error| (error, reader.at))
}

/// Reads one JSON value as far as Go does: numbers beyond a `float64` are nil, and the first of them is an error beside the value.
///
/// # Errors
/// Go's text for what is not JSON.
pub fn decode_json_partly(heap: &mut Heap, text: &[u8]) -> Result<(Value, Option<String>), String> {
    let mut reader = Reader { text, at: 0 };
    let read = value(&mut reader, heap)?;
    reader.skip_space();
    if reader.at < text.len() { Err(reader.unexpected("after top-level value")) } else { Ok(read) }
}

/// The value that comes next, and the first number in it that is beyond a `float64`.
fn value(reader: &mut Reader<'_>, heap: &mut Heap) -> Result<(Value, Option<String>), String> {
    let mut stack: Vec<Frame> = Vec::new();
    // The parts of all open containers; a map's keys and values alternate.
    let mut parts: Vec<Value> = Vec::new();
    // Go checks the whole text first and complains of numbers only then.
    let mut range_error = None;
    loop {
        let byte = reader.next_token()?;
        let mut value = match byte {
            b'{' | b'[' => {
                if stack.len() >= DEEPEST {
                    return Err(reader.unexpected("exceeded max depth"));
                }
                reader.at += 1;
                let (map, closing) = (byte == b'{', byte + 2);
                stack.push(Frame { map, start: parts.len() });
                if reader.next_token()? == closing {
                    close(heap, &mut stack, &mut parts)
                } else {
                    if map {
                        parts.push(reader.key(heap)?);
                    }
                    continue;
                }
            }
            b'"' => reader.string(heap)?,
            b't' => reader.literal("true", Value::TRUE)?,
            b'f' => reader.literal("false", Value::FALSE)?,
            b'n' => reader.literal("null", Value::NIL)?,
            b'-' | b'0'..=b'9' => {
                let digits = reader.number()?;
                number::parse_float(digits).map(Value::float64).unwrap_or_else(|_| {
                    range_error.get_or_insert_with(|| {
                        format!("json: cannot unmarshal number {} into Go value of type float64", String::from_utf8_lossy(digits))
                    });
                    Value::NIL
                })
            }
            _ => return Err(reader.unexpected("looking for beginning of value")),
        };
        if matches!(byte, b'{' | b'[') {
            reader.at += 1;
        }
        // A value is complete: put it where it belongs, closing what it completes.
        loop {
            let Some(frame) = stack.last() else {
                return Ok((value, range_error));
            };
            let map = frame.map;
            parts.push(value);
            if parts.len() > MOST_PARTS {
                return Err(super::TOO_LARGE.to_owned());
            }
            match (reader.next_token()?, map) {
                (b',', true) => {
                    reader.at += 1;
                    reader.next_token()?;
                    parts.push(reader.key(heap)?);
                    break;
                }
                (b',', false) => {
                    reader.at += 1;
                    break;
                }
                (b'}', true) | (b']', false) => {
                    reader.at += 1;
                    value = close(heap, &mut stack, &mut parts);
                }
                (_, true) => return Err(reader.unexpected("after object key:value pair")),
                (_, false) => return Err(reader.unexpected("after array element")),
            }
        }
    }
}

/// Makes the innermost open container.
fn close(heap: &mut Heap, stack: &mut Vec<Frame>, parts: &mut Vec<Value>) -> Value {
    let Some(Frame { map, start }) = stack.pop() else {
        return Value::NIL;
    };
    let value = if map {
        let mut pairs: Vec<(Value, Value)> = parts[start..].as_chunks::<2>().0.iter().map(|&[key, value]| (key, value)).collect();
        // In order, each key is an append; of equal keys the last stays last.
        chartwright_go::sort::by(&mut pairs, |a, b| heap.str(a.0).cmp(heap.str(b.0)));
        heap.map_from(Type::MAP, &pairs)
    } else {
        heap.list(&parts[start..])
    };
    parts.truncate(start);
    value
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    fn next_token(&mut self) -> Result<u8, String> {
        self.skip_space();
        self.peek()
    }

    fn peek(&self) -> Result<u8, String> {
        self.text.get(self.at).copied().ok_or_else(|| END.to_owned())
    }

    /// The current byte inside a token; the end of the text counts as a space there, as it does for Go's scanner.
    fn within(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(b' ')
    }

    /// The scanner's complaint about the current byte, which it takes for a code point of its own.
    fn unexpected(&self, context: &str) -> String {
        let byte = self.within();
        let shown = match byte {
            b'\'' => r"'\''".to_owned(),
            b'"' => "'\"'".to_owned(),
            _ => {
                let quoted = quote::quoted(char::from(byte).to_string().as_bytes());
                format!("'{}'", &quoted[1..quoted.len() - 1])
            }
        };
        format!("invalid character {shown} {context}")
    }

    fn key(&mut self, heap: &mut Heap) -> Result<Value, String> {
        if self.peek()? != b'"' {
            return Err(self.unexpected("looking for beginning of object key string"));
        }
        let key = self.string(heap)?;
        if self.next_token()? != b':' {
            return Err(self.unexpected("after object key"));
        }
        self.at += 1;
        Ok(key)
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, String> {
        for &expected in word.as_bytes() {
            if self.within() != expected {
                return Err(self.unexpected(&format!("in literal {word} (expecting '{}')", expected as char)));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<&'a [u8], String> {
        let start = self.at;
        let digits = |reader: &mut Self| {
            while reader.text.get(reader.at).is_some_and(u8::is_ascii_digit) {
                reader.at += 1;
            }
        };
        let need = |reader: &mut Self, context: &str| {
            if reader.within().is_ascii_digit() { Ok(()) } else { Err(reader.unexpected(context)) }
        };
        if self.within() == b'-' {
            self.at += 1;
        }
        need(self, "in numeric literal")?;
        if self.within() == b'0' {
            self.at += 1
        } else {
            digits(self)
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            need(self, "after decimal point in numeric literal")?;
            digits(self);
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if matches!(self.within(), b'+' | b'-') {
                self.at += 1;
            }
            need(self, "in exponent of numeric literal")?;
            digits(self);
        }
        Ok(&self.text[start..self.at])
    }

    fn string(&mut self, heap: &mut Heap) -> Result<Value, String> {
        self.at += 1;
        let start = self.at;
        while let Some(&byte) = self.text.get(self.at)
            && (0x20..0x80).contains(&byte)
            && byte != b'"'
            && byte != b'\\'
        {
            self.at += 1;
        }
        if self.peek()? == b'"' {
            self.at += 1;
            return Ok(heap.string(&self.text[start..self.at - 1]));
        }
        let mut out = self.text[start..self.at].to_vec();
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    self.at += 1;
                    self.escape(&mut out)?;
                }
                0..0x20 => return Err(self.unexpected("in string literal")),
                _ => {
                    let (code, width) = utf8::decode(&self.text[self.at..]);
                    utf8::append(&mut out, code);
                    self.at += width;
                }
            }
        }
        self.at += 1;
        Ok(heap.string(&out))
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        let byte = self.within();
        let plain = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                self.at += 1;
                let code = self.four_digits()?;
                let paired = (0xD800..0xDC00).contains(&code) && self.text[self.at..].starts_with(b"\\u");
                if paired {
                    let mark = self.at;
                    self.at += 2;
                    let low = self.four_digits()?;
                    if (0xDC00..0xE000).contains(&low) {
                        utf8::append(out, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
                        return Ok(());
                    }
                    self.at = mark;
                }
                utf8::append(out, code);
                return Ok(());
            }
            _ => return Err(self.unexpected("in string escape code")),
        };
        out.push(plain);
        self.at += 1;
        Ok(())
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.within()).to_digit(16).ok_or_else(|| self.unexpected(r"in \u hexadecimal character escape"))?;
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }
}
