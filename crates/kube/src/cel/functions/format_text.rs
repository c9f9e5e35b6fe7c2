//! `'%s'.format([…])`: `ext/formatting.go`, with the locale `en-US`.

use chartwright_go::float::{self, Bits};
use chartwright_go::quote::quoted;

use super::super::value::{List, Map, Value};
use super::super::{Budget, MAX_DEPTH, Outcome, Stop, error};
use super::{Row, convert, member};

pub(super) const TABLE: &[Row] = &[member("format", "sl", format)];

/// How many digits stand behind the point, if nothing else is asked for.
const PRECISION: usize = 6;

/// No number in scientific form is narrower than this.
const MOST_SCIENTIFIC: usize = 12;

/// More digits than this are not written.
const MOST_DIGITS: usize = 1000;

fn format(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(pattern), Value::List(arguments)] = values else { return super::misfit() };
    let mut out = String::new();
    let mut rest: &str = pattern;
    let mut next = 0;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let Some(argument) = arguments.items.get(next) else { return error(format!("index {next} out of range")) };
        next += 1;
        let (precision, after) = precision(after)?;
        let mut characters = after.chars();
        let Some(clause) = characters.next() else { return error("unexpected end of string") };
        rest = characters.as_str();
        let written = match clause {
            's' => text(budget, argument, 0),
            'd' => decimal(argument),
            'f' => double(argument, "fixed-point").map(|number| fixed(number, precision)),
            // What is asked for is a width there, and the digits are as many as ever.
            'e' if precision > MOST_SCIENTIFIC => return Err(Stop::Unknown),
            'e' => double(argument, "scientific").map(scientific),
            'b' => binary(argument),
            'x' => hexadecimal(argument),
            'X' => hexadecimal(argument).map(|digits| digits.to_ascii_uppercase()),
            'o' => octal(argument),
            other => return error(format!("could not parse formatting clause: unrecognized formatting clause \"{other}\"")),
        };
        let written = written.map_err(|stop| match stop {
            Stop::Error(text) => Stop::Error(format!("error during formatting: {text}")),
            Stop::Unknown => Stop::Unknown,
        })?;
        budget.charge_bytes(written.len())?;
        out.push_str(&written);
    }
    out.push_str(rest);
    Ok(Value::text(&out))
}

/// What `.2` asks for.
fn precision(text: &str) -> Result<(usize, &str), Stop> {
    let Some(inner) = text.strip_prefix('.') else { return Ok((PRECISION, text)) };
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = inner.split_at(digits);
    match digits.parse() {
        Ok(precision) if precision <= MOST_DIGITS => Ok((precision, rest)),
        _ => Err(Stop::Unknown),
    }
}

/// `%s`, to a depth.
fn text(budget: &mut Budget, value: &Value, depth: usize) -> Result<String, Stop> {
    if depth > MAX_DEPTH {
        return Err(Stop::Unknown);
    }
    match value {
        Value::List(list) => list_text(budget, list, depth),
        Value::Map(map) => map_text(budget, map, depth),
        Value::Null => Ok("null".to_owned()),
        Value::Int(_)
        | Value::Uint(_)
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Text(_)
        | Value::Timestamp(_)
        | Value::Bytes(_)
        | Value::Duration(_)
        | Value::Type(_) => convert::text_of(value).ok_or(Stop::Unknown),
        Value::Opaque => Err(Stop::Unknown),
        other => error(format!(
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given {}",
            other.type_name()
        )),
    }
}

/// An item of a list or a map, as an expression would write it.
fn inner(budget: &mut Budget, value: &Value, depth: usize) -> Result<String, Stop> {
    budget.charge(1)?;
    match value {
        Value::Text(text) => Ok(quoted(text.as_bytes())),
        Value::Bytes(_) => Ok(format!("b{}", quoted(text(budget, value, depth)?.as_bytes()))),
        Value::Timestamp(_) => Ok(format!("timestamp({})", quoted(text(budget, value, depth)?.as_bytes()))),
        Value::Duration(_) => Ok(format!("duration({})", quoted(text(budget, value, depth)?.as_bytes()))),
        Value::Double(number) if number.is_finite() => Ok(digits(*number, b'f', PRECISION)),
        Value::Double(number) => Ok(quoted(digits(*number, b'f', PRECISION).as_bytes())),
        Value::Optional(_) | Value::Quantity(_) | Value::Url(_) | Value::Ip(_) | Value::Cidr(..) | Value::Format(_) | Value::Semver(_) => {
            error(format!("no formatting function for {}", value.type_name()))
        }
        _ => text(budget, value, depth + 1),
    }
}

fn list_text(budget: &mut Budget, list: &List, depth: usize) -> Result<String, Stop> {
    let mut items = Vec::with_capacity(list.items.len());
    for item in &list.items {
        items.push(inner(budget, item, depth)?);
    }
    Ok(format!("[{}]", items.join(", ")))
}

fn map_text(budget: &mut Budget, map: &Map, depth: usize) -> Result<String, Stop> {
    if map.has_unknown() {
        return Err(Stop::Unknown);
    }
    let mut entries = Vec::with_capacity(map.entries().len());
    for (key, value) in map.entries() {
        entries.push((inner(budget, key, depth)?, inner(budget, value, depth)?));
    }
    entries.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
    Ok(format!("{{{}}}", entries.join(", ")))
}

fn decimal(value: &Value) -> Result<String, Stop> {
    match value {
        Value::Int(number) => Ok(number.to_string()),
        Value::Uint(number) => Ok(number.to_string()),
        other => error(format!("decimal clause can only be used on integers, was given {}", other.type_name())),
    }
}

fn binary(value: &Value) -> Result<String, Stop> {
    match value {
        Value::Int(number) => Ok(signed(*number, format!("{:b}", number.unsigned_abs()))),
        Value::Uint(number) => Ok(format!("{number:b}")),
        Value::Bool(truth) => Ok(u8::from(*truth).to_string()),
        other => error(format!("only integers and bools can be formatted as binary, was given {}", other.type_name())),
    }
}

fn octal(value: &Value) -> Result<String, Stop> {
    match value {
        Value::Int(number) => Ok(signed(*number, format!("{:o}", number.unsigned_abs()))),
        Value::Uint(number) => Ok(format!("{number:o}")),
        other => error(format!("octal clause can only be used on integers, was given {}", other.type_name())),
    }
}

fn hexadecimal(value: &Value) -> Result<String, Stop> {
    let bytes = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        Value::Int(number) => Ok(signed(*number, format!("{:x}", number.unsigned_abs()))),
        Value::Uint(number) => Ok(format!("{number:x}")),
        Value::Text(text) => Ok(bytes(text.as_bytes())),
        Value::Bytes(own) => Ok(bytes(own)),
        other => error(format!("only integers, byte buffers, and strings can be formatted as hex, was given {}", other.type_name())),
    }
}

fn signed(number: i64, digits: String) -> String {
    if number < 0 { format!("-{digits}") } else { digits }
}

fn double(value: &Value, clause: &str) -> Result<f64, Stop> {
    match value {
        Value::Double(number) => Ok(*number),
        Value::Text(text) => match &**text {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => error(format!("{clause} clause can only be used on doubles, was given string")),
        },
        other => error(format!("{clause} clause can only be used on doubles, was given {}", other.type_name())),
    }
}

fn digits(number: f64, verb: u8, precision: usize) -> String {
    let mut out = Vec::new();
    float::format(&mut out, number, verb, Some(precision), Bits::Double);
    String::from_utf8_lossy(&out).into_owned()
}

/// What is no number, as the locale writes it.
fn beyond(number: f64) -> Option<&'static str> {
    if number.is_nan() {
        Some("NaN")
    } else if number.is_infinite() {
        Some(if number > 0.0 { "∞" } else { "-∞" })
    } else {
        None
    }
}

/// With a comma every three digits.
fn fixed(number: f64, precision: usize) -> String {
    if let Some(beyond) = beyond(number) {
        return beyond.to_owned();
    }
    let digits = digits(number, b'f', precision);
    let (whole, fraction) = digits.find('.').map_or((&*digits, ""), |at| digits.split_at(at));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{fraction}")
}

/// `1.500000×10⁰³`.
fn scientific(number: f64) -> String {
    if let Some(beyond) = beyond(number) {
        return beyond.to_owned();
    }
    let digits = digits(number, b'e', PRECISION);
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "+00"));
    let raised = exponent.chars().filter_map(|character| match character {
        '-' => Some('⁻'),
        '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(character.to_digit(10)? as usize),
        _ => None,
    });
    format!("{mantissa}×10{}", raised.collect::<String>())
}
