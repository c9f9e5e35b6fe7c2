//! Which value of a chart changes from run to run of a benchmark, and its values: given by `--vary`, or found in values.yaml.

use chartwright_helm::Chart;
use chartwright_yaml::{NodeId, Tree};

/// Keys that most charts have, tried before all others.
const KNOWN: &[&str] = &["replicaCount", "replicas"];

/// How many values of a chart are tried before its benchmark goes without.
const TRIED: usize = 60;

/// One value, and what it is set to in turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Vary {
    key: String,
    choices: Vec<String>,
    written: String,
}

impl Vary {
    /// Reads `KEY=A,B,…` or `KEY=PREFIX{FROM..TO}`, which stands for PREFIX with each number after it.
    ///
    /// # Errors
    /// What the text should be.
    pub(crate) fn parse(text: &str) -> Result<Vary, String> {
        let wrong = || "--vary takes KEY=VALUE,VALUE… or KEY=PREFIX{FROM..TO}".to_owned();
        let (key, choices) = text.split_once('=').ok_or_else(wrong)?;
        let choices: Vec<String> = match choices.strip_suffix('}').and_then(|choices| choices.rsplit_once('{')) {
            Some((prefix, range)) => {
                let (from, to) = range.split_once("..").ok_or_else(wrong)?;
                let (from, to): (u64, u64) = from.parse().ok().zip(to.parse().ok()).ok_or_else(wrong)?;
                (from..=to.min(from.saturating_add(100_000))).map(|number| format!("{prefix}{number}")).collect()
            }
            None => choices.split(',').map(str::to_owned).collect(),
        };
        if choices.is_empty() {
            return Err(wrong());
        }
        Ok(Vary { key: key.to_owned(), choices, written: text.to_owned() })
    }

    /// Each choice as `--set` takes it.
    pub(crate) fn expressions(&self) -> Vec<String> {
        self.choices.iter().map(|choice| format!("{}={choice}", self.key)).collect()
    }

    /// As `--vary` takes it.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// What may be tried on a chart, the most telling first: numbers of replicas, then other numbers, then text, each with a new value for every run or, where
    /// a schema may forbid that, with two.
    pub(crate) fn candidates(chart: &Chart, runs: usize) -> Vec<Vary> {
        let Ok(tree) = Tree::parse(chart.values_text()) else { return Vec::new() };
        let mut found: Vec<(usize, String, String)> = Vec::new();
        let mut pending = vec![(tree.root(), String::new())];
        while let Some((map, path)) = pending.pop() {
            for &(key, value) in tree.pairs(map) {
                let name = tree.key_text(key);
                if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') || name.is_empty() {
                    continue;
                }
                let place = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                if let Some((rank, prefix)) = rank(&tree, value, &name) {
                    found.push((rank + place.matches('.').count(), place, prefix));
                } else {
                    pending.push((value, place));
                }
            }
        }
        found.sort();
        let spec = |key: &str, prefix: &str, count: usize| Vary::parse(&format!("{key}={prefix}{{1..{count}}}")).ok();
        let tried = found.iter().take(TRIED);
        tried.flat_map(|(_, key, prefix)| [spec(key, prefix, runs.max(2)), spec(key, prefix, 2)]).flatten().collect()
    }
}

/// How telling a scalar is, less being better, and what a number is put after; nothing for what is no number and no plain text.
fn rank(tree: &Tree, value: NodeId, name: &str) -> Option<(usize, String)> {
    if tree.int(value).is_some() {
        return Some((if KNOWN.contains(&name) { 0 } else { 100 }, String::new()));
    }
    let text = tree.str(value)?;
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._/".contains(&b));
    let tag = matches!(name, "tag" | "repository");
    plain.then(|| (if tag { 200 } else { 300 }, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(Vary::parse(text).unwrap().expressions(), expected);
    }

    #[test]
    fn a_list_and_a_range_are_choices() {
        check("a.b=1,x", &["a.b=1", "a.b=x"]);
        check("tag=1.2-{9..11}", &["tag=1.2-9", "tag=1.2-10", "tag=1.2-11"]);
        for wrong in ["a", "a={1}", "a={x..2}", "a={2..1}"] {
            assert!(Vary::parse(wrong).is_err(), "{wrong}");
        }
    }
}
