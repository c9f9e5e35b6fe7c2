//! How alike two keys are, to find the one that was meant.

/// The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Damerau-Levenshtein, restricted).
/// Case and the signs `-` and `_` do not count.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let flat = |text: &str| -> Vec<char> { text.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect() };
    let (a, b) = (flat(a), flat(b));
    let mut above: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                least = least.min(above[j - 1] + 1);
            }
            row.push(least);
        }
        above = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

/// The key that one was likely meant to be.
pub(crate) fn nearest<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let most = (key.chars().count() / 3).max(1);
    known
        .map(|known| (distance(key, known), known))
        .filter(|(distance, known)| *distance <= most && *distance < known.chars().count())
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_were_meant() {
        let known = ["replicaCount", "resources", "image", "tag"];
        let check = |key: &str, expected: Option<&str>| assert_eq!(nearest(key, known.into_iter()), expected, "{key}");
        check("replicaCuont", Some("replicaCount"));
        check("replicas", None);
        check("resource", Some("resources"));
        check("Image", Some("image"));
        check("replica-count", Some("replicaCount"));
        check("teg", Some("tag"));
        check("x", None);
    }

    #[test]
    fn distances() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "acb"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
