//! Names of time zones, as Go's `time.LoadLocation` finds them in the database that the API server carries with it (Go's `lib/time/zoneinfo.zip`).

/// The names of the zones, a line each.
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
    let known = OF_SYSTEMS.contains(&name) || NAMES.lines().any(|line| line == plain);
    if known { Ok(()) } else { Err(format!("unknown time zone {name}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["Europe/Berlin", "Etc/GMT+5", "EST5EDT", "America/Argentina/ComodRivadavia", "posix/Asia/Tokyo", "UTC", ""] {
            assert_eq!(load(name), Ok(()), "{name}");
        }
        assert_eq!(load("Europe/Hamburg"), Err("unknown time zone Europe/Hamburg".to_owned()));
        assert_eq!(load("europe/berlin"), Err("unknown time zone europe/berlin".to_owned()));
        assert_eq!(load("../etc/passwd"), Err("time: invalid location name".to_owned()));
    }
}
