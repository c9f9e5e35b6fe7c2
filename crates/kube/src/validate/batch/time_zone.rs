//! Names of time zones, as Go's `time.LoadLocation` finds them in the database that the API server carries with it (Go's `lib/time/zoneinfo.zip`).

use std::cmp::Ordering;

/// The names of the zones, a line each, sorted.
const NAMES: &str = include_str!("../../../data/time-zones.txt");

/// Files that the database of a system has besides; a server that reads that one knows them.
const OF_SYSTEMS: &[&str] = &["localtime", "posixrules"];

/// Looks for a zone.
///
/// # Errors
/// What Go says of a name that it has no zone for.
pub(super) fn load(name: &str) -> Result<(), String> {
    if matches!(name, "" | "UTC" | "Local") {
        return Ok(());
    }
    if name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..") {
        return Err("time: invalid location name".to_owned());
    }
    let plain = name.strip_prefix("posix/").or_else(|| name.strip_prefix("right/")).unwrap_or(name);
    let known = OF_SYSTEMS.contains(&name) || is_listed(plain);
    if known { Ok(()) } else { Err(format!("unknown time zone {name}")) }
}

/// Whether a line is this name. The lines are sorted by their bytes.
fn is_listed(name: &str) -> bool {
    let mut rest = NAMES;
    while !rest.is_empty() {
        let start = rest.as_bytes()[..rest.len() / 2].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let (before, from) = rest.split_at(start);
        let (line, after) = from.split_once('\n').unwrap_or((from, ""));
        match line.cmp(name) {
            Ordering::Equal => return true,
            Ordering::Less => rest = after,
            Ordering::Greater => rest = before,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in [
            "Europe/Berlin",
            "Etc/GMT+5",
            "EST5EDT",
            "America/Argentina/ComodRivadavia",
            "posix/Asia/Tokyo",
            "Africa/Abidjan",
            "Zulu",
            "UTC",
            "",
        ] {
            assert_eq!(load(name), Ok(()), "{name}");
        }
        assert!(NAMES.lines().all(|name| load(name) == Ok(())));
        assert!(load("posix/").is_err());
        assert_eq!(load("Europe/Hamburg"), Err("unknown time zone Europe/Hamburg".to_owned()));
        assert_eq!(load("europe/berlin"), Err("unknown time zone europe/berlin".to_owned()));
        assert_eq!(load("../etc/passwd"), Err("time: invalid location name".to_owned()));
    }
}
