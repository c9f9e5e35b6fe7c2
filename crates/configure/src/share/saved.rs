//! The shape of what is shared and kept, and its reading, which trusts nothing.

use super::base64;
use crate::protocol::Silence;
use crate::text::diff::matches;
use serde::{Deserialize, Serialize};

/// A longer fragment is not read.
const MAX_FRAGMENT: usize = 2_000_000;

/// What stands before the encoded state, so that later shapes can be told from this one.
const PREFIX: &str = "1.";

/// The checksum of a text, and changes to it: where each begins, how many lines go, and what comes.
pub(crate) type Script = (u32, Vec<(u32, u32, String)>);

/// A state. Names are short, since they stand in a URL.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Saved {
    #[serde(rename = "c")]
    pub(crate) chart: String,
    #[serde(rename = "e")]
    pub(crate) environment: String,
    /// Release name, namespace, Kubernetes version.
    #[serde(rename = "r", default)]
    pub(crate) release: Option<[String; 3]>,
    /// Which Helm renders: 3, or 4 where nothing is said.
    #[serde(rename = "h", default = "newest", skip_serializing_if = "is_newest")]
    pub(crate) helm: u8,
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) touched: Vec<SavedEnvironment>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub(crate) stack: Option<SavedStack>,
    /// The checks' profile, where one was chosen.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub(crate) profile: String,
    /// What is silenced, by chart.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) silences: Vec<(String, Vec<SavedSilence>)>,
    /// Project files that were dropped in, by chart.
    #[serde(rename = "j", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) projects: Vec<(String, String)>,
}

/// A silence of a chart's findings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedSilence {
    #[serde(rename = "r")]
    pub(crate) rule: String,
    #[serde(rename = "o", default)]
    pub(crate) objects: Vec<String>,
    #[serde(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<String>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub(crate) environment: Option<String>,
    #[serde(rename = "w")]
    pub(crate) reason: String,
}

impl SavedSilence {
    /// As it is kept.
    pub(crate) fn new(silence: &Silence) -> SavedSilence {
        let Silence { rule, objects, files, environment, reason } = silence.clone();
        SavedSilence { rule, objects, files, environment, reason }
    }

    /// As it is shown.
    pub(crate) fn view(&self) -> Silence {
        let SavedSilence { rule, objects, files, environment, reason } = self.clone();
        Silence { rule, objects, files, environment, reason }
    }
}

/// A stack that is not the one that the charts name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedStack {
    /// Name, repository, revision.
    #[serde(rename = "n")]
    pub(crate) names: [String; 3],
    /// Chart, release, namespace; and the environment, where it is not the page's.
    #[serde(rename = "m", default)]
    pub(crate) members: Vec<([String; 3], Option<String>)>,
}

/// An environment that is not as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedEnvironment {
    #[serde(rename = "c")]
    pub(crate) chart: String,
    #[serde(rename = "e")]
    pub(crate) environment: String,
    /// The edited layer, by place.
    #[serde(rename = "x", default)]
    pub(crate) edited: usize,
    #[serde(rename = "l", default)]
    pub(crate) layers: Vec<SavedLayer>,
    /// What was typed and does not fit: field and text.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pending: Vec<(String, String)>,
}

/// A layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedLayer {
    #[serde(rename = "n")]
    pub(crate) name: String,
    /// The chart's file that it came as.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// What it came as, where it came from outside.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub(crate) original: Option<String>,
    /// Its text, where it differs from what it came as.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// The same as a script over the original's lines; and the original's checksum.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub(crate) edits: Option<Script>,
}

fn newest() -> u8 {
    4
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_newest(helm: &u8) -> bool {
    *helm == newest()
}

/// FNV-1a, enough to see that a file is not the one that a script was made for.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The script that makes `new` of `old`: for each change where it begins, how many lines go, and what comes.
pub(crate) fn script(old: &str, new: &str) -> Script {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let found = matches(&a, &b);
    let mut edits = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < b.len() || from < a.len() {
        let next = (at..b.len()).find(|at| found[*at].is_some());
        let (until_new, until_old) = next.map_or((b.len(), a.len()), |next| (next, found[next].unwrap_or(a.len())));
        if until_new > at || until_old > from {
            edits.push((number(from), number(until_old - from), b[at..until_new].concat()));
        }
        (at, from) = (until_new + 1, until_old + 1);
    }
    (checksum(old), edits)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Applies a script; `None` where it was made for another text.
pub(crate) fn apply(old: &str, (sum, edits): &Script) -> Option<String> {
    if checksum(old) != *sum {
        return None;
    }
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let mut out = String::new();
    let mut at = 0usize;
    for (from, gone, text) in edits {
        let from = *from as usize;
        out.push_str(&lines.get(at..from)?.concat());
        out.push_str(text);
        at = from.checked_add(*gone as usize)?;
    }
    out.push_str(&lines.get(at..)?.concat());
    Some(out)
}

/// The URL's fragment.
pub(crate) fn fragment(saved: &Saved) -> String {
    let json = serde_json::to_string(saved).unwrap_or_default();
    format!("{PREFIX}{}", base64::encode(json.as_bytes()))
}

/// Reads a fragment. The error is for the user.
pub(crate) fn read_fragment(text: &str) -> Result<Saved, String> {
    const BROKEN: &str = "The link is incomplete or was not made by this page, so it was left aside.";
    let text = text.trim_start_matches('#');
    if text.len() > MAX_FRAGMENT {
        return Err("The link is too long to be read.".to_owned());
    }
    let body = text.strip_prefix(PREFIX).ok_or(BROKEN)?;
    let bytes = base64::decode(body).ok_or(BROKEN)?;
    // As text, as what the browser kept: one reader in the module, not two.
    let json = std::str::from_utf8(&bytes).map_err(|_| BROKEN)?;
    serde_json::from_str(json).map_err(|_| BROKEN.to_owned())
}

/// Reads what the browser kept.
pub(crate) fn read_saved(text: &str) -> Result<Saved, String> {
    serde_json::from_str(text).map_err(|_| "What the browser had kept of the last visit cannot be read.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str) {
        let script = script(old, new);
        assert_eq!(apply(old, &script).as_deref(), Some(new), "{script:?}");
        assert!(apply(&format!("{old}x"), &script).is_none());
    }

    #[test]
    fn scripts() {
        check("", "");
        check("", "a\nb");
        check("a\nb\nc\n", "");
        check("a\nb\nc\n", "a\nx\ny\nc\n");
        check("a\nb\nc\n", "a\nc\nd");
        check("a\nb", "a\nb\n");
        check("1\n2\n3\n4\n", "0\n1\n3\n4\n5\n");
        assert_eq!(script("a\nb\nc\n", "a\nx\nc\n").1, [(1, 1, "x\n".to_owned())]);
    }

    #[test]
    fn hostile_fragments() {
        let long = format!("1.{}", "A".repeat(MAX_FRAGMENT));
        for text in ["", "#", "x", "1.", "1.!!!", "1.AAAA", "2.e30", "1.e30", &long] {
            assert!(read_fragment(text).is_err(), "{}", &text[..text.len().min(20)]);
        }
        assert!(apply("a\n", &(checksum("a\n"), vec![(5, 1, String::new())])).is_none());
        assert!(apply("a\n", &(checksum("a\n"), vec![(0, u32::MAX, String::new())])).is_none());
        assert!(apply("a\n", &(checksum("a\n"), vec![(1, 0, String::new()), (0, 1, String::new())])).is_none());
    }

    #[test]
    fn there_and_back() {
        let saved = Saved {
            chart: "a/b".into(),
            environment: "production".into(),
            release: Some(["r".into(), "n".into(), "1.37".into()]),
            helm: 3,
            profile: "restricted".into(),
            silences: vec![("a/b".into(), vec![SavedSilence { rule: "x".into(), reason: "y".into(), ..SavedSilence::default() }])],
            ..Saved::default()
        };
        assert_eq!(read_fragment(&fragment(&saved)).as_ref(), Ok(&saved));
    }
}
