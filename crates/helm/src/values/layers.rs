//! The user's layers of values, from text to one map (`pkg/cli/values/options.go`, `pkg/chart/v2/loader/load.go`, `LoadValues`).

use super::set::{self, Mode};
use super::snapshot::Snapshot;
use crate::{HelmVersion, Position, RenderError, RenderErrorKind, ValuesLayer};
use chartwright_value::{Heap, Kind, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// How many parsed texts are kept.
const KEPT: usize = 32;

/// Parsed values files by their text, the latest used first.
#[derive(Default)]
pub(crate) struct LayerCache {
    helm: HelmVersion,
    kept: Vec<(String, Arc<Snapshot>)>,
}

/// Why a text is no values file.
pub(crate) struct ValuesError {
    /// Helm's text.
    pub(crate) message: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl LayerCache {
    /// An empty cache of what a Helm reads.
    pub(crate) fn new(helm: HelmVersion) -> LayerCache {
        LayerCache { helm, kept: Vec::new() }
    }

    /// The map that a values file means.
    pub(crate) fn parse(&mut self, text: &str) -> Result<Arc<Snapshot>, ValuesError> {
        if let Some(at) = self.kept.iter().position(|(known, _)| known == text) {
            let found = self.kept.remove(at);
            let snapshot = Arc::clone(&found.1);
            self.kept.insert(0, found);
            return Ok(snapshot);
        }
        let snapshot = Arc::new(parse_values(text, self.helm)?);
        self.kept.truncate(KEPT - 1);
        self.kept.insert(0, (text.to_owned(), Arc::clone(&snapshot)));
        Ok(snapshot)
    }

    /// All layers as one map that belongs to this render.
    pub(crate) fn merge(&mut self, heap: &mut Heap, layers: &[ValuesLayer<'_>]) -> Result<Value, RenderError> {
        let mut base = None;
        let fail = |error: String| RenderError::new(RenderErrorKind::Values, error);
        for layer in layers {
            match layer {
                ValuesLayer::File { name, text } => {
                    let snapshot = self.parse(text).map_err(|error| RenderError {
                        position: (error.line > 0).then(|| Position { file: (*name).to_owned(), line: error.line, column: error.column }),
                        ..RenderError::new(RenderErrorKind::Values, format!("failed to parse {name}: {}", error.message))
                    })?;
                    let value = snapshot.put(heap);
                    match base {
                        None => base = Some(value),
                        Some(base) => merge_maps(heap, base, value),
                    }
                }
                ValuesLayer::SetJson(text)
                    if self.helm == HelmVersion::V4 && text.trim_matches(crate::rendered::go_space).starts_with('{') =>
                {
                    let map = *base.get_or_insert_with(|| heap.map());
                    let value = chartwright_value::json::decode_json(heap, text.as_bytes())
                        .map_err(|_| fail(format!("failed parsing --set-json data JSON: {text}")))?;
                    merge_maps(heap, map, value);
                }
                ValuesLayer::SetJson(text) => {
                    let map = *base.get_or_insert_with(|| heap.map());
                    set::apply(heap, map, text, Mode::Json, self.helm)
                        .map_err(|_| fail(format!("failed parsing --set-json data {text}")))?;
                }
                ValuesLayer::Set(text) => {
                    let map = *base.get_or_insert_with(|| heap.map());
                    set::apply(heap, map, text, Mode::Typed, self.helm)
                        .map_err(|error| fail(format!("failed parsing --set data: {error}")))?;
                }
                ValuesLayer::SetString(text) => {
                    let map = *base.get_or_insert_with(|| heap.map());
                    set::apply(heap, map, text, Mode::Text, self.helm)
                        .map_err(|error| fail(format!("failed parsing --set-string data: {error}")))?;
                }
                ValuesLayer::SetFile { expression, files } => {
                    let map = *base.get_or_insert_with(|| heap.map());
                    set::apply(heap, map, expression, Mode::File(files), self.helm)
                        .map_err(|error| fail(format!("failed parsing --set-file data: {error}")))?;
                }
                ValuesLayer::SetLiteral(text) => {
                    let map = *base.get_or_insert_with(|| heap.map());
                    set::apply(heap, map, text, Mode::Literal, self.helm)
                        .map_err(|error| fail(format!("failed parsing --set-literal data: {error}")))?;
                }
            }
        }
        Ok(base.unwrap_or_else(|| heap.map()))
    }
}

/// A later map over an earlier one: maps merge, all else replaces (`MergeMaps`). The earlier one is written to.
pub(crate) fn merge_maps(heap: &mut Heap, base: Value, over: Value) {
    let mut pending = vec![(base, over)];
    while let Some((base, over)) = pending.pop() {
        let entries = heap.entries(over).to_vec();
        for entry in entries {
            match heap.get(base, heap.str(entry.key())) {
                Some(own) if own.kind() == Kind::Map && entry.value.kind() == Kind::Map => pending.push((own, entry.value)),
                _ => heap.set(base, entry.key(), entry.value),
            }
        }
    }
}

/// The map that a values file means, not kept.
pub(crate) fn parse_values(text: &str, helm: HelmVersion) -> Result<Snapshot, ValuesError> {
    let plain = |message: String| ValuesError { message, line: 0, column: 0 };
    let mut heap = Heap::default();
    if helm == HelmVersion::V3 {
        // The first document is all that it reads.
        let value = chartwright_yaml::decode_map(&mut heap, text.as_bytes()).map_err(|error| ValuesError {
            message: error.message,
            line: error.line,
            column: error.column,
        })?;
        return Snapshot::take(&heap, value).map_err(plain);
    }
    let text = ended(text);
    let mut all = None;
    for (start_line, document) in documents(&text).map_err(plain)? {
        let value = chartwright_yaml::decode_map(&mut heap, document.as_bytes()).map_err(|error| ValuesError {
            message: format!("cannot unmarshal yaml document: {}", error.message),
            line: if error.line > 0 { error.line + start_line } else { 0 },
            column: error.column,
        })?;
        match all {
            None => all = Some(value),
            Some(base) => merge_maps(&mut heap, base, value),
        }
    }
    let all = all.unwrap_or_else(|| heap.map());
    Snapshot::take(&heap, all).map_err(plain)
}

/// A text whose last line ends, as Helm 4 makes it: a block scalar in that line then ends in a newline too.
fn ended(text: &str) -> Cow<'_, str> {
    if text.is_empty() || text.ends_with('\n') { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n")) }
}

/// The documents of a values file, each with the number of lines before it (`k8s.io/apimachinery`, `YAMLReader`).
fn documents(text: &str) -> Result<Vec<(u32, &str)>, String> {
    if !text.starts_with("---") && !text.contains("\n---") {
        return Ok(if text.is_empty() { Vec::new() } else { vec![(0, text)] });
    }
    let mut documents = Vec::new();
    let (mut start, mut start_line, mut at) = (0, 0, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if let Some(after) = line.strip_prefix("---") {
            let after = after.trim_matches(crate::rendered::go_space);
            if !after.is_empty() && !after.starts_with('#') {
                return Err(format!("error reading yaml document: invalid Yaml document separator: {after}"));
            }
            if at > start {
                documents.push((start_line, &text[start..at]));
                start = at + line.len();
                start_line = number as u32 + 1;
            }
        }
        at += line.len();
    }
    if at > start {
        documents.push((start_line, &text[start..at]));
    }
    Ok(documents)
}
