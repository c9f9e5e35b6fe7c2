//! Number literals: Go's ideal constants, under all types that can hold them. Source: `text/template/parse/node.go`, `newNumber`.

use crate::lexer::Kind;
use crate::tree::Range;
use chartwright_go::{number, quote, utf8};

/// A number as Go's parser stores it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub(crate) text: Range,
    pub(crate) int: Option<i64>,
    pub(crate) uint: Option<u64>,
    pub(crate) float: Option<f64>,
    pub(crate) complex: Option<(f64, f64)>,
}

impl Number {
    pub(crate) fn parse(text: &[u8], range: Range, kind: Kind) -> Result<Number, String> {
        let none = Number { text: range, int: None, uint: None, float: None, complex: None };
        match kind {
            Kind::CharConstant => {
                let code = character(text)?;
                return Ok(Number { int: Some(code as i64), uint: Some(code as u64), float: Some(code as f64), ..none });
            }
            Kind::Complex => {
                let (real, imaginary) = complex(text).ok_or("syntax error scanning complex number")?;
                return Ok(none.simplified(real, imaginary));
            }
            _ => {}
        }
        if let Some(body) = text.strip_suffix(b"i")
            && let Ok(imaginary) = number::parse_float(body)
        {
            return Ok(none.simplified(0.0, imaginary));
        }
        let mut found = none;
        let parsed = number::parse_uint(text, 0, 64);
        found.uint = parsed.ok();
        found.int = number::parse_int(text, 0, 64).ok();
        if found.int == Some(0) {
            found.uint = Some(0);
        }
        if let Some(int) = found.int {
            found.float = Some(int as f64);
        } else if let Some(uint) = found.uint {
            found.float = Some(uint as f64);
        } else if let Ok(float) = number::parse_float(text) {
            if !text.iter().any(|b| b".eEpP".contains(b)) {
                return Err(format!("integer overflow: {}", quote::quoted(text)));
            }
            found.float = Some(float);
            found.int = whole_int(float);
            found.uint = whole_uint(float);
        }
        if found.float.is_none() {
            return Err(format!("illegal number syntax: {}", quote::quoted(text)));
        }
        Ok(found)
    }

    /// Keeps what a complex number without imaginary part also is. Source: `simplifyComplex`.
    fn simplified(self, real: f64, imaginary: f64) -> Number {
        let plain = imaginary == 0.0;
        Number {
            complex: Some((real, imaginary)),
            float: plain.then_some(real),
            int: if plain { whole_int(real) } else { None },
            uint: if plain { whole_uint(real) } else { None },
            ..self
        }
    }
}

fn whole_int(float: f64) -> Option<i64> {
    let int = float as i64;
    // Go's conversion of what does not fit gives the smallest integer, which is then not equal.
    (float.abs() < 9.3e18 && int != i64::MAX && int as f64 == float).then_some(int)
}

fn whole_uint(float: f64) -> Option<u64> {
    let uint = float as u64;
    (float >= 0.0 && uint != u64::MAX && uint as f64 == float).then_some(uint)
}

fn character(text: &[u8]) -> Result<u32, String> {
    let one = |literal: &[u8]| {
        let bytes = quote::unquote(literal)?;
        Some(if bytes.len() == 1 { bytes[0] as u32 } else { utf8::decode(&bytes).0 })
    };
    if let Some(code) = one(text) {
        return Ok(code);
    }
    let begins_well = (2..text.len()).any(|end| one(&[&text[..end], b"'"].concat()).is_some());
    Err(if begins_well { format!("malformed character constant: {}", String::from_utf8_lossy(text)) } else { "invalid syntax".to_owned() })
}

/// A pair such as `1+2i`: the sign that splits it is the last one that no exponent owns.
fn complex(text: &[u8]) -> Option<(f64, f64)> {
    let body = text.strip_suffix(b"i")?;
    let split = (1..body.len()).rev().find(|&at| b"+-".contains(&body[at]) && !b"eEpP".contains(&body[at - 1]))?;
    Some((number::parse_float(&body[..split]).ok()?, number::parse_float(&body[split..]).ok()?))
}
