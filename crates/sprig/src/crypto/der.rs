//! ASN.1's distinguished encoding, as far as keys and certificates need it: writing, a strict reader, and a reader that words its errors
//! as Go's `encoding/asn1` does. What the structures mean is in `keys` and `x509`.

/// Universal tags, with the bit for constructed ones.
pub(super) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_ID: u8 = 0x06;
    pub(crate) const UTF8_STRING: u8 = 0x0C;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
}

/// One value: tag, length, content.
pub(super) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..0x80 => out.push(short as u8),
        long => {
            let bytes = long.to_be_bytes();
            let bytes = &bytes[long.leading_zeros() as usize / 8..];
            out.push(0x80 | bytes.len() as u8);
            out.extend_from_slice(bytes);
        }
    }
    out.extend_from_slice(content);
    out
}

pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    value(tag::SEQUENCE, &parts.concat())
}

/// A positive integer from its big-endian bytes.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len());
    let mut content = Vec::with_capacity(bytes.len() + 1);
    if bytes.get(start).is_none_or(|&first| first >= 0x80) {
        content.push(0);
    }
    content.extend_from_slice(&bytes[start..]);
    value(tag::INTEGER, &content)
}

/// A bit string of whole bytes.
pub(super) fn bits(bytes: &[u8]) -> Vec<u8> {
    value(tag::BIT_STRING, &[&[0], bytes].concat())
}

/// Values one after the other, strictly as DER wants them. Source: `golang.org/x/crypto/cryptobyte/asn1.go`.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The next value's tag, content, and whole.
    pub(super) fn any(&mut self) -> Option<(u8, &'a [u8], &'a [u8])> {
        let (&tag, after) = self.rest.split_first()?;
        let (&first, mut after) = after.split_first()?;
        if tag & 0x1F == 0x1F {
            return None;
        }
        let mut length = first as usize;
        if first >= 0x80 {
            let (count, start) = (first as usize & 0x7F, after);
            if !(1..=4).contains(&count) || start.len() < count {
                return None;
            }
            let (bytes, rest) = start.split_at(count);
            length = bytes.iter().fold(0, |sum, &byte| sum << 8 | byte as usize);
            if bytes[0] == 0 || length < 0x80 {
                return None;
            }
            after = rest;
        }
        let content = after.get(..length)?;
        let whole = &self.rest[..self.rest.len() - after.len() + length];
        self.rest = &after[length..];
        Some((tag, content, whole))
    }

    /// The content of the next value, if it has this tag.
    pub(super) fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.element(tag).map(|(content, _)| content)
    }

    /// Content and whole of the next value, if it has this tag.
    pub(super) fn element(&mut self, tag: u8) -> Option<(&'a [u8], &'a [u8])> {
        let mut next = self.clone();
        let (found, content, whole) = next.any()?;
        if found != tag {
            return None;
        }
        *self = next;
        Some((content, whole))
    }

    /// A minimal integer's bytes, two's complement.
    pub(super) fn integer(&mut self) -> Option<&'a [u8]> {
        self.read(tag::INTEGER).filter(|bytes| minimal(bytes))
    }

    /// A bit string's bytes, if it is a whole number of them or its padding is zero.
    pub(super) fn bits(&mut self) -> Option<&'a [u8]> {
        let (&padding, bytes) = self.read(tag::BIT_STRING)?.split_first()?;
        let last = bytes.last().copied().unwrap_or(0);
        let sound = padding < 8 && (padding == 0 || !bytes.is_empty()) && last & ((1u16 << padding) - 1) as u8 == 0;
        sound.then_some(bytes)
    }
}

fn minimal(bytes: &[u8]) -> bool {
    match bytes {
        [] => false,
        [0, next, ..] => *next >= 0x80,
        [0xFF, next, ..] => *next < 0x80,
        _ => true,
    }
}

/// Go's `encoding/asn1.Unmarshal` of a structure, field by field, with its errors. Offsets count from the innermost structure that is
/// being read, as in Go.
pub(super) struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What Go prints of a field's tag without options.
const PLAIN: &str = "{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}";

struct Header {
    tag: u8,
    length: usize,
    start: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Fields<'a> {
        Fields { bytes, at: 0 }
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn header(&self) -> Result<Header, String> {
        let syntax = |text: &str| format!("asn1: syntax error: {text}");
        let structure = |text: &str| format!("asn1: structure error: {text}");
        let mut at = self.at;
        let mut next = || {
            let byte = self.bytes.get(at).copied().ok_or_else(|| syntax("truncated tag or length"))?;
            at += 1;
            Ok::<u8, String>(byte)
        };
        let tag = next()?;
        if tag & 0x1F == 0x1F {
            // No structure here has such a tag.
            return Err(syntax("truncated base 128 integer"));
        }
        let first = next()?;
        let mut length = first as usize;
        if first >= 0x80 {
            if first == 0x80 {
                return Err(syntax("indefinite length found (not DER)"));
            }
            length = 0;
            for _ in 0..first & 0x7F {
                let byte = next()?;
                if length >= 1 << 23 {
                    return Err(structure("length too large"));
                }
                length = length << 8 | byte as usize;
                if length == 0 {
                    return Err(structure("superfluous leading zeros in length"));
                }
            }
            if length < 0x80 {
                return Err(structure("non-minimal length"));
            }
        }
        Ok(Header { tag, length, start: at })
    }

    /// The content of the next field, which has this tag; `go_type` is what Go calls its type.
    pub(super) fn field(&mut self, tag: u8, go_type: &str) -> Result<&'a [u8], String> {
        if self.is_empty() {
            return Err("asn1: syntax error: sequence truncated".to_owned());
        }
        let Header { tag: found, length, start } = self.header()?;
        if found != tag {
            return Err(format!(
                "asn1: structure error: tags don't match ({} vs {{class:{} tag:{} length:{length} isCompound:{}}}) {PLAIN} {go_type} @{start}",
                tag & 0x1F,
                found >> 6,
                found & 0x1F,
                found & 0x20 != 0
            ));
        }
        let content = self.bytes.get(start..start + length).ok_or("asn1: syntax error: data truncated")?;
        self.at = start + length;
        Ok(content)
    }

    /// The content of the next field if it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<&'a [u8]>, String> {
        if self.is_empty() || self.header()?.tag != tag {
            return Ok(None);
        }
        self.field(tag, "").map(Some)
    }

    /// The next field whole, whatever it is; nothing at the end.
    pub(super) fn raw(&mut self) -> Result<&'a [u8], String> {
        if self.is_empty() {
            return Ok(&[]);
        }
        let Header { length, start, .. } = self.header()?;
        let whole = self.bytes.get(self.at..start + length).ok_or("asn1: syntax error: data truncated")?;
        self.at = start + length;
        Ok(whole)
    }

    /// An `int`.
    pub(super) fn int(&mut self) -> Result<i64, String> {
        let bytes = self.field(tag::INTEGER, "int")?;
        check_integer(bytes)?;
        if bytes.len() > 8 {
            return Err("asn1: structure error: integer too large".to_owned());
        }
        let sign = if bytes[0] >= 0x80 { -1 } else { 0 };
        Ok(bytes.iter().fold(sign, |sum, &byte| sum << 8 | byte as i64))
    }

    /// A `*big.Int`, two's complement.
    pub(super) fn big(&mut self) -> Result<&'a [u8], String> {
        let bytes = self.field(tag::INTEGER, "")?;
        check_integer(bytes).map(|()| bytes)
    }
}

fn check_integer(bytes: &[u8]) -> Result<(), String> {
    match bytes {
        [] => Err("asn1: structure error: empty integer".to_owned()),
        _ if minimal(bytes) => Ok(()),
        _ => Err("asn1: structure error: integer not minimally-encoded".to_owned()),
    }
}
