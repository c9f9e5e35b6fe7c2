//! Whether an unknown field is a slip of the pen: nearly the name of one that the schema has there.

use crate::node::Node;
use crate::schema::Fault;

use super::Definition;

/// So many letters may be wrong, missing or too many.
const MOST: usize = 2;

/// Longer names are not compared.
const MAX_LENGTH: usize = 64;

/// Whether the field that a fault calls unknown is nearly one that the definition has in its place.
#[must_use]
pub fn is_slip(definition: Definition<'_>, root: Node<'_>, fault: &Fault) -> bool {
    let path = root.tree().path_of(fault.node);
    let Some((name, above)) = path.split_last() else { return false };
    let mut schema = definition.schema();
    for step in above {
        schema = schema.and_then(|schema| {
            let named = schema.get("properties").and_then(|properties| properties.get(step));
            named.or_else(|| schema.get("items")).or_else(|| schema.get("additionalProperties"))
        });
    }
    let known = schema.and_then(|schema| schema.get("properties"));
    known.is_some_and(|known| known.entries().any(|(other, _)| is_near(name, other)))
}

/// Whether two names are at most [`MOST`] edits apart, the case of letters aside.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > MOST || one.len().max(other.len()) > MAX_LENGTH || one.len() <= MOST {
        return false;
    }
    // Levenshtein's distance, a row at a time.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut before = i;
        row[0] = i + 1;
        for (j, wanted) in other.iter().enumerate() {
            let replaced = before + usize::from(letter != wanted);
            before = row[j + 1];
            row[j + 1] = replaced.min(before + 1).min(row[j] + 1);
        }
    }
    row[other.len()] <= MOST
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn slips() {
        for (one, other, near) in [
            ("dnsName", "dnsNames", true),
            ("DNSnames", "dnsNames", true),
            ("hostNetwork", "hostUsers", false),
            ("selctor", "selector", true),
            ("to", "for", false),
        ] {
            assert_eq!(is_near(one, other), near, "{one} {other}");
        }
    }
}
