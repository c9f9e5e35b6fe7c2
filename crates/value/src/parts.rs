//! Structs as Go's `fmt` prints them field by field, where it has no `String` method to ask. What fields a struct has, its object says.

use chartwright_go::fmt::{self, MOST_BYTES, Scalar, Spec};
use chartwright_go::utf8;
use std::sync::Arc;

/// A struct's field, or the struct. They nest as deep as Go's types are written, never deeper.
pub enum Part {
    /// A `string`.
    Text(String),
    /// A `uint64`.
    Uint(u64),
    /// A list of strings, and its type.
    Texts(&'static str, Vec<String>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A map's type, and its entries by key.
    Map(&'static str, Vec<(Arc<str>, Part)>),
    /// A struct's type, and its fields with their names.
    Struct(&'static str, Vec<(&'static str, Part)>),
}

/// Appends a struct under a verb. Source: `fmt/print.go`, `printValue`.
pub(crate) fn print(out: &mut Vec<u8>, spec: &Spec, verb: u32, part: &Part) {
    let separator: &[u8] = if spec.sharp_v { b", " } else { b" " };
    match part {
        Part::Text(text) => scalar(out, spec, verb, "string", || Scalar::Str(text.as_bytes())),
        Part::Uint(number) => scalar(out, spec, verb, "uint64", || Scalar::Uint(*number)),
        Part::Texts(ty, texts) => {
            out.extend_from_slice(if spec.sharp_v { ty.as_bytes() } else { b"" });
            out.push(if spec.sharp_v { b'{' } else { b'[' });
            for (index, text) in texts.iter().enumerate() {
                out.extend_from_slice(if index > 0 { separator } else { b"" });
                scalar(out, spec, verb, "string", || Scalar::Str(text.as_bytes()));
            }
            out.push(if spec.sharp_v { b'}' } else { b']' });
        }
        // Who asked will find that it is too much.
        Part::Bytes(_) if out.len() > MOST_BYTES => {}
        Part::Bytes(bytes) => {
            // Under a verb that is no good for bytes as a whole, each is printed by itself.
            if !fmt::scalar(out, spec, verb, Scalar::Bytes(bytes, "[]uint8")) {
                out.push(b'[');
                for (index, &byte) in bytes.iter().enumerate() {
                    if out.len() > MOST_BYTES {
                        return;
                    }
                    out.extend_from_slice(if index > 0 { separator } else { b"" });
                    scalar(out, spec, verb, "uint8", || Scalar::Uint(u64::from(byte)));
                }
                out.push(b']');
            }
        }
        Part::Map(ty, entries) => {
            out.extend_from_slice(if spec.sharp_v { ty.as_bytes() } else { b"map" });
            out.push(if spec.sharp_v { b'{' } else { b'[' });
            for (index, (key, entry)) in entries.iter().enumerate() {
                out.extend_from_slice(if index > 0 { separator } else { b"" });
                scalar(out, spec, verb, "string", || Scalar::Str(key.as_bytes()));
                out.push(b':');
                print(out, spec, verb, entry);
            }
            out.push(if spec.sharp_v { b'}' } else { b']' });
        }
        Part::Struct(ty, fields) => {
            out.extend_from_slice(if spec.sharp_v { ty.as_bytes() } else { b"" });
            out.push(b'{');
            for (index, (name, field)) in fields.iter().enumerate() {
                out.extend_from_slice(if index > 0 { separator } else { b"" });
                if spec.plus_v || spec.sharp_v {
                    out.extend_from_slice(name.as_bytes());
                    out.push(b':');
                }
                print(out, spec, verb, field);
            }
            out.push(b'}');
        }
    }
}

fn scalar<'a>(out: &mut Vec<u8>, spec: &Spec, verb: u32, ty: &str, value: impl Fn() -> Scalar<'a>) {
    if !fmt::scalar(out, spec, verb, value()) {
        out.extend_from_slice(b"%!");
        utf8::append(out, verb);
        out.extend_from_slice(format!("({ty}=").as_bytes());
        fmt::scalar(out, spec, 'v' as u32, value());
        out.push(b')');
    }
}
