//! Sets of a job's indexes, `0,2-4,7`: `validateIndexesFormat` of `pkg/apis/batch/validation/validation.go`.

use chartwright_go::number;
use chartwright_go::quote::quoted;

/// How many indexes are in the text, which name those of a job of so many completions.
///
/// # Errors
/// What the API server says of a text that is none.
pub(super) fn count(text: &str, completions: i64) -> Result<i64, String> {
    let mut total = 0;
    let mut last: Option<i64> = None;
    for interval in text.split(',').filter(|_| !text.is_empty()) {
        let (first, end) = parse(interval, completions)?;
        if let Some(last) = last.filter(|&last| last >= first) {
            return Err(format!("non-increasing order, previous: {last}, current: {first}"));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}

fn parse(interval: &str, completions: i64) -> Result<(i64, i64), String> {
    let index = |text: &str| {
        let index = number::parse_int(text.as_bytes(), 10, 64)
            .map_err(|_| format!("cannot convert string to integer for index: {}", quoted(text.as_bytes())))?;
        if index >= completions { Err(format!("too large index: {}", quoted(text.as_bytes()))) } else { Ok(index) }
    };
    let parts: Vec<&str> = interval.split('-').collect();
    match parts[..] {
        [only] => index(only).map(|index| (index, index)),
        [first, last] => {
            let (first, last) = (index(first)?, index(last)?);
            if first >= last { Err(format!("non-increasing order, previous: {first}, current: {last}")) } else { Ok((first, last)) }
        }
        _ => Err(format!(
            "the fragment {} violates the requirement that an index interval can have at most two parts separated by '-'",
            quoted(interval.as_bytes())
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        assert_eq!(count("", 3), Ok(0));
        assert_eq!(count("0,2-4,7", 10), Ok(5));
        assert_eq!(count("2,1", 10), Err("non-increasing order, previous: 2, current: 1".to_owned()));
        assert_eq!(count("3-3", 10), Err("non-increasing order, previous: 3, current: 3".to_owned()));
        assert_eq!(count("10", 10), Err("too large index: \"10\"".to_owned()));
        assert_eq!(count("x", 10), Err("cannot convert string to integer for index: \"x\"".to_owned()));
        assert!(count("1-2-3", 10).is_err_and(|error| error.starts_with("the fragment \"1-2-3\" violates")));
    }
}
