//! Go's `unicode` and `strconv.IsPrint`: classes and simple case mappings of code points, in Go's version of Unicode.
//! Mostly Rust's standard library agrees; `tables` holds where it does not.

mod tables;

fn within<T: PartialOrd + Copy>(ranges: &[(T, T)], code: T) -> bool {
    let after = ranges.partition_point(|range| range.0 <= code);
    after > 0 && code <= ranges[after - 1].1
}

fn listed(low: &[(u16, u16)], high: &[(u32, u32)], code: u32) -> bool {
    match u16::try_from(code) {
        Ok(code) => within(low, code),
        Err(_) => within(high, code),
    }
}

fn class(code: u32, rust: fn(char) -> bool, low: &[(u16, u16)], high: &[(u32, u32)]) -> bool {
    char::from_u32(code).is_some_and(rust) != listed(low, high, code)
}

/// `strconv.IsPrint`.
pub fn is_print(code: u32) -> bool {
    if code < 0x7F { code >= 0x20 } else { listed(tables::PRINTABLE_LOW, tables::PRINTABLE_HIGH, code) }
}

/// `unicode.IsLetter`.
pub fn is_letter(code: u32) -> bool {
    class(code, char::is_alphabetic, tables::LETTER_LOW, tables::LETTER_HIGH)
}

/// `unicode.IsUpper`.
pub fn is_upper(code: u32) -> bool {
    class(code, char::is_uppercase, tables::UPPER_LOW, tables::UPPER_HIGH)
}

/// `unicode.IsLower`.
pub fn is_lower(code: u32) -> bool {
    class(code, char::is_lowercase, tables::LOWER_LOW, tables::LOWER_HIGH)
}

/// `unicode.IsTitle`.
pub fn is_title(code: u32) -> bool {
    listed(tables::TITLE_LOW, tables::TITLE_HIGH, code)
}

/// `unicode.IsPunct`.
pub fn is_punct(code: u32) -> bool {
    listed(tables::PUNCTUATION_LOW, tables::PUNCTUATION_HIGH, code)
}

/// `unicode.IsNumber`.
pub fn is_number(code: u32) -> bool {
    class(code, char::is_numeric, tables::NUMBER_LOW, tables::NUMBER_HIGH)
}

/// `unicode.IsSpace`.
pub fn is_space(code: u32) -> bool {
    class(code, char::is_whitespace, tables::SPACE_LOW, tables::SPACE_HIGH)
}

fn mapped(code: u32, exceptions: &[(u32, u32, u32)]) -> Option<u32> {
    let after = exceptions.partition_point(|entry| entry.0 <= code);
    let &(first, last, target) = exceptions.get(after.checked_sub(1)?)?;
    (code <= last).then(|| target + (code - first))
}

fn single(mut mapping: impl Iterator<Item = char>, code: u32) -> u32 {
    match (mapping.next(), mapping.next()) {
        (Some(one), None) => one as u32,
        _ => code,
    }
}

/// `unicode.ToUpper`: one code point for one, so `ß` stays.
pub fn to_upper(code: u32) -> u32 {
    if code < 0x80 {
        return (code as u8).to_ascii_uppercase() as u32;
    }
    mapped(code, tables::TO_UPPER).unwrap_or_else(|| char::from_u32(code).map_or(code, |c| single(c.to_uppercase(), code)))
}

/// `unicode.ToLower`.
pub fn to_lower(code: u32) -> u32 {
    if code < 0x80 {
        return (code as u8).to_ascii_lowercase() as u32;
    }
    mapped(code, tables::TO_LOWER).unwrap_or_else(|| char::from_u32(code).map_or(code, |c| single(c.to_lowercase(), code)))
}

/// `unicode.ToTitle`.
pub fn to_title(code: u32) -> u32 {
    mapped(code, tables::TO_TITLE).unwrap_or_else(|| to_upper(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sum over all code points, as `tools/unicode_sums.go` prints it with Go's own tables.
    #[track_caller]
    fn check(of: impl Fn(u32) -> u32, expected: u64) {
        let sum = (0..=crate::utf8::MAX).fold(0u64, |sum, code| sum.wrapping_mul(1_000_003).wrapping_add(of(code) as u64));
        assert_eq!(sum, expected);
    }

    #[test]
    fn every_code_point_is_what_go_says() {
        check(|c| is_print(c) as u32, 804910860339942910);
        check(|c| is_letter(c) as u32, 13657641222677921448);
        check(|c| is_upper(c) as u32, 10147715963968783241);
        check(|c| is_lower(c) as u32, 962908491028603839);
        check(|c| is_title(c) as u32, 4406935447470646233);
        check(|c| is_punct(c) as u32, 4749128143050101872);
        check(|c| is_number(c) as u32, 6720874554434033875);
        check(|c| is_space(c) as u32, 18071578956613322723);
        check(to_upper, 10466090191763730057);
        check(to_lower, 4846642122640287496);
        check(to_title, 16414169622625912433);
    }
}
