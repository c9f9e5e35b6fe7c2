//! A layout taken apart: what stands for a part of the time, and the text between. Source: `time/format.go`, `nextStdChunk`.

/// A part of a layout that stands for a part of the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Chunk {
    Year,
    LongYear,
    Month,
    LongMonth,
    NumberMonth,
    ZeroMonth,
    Weekday,
    LongWeekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    UpperHalf,
    LowerHalf,
    ZoneName,
    ZoneOffset(Offset),
    Fraction(Fraction),
}

/// How an offset is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Offset {
    /// Whether zero is a `Z`.
    pub(super) iso: bool,
    pub(super) colon: bool,
    pub(super) minutes: bool,
    pub(super) seconds: bool,
}

/// How a fraction of a second is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fraction {
    pub(super) separator: u8,
    pub(super) digits: usize,
    /// Whether zeros at the end are left out.
    pub(super) trimmed: bool,
}

const fn offset(iso: bool, colon: bool, minutes: bool, seconds: bool) -> Chunk {
    Chunk::ZoneOffset(Offset { iso, colon, minutes, seconds })
}

/// What each first letter may begin, in the order in which Go tries it.
const SPELLINGS: &[(&[u8], Chunk)] = &[
    (b"January", Chunk::LongMonth),
    (b"Jan", Chunk::Month),
    (b"Monday", Chunk::LongWeekday),
    (b"Mon", Chunk::Weekday),
    (b"MST", Chunk::ZoneName),
    (b"01", Chunk::ZeroMonth),
    (b"02", Chunk::ZeroDay),
    (b"03", Chunk::ZeroHour12),
    (b"04", Chunk::ZeroMinute),
    (b"05", Chunk::ZeroSecond),
    (b"06", Chunk::Year),
    (b"002", Chunk::ZeroYearDay),
    (b"15", Chunk::Hour),
    (b"1", Chunk::NumberMonth),
    (b"2006", Chunk::LongYear),
    (b"2", Chunk::Day),
    (b"_2", Chunk::UnderDay),
    (b"__2", Chunk::UnderYearDay),
    (b"3", Chunk::Hour12),
    (b"4", Chunk::Minute),
    (b"5", Chunk::Second),
    (b"PM", Chunk::UpperHalf),
    (b"pm", Chunk::LowerHalf),
    (b"-070000", offset(false, false, true, true)),
    (b"-07:00:00", offset(false, true, true, true)),
    (b"-0700", offset(false, false, true, false)),
    (b"-07:00", offset(false, true, true, false)),
    (b"-07", offset(false, false, false, false)),
    (b"Z070000", offset(true, false, true, true)),
    (b"Z07:00:00", offset(true, true, true, true)),
    (b"Z0700", offset(true, false, true, false)),
    (b"Z07:00", offset(true, true, true, false)),
    (b"Z07", offset(true, false, false, false)),
];

/// The text before the first chunk, the chunk, and what follows it.
pub(super) fn next_chunk(layout: &[u8]) -> (&[u8], Option<Chunk>, &[u8]) {
    for at in 0..layout.len() {
        let rest = &layout[at..];
        if !matches!(rest[0], b'J' | b'M' | b'0'..=b'5' | b'_' | b'P' | b'p' | b'-' | b'Z' | b'.' | b',') {
            continue;
        }
        // _2006 is an underscore and a year.
        if rest.starts_with(b"_2006") {
            return (&layout[..at + 1], Some(Chunk::LongYear), &rest[5..]);
        }
        if let Some((separator @ (b'.' | b','), digits)) = rest.split_first()
            && let Some(&digit @ (b'0' | b'9')) = digits.first()
        {
            let count = digits.iter().take_while(|&&byte| byte == digit).count();
            if !digits.get(count).is_some_and(u8::is_ascii_digit) {
                let fraction = Fraction { separator: *separator, digits: count, trimmed: digit == b'9' };
                return (&layout[..at], Some(Chunk::Fraction(fraction)), &digits[count..]);
            }
        }
        let found = SPELLINGS.iter().find(|(spelling, chunk)| {
            // "Janet" and "Money" are words.
            let word = matches!(chunk, Chunk::Month | Chunk::Weekday) && rest.get(3).is_some_and(u8::is_ascii_lowercase);
            rest.starts_with(spelling) && !word
        });
        if let Some((spelling, chunk)) = found {
            return (&layout[..at], Some(*chunk), &rest[spelling.len()..]);
        }
    }
    (layout, None, b"")
}
